//! The performance on held-out rows with labels ±1 as text.

use crate::cli::report::cells::widest;
use crate::figure::words;
use crate::math::stats::LEVEL;
use crate::scenario::{Scenario, protocol};
use crate::study::HeldOutMeans;
use crate::study::held_out::Score;

/// Two tables, with a line for every group, and what the intervals cover.
pub(super) fn text(scenario: &Scenario, held_out: &[[HeldOutMeans; 2]]) -> String {
    let titles: Vec<String> = scenario.groups().iter().map(|group| group.title()).collect();
    let of_group = |[alone, together]: &[HeldOutMeans; 2]| {
        [
            [share(Some(alone.accuracy)), share(Some(together.accuracy))],
            [loss(alone.logistic_loss), loss(together.logistic_loss)],
            [share(alone.auc), share(together.auc)],
            [share(alone.f1), share(together.f1)],
        ]
    };
    let cells: Vec<[[String; 2]; 4]> = held_out.iter().map(of_group).collect();
    let mut text = String::new();
    for (names, first) in [(["accuracy", "logistic"], 0), (["AUC", "F1 of +1"], 2)] {
        let rows = cells.iter().map(|row| [&row[first], &row[first + 1]]);
        text += &table(&titles, names, rows);
        text += "\n";
    }
    text += &format!("(± {LEVEL}, over {})\n", protocol::covers(scenario));
    if cells.iter().flatten().flatten().any(|cell| cell == NONE) {
        text += "(–: not defined, because a class has no row)\n";
    }
    if scenario.real().is_none() {
        text += "(accuracy counts the noisy labels, the errors above the noise-free ones)\n";
    }
    text
}

fn table<'a>(
    titles: &[String],
    names: [&str; 2],
    rows: impl Iterator<Item = [&'a [String; 2]; 2]>,
) -> String {
    let width = widest(titles).max(HEAD.len());
    let [one, other] = names;
    let mut text = format!(
        "{HEAD:<width$}  {:>17}  {:>17}  {:>17}  {:>17}\n",
        format!("{one} alone"),
        "together",
        format!("{other} alone"),
        "together",
    );
    for (title, [[a, b], [c, d]]) in titles.iter().zip(rows) {
        text += &format!("{title:<width$}  {a:>17}  {b:>17}  {c:>17}  {d:>17}\n");
    }
    text
}

const HEAD: &str = "held-out rows";
const NONE: &str = "–";

/// A share with its interval, without it for a single trial.
fn share(score: Option<Score>) -> String {
    match score {
        None => NONE.to_owned(),
        Some(Score { mean, trials: 1 }) => format!("{:.4}", mean.mean),
        Some(Score { mean, trials }) => {
            format!("{:.4} ± {:.4}", mean.mean, mean.half_width(trials))
        }
    }
}

fn loss(Score { mean, trials }: Score) -> String {
    match trials {
        1 => words::short(mean.mean),
        _ => format!("{} ± {}", words::short(mean.mean), words::short(mean.half_width(trials))),
    }
}
