//! Columns of a table.

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Header, with the unit. Its name in exports and in the user's arrangement; empty above buttons and marks.
    pub title: String,
    /// What is drawn as the header, where the columns around it say the rest of the title.
    pub header: Option<String>,
    /// Stands to the right of this column until the user moves it; `None` = in the order of the list.
    pub after: Option<usize>,
    /// Least width, padding included.
    pub width: f32,
    /// Share of the width that is left over.
    pub grow: f32,
    /// Numbers stand right, header too.
    pub numeric: bool,
    /// Whether a click on the header sorts.
    pub sortable: bool,
}

impl Column {
    /// A text column.
    pub fn text(title: impl Into<String>, width: f32) -> Self {
        Self { title: title.into(), header: None, after: None, width, grow: 0.0, numeric: false, sortable: false }
    }

    /// A number column.
    pub fn number(title: impl Into<String>, width: f32) -> Self {
        Self { numeric: true, ..Self::text(title, width) }
    }

    /// Takes a share of the width that is left over.
    pub fn grow(mut self, share: f32) -> Self {
        self.grow = share;
        self
    }

    /// Draws a shorter header than its title.
    pub fn headed(mut self, header: String) -> Self {
        self.header = Some(header);
        self
    }

    /// Stands beside another column, whatever its place in the list.
    pub fn after(mut self, column: usize) -> Self {
        self.after = Some(column);
        self
    }

    /// What is drawn as the header.
    pub fn head(&self) -> &str {
        self.header.as_deref().unwrap_or(&self.title)
    }

    /// Sorts at a click on its header.
    pub fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }

    /// Whether its cells hold something that can be copied.
    pub fn has_values(&self) -> bool {
        !self.title.is_empty()
    }
}
