//! The table of actions. Keys, footer hints and help are read from it.

use std::sync::LazyLock;

use super::key::Key;
use super::overlay::Overlay;
use super::screen::{KeyContext, Screen};

/// The actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Turn the knob by this many notches.
    Turn(i32),
    /// Turn the knob to the lower end of its track.
    ToLow,
    /// Turn the knob to the upper end of its track.
    ToHigh,
    /// Focus the knob above or below.
    Focus(i32),
    /// Open the input field for an exact value.
    TypeValue,
    /// Reset the knob to the value that the scenario was opened with.
    Default,
    /// Undo the last change.
    Undo,
    /// Redo the change last undone.
    Redo,
    /// Go to another pane.
    Pane(i32),
    /// Run or pause gradient descent.
    Run,
    /// Take one step of gradient descent.
    Step,
    /// Restart gradient descent: same data, same initial weights.
    Rewind,
    /// Use another seed: new data and new initial weights.
    NewDraw,
    /// Save the chart in view to a file.
    Export,
    /// Show or hide the cross-hair in a chart.
    Crosshair,
    /// Save the whole screen to a file.
    ExportScreen,
    /// Show a screen.
    Show(Screen),
    /// Move the cursor right and up by these amounts.
    Move(i32, i32),
    /// Go to another row of a form or list.
    Row(i32),
    /// Scroll the list of differences.
    Scroll(i32),
    /// Change the focused row by notches.
    Change(i32),
    /// Open the input field for the focused row, or switch the row on or off.
    TypeRow,
    /// Switch between the form of a sweep and its chart.
    Part,
    /// Switch between the matrix and the scatter of a proxy.
    Scatter,
    /// Show another method in the chart.
    Method,
    /// Start, pause or resume a study.
    RunStudy,
    /// Open the setting under the cursor in the Lab.
    OpenCell,
    /// Open the selected lesson.
    OpenLesson,
    /// Go to the next step of a lesson.
    NextStep,
    /// Go to the previous step of a lesson.
    BackStep,
    /// Choose an answer by its place.
    Choose(usize),
    /// Set the confidence, from 1 to 3.
    Sure(u8),
    /// Commit an answer; if nothing is asked, go on.
    Commit,
    /// Take a hint.
    Hint,
    /// Show or hide the teacher's notes.
    Notes,
    /// Read the class's answers again.
    Class,
    /// Show the selected run on its own screen.
    ShowRun,
    /// Pin the run, so that others are compared with it, or unpin it.
    Pin,
    /// Delete the selected run.
    Delete,
    /// Add a task.
    AddTask,
    /// Copy the selected task as a new one.
    CopyTask,
    /// Delete the selected task.
    DeleteTask,
    /// Give the selected task the next role in the comparison.
    NextRole,
    /// Move the selected task down by this many places.
    MoveTask(i32),
    /// Show the knob under the cursor in the Lab.
    OpenKnob,
    /// Pin the current curve in the chart, or unpin it.
    PinCurve,
    /// Restore the session left behind when the program was killed.
    Recover,
    /// Open a preset, a file or a shared string.
    Open,
    /// Open an overlay.
    Over(Overlay),
    /// Zoom the focused pane to the whole screen, or back.
    Zoom,
    /// Switch presenter mode on or off.
    Present,
    /// Use the next theme.
    NextTheme,
    /// Play the tour.
    Tour,
    /// Show joint training, merging, fine-tuning and ridge side by side, or the gain again.
    Methods,
    /// Show few or all panes of the Lab.
    Panes,
    /// Capture the mouse, or release it.
    Mouse,
    /// Dismiss the tip.
    DismissTip,
    /// Select another proxy.
    Proxy(i32),
    /// Allow more or fewer models for the groups.
    Budget(i32),
    /// Start an affinity study that also trains random groups.
    RandomGroups,
    /// Write a study to a folder.
    ExportStudy,
    /// Save the scenario to a file.
    Save,
    /// Close whatever is open.
    Leave,
    /// Suspend the program until it is brought back to the foreground.
    Suspend,
    /// Quit the program.
    Quit,
    /// Quit without asking.
    QuitNow,
}

