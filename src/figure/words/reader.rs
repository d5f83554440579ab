//! Knobs in the words of a reader who does not know their paths, for figures in files.

use crate::figure::{Axis, Figure, Shape, TickFormat};
use crate::method::METHODS;
use crate::method::weighting::SCHEMES;
use crate::scenario::knob::KnobScope;
use crate::scenario::{Handle, ScenarioDraft};

/// Units that the words for their quantity already say.
const SAID: [&str; 4] = [" (rows)", " (tasks)", " (axes)", " (features)"];

/// The quantity of a knob by the knob's name: alone, and before its task.
const NOUNS: [(&str, &str, &str); 24] = [
    ("angle", "angle", "angle of θ"),
    ("cosine", "cosine of the angle", "cosine of θ"),
    ("rotation", "rotation of the axes", "rotation of the axes"),
    ("condition", "spread of the rows", "spread of the rows"),
    ("size", "number of axes of large variance", "axes of large variance"),
    ("samples", "number of rows", "rows"),
    ("ratio", "ratio of rows", "ratio of rows"),
    ("noise", "noise", "noise"),
    ("random", "share of random labels", "share of random labels"),
    ("flips", "share of flipped labels", "share of flipped labels"),
    ("labels", "kind of labels", "kind of labels"),
    ("count", "number of tasks", "number of tasks"),
    ("weight", "task weight", "task weight"),
    ("width", "width of the shared module", "width of the shared module"),
    ("activation", "activation function", "activation function"),
    ("loss", "loss function", "loss function"),
    ("weights", "weighting scheme", "weighting scheme"),
    ("method", "method", "method"),
    ("descent", "rule of the descent", "rule of the descent"),
    ("rate", "learning rate", "learning rate"),
    ("dimension", "number of features", "number of features"),
    ("rank", "dimension of the subspace of the θs", "dimension of the subspace of the θs"),
    ("spread", "distance of the θs from their subspace", "distance of the θs from their subspace"),
    ("validation", "validation rows per task", "validation rows per task"),
];

/// The quantity of a knob alone, and before its task: `number of rows` and `rows`.
fn nouns(handle: Handle) -> (&'static str, &'static str) {
    let name = handle.knob.name;
    let known = NOUNS.iter().find(|(own, ..)| *own == name);
    known.map_or((name, name), |(_, alone, of_task)| (alone, of_task))
}

/// The quantity of a knob with its task: `noise of the noisy tasks`.
pub fn quantity(draft: &ScenarioDraft, handle: Handle) -> String {
    let ((alone, noun), task) = (nouns(handle), draft.tasks.get(handle.task));
    let Some(task) = task.filter(|_| handle.knob.scope == KnobScope::Task) else {
        return alone.to_owned();
    };
    let several = task.count.is_some_and(|count| count > 1.0);
    match (task.name.as_str(), several) {
        ("task", true) => format!("{noun} of the tasks"),
        (name, true) => format!("{noun} of the {name} tasks"),
        (name @ ("source" | "target"), false) => format!("{noun} of the {name}"),
        (name, false) => format!("{noun} of task {name}"),
    }
}

/// The quantity of a knob with its value in a scenario: `rows of the source = 400`.
pub fn quantity_at(draft: &ScenarioDraft, handle: Handle) -> String {
    let value = super::value_of(handle, handle.get(draft).unwrap_or(f64::NAN));
    let is_said = SAID.contains(&format!(" ({})", handle.knob.unit).as_str());
    let number = if is_said { value.split(' ').next().unwrap_or_default() } else { &value };
    format!("{} = {number}", quantity(draft, handle))
}

/// The quantity of a knob; without its task if there is too little room for both.
pub fn quantity_within(draft: &ScenarioDraft, handle: Handle, room: usize) -> String {
    let whole = quantity(draft, handle);
    if whole.chars().count() <= room { whole } else { nouns(handle).0.to_owned() }
}

/// The figure with words in place of the paths of knobs in its title, axis labels and legend.
pub fn for_reader(figure: Figure, drafts: &[&ScenarioDraft]) -> Figure {
    let mut paths: Vec<(String, &str, String)> = Vec::new();
    for draft in drafts {
        for handle in Handle::all(draft) {
            let path = handle.path(draft);
            if !paths.iter().any(|(known, ..)| *known == path) {
                paths.push((path, nouns(handle).0, quantity(draft, handle)));
            }
        }
    }
    let spoken = |text: &str, word: &dyn Fn(usize) -> String| {
        let known = paths.iter().enumerate().filter(|(_, (path, ..))| text.contains(path.as_str()));
        known.fold(text.to_owned(), |text, (place, (path, ..))| replaced(&text, path, &word(place)))
    };
    let full = |text: &str| spoken(text, &|place| paths[place].2.clone());
    let title = spoken(&figure.title, &|place| format!("the {}", paths[place].1));
    let axis = |axis: &Axis| Axis { label: label(&axis.label, &paths), ..axis.clone() };
    let (x, y) = (axis(&figure.x), axis(&figure.y));
    let mut figure = Figure { title, x, y, ..figure };
    for mark in &mut figure.marks {
        mark.name = mark.name.as_deref().map(full).map(|name| approaches(&name));
    }
    figure
}

