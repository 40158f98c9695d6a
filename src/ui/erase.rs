//! Erasing a person: what would go and what would stay, a word to type, then for good. And what is handed over before.

use std::sync::Arc;

use egui::{Key, ScrollArea, Ui};

use super::cx::{Cx, MemberFilter};
use super::dialog::Ask;
use super::modal::Modal;
use super::panels::PanelId;
use super::settings::short_path;
use super::shop::Home;
use super::slot::{Slot, View};
use super::theme::{self, Tone, Type};
use super::widgets::text::capital;
use super::widgets::verdict::Verdict;
use super::widgets::{Button, Field, remark, say, segmented, states};
use crate::jobs::Progress;
use crate::ops::person::certificate::what_stays;
use crate::ops::person::index_of;
use crate::report::table_export::TableFormat;
use crate::ui::locale;
use crate::workspace::erase::{Footprint, OrdersOf};

/// What is asked before a person is erased.
pub struct EraseAsk {
    id: u32,
    called: String,
    orders: OrdersOf,
    typed: String,
    preview: Slot<OrdersOf, Arc<Footprint>>,
}

/// What was answered.
pub enum Answer {
    /// Nothing yet.
    Stay,
    /// Not to erase.
    Close,
    /// To erase this row, and what becomes of the orders.
    Erase(u32, OrdersOf),
}

impl EraseAsk {
    /// Asks about a customer.
    pub fn new(id: u32, called: String) -> Self {
        let preview = Slot::new("Counting what would go");
        Self { id, called, orders: OrdersOf::default(), typed: String::new(), preview }
    }

    /// Draws what would happen and asks for the word.
    pub fn ui(&mut self, cx: &Cx, ui: &mut Ui) -> Answer {
        let t = theme::of(ui);
        let (id, orders) = (self.id, self.orders);
        self.preview
            .ask(orders, || cx.from_session(move |home, _| Ok(Ok(Arc::new(home.session()?.erasure_of(id, orders)?)))));
        say(ui, Type::Section, format!("Erase {}", self.called));
        let reason = "No step of the history brings this person back, and later imports leave the person out";
        Verdict { tone: Tone::Warning, sentence: "This cannot be undone", reason }.show(ui);
        ui.add_space(t.space().x1);
        let choices = [(OrdersOf::Keep, "Orders stay, without a name"), (OrdersOf::Delete, "Orders go, too")];
        segmented(ui, "What becomes of the orders", &choices, &mut self.orders);
        let footprint = match self.preview.view() {
            View::Ready(footprint) => Some(footprint),
            View::Working(step, old) => {
                if old.is_none() {
                    states::working(ui, &step, "");
                }
                old
            }
            View::Failed(why) => {
                remark(ui, why);
                None
            }
            View::TooLittle(_) => None,
        };
        if let Some(footprint) = &footprint {
            ScrollArea::vertical().max_height(t.shell().modal / 2.0).show(ui, |ui| preview(ui, footprint));
        }
        ui.add_space(t.space().x2);
        self.confirm(ui, footprint.is_some())
    }

    fn confirm(&mut self, ui: &mut Ui, known: bool) -> Answer {
        let label = format!("Type “{}” to confirm", self.called);
        let width = ui.available_width();
        let field = Field::new(&label, width).hint(&self.called).labelled(ui, &mut self.typed);
        let right = self.typed.trim().to_lowercase() == self.called.trim().to_lowercase();
        let entered = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        ui.add_space(theme::of(ui).space().x2);
        let mut answer = Answer::Stay;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let clicked = ui.add(Button::accent("Erase for good").enabled(known && right)).clicked();
            if known && right && (clicked || entered) {
                answer = Answer::Erase(self.id, self.orders);
            }
            if ui.add(Button::new("Cancel").key("Esc")).clicked() {
                answer = Answer::Close;
            }
        });
        answer
    }
}

fn preview(ui: &mut Ui, footprint: &Footprint) {
    let t = theme::of(ui);
    ui.spacing_mut().item_spacing.y = t.space().x1;
    say(ui, Type::Label, "What goes");
    for (what, n) in &footprint.removed {
        say(ui, Type::Body, format!("{}: {}", capital(what), locale::count(*n)));
    }
    ui.add_space(t.space().x1);
    say(ui, Type::Label, "What stays");
    for sentence in what_stays(footprint) {
        remark(ui, sentence);
    }
}

impl Cx {
    /// Asks whether the customer who is open is to be erased.
    pub fn ask_erase(&mut self) {
        if let Some(open) = &self.customer {
            self.modal = Some(Modal::Erase(Box::new(EraseAsk::new(open.id, open.called.clone()))));
        }
    }

    /// Erases a customer for good and forgets what the window knows of the person.
    pub fn erase_customer(&mut self, id: u32, orders: OrdersOf) {
        let work = move |home: &mut Home, _: &Progress| {
            let session = home.session()?;
            let (erasure, clean) = session.erase(id, orders)?;
            // The person is gone, whether or not there is room for the certificate.
            Ok((clean, session.certify(&erasure, clean, None)))
        };
        self.write("Erasing the customer", work, |cx, (clean, certificate)| {
            (cx.customer, cx.door, cx.palette) = (None, None, None);
            cx.members = MemberFilter::default();
            cx.renew_pages = true;
            cx.go(PanelId::Customers);
            match certificate {
                Ok(path) => {
                    let rest = if clean { "" } else { "; free space is cleaned when the shop is opened next" };
                    let line = format!("Certificate {}{rest}", short_path(&path));
                    cx.notices.tell(Tone::Good, "Customer erased", line, None);
                }
                Err(error) => cx.notices.failed("The customer was erased, but the certificate was not written", &error),
            }
        });
    }

    /// Asks where to, then writes everything that is known of the open customer, or the orders as a table.
    pub fn export_customer(&mut self, format: Option<&'static dyn TableFormat>) {
        let Some(id) = self.customer.as_ref().map(|open| open.id) else { return };
        let Some(data) = self.shop.as_ref().and_then(|shop| shop.data()).cloned() else { return };
        let Some(customer) = index_of(&data, id) else { return };
        let extension = format.map_or("json", |format| format.extension());
        let kind = if format.is_some() { "orders" } else { "everything" };
        let ask = Ask::Save { name: format!("Customer {id} {kind}.{extension}"), extension };
        self.ask_save(ask, move |cx, path| {
            let shown = short_path(&path);
            let work = move |home: &mut Home, _: &Progress| {
                let session = home.session()?;
                match format {
                    Some(format) => session.export_orders_of(&data, customer, &path, format).map(|_| ()),
                    None => session.export_person(id, &path),
                }
            };
            cx.command("Saving the customer", "", work, move |cx, result| match result {
                Ok(()) => cx.notices.tell(Tone::Good, "Customer saved", shown, None),
                Err(error) => cx.notices.failed("The customer was not saved", &error),
            });
        });
    }
}
