//! Product paths of the open shop, with the names of products, which are in the workspace.

use anyhow::Result;

use super::Session;
use super::session::last_day;
use crate::analytics::paths::{self, Paths, Settings, Thing};
use crate::jobs::Progress;
use crate::model::{Day, TooLittle};

/// Names for people, in the order of [`Paths::things`] and of [`Paths::first`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PathNames {
    /// Of the things told apart.
    pub things: Vec<String>,
    /// Of what buyers began with.
    pub first: Vec<String>,
}

impl Session {
    /// What buyers bought first, second, third, and what brings them back; without `as_of` on the last day with an order.
    ///
    /// # Errors
    /// When the workspace cannot be read, or the work was cancelled.
    pub fn paths(
        &mut self,
        as_of: Option<Day>,
        settings: Settings,
        progress: &Progress,
    ) -> Result<Result<Paths, TooLittle>> {
        let data = self.dataset(progress)?;
        let as_of = as_of.unwrap_or_else(|| last_day(&data));
        Ok(paths::paths(&data, &self.definitions()?, as_of, settings, progress)?)
    }

    /// Names of what the paths pass.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn path_names(&mut self, found: &Paths) -> Result<PathNames> {
        let first: Vec<&Thing> = found.first.iter().map(|first| &first.thing).collect();
        Ok(PathNames {
            things: self.thing_names(&found.things.iter().collect::<Vec<_>>())?,
            first: self.thing_names(&first)?,
        })
    }

    fn thing_names(&mut self, things: &[&Thing]) -> Result<Vec<String>> {
        let data = self.dataset(&Progress::none())?;
        let id = |thing: &Thing| data.products.id.get(thing.product? as usize).copied();
        let ids: Vec<u32> = things.iter().filter_map(|thing| id(thing)).collect();
        let named = self.workspace.product_names(&ids)?;
        let name = |thing: &&Thing| id(thing).and_then(|id| named.get(&id)).unwrap_or(&thing.name).clone();
        Ok(things.iter().map(name).collect())
    }
}
