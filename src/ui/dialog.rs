//! The system's file dialogs. Asked on the window's thread, awaited on another: a stuck portal must not hang the window.

use std::future::Future;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context as Poller, Poll, Wake, Waker};
use std::thread::Thread;

use egui::Context;
use rfd::AsyncFileDialog;

use super::app::TABLE_FILES;
use super::worker::{Task, aside};

/// What a dialog is opened for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Files to import.
    Files,
    /// A table that says something of an experiment.
    Experiment,
    /// A workspace to open.
    Workspace,
    /// A setup to take over.
    Setup,
    /// A picture for the first page of documents.
    Logo,
    /// A place to save to.
    Save {
        /// Proposed file name.
        name: String,
        /// Its extension.
        extension: &'static str,
    },
}

/// Opens a dialog. No path means that the user cancelled, or that the system has no dialogs.
pub fn open(ctx: &Context, ask: &Ask) -> Task<Vec<PathBuf>> {
    let dialog = AsyncFileDialog::new();
    match ask {
        Ask::Files => {
            let future = dialog
                .set_title("Choose files to import")
                .add_filter("Tables", &TABLE_FILES)
                .add_filter("All files", &["*"])
                .pick_files();
            await_aside(ctx, async { future.await.unwrap_or_default() })
        }
        Ask::Experiment => {
            let dialog = dialog.set_title("Open the data of an experiment").add_filter("Tables", &TABLE_FILES);
            let future = dialog.pick_file();
            await_aside(ctx, async { future.await.into_iter().collect() })
        }
        Ask::Workspace => {
            let dialog = dialog.set_title("Open a workspace").add_filter("Cartwright workspace", &["cartwright"]);
            let future = dialog.pick_file();
            await_aside(ctx, async { future.await.into_iter().collect() })
        }
        Ask::Setup => {
            let dialog = dialog.set_title("Take over a setup").add_filter("Setup", &["json"]);
            let future = dialog.pick_file();
            await_aside(ctx, async { future.await.into_iter().collect() })
        }
        Ask::Logo => {
            let dialog = dialog.set_title("Choose a logo").add_filter("Pictures", &["png", "jpg", "jpeg", "svg"]);
            let future = dialog.pick_file();
            await_aside(ctx, async { future.await.into_iter().collect() })
        }
        Ask::Save { name, extension } => {
            let dialog = dialog.set_title("Save as").set_file_name(name).add_filter(*extension, &[*extension]);
            let future = dialog.save_file();
            await_aside(ctx, async { future.await.into_iter().collect() })
        }
    }
}

fn await_aside(
    ctx: &Context,
    future: impl Future<Output = Vec<rfd::FileHandle>> + Send + 'static,
) -> Task<Vec<PathBuf>> {
    aside(ctx, move || Ok(block_on(future).into_iter().map(|file| file.path().to_owned()).collect()))
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Poller::from_waker(&waker)) {
            Poll::Ready(value) => return value,
            Poll::Pending => std::thread::park(),
        }
    }
}
