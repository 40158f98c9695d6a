//! The customer who is open: whose page it is, and the way back.

use super::cx::Cx;
use super::panels::PanelId;

/// The customer whose page is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCustomer {
    /// Row id in the workspace.
    pub id: u32,
    /// Name, or what else the customer is called.
    pub called: String,
    /// The page from which one came.
    pub back: PanelId,
}

impl Cx {
    /// Opens the page of a customer; from a list, the palette, wherever a customer has a name.
    pub fn open_customer(&mut self, id: u32, called: impl Into<String>) {
        let back = match &self.customer {
            Some(open) if self.page == PanelId::Customer => open.back,
            _ => self.page,
        };
        self.customer = Some(OpenCustomer { id, called: called.into(), back });
        self.page = PanelId::Customer;
    }

    /// Leaves the page of a customer for the one from which it was opened.
    pub fn leave_customer(&mut self) {
        if let Some(open) = self.customer.take() {
            self.go(open.back);
        }
    }
}