/// A legend entry with the names of approaches that have a hyphen as a reader would write them.
fn approaches(name: &str) -> String {
    let schemes = SCHEMES.iter().map(|scheme| (scheme.name, scheme.label));
    let methods = METHODS.iter().map(|method| (method.name, method.label));
    let coded = schemes.chain(methods).filter(|(own, _)| own.contains('-'));
    coded.fold(name.to_owned(), |text, (own, label)| replaced(&text, own, label))
}

/// The label of an axis: the quantity, then its symbol and its unit.
fn label(label: &str, paths: &[(String, &str, String)]) -> String {
    let of = |(path, _, quantity): &(String, &str, String)| {
        let rest = label.strip_prefix(path.as_str())?;
        let said = SAID.iter().find_map(|unit| rest.strip_suffix(unit));
        let rest = said.unwrap_or(rest);
        match rest.chars().next() {
            None => Some(quantity.clone()),
            Some(' ') if [" ∠θ", " cos"].contains(&rest) => Some(quantity.clone()),
            Some(' ') => Some(format!("{quantity},{rest}")),
            Some(_) => None,
        }
    };
    paths.iter().find_map(of).unwrap_or_else(|| label.to_owned())
}

/// The text with a path replaced where it stands as a word of its own.
fn replaced(text: &str, path: &str, by: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || "._-".contains(c);
    let (mut written, mut rest) = (String::new(), text);
    while let Some(place) = rest.find(path) {
        let (before, behind) = (&rest[..place], &rest[place + path.len()..]);
        let before_word = written.chars().chain(before.chars()).next_back();
        let is_word = !before_word.is_some_and(is_part) && !behind.starts_with(is_part);
        written += before;
        written += if is_word { by } else { path };
        rest = behind;
    }
    written + rest
}

/// The words of a figure that may be replaced: legend entries, series, names on the axes, and texts
/// in the plot, each once.
pub fn names(figure: &Figure) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        if !name.is_empty() && !all.iter().any(|known| known == name) {
            all.push(name.to_owned());
        }
    };
    for mark in &figure.marks {
        mark.name.iter().for_each(|name| add(super::uncounted(name)));
        mark.series.iter().for_each(|name| add(name));
        if let Shape::Text { text, .. } = &mark.shape {
            add(text);
        }
    }
    for axis in [&figure.x, &figure.y] {
        if let TickFormat::Names(names) = &axis.format {
            names.iter().for_each(|name| add(name));
        }
    }
    all
}

/// The figure with other words for one of its [`names`].
pub fn renamed(mut figure: Figure, name: &str, text: &str) -> Figure {
    let change = |own: &mut String| {
        if own == name {
            text.clone_into(own);
        } else if super::uncounted(own) == name {
            *own = format!("{text}{}", &own[name.len()..]);
        }
    };
    for mark in &mut figure.marks {
        mark.name.iter_mut().for_each(change);
        mark.series.iter_mut().for_each(change);
        if let Shape::Text { text, .. } = &mut mark.shape {
            change(text);
        }
        for label in &mut mark.labels {
            let parts: Vec<String> = label.split(" → ").map(str::to_owned).collect();
            let parts = parts.into_iter().map(|mut part| {
                change(&mut part);
                part
            });
            *label = parts.collect::<Vec<_>>().join(" → ");
        }
    }
    for axis in [&mut figure.x, &mut figure.y] {
        if let TickFormat::Names(names) = &mut axis.format {
            names.iter_mut().for_each(change);
        }
    }
    figure
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Preset;
    use crate::scenario::knob::KNOBS;

    fn draft(preset: &str) -> ScenarioDraft {
        Preset::find(preset).unwrap().scenario().unwrap().draft().clone()
    }

    #[test]
    fn a_quantity_is_told_with_the_task_it_belongs_to() {
        let said = |preset: &str, path: &str| {
            let draft = draft(preset);
            quantity(&draft, Handle::find(&draft, path).unwrap())
        };
        assert_eq!(said("svd-weights", "noisy.noise"), "noise of the noisy tasks");
        assert_eq!(said("two-tasks", "source.samples"), "rows of the source");
        assert_eq!(said("two-tasks", "model.width"), "width of the shared module");
    }

    #[test]
    fn every_knob_that_can_be_swept_over_numbers_has_words_of_its_own() {
        for knob in KNOBS.iter().filter(|knob| !knob.is_choice()) {
            assert!(NOUNS.iter().any(|(name, ..)| *name == knob.name), "{}", knob.name);
        }
    }

    #[test]
    fn approaches_are_named_as_a_reader_writes_them() {
        assert_eq!(approaches("svd-printed (n = 40)"), "SVD as printed (n = 40)");
        assert_eq!(approaches("by-scale align-fixed"), "by scale aligned, B fixed");
        assert_eq!(approaches("uniform, my-by-scale"), "uniform, my-by-scale");
    }

    #[test]
    fn a_path_is_replaced_as_a_word_only() {
        assert_eq!(
            replaced("along a.b and aa.b, a.b-c; a.b", "a.b", "X"),
            "along X and aa.b, a.b-c; X"
        );
    }

    #[test]
    fn the_label_of_an_axis_keeps_symbol_and_unit_unless_the_words_say_them() {
        let paths = vec![("a.n".to_owned(), "noise", "noise of a".to_owned())];
        assert_eq!(label("a.n σ", &paths), "noise of a, σ");
        assert_eq!(label("a.n m (rows)", &paths), "noise of a, m");
        assert_eq!(label("a.n ∠θ", &paths), "noise of a");
        assert_eq!(label("a.nn σ", &paths), "a.nn σ");
    }
}