/// An action with its keys and its words.
#[derive(Debug, Clone, Copy)]
pub struct KeyBinding {
    /// The action.
    pub action: Action,
    /// Contexts in which it is available.
    pub contexts: &'static [KeyContext],
    /// The keys, with the one shown in hints first.
    pub keys: &'static [Key],
    /// A word for the footer; empty if the action is shown only in the help.
    pub hint: &'static str,
    /// Priority of the hint in the footer: 1 is highest, 0 means no hint.
    pub rank: u8,
    /// Name in the palette, the configuration and the manual.
    pub name: &'static str,
    /// Description in the help.
    pub help: &'static str,
}

const fn act(
    action: Action,
    contexts: &'static [KeyContext],
    keys: &'static [Key],
    rank: u8,
    hint: &'static str,
    name: &'static str,
    help: &'static str,
) -> KeyBinding {
    KeyBinding { action, contexts, keys, hint, rank, name, help }
}

const EVERYWHERE: &[KeyContext] = KeyContext::ALL;
const OUTSIDE: &[KeyContext] = KeyContext::OUTSIDE;
const UNDOABLE: &[KeyContext] = &[
    KeyContext::Lab,
    KeyContext::Tasks,
    KeyContext::Theory,
    KeyContext::Matrix,
    KeyContext::Form,
    KeyContext::Chart,
    KeyContext::Runs,
    KeyContext::Lessons,
    KeyContext::Advice,
    KeyContext::Bench,
];
const LESSON: &[KeyContext] = &[KeyContext::Lesson];
const QUESTION: &[KeyContext] = &[KeyContext::Question];
const BENCH: &[KeyContext] = &[KeyContext::Bench];
const READ: &[KeyContext] = &[KeyContext::Lesson, KeyContext::Question];
const ANSWERED: &[KeyContext] = &[KeyContext::Question, KeyContext::Bench];
const PLAYED: &[KeyContext] = &[KeyContext::Lesson, KeyContext::Question, KeyContext::Bench];
const LAB: &[KeyContext] = &[KeyContext::Lab];
const KNOBS: &[KeyContext] = &[KeyContext::Lab, KeyContext::Theory];
const THEORY: &[KeyContext] = &[KeyContext::Theory];
const TASKS: &[KeyContext] = &[KeyContext::Tasks];
const MATRIX: &[KeyContext] = &[KeyContext::Matrix];
const FORM: &[KeyContext] = &[KeyContext::Form];
const CHART: &[KeyContext] = &[KeyContext::Chart];
const RUNS: &[KeyContext] = &[KeyContext::Runs];
const LESSONS: &[KeyContext] = &[KeyContext::Lessons];
const ADVICE: &[KeyContext] = &[KeyContext::Advice];
const SWEEP: &[KeyContext] = &[KeyContext::Form, KeyContext::Chart];
const CELLS: &[KeyContext] = &[KeyContext::Matrix, KeyContext::Chart];
const CROSSHAIR: &[KeyContext] = &[KeyContext::Crosshair];
const CHARTS: &[KeyContext] = &[
    KeyContext::Lab,
    KeyContext::Tasks,
    KeyContext::Theory,
    KeyContext::Matrix,
    KeyContext::Form,
    KeyContext::Chart,
    KeyContext::Crosshair,
];
const STUDIES: &[KeyContext] =
    &[KeyContext::Matrix, KeyContext::Form, KeyContext::Chart, KeyContext::Runs];

/// All actions, in the order of the help.
pub static ACTIONS: LazyLock<Vec<KeyBinding>> = LazyLock::new(|| {
    let shows = Screen::all().map(show);
    SCREENS.iter().copied().chain(shows).chain(PROGRAM.iter().copied()).collect()
});

/// The action that shows a screen.
fn show(screen: Screen) -> KeyBinding {
    let (name, purpose) = (screen.action_name(), screen.purpose());
    act(Action::Show(screen), OUTSIDE, screen.keys(), 0, "", name, purpose)
}

