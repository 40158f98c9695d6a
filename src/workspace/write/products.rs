//! Products, found by SKU, else by title.

use rusqlite::{Statement, params};

use super::super::keys::KeyTable;
use super::names::Numbered;
use super::{Change, Context, Error, Result, attributes, images};
use crate::model::record::{LineRecord, ProductRecord};

const BY_SKU: u32 = 0;
const BY_TITLE: u32 = 1;

/// The writer of products.
pub struct Products<'c> {
    keys: KeyTable,
    // SKU and title by id, to name the products of stored lines again.
    names: Vec<(Option<String>, Option<String>)>,
    numbered: Numbered,
    insert: Statement<'c>,
}

impl<'c> Products<'c> {
    pub fn load(context: &Context<'c>) -> Result<Self> {
        let insert = context.connection.prepare(
            "INSERT INTO product (id, sku, title, category, brand, tags, price, cost, stock, currency, observed,
             import_id, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        let mut products =
            Self { keys: KeyTable::default(), names: vec![(None, None)], numbered: Numbered::default(), insert };
        let mut select = context.connection.prepare("SELECT id, sku, title FROM product ORDER BY id")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            products.register(row.get(0)?, row.get(1)?, row.get(2)?);
        }
        Ok(products)
    }

    fn register(&mut self, id: u32, sku: Option<String>, title: Option<String>) {
        if let Some(sku) = &sku {
            self.keys.set(BY_SKU, sku, id);
        }
        if let Some(title) = &title
            && self.keys.get(BY_TITLE, title).is_none()
        {
            self.keys.set(BY_TITLE, title, id);
        }
        self.names.resize((id as usize + 1).max(self.names.len()), (None, None));
        self.names[id as usize] = (sku, title);
    }

    fn find(&self, sku: Option<&str>, title: Option<&str>) -> Option<u32> {
        match (sku, title) {
            (Some(sku), _) => self.keys.get(BY_SKU, sku),
            (None, Some(title)) => self.keys.get(BY_TITLE, title),
            (None, None) => None,
        }
    }

    /// The product of an order line, made when it is new. `None` when the line names none. `number` is that of the
    /// product (see [`super::names`]), 0 when it has none.
    pub fn of_line(&mut self, line: &LineRecord, number: u32, context: &mut Context<'_>) -> Result<Option<u32>> {
        if let Some(id) = self.numbered.get(number) {
            return Ok(Some(id));
        }
        let id = self.of_unnumbered(line, context)?;
        self.numbered.set(number, id.unwrap_or(0));
        Ok(id)
    }

    fn of_unnumbered(&mut self, line: &LineRecord, context: &mut Context<'_>) -> Result<Option<u32>> {
        if line.sku.is_none() && line.title.is_none() {
            return Ok(None);
        }
        if let Some(id) = self.find(line.sku.as_deref(), line.title.as_deref()) {
            return Ok(Some(id));
        }
        let record = ProductRecord {
            line: line.line,
            sku: line.sku.clone(),
            title: line.title.clone(),
            category: line.category.clone(),
            ..Default::default()
        };
        self.create(&record, context).map(Some)
    }

    /// SKU and title of a stored product, as a line names it.
    pub fn name(&self, product: Option<u32>) -> (Option<String>, Option<String>) {
        product.and_then(|p| self.names.get(p as usize).cloned()).unwrap_or_default()
    }

    fn create(&mut self, p: &ProductRecord, context: &mut Context<'_>) -> Result<u32> {
        let id = u32::try_from(self.names.len()).map_err(|_| Error::Refused("too many products".into()))?;
        let observes = p.price.is_some() || p.cost.is_some() || p.stock.is_some();
        let currency = p.currency.unwrap_or(context.currency);
        self.insert.execute(params![
            id,
            p.sku,
            p.title,
            context.labels.optional(p.category.as_deref())?,
            p.brand,
            tags_json(&p.tags)?,
            p.price,
            p.cost,
            p.stock,
            if observes { Some(context.labels.id(currency.code())?) } else { None },
            observes.then_some(context.imported_at),
            context.import,
            p.line as i64
        ])?;
        self.register(id, p.sku.clone(), p.title.clone());
        attributes::write(context, "product", i64::from(id), &p.attributes)?;
        note(i64::from(id), p.line, context)?;
        context.tally.add("products", Change::Created, 1);
        Ok(id)
    }

    pub fn accept(&mut self, p: ProductRecord, context: &mut Context<'_>) -> Result<()> {
        let Some(id) = self.find(p.sku.as_deref(), p.title.as_deref()) else {
            self.create(&p, context)?;
            return Ok(());
        };
        let id = i64::from(id);
        let before = images::read(context.connection, "product", id)?;
        let currency = p.currency.unwrap_or(context.currency);
        let observes = p.price.is_some() || p.cost.is_some() || p.stock.is_some();
        let currency = if observes { Some(context.labels.id(currency.code())?) } else { None };
        let category = context.labels.optional(p.category.as_deref())?;
        // The time of observation moves only with the values: reading the same file twice changes nothing.
        let sql = "UPDATE product SET title = coalesce(?2, title), category = coalesce(?3, category),
            brand = coalesce(?4, brand), tags = coalesce(?5, tags),
            observed = CASE WHEN (?6 IS NOT NULL AND price IS NOT ?6) OR (?7 IS NOT NULL AND cost IS NOT ?7)
                              OR (?8 IS NOT NULL AND stock IS NOT ?8) THEN ?10 ELSE observed END,
            price = coalesce(?6, price), cost = coalesce(?7, cost), stock = coalesce(?8, stock),
            currency = coalesce(?9, currency) WHERE id = ?1";
        context.connection.prepare_cached(sql)?.execute(params![
            id,
            p.title,
            category,
            p.brand,
            tags_json(&p.tags)?,
            p.price,
            p.cost,
            p.stock,
            currency,
            context.imported_at
        ])?;
        let same = images::read(context.connection, "product", id)? == before;
        if !same {
            images::keep(context.connection, context.import, "product", id, &before)?;
            note(id, p.line, context)?;
        }
        let same_attributes = attributes::same(context, "product", id, &p.attributes)?;
        attributes::write(context, "product", id, &p.attributes)?;
        context.tally.add("products", if same && same_attributes { Change::Unchanged } else { Change::Updated }, 1);
        Ok(())
    }
}

/// Notes what a product cost and had in stock, where this import brought it.
fn note(id: i64, line: u64, context: &Context<'_>) -> Result<()> {
    let sql = "INSERT INTO observation SELECT id, observed, price, stock, ?2, ?3 FROM product
        WHERE id = ?1 AND observed = ?4 AND (price IS NOT NULL OR stock IS NOT NULL)
        ON CONFLICT DO UPDATE SET price = excluded.price, stock = excluded.stock";
    let values = params![id, context.import, line as i64, context.imported_at];
    context.connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// Labels as JSON; `None` when there are none, which leaves what is known.
pub fn tags_json(tags: &[String]) -> Result<Option<String>> {
    Ok(if tags.is_empty() { None } else { Some(serde_json::to_string(tags)?) })
}
