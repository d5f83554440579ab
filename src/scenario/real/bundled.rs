//! The data sets that come with the program.

use flate2::read::GzDecoder;

use crate::dataset::{Dataset, ReadOptions, table};
use crate::error::Result;

/// A data set that comes with the program.
#[derive(Debug, Clone, Copy)]
pub struct BundledDataset {
    /// Its name in scenarios.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Source and licence.
    pub source: &'static str,
    /// A CSV table, packed with gzip.
    packed: &'static [u8],
    /// The column of the labels.
    label: &'static str,
    /// The column that names the task of a row, if there is one.
    task: Option<&'static str>,
}

/// All data sets that come with the program.
pub static BUNDLED: &[BundledDataset] = &[
    BundledDataset {
        name: "digits",
        title: "Handwritten digits: ten tasks, one digit against the rest",
        source: "E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI \
                 Machine Learning Repository, 1998. CC BY 4.0",
        packed: include_bytes!("../../../assets/data/digits.csv.gz"),
        label: "digit",
        task: None,
    },
    BundledDataset {
        name: "ratings",
        title: "Human sentiment ratings of text in four domains",
        source: "C. J. Hutto and E. Gilbert, VADER, ICWSM 2014. MIT",
        packed: include_bytes!("../../../assets/data/ratings.csv.gz"),
        label: "rating",
        task: Some("domain"),
    },
];

impl BundledDataset {
    /// The data set with a name.
    pub fn find(name: &str) -> Option<&'static Self> {
        BUNDLED.iter().find(|bundled| bundled.name == name)
    }

    /// Reads the data set.
    pub fn read(&self) -> Result<Dataset> {
        let options = ReadOptions {
            labels: vec![self.label.to_owned()],
            task_column: self.task.map(str::to_owned),
            ..ReadOptions::default()
        };
        let dataset = table::read(&mut GzDecoder::new(self.packed), self.name, &options)?;
        Ok(Dataset {
            title: self.title.to_owned(),
            source: vec![self.source.to_owned()],
            ..dataset
        })
    }
}
