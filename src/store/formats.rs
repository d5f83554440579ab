//! Files of data sets by their endings: which are read, and how others are converted.

use std::path::Path;

use crate::dataset::{ReadOptions, table};
use crate::error::{Error, Invalid, Result};

/// Endings of files that are not read, each with the start of a line of Python that writes a table
/// or an array which is; `F` is the file.
const CONVERTED: [(&str, &str); 13] = [
    ("parquet", "import pandas as p; p.read_parquet(F).to_csv(F+'.csv', index=False)"),
    ("arrow", "import pandas as p; p.read_feather(F).to_csv(F+'.csv', index=False)"),
    ("feather", "import pandas as p; p.read_feather(F).to_csv(F+'.csv', index=False)"),
    ("xlsx", "import pandas as p; p.read_excel(F).to_csv(F+'.csv', index=False)"),
    ("xls", "import pandas as p; p.read_excel(F).to_csv(F+'.csv', index=False)"),
    ("ods", "import pandas as p; p.read_excel(F).to_csv(F+'.csv', index=False)"),
    ("pkl", "import pandas as p; p.read_pickle(F).to_csv(F+'.csv', index=False)"),
    ("pickle", "import pandas as p; p.read_pickle(F).to_csv(F+'.csv', index=False)"),
    ("dta", "import pandas as p; p.read_stata(F).to_csv(F+'.csv', index=False)"),
    (
        "mat",
        "import numpy as n, scipy.io as s; d=s.loadmat(F); n.savez(F+'.npz', X=d['X'], y=d['y'])",
    ),
    ("h5", "import numpy as n, h5py as h; d=h.File(F); n.savez(F+'.npz', X=d['X'], y=d['y'])"),
    ("hdf5", "import numpy as n, h5py as h; d=h.File(F); n.savez(F+'.npz', X=d['X'], y=d['y'])"),
    ("pt", "import numpy as n, torch as t; d=t.load(F); n.savez(F+'.npz', X=d['X'], y=d['y'])"),
];

/// The ending of a path in small letters.
pub(super) fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// How a file that is not read is converted.
pub(super) fn conversion(path: &Path) -> Option<&'static str> {
    let ending = ending(path);
    CONVERTED.iter().find(|(known, _)| *known == ending).map(|(_, line)| *line)
}

/// Refuses a file that is not read, with a line that converts it.
pub(super) fn convertible(path: &Path) -> Result<()> {
    let Some(line) = conversion(path) else { return Ok(()) };
    let allowed = format!(
        "a table (CSV) or arrays (NPZ, NPY); convert it once in Python: F={:?}; {line}",
        path.file_name().unwrap_or_default().to_string_lossy()
    );
    Err(refusal(path, "format", format!("a file that ends in .{}", ending(path)), allowed))
}

/// Refuses options that choose columns of a table, for files that are none.
pub(super) fn without_columns(path: &Path, options: &ReadOptions) -> Result<()> {
    let given = [
        ("labels", !options.labels.is_empty()),
        ("task-column", options.task_column.is_some()),
        ("group-column", options.group_column.is_some()),
        ("split-column", options.split_column.is_some()),
        ("ignore", !options.ignore.is_empty()),
        ("one-hot", options.one_hot),
    ];
    let Some((option, _)) = given.into_iter().find(|(_, given)| *given) else { return Ok(()) };
    let found = format!("--{option} (\"{option}\" in a scenario) for arrays");
    let allowed = "such options for tables (CSV, TSV); labels of arrays are in y, groups in \
                   groups.npy, parts in X_train.npy, X_val.npy and X_test.npy";
    Err(refusal(path, option, found, allowed.to_owned()))
}

/// Refuses a folder of several tables or archives.
pub(super) fn one_of(folder: &Path) -> Result<()> {
    let found = candidates(folder);
    let Some(first) = found.first() else { return Ok(()) };
    let names: Vec<String> = found.iter().take(4).cloned().collect();
    let more = found.len().saturating_sub(4);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let allowed = format!(
        "a folder of arrays, or a file by its name: {}; several files are several tasks: \
         taskscope import {}/*.{}",
        folder.join(first).display(),
        folder.display(),
        ending(Path::new(first))
    );
    Err(refusal(folder, "files", format!("{}{more} in a folder", names.join(", ")), allowed))
}

/// The tables and archives in a folder, in order.
pub(super) fn candidates(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let is_one = |path: &Path| {
        let is_known = table::is_table(path) || ending(path) == "npz" || conversion(path).is_some();
        is_known && ending(path) != "txt" && path.is_file()
    };
    let files = entries.map(|entry| entry.path()).filter(|path| is_one(path));
    let names = files.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn refusal(path: &Path, field: &str, found: String, allowed: String) -> Error {
    Error::Data { origin: path.display().to_string(), problem: Invalid::new(field, found, allowed) }
}