/// The actions on screens, in the order of the help.
#[rustfmt::skip]
const SCREENS: &[KeyBinding] = &{
    use Action::*;
    use Key::{
        BackTab, Backspace, Char, Ctrl, Down, End, Enter, Escape, Home, Left, PageDown, PageUp, Right, ShiftLeft, ShiftRight, Tab, Up,
    };
    [
        act(Turn(1), KNOBS, &[Right, Char('l')], 1, "turn", "turn-up", "turn the knob up one notch"),
        act(Turn(-1), KNOBS, &[Left, Char('h')], 0, "", "turn-down", "turn the knob down one notch"),
        act(Turn(10), KNOBS, &[PageUp, ShiftRight], 0, "", "turn-far-up", "turn the knob up ten notches"),
        act(Turn(-10), KNOBS, &[PageDown, ShiftLeft], 0, "", "turn-far-down", "turn the knob down ten notches"),
        act(ToLow, KNOBS, &[Home], 0, "", "turn-to-low", "turn the knob to the lower end of its track"),
        act(ToHigh, KNOBS, &[End], 0, "", "turn-to-high", "turn the knob to the upper end of its track"),
        act(Focus(1), KNOBS, &[Down, Char('j')], 2, "knob", "next-knob", "next knob; the gain is drawn along it"),
        act(Focus(-1), KNOBS, &[Up, Char('k')], 0, "", "previous-knob", "previous knob"),
        act(TypeValue, KNOBS, &[Enter, Char('=')], 5, "type", "type-value", "type an exact value for the knob"),
        act(Default, KNOBS, &[Backspace], 0, "", "default-value", "reset the knob to the scenario's value"),
        act(Pane(1), LAB, &[Tab], 8, "pane", "next-pane", "next pane: knobs, gain, loss, plane, why"),
        act(Pane(-1), LAB, &[BackTab], 0, "", "previous-pane", "previous pane"),
        act(Run, LAB, &[Char(' ')], 8, "run/pause", "run", "run or pause the gradient descent in the loss chart"),
        act(Step, LAB, &[Char('.')], 17, "step", "step", "one step of gradient descent"),
        act(Rewind, LAB, &[Char('r')], 18, "rewind", "rewind", "restart gradient descent: same data, same initial weights"),
        act(NewDraw, KNOBS, &[Char('R')], 0, "", "new-draw", "another seed: new data and new initial weights"),
        act(Export, LAB, &[Char('e')], 7, "export", "export", "save the chart in view, or the whole screen"),
        act(Pane(1), THEORY, &[Tab], 3, "pane", "next-aspect", "next pane: claim, formulas, landscape, Theorem 2, limits"),
        act(Pane(-1), THEORY, &[BackTab], 0, "", "previous-aspect", "previous pane"),
        act(Scroll(3), THEORY, &[Char(']')], 6, "scroll", "scroll-pane-down", "scroll the pane in focus down"),
        act(Scroll(-3), THEORY, &[Char('[')], 0, "", "scroll-pane-up", "scroll the pane in focus up"),
        act(Export, THEORY, &[Char('e')], 7, "export", "export-landscape", "save the landscape, Theorem 2 or the screen"),
        act(Tour, LAB, &[Char('t')], 0, "", "tour", "a tour of one minute: cause negative transfer, and undo it"),
        act(Panes, LAB, &[Char('f')], 13, "panes", "panes", "show all panes and knobs, or only three knobs, the gain and the verdict"),
        act(Methods, LAB, &[Char('M')], 14, "methods", "methods", "joint, merged, fine-tuned and ridge side by side; again the gain"),
        act(PinCurve, LAB, &[Char('b')], 12, "pin", "pin-curve", "pin the curve for comparison while knobs turn; again to unpin it"),
        act(Move(0, -1), TASKS, &[Down, Char('j')], 2, "move", "task-below", "next task"),
        act(Move(0, 1), TASKS, &[Up, Char('k')], 0, "", "task-above", "previous task"),
        act(Move(1, 0), TASKS, &[Right, Char('l')], 0, "", "property-right", "next property"),
        act(Move(-1, 0), TASKS, &[Left, Char('h')], 0, "", "property-left", "previous property"),
        act(Change(1), TASKS, &[Char('+')], 1, "more", "value-up", "turn the value up one notch, or to the next choice"),
        act(Change(-1), TASKS, &[Char('-')], 1, "less", "value-down", "turn the value down one notch, or to the previous choice"),
        act(Change(10), TASKS, &[PageUp, ShiftRight], 0, "", "value-far-up", "turn the value up ten notches"),
        act(Change(-10), TASKS, &[PageDown, ShiftLeft], 0, "", "value-far-down", "turn the value down ten notches"),
        act(TypeRow, TASKS, &[Enter, Char('=')], 3, "type", "type-cell", "type an exact value, a choice or a name"),
        act(Default, TASKS, &[Backspace], 0, "", "default-cell", "reset the value to the scenario's"),
        act(AddTask, TASKS, &[Char('a')], 6, "add", "add-task", "add a source like the last one; the other tasks keep their data"),
        act(CopyTask, TASKS, &[Char('c')], 7, "copy", "copy-task", "copy the task; the copy gets its own data"),
        act(DeleteTask, TASKS, &[Char('D')], 8, "delete", "delete-task", "delete the task"),
        act(NextRole, TASKS, &[Char('R')], 9, "role", "next-role", "next role of the task: target, source, aside"),
        act(MoveTask(1), TASKS, &[Char('J')], 0, "", "move-task-down", "move the task down; this changes its data"),
        act(MoveTask(-1), TASKS, &[Char('K')], 0, "", "move-task-up", "move the task up"),
        act(OpenKnob, TASKS, &[Char(' ')], 4, "in Lab", "knob-in-lab", "open the knob in the Lab, with its gain curve; Esc comes back"),
        act(Pane(1), TASKS, &[Tab], 10, "figure", "next-part", "next part: table, spectra, rows"),
        act(Pane(-1), TASKS, &[BackTab], 0, "", "previous-part", "previous part"),
        act(Export, TASKS, &[Char('e')], 11, "export", "export-tasks", "save the spectra, the rows or the screen"),
        act(Move(1, 0), CELLS, &[Right, Char('l')], 2, "move", "cursor-right", "cursor to the right"),
        act(Move(-1, 0), CELLS, &[Left, Char('h')], 0, "", "cursor-left", "cursor to the left"),
        act(Move(0, 1), CELLS, &[Up, Char('k')], 0, "", "cursor-up", "cursor up; on a line chart, the next method or line"),
        act(Move(0, -1), CELLS, &[Down, Char('j')], 0, "", "cursor-down", "cursor down"),
        act(Move(10, 0), CHART, &[PageUp, ShiftRight], 0, "", "cursor-far-right", "cursor ten values to the right"),
        act(Move(-10, 0), CHART, &[PageDown, ShiftLeft], 0, "", "cursor-far-left", "cursor ten values to the left"),
        act(Row(1), FORM, &[Down, Char('j')], 3, "setting", "next-setting", "next setting"),
        act(Row(-1), FORM, &[Up, Char('k')], 0, "", "previous-setting", "previous setting"),
        act(Change(1), FORM, &[Right, Char('l')], 2, "change", "change-up", "change the setting: next knob, one notch up, on or off"),
        act(Change(-1), FORM, &[Left, Char('h')], 0, "", "change-down", "change the setting the other way"),
        act(Change(10), FORM, &[PageUp, ShiftRight], 0, "", "change-far-up", "ten notches up"),
        act(Change(-10), FORM, &[PageDown, ShiftLeft], 0, "", "change-far-down", "ten notches down"),
        act(TypeRow, FORM, &[Enter, Char('=')], 6, "type", "type-setting", "type an exact value, or switch a method on or off"),
        act(Row(1), RUNS, &[Down, Char('j')], 2, "run", "next-run", "next run"),
        act(Row(-1), RUNS, &[Up, Char('k')], 0, "", "previous-run", "previous run"),
        act(Scroll(10), RUNS, &[PageDown], 0, "", "scroll-down", "scroll the differences down"),
        act(Scroll(-10), RUNS, &[PageUp], 0, "", "scroll-up", "scroll the differences up"),
        act(RunStudy, STUDIES, &[Char(' ')], 1, "start/pause", "run-study", "start, pause or resume the study"),
        act(Part, SWEEP, &[Tab, BackTab], 5, "chart/form", "chart-or-form", "switch between the form and the chart"),
        act(Method, CHART, &[Char('M')], 9, "method", "next-method", "next compared method"),
        act(OpenCell, CELLS, &[Enter], 3, "open in Lab", "open-in-lab", "open the setting under the cursor in the Lab, same seed and trials"),
        act(Row(1), LESSONS, &[Down, Char('j')], 2, "choose", "next-lesson", "next line"),
        act(Row(-1), LESSONS, &[Up, Char('k')], 0, "", "previous-lesson", "previous line"),
        act(RunStudy, ADVICE, &[Char(' ')], 1, "start/stop", "seek-advice", "start or stop the search for the best plan"),
        act(Export, ADVICE, &[Char('e')], 3, "export", "export-advice", "save the page with its figures: HTML, Markdown or JSON"),
        act(Scroll(1), ADVICE, &[Down, Char('j')], 2, "scroll", "advice-down", "scroll the page down"),
        act(Scroll(-1), ADVICE, &[Up, Char('k')], 0, "", "advice-up", "scroll the page up"),
        act(Scroll(15), ADVICE, &[PageDown], 0, "", "advice-page-down", "scroll the page down by fifteen lines"),
        act(Scroll(-15), ADVICE, &[PageUp], 0, "", "advice-page-up", "scroll the page up by fifteen lines"),
        act(OpenLesson, LESSONS, &[Enter], 1, "open", "open-lesson", "play the lesson, or open the scenario in the Lab"),
        act(Turn(1), BENCH, &[Right], 1, "turn", "turn-up-in-lesson", "turn the knob up one notch"),
        act(Turn(-1), BENCH, &[Left], 0, "", "turn-down-in-lesson", "turn the knob down one notch"),
        act(Turn(10), BENCH, &[PageUp, ShiftRight], 0, "", "turn-far-up-in-lesson", "turn the knob up ten notches"),
        act(Turn(-10), BENCH, &[PageDown, ShiftLeft], 0, "", "turn-far-down-in-lesson", "turn the knob down ten notches"),
        act(ToLow, BENCH, &[Home], 0, "", "turn-to-low-in-lesson", "turn the knob to the lower end of its track"),
        act(ToHigh, BENCH, &[End], 0, "", "turn-to-high-in-lesson", "turn the knob to the upper end of its track"),
        act(Focus(1), BENCH, &[Down], 2, "knob", "next-knob-in-lesson", "next knob that can be turned"),
        act(Focus(-1), BENCH, &[Up], 0, "", "previous-knob-in-lesson", "previous knob that can be turned"),
        act(TypeValue, BENCH, &[Char('=')], 0, "", "type-value-in-lesson", "type an exact value for the knob"),
        act(Default, BENCH, &[Backspace], 0, "", "default-value-in-lesson", "reset the knob to the step's value"),
        act(Choose(0), QUESTION, &[Char('a')], 0, "", "choose-a", "choose the first answer; up and down choose as well"),
        act(Choose(1), QUESTION, &[Char('b')], 0, "", "choose-b", "choose the second answer"),
        act(Choose(2), QUESTION, &[Char('c')], 0, "", "choose-c", "choose the third answer"),
        act(Choose(3), QUESTION, &[Char('d')], 0, "", "choose-d", "choose the fourth answer"),
        act(Choose(4), QUESTION, &[Char('e')], 0, "", "choose-e", "choose the fifth answer"),
        act(Choose(5), QUESTION, &[Char('f')], 0, "", "choose-f", "choose the sixth answer"),
        act(Row(1), QUESTION, &[Down], 0, "", "answer-below", "the answer below, or more confidence"),
        act(Row(-1), QUESTION, &[Up], 0, "", "answer-above", "the answer above, or less confidence"),
        act(Sure(1), QUESTION, &[Char('1')], 1, "2 3 how sure", "a-guess", "the answer is a guess"),
        act(Sure(2), QUESTION, &[Char('2')], 0, "", "fairly-sure", "you are fairly sure of the answer"),
        act(Sure(3), QUESTION, &[Char('3')], 0, "", "certain", "you are certain of the answer"),
        act(Commit, ANSWERED, &[Enter], 1, "commit", "commit", "commit the answer; a prediction cannot be changed afterwards"),
        act(Commit, LESSON, &[Enter], 1, "go on", "go-on", "go on; write or save if the step asks for it"),
        act(NextStep, LESSON, &[Char('n'), Right], 1, "next", "next-step", "the next step"),
        act(NextStep, ANSWERED, &[Char('n')], 2, "next", "step-after", "the next step; a prediction must be committed first"),
        act(BackStep, LESSON, &[Char('p'), Left], 2, "back", "previous-step", "the previous step"),
        act(BackStep, ANSWERED, &[Char('p')], 2, "back", "step-before", "the previous step"),
        act(Hint, PLAYED, &[Char('h'), Tab], 2, "hint", "hint", "the next hint, if there is one; Tab while an answer is typed"),
        act(Scroll(1), LESSON, &[Down], 0, "", "line-down", "scroll the text down by a line"),
        act(Scroll(-1), LESSON, &[Up], 0, "", "line-up", "scroll the text up by a line"),
        act(Scroll(5), READ, &[PageDown], 0, "", "page-down", "scroll the text down"),
        act(Scroll(-5), READ, &[PageUp], 0, "", "page-up", "scroll the text up"),
        act(Scroll(3), PLAYED, &[Char(']')], 0, "", "text-down", "scroll the text down by three lines"),
        act(Scroll(-3), PLAYED, &[Char('[')], 0, "", "text-up", "scroll the text up by three lines"),
        act(Notes, PLAYED, &[Char('t')], 0, "", "teacher-notes", "show or hide the teacher's notes (when teaching a class)"),
        act(Class, PLAYED, &[Char('r')], 0, "", "read-class", "read the class's answers again"),
        act(Leave, PLAYED, &[Escape], 2, "leave", "leave-lesson", "leave the lesson; it resumes here next time"),
        act(ShowRun, RUNS, &[Enter], 3, "show", "show-run", "show the run on its screen"),
        act(Scatter, MATRIX, &[Tab, BackTab], 8, "scatter", "scatter", "switch between the matrix and gains against the proxy"),
        act(Proxy(1), MATRIX, &[Char('p')], 5, "proxy", "next-proxy", "next proxy"),
        act(Proxy(-1), MATRIX, &[Char('o')], 0, "", "previous-proxy", "previous proxy"),
        act(Budget(1), MATRIX, &[Char('g'), Char(']')], 6, "budget", "more-models", "one more model for the groups; after the most, one"),
        act(RandomGroups, MATRIX, &[Char('r')], 9, "random", "random-groups", "train random groups too, and fit a surrogate that predicts all groups"),
        act(Budget(-1), MATRIX, &[Char('G'), Char('[')], 0, "", "fewer-models", "one model fewer for the groups"),
        act(Pin, STUDIES, &[Char('b')], 8, "pin", "pin", "pin the run for comparison with others; again to unpin it"),
        act(Delete, RUNS, &[Char('D')], 10, "delete", "delete-run", "delete the run"),
        act(ExportStudy, STUDIES, &[Char('e')], 7, "export", "export-study", "save the study to a folder: settings, records, tables, pictures"),
        act(Move(1, 0), CROSSHAIR, &[Right, Char('l')], 1, "read on", "point-right", "cross-hair to the next point of the curve"),
        act(Move(-1, 0), CROSSHAIR, &[Left, Char('h')], 0, "", "point-left", "cross-hair to the previous point"),
        act(Move(10, 0), CROSSHAIR, &[PageUp, ShiftRight], 0, "", "point-far-right", "cross-hair ten points forward"),
        act(Move(-10, 0), CROSSHAIR, &[PageDown, ShiftLeft], 0, "", "point-far-left", "cross-hair ten points back"),
        act(Move(i32::MIN, 0), CROSSHAIR, &[Home], 0, "", "point-first", "cross-hair to the first point"),
        act(Move(i32::MAX, 0), CROSSHAIR, &[End], 0, "", "point-last", "cross-hair to the last point"),
        act(Move(0, 1), CROSSHAIR, &[Up, Char('k')], 0, "", "curve-above", "the curve above in the legend: theory, measured, others"),
        act(Move(0, -1), CROSSHAIR, &[Down, Char('j')], 2, "curve", "curve-below", "the curve below in the legend"),
        act(Pane(1), CROSSHAIR, &[Tab], 6, "chart", "next-chart", "cross-hair to the next chart on the screen"),
        act(Pane(-1), CROSSHAIR, &[BackTab], 0, "", "previous-chart", "cross-hair to the previous chart"),
        act(Crosshair, CHARTS, &[Char('v')], 19, "cross-hair", "crosshair", "cross-hair in the chart: ← → for its points, ↑ ↓ for its curves"),
        act(ExportScreen, OUTSIDE, &[Char('E')], 0, "", "export-screen", "save the whole screen as SVG, PNG, ANSI colours or plain text"),
        act(Undo, UNDOABLE, &[Char('u')], 9, "undo", "undo", "undo the last change of any kind"),
        act(Redo, UNDOABLE, &[Ctrl('r')], 0, "", "redo", "redo the change last undone"),
        act(Save, OUTSIDE, &[Ctrl('s')], 0, "", "save", "save the scenario as JSON"),
        act(Open, OUTSIDE, &[Ctrl('o')], 0, "", "open", "open a preset, a scenario file or a shared string"),
        act(Recover, OUTSIDE, &[Char('U')], 0, "", "recover", "restore the unsaved session left by a crash"),
    ]
};

