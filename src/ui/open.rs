//! Opening, making and leaving workspaces.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::cx::{Cx, MemberFilter};
use super::modal::Modal;
use super::new_shop::{NewShop, stem};
use super::panels::PanelId;
use super::shop::{Home, Shop, Snapshot};
use crate::jobs::Progress;
use crate::ops::{Session, sample};
use crate::sample::Params;
use crate::workspace::Access;

impl Cx {
    /// Opens a workspace in place of the open one. When that fails the open one stays.
    pub fn open(&mut self, path: PathBuf) {
        let path = std::path::absolute(&path).unwrap_or(path);
        let open = move |home: &mut Home, _: &Progress| {
            if home.session.as_ref().is_some_and(|session| session.path() == path) {
                home.replace(None);
            }
            let session = Session::open_as_it_allows(&path)?;
            enter(home, session, &path)
        };
        self.enter_with("Opening the workspace", open);
    }

    /// Asks for the name of a new shop, then makes it.
    pub fn ask_new_shop(&mut self) {
        self.modal = Some(Modal::NewShop(NewShop::asked()));
    }

    /// The open shop, when its data is the user's own.
    pub fn own_shop(&self) -> Option<&Shop> {
        self.shop.as_ref().filter(|shop| !shop.facts.sample)
    }

    /// Opens the workspace that was open last, unless it was left or is gone.
    pub fn reopen(&mut self) {
        if let Some(path) = self.settings.open.clone() {
            // Whether it is still there is looked up where waiting does not matter.
            let open = move |home: &mut Home, _: &Progress| {
                if !path.exists() {
                    return Ok(None);
                }
                let session = Session::open_as_it_allows(&path)?;
                enter(home, session, &path).map(Some)
            };
            self.command("Opening the workspace", "", open, |cx, result| match result {
                Ok(Some((path, facts))) => cx.entered(&path, facts),
                Ok(None) => cx.settings.open = None,
                Err(error) => cx.notices.failed("The workspace was not opened", &error),
            });
        }
    }

    /// Makes an empty workspace and opens it.
    pub fn new_shop(&mut self, name: &str) {
        let (places, name) = (self.places.clone(), name.to_owned());
        let make = move |home: &mut Home, _: &Progress| {
            let path = places.free(&stem(&name));
            std::fs::create_dir_all(&places.shops)?;
            let session = Session::create(&path, &name)?;
            enter(home, session, &path)
        };
        self.enter_with("Making a workspace", make);
    }

    /// Opens the sample shop; makes it when it is not there yet.
    pub fn open_sample(&mut self) {
        let (path, shops) = (self.places.shops.join("sample-shop.cartwright"), self.places.shops.clone());
        let open = move |home: &mut Home, progress: &Progress| {
            if path.exists() {
                home.replace(None);
                let session = Session::open(&path, Access::Write)?;
                if !session.imports()?.is_empty() {
                    return enter(home, session, &path);
                }
                // A sample whose content was undone is of no use; nothing else can be in the file.
                drop(session);
                std::fs::remove_file(&path)?;
            }
            std::fs::create_dir_all(&shops)?;
            let session = sample::create_planned(&path, &Params::default(), progress)?;
            enter(home, session, &path)
        };
        self.enter_with("Making the sample shop", open);
    }

    /// Leaves the open workspace.
    pub fn leave(&mut self) {
        (self.shop, self.import, self.settings.open, self.customer) = (None, None, None, None);
        let close = |home: &mut Home, _: &Progress| {
            home.replace(None);
            Ok(())
        };
        self.command("Closing", "", close, |_, _| {});
    }

    fn enter_with(
        &mut self,
        words: &'static str,
        work: impl FnOnce(&mut Home, &Progress) -> Result<(PathBuf, Snapshot)> + Send + 'static,
    ) {
        self.command(words, "rows", work, move |cx, result| match result {
            Ok((path, facts)) => cx.entered(&path, facts),
            Err(error) => cx.notices.failed("The workspace was not opened", &error),
        });
    }

    pub(super) fn entered(&mut self, path: &Path, facts: Snapshot) {
        self.settings.opened(path, &facts.name);
        let shop = Shop::new(path, facts);
        self.page = PanelId::Segments;
        self.shop = Some(shop);
        self.customer = None;
        self.saved_at = None;
        self.notices.no_longer_undo();
        self.members = MemberFilter::default();
        self.restore_bookmark();
    }
}

fn enter(home: &mut Home, session: Session, path: &Path) -> Result<(PathBuf, Snapshot)> {
    let facts = Snapshot::of(&session)?;
    home.replace(Some(session));
    Ok((path.to_owned(), facts))
}
