//! A run's progress, in a few words.

use unicode_width::UnicodeWidthStr;

use crate::app::{App, RunState, StudyRun};

/// `▶ 41 % · about 12 s left`, `‖ 41 %`, `■ done in 3.1 s`.
pub(crate) fn words(run: &StudyRun) -> String {
    let percent = run.percent();
    match (run.state, run.progress.time_left()) {
        (RunState::Running, None) => format!("▶ {percent} %"),
        (RunState::Running, Some(left)) => format!("▶ {percent} % · {left}"),
        (RunState::Paused, _) => format!("‖ {percent} %"),
        (RunState::Stopped, _) => format!("✗ {percent} %"),
        (RunState::Done, _) if run.seconds().is_nan() => "■ done".to_owned(),
        (RunState::Done, _) => format!("■ done in {}", time(run.seconds())),
    }
}

/// The title of a run's pane, in full if there is room.
pub(crate) fn title(run: &StudyRun, app: &App, width: u16) -> String {
    let earlier = run.is_of_other_knobs(&app.work.name, &app.work.scenario);
    let note = match (run.pinned, earlier) {
        (true, true) => " pinned, earlier knobs",
        (true, false) => " pinned",
        (false, true) => ", earlier knobs",
        (false, false) => "",
    };
    let forms = [
        format!(" {}{note}  {} ", run.title(), words(run)),
        format!(" {}{note}  {} ", run.title(), short(run)),
        format!(" {}{note} {} ", run.title(), short(run)),
    ];
    let fits = |form: &String| form.width() + 2 <= width.into();
    let bare = || format!(" #{} {}{note}  {} ", run.number, run.question(), short(run));
    forms.into_iter().find(fits).unwrap_or_else(bare)
}

/// The progress for a narrow column: `▶ 41 %`.
pub(crate) fn short(run: &StudyRun) -> String {
    let sign = match run.state {
        RunState::Running => "▶",
        RunState::Paused => "‖",
        RunState::Stopped => "✗",
        RunState::Done => "■",
    };
    format!("{sign} {} %", run.percent())
}

/// A time in the largest unit that fits.
fn time(seconds: f64) -> String {
    match seconds {
        s if s < 9.95 => format!("{s:.1} s"),
        s if s < 99.5 => format!("{s:.0} s"),
        s if s < 5400.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.1} h", s / 3600.0),
    }
}
