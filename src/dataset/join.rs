//! One data set of several.

use std::collections::HashSet;
use std::sync::Arc;

use super::check::check;
use super::fault::{fault, listed};
use super::split::draw_splits;
use super::types::{Dataset, DatasetTask, Shares, all_share_x};
use crate::error::Result;
use crate::math::seed::Seed;

impl Dataset {
    /// Joins data sets with the same features, for instance one file a task. Features in another
    /// order are brought into that of the first. A task whose name occurs more than once gets the
    /// title of its data set as its name, or in front of it if that has several tasks.
    ///
    /// # Errors
    ///
    /// [`Error::Data`](crate::error::Error::Data) if there is no data set, if they differ in their
    /// number of features, or if names of tasks still occur twice.
    pub fn join(datasets: Vec<Self>) -> Result<Self> {
        let Some(first) = datasets.first() else {
            return Err(fault("data", "files", "none", "at least one"));
        };
        let (features, owner) = (first.features.clone(), first.title.clone());
        let titles: Vec<String> = datasets.iter().map(|dataset| dataset.title.clone()).collect();
        let names: Vec<String> = datasets
            .iter()
            .flat_map(|set| set.tasks.iter().map(|task| task.name.clone()))
            .collect();
        let several = datasets.len() > 1;
        let mut joined = Self {
            title: titles.join(", "),
            features,
            tasks: Vec::new(),
            same_x: false,
            source: Vec::new(),
            notes: Vec::new(),
        };
        for mut dataset in datasets {
            joined.adopt_features(&owner, &mut dataset)?;
            let alone = dataset.tasks.len() == 1;
            for task in &mut dataset.tasks {
                if names.iter().filter(|name| **name == task.name).count() > 1 {
                    task.name = match alone {
                        true => dataset.title.clone(),
                        false => format!("{} {}", dataset.title, task.name),
                    };
                }
            }
            joined.tasks.append(&mut dataset.tasks);
            let new = dataset.source.into_iter().filter(|line| !joined.source.contains(line));
            joined.source.extend(new.collect::<Vec<_>>());
            let title = dataset.title;
            let note = |note| if several { format!("{title}: {note}") } else { note };
            joined.notes.extend(dataset.notes.into_iter().map(note));
        }
        if share_equal_x(&mut joined.tasks) {
            joined.draw_together();
        }
        joined.same_x = all_share_x(&joined.tasks);
        check(&mut joined)?;
        Ok(joined)
    }

    /// Draws parts again, now that tasks of several files have the same rows.
    fn draw_together(&mut self) {
        let splits = draw_splits(&self.tasks, Shares::default(), Seed::new(0));
        let drawn = self.tasks.iter().any(|task| !task.split.given);
        for (task, split) in self.tasks.iter_mut().zip(splits) {
            task.split = split;
        }
        if drawn {
            let note =
                "Files with the same rows: their parts were drawn again, together, with seed 0.";
            self.notes.push(note.to_owned());
        }
    }

    /// Refuses another number of features; brings the same features into the same order, and notes
    /// other names.
    fn adopt_features(&mut self, owner: &str, dataset: &mut Self) -> Result<()> {
        let (wanted, found) = (&self.features, &dataset.features);
        if wanted.len() != found.len() {
            let found = format!("{} in {}", found.len(), dataset.title);
            let allowed = format!("{}, as in {owner}", wanted.len());
            return Err(fault(&dataset.title, "features", found, allowed));
        }
        if wanted == found {
            return Ok(());
        }
        let known: HashSet<&String> = found.iter().collect();
        let place = |name: &String| found.iter().position(|other| other == name);
        if wanted.iter().all(|name| known.contains(name)) {
            let order: Vec<usize> = wanted.iter().filter_map(place).collect();
            for task in &mut dataset.tasks {
                task.x = Arc::new(task.x.select_columns(&order));
                task.moments =
                    task.moments.take().map(|moments| Arc::new(moments.in_order(&order)));
            }
            self.notes
                .push(format!("{}: features brought into the order of {owner}.", dataset.title));
        } else {
            let other: Vec<&String> = found.iter().filter(|name| !wanted.contains(name)).collect();
            self.notes.push(format!(
                "{}: features with other names than in {owner}, taken in their order: {}.",
                dataset.title,
                listed(&other)
            ));
        }
        Ok(())
    }
}

/// Lets tasks with equal X share it; true if some did not before.
fn share_equal_x(tasks: &mut [DatasetTask]) -> bool {
    let mut changed = false;
    for at in 1..tasks.len() {
        let (before, rest) = tasks.split_at_mut(at);
        let Some(task) = rest.first_mut() else { continue };
        let same = before.iter().find(|other| Arc::ptr_eq(&other.x, &task.x) || other.x == task.x);
        if let Some(same) = same.filter(|same| !Arc::ptr_eq(&same.x, &task.x)) {
            (task.x, changed) = (Arc::clone(&same.x), true);
        }
    }
    changed
}
