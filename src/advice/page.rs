//! Advice as a page in Markdown.

use std::fmt::Write;

use super::{Advice, RowsPoint, words};
use crate::text::lines;

/// The addresses of the figures of a page; without an address there is no figure.
#[derive(Debug, Clone, Default)]
pub struct PagePictures {
    /// The gain of every confirmed plan.
    pub plans: Option<String>,
    /// The gain of the best plan against the number of training rows.
    pub rows: Option<String>,
}

/// The page, with `title` as its heading and the command that repeats it.
pub fn markdown(advice: &Advice, title: &str, command: &str, pictures: &PagePictures) -> String {
    let mut page = format!("# Advice: {title}\n\n**{}**\n\n", advice.headline());
    for finding in advice.findings() {
        let _ = write!(page, "{finding}\n\n");
    }
    plans(&mut page, advice);
    picture(&mut page, "Gain of every plan", pictures.plans.as_deref());
    tasks(&mut page, advice);
    rows(&mut page, advice);
    picture(&mut page, "Gain against training rows", pictures.rows.as_deref());
    candidates(&mut page, advice);
    let _ = write!(page, "## How this was measured\n\n{}\n\n", advice.protocol());
    let _ = write!(
        page,
        "Repeat it, or save the page with `--out advice.html`:\n\n```sh\n{command}\n```\n"
    );
    lines(&page)
}

fn picture(page: &mut String, title: &str, address: Option<&str>) {
    if let Some(address) = address {
        let _ = write!(page, "![{title}](<{address}>)\n\n");
    }
}

fn plans(page: &mut String, advice: &Advice) {
    let n = advice.trials.confirm;
    let _ = write!(page, "## Plans, confirmed on test rows ({n} trials)\n\n");
    page.push_str("| plan | models | gain in the mean error |\n|---|---|---:|\n");
    page.push_str("| every task alone (ridge) | each its own | 0, the baseline |\n");
    for plan in &advice.confirmed {
        let (words, gain) = (plan.plan.words(&advice.tasks), words::gain(plan.gain));
        let _ = writeln!(page, "| {} | {words} | {gain} |", plan.name);
    }
    page.push('\n');
}

fn tasks(page: &mut String, advice: &Advice) {
    let Some(best) = advice.best() else { return };
    let score = if advice.classification { "accuracy" } else { "R²" };
    let _ =
        write!(page, "## Every task under the best plan ({} trials)\n\n", advice.trials.confirm);
    let _ = writeln!(
        page,
        "| task | rows | {score} alone | {score} with the plan | difference | gain |"
    );
    page.push_str("|---|---:|---:|---:|---:|---:|\n");
    for ((name, rows), task) in advice.tasks.iter().zip(&advice.rows).zip(&best.tasks) {
        let _ = writeln!(
            page,
            "| {name} | {rows} | {} | {} | {} ± {:.3} | {} |",
            words::share(1.0 - task.alone),
            words::share(1.0 - task.planned),
            words::signed(task.saved.mean, 3),
            task.saved.half_width(),
            words::gain(task.gain)
        );
    }
    page.push('\n');
}

fn rows(page: &mut String, advice: &Advice) {
    page.push_str("## The best plan with fewer or more rows\n\n");
    page.push_str("| training rows a task | trials | gain in the mean error |\n|---:|---:|---:|\n");
    for point in &advice.curve {
        let RowsPoint { rows, trials, gain, .. } = point;
        let rows = rows.round();
        let _ = writeln!(page, "| {rows} | {trials} | {} |", words::gain(*gain));
    }
    page.push('\n');
}

fn candidates(page: &mut String, advice: &Advice) {
    let n = advice.trials.search;
    let _ = write!(page, "## All plans compared on validation rows ({n} trials)\n\n");
    let error = if advice.classification { "squared error" } else { "error" };
    let _ = write!(
        page,
        "The best of many plans looks better here than it is; only the table of confirmed plans \
         is a promise. {}\n\n| plan | gain in the mean {error}, validation rows |\n|---|---:|\n",
        advice.choice()
    );
    for candidate in advice.candidates.iter().take(12) {
        let plan = candidate.plan.words(&advice.tasks);
        let gain = match candidate.plan.is_alone() {
            true => "0, the baseline".to_owned(),
            false => words::gain(Some(candidate.validation)),
        };
        let _ = writeln!(page, "| {plan} | {gain} |");
    }
    page.push('\n');
}