/// The actions for the whole program, in the order of the help.
#[rustfmt::skip]
const PROGRAM: &[KeyBinding] = &{
    use Action::*;
    use Key::{Char, Ctrl, Escape, F1};
    [
        act(Over(Overlay::Palette), EVERYWHERE, &[Char(':'), Ctrl('p')], 4, "commands", "commands", "find a command, a knob or a preset by name"),
        act(Over(Overlay::Help), EVERYWHERE, &[Char('?'), F1], 3, "help", "help", "help for this screen; Enter runs the selected line"),
        act(Over(Overlay::Inspect), OUTSIDE, &[Char('i')], 14, "what is this", "inspect", "explain the focused item: words, symbol, formula"),
        act(Over(Overlay::Share), OUTSIDE, &[Char('y')], 15, "share", "share", "share the scenario as a command, a string or a file"),
        act(Over(Overlay::Flip), KNOBS, &[Char('F')], 6, "flip", "flip", "what should I change? Small changes that turn the verdict"),
        act(Over(Overlay::Settings), EVERYWHERE, &[Char(',')], 0, "", "settings", "settings: theme, colours, marks, mouse, tips"),
        act(Zoom, OUTSIDE, &[Char('z')], 16, "zoom", "zoom", "zoom the focused pane to the whole screen, and back"),
        act(Present, EVERYWHERE, &[Char('P')], 0, "", "present", "presenter mode: one chart and the verdict, large; again to leave"),
        act(NextTheme, EVERYWHERE, &[Char('T')], 0, "", "next-theme", "the next theme"),
        act(Mouse, EVERYWHERE, &[Char('m')], 0, "", "mouse", "release the mouse so the terminal can select text, or capture it again"),
        act(DismissTip, OUTSIDE, &[Char('x')], 0, "", "dismiss-tip", "dismiss the tip"),
        act(Leave, OUTSIDE, &[Escape], 0, "", "leave", "close what is open; never quits the program"),
        act(Suspend, EVERYWHERE, &[Ctrl('z')], 0, "", "suspend", "suspend the program; fg brings it back"),
        act(Quit, EVERYWHERE, &[Char('q')], 3, "quit", "quit", "quit; asks again if something is not saved or a study is running"),
        act(QuitNow, EVERYWHERE, &[Ctrl('c')], 0, "", "quit-now", "quit at once; the next start offers an unsaved scenario"),
    ]
};

/// The action bound to a key in a context.
pub fn find(key: Key, context: KeyContext) -> Option<&'static KeyBinding> {
    at(context).find(|binding| binding.keys.contains(&key))
}

/// The actions of a context, in the order of the help.
pub fn at(context: KeyContext) -> impl Iterator<Item = &'static KeyBinding> {
    ACTIONS.iter().filter(move |binding| binding.contexts.contains(&context))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_one_action_in_every_context() {
        for &context in KeyContext::ALL {
            let mut seen = std::collections::HashSet::new();
            for key in at(context).flat_map(|binding| binding.keys) {
                assert!(seen.insert(*key), "{key} is bound twice at {context:?}");
            }
        }
    }

    #[test]
    fn every_action_has_words_keys_and_a_context() {
        for binding in ACTIONS.iter() {
            assert!(!binding.help.is_empty() && !binding.keys.is_empty());
            assert!(!binding.name.is_empty());
            assert!(!binding.contexts.is_empty());
            assert_eq!(binding.rank == 0, binding.hint.is_empty(), "{}", binding.name);
        }
    }

    #[test]
    fn every_screen_is_shown_by_its_digit() {
        for screen in Screen::all() {
            let binding = find(Key::Char(screen.digit()), KeyContext::Lab).unwrap();
            assert_eq!(binding.action, Action::Show(screen));
        }
    }
}
