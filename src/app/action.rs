//! The one table of actions: keys, footer hints and help are all read from it.

use super::key::Key;
use super::overlay::Overlay;
use super::screen::{KeyContext, Screen};

/// What an action does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Turn the knob by notches.
    Turn(i32),
    /// Turn the knob to the lower end of its track.
    ToLow,
    /// Turn the knob to the upper end of its track.
    ToHigh,
    /// Focus the knob above or below.
    Focus(i32),
    /// Open the field for an exact value.
    TypeValue,
    /// Back to the value with which the scenario was opened.
    Default,
    /// Undo the last change.
    Undo,
    /// Redo what was undone.
    Redo,
    /// Go to another pane.
    Pane(i32),
    /// Run or pause the descent.
    Run,
    /// One step of the descent.
    Step,
    /// The descent from its start: same data, same initial weights.
    Rewind,
    /// Another seed: new data and new initial weights.
    NewDraw,
    /// Write the chart in view to a file.
    Export,
    /// Show the cross-hair in a chart, or take it away.
    Crosshair,
    /// Write the whole screen to a file.
    ExportScreen,
    /// Show a screen.
    Show(Screen),
    /// Move the cursor to the right and up.
    Move(i32, i32),
    /// Go to another row of a form or list.
    Row(i32),
    /// Scroll the differences.
    Scroll(i32),
    /// Change the focused row by notches.
    Change(i32),
    /// Open the field for the focused row, or switch it.
    TypeRow,
    /// Go from the settings of a sweep to its chart, and back.
    Part,
    /// Give the scatter of a proxy the place of the matrix, and back.
    Scatter,
    /// Another way of training in the chart.
    Method,
    /// Start, pause or go on with a study.
    RunStudy,
    /// Open the setting under the cursor in the Lab.
    OpenCell,
    /// Open the selected lesson.
    OpenLesson,
    /// The next step of a lesson.
    NextStep,
    /// The step of a lesson before.
    BackStep,
    /// Choose an answer by its place.
    Choose(usize),
    /// Say how sure one is, from 1.
    Sure(u8),
    /// Commit an answer; where nothing is asked, go on.
    Commit,
    /// Take a hint.
    Hint,
    /// Show or hide the teacher's notes.
    Notes,
    /// Read the answers of the class.
    Class,
    /// Show the selected run on its screen.
    ShowRun,
    /// Compare other runs with this one, or no longer.
    Pin,
    /// Delete the selected run.
    Delete,
    /// Add a task.
    AddTask,
    /// Copy the selected task as a new one.
    CopyTask,
    /// Delete the selected task.
    DeleteTask,
    /// Give the selected task the next part in the comparison.
    NextRole,
    /// Move the selected task down.
    MoveTask(i32),
    /// Show the knob under the cursor in the Lab.
    OpenKnob,
    /// Keep the curve in sight as a ghost, or let it go.
    PinCurve,
    /// Take up the session that a program left when it died.
    Recover,
    /// Open a preset, a file or a shared string.
    Open,
    /// Open an overlay.
    Over(Overlay),
    /// Give the pane in focus the whole screen, and back.
    Zoom,
    /// Presenter mode, and back.
    Present,
    /// Another theme.
    NextTheme,
    /// Listen to the mouse, or no longer.
    Mouse,
    /// Let the tip go.
    DismissTip,
    /// Another proxy.
    Proxy(i32),
    /// More or fewer models for the groups.
    Budget(i32),
    /// Write a study to a folder.
    ExportStudy,
    /// Write the scenario to a file.
    Save,
    /// Leave what is open.
    Leave,
    /// Stop the program until it is brought back to the foreground.
    Suspend,
    /// Leave the program.
    Quit,
    /// Leave the program without being asked.
    QuitNow,
}

/// A thing a user can do.
#[derive(Debug, Clone, Copy)]
pub struct KeyBinding {
    /// What it does.
    pub deed: Action,
    /// Where it can be done.
    pub places: &'static [KeyContext],
    /// The keys that do it, the one shown in hints first.
    pub keys: &'static [Key],
    /// A word for the footer; empty for actions that are only in the help.
    pub hint: &'static str,
    /// How much the hint is worth the space: 1 first.
    pub rank: u8,
    /// Its name in the palette, in the configuration and in the manual.
    pub name: &'static str,
    /// What it does, in words.
    pub help: &'static str,
}

const fn act(
    deed: Action,
    places: &'static [KeyContext],
    keys: &'static [Key],
    rank: u8,
    hint: &'static str,
    name: &'static str,
    help: &'static str,
) -> KeyBinding {
    KeyBinding { deed, places, keys, hint, rank, name, help }
}

const EVERYWHERE: &[KeyContext] = &KeyContext::ALL;
const OUTSIDE: &[KeyContext] = &KeyContext::OUTSIDE;
const UNDOABLE: &[KeyContext] = &[
    KeyContext::Lab,
    KeyContext::Tasks,
    KeyContext::Theory,
    KeyContext::Matrix,
    KeyContext::Form,
    KeyContext::Chart,
    KeyContext::Runs,
    KeyContext::Lessons,
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
const SWEEP: &[KeyContext] = &[KeyContext::Form, KeyContext::Chart];
const SETTINGS: &[KeyContext] = &[KeyContext::Matrix, KeyContext::Chart];
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
#[rustfmt::skip]
pub static ACTIONS: &[KeyBinding] = &{
    use Action::*;
    use Key::{
        BackTab, Backspace, Char, Ctrl, Down, End, Enter, Escape, F1, Home, Left, PageDown, PageUp, Right, ShiftLeft, ShiftRight, Tab, Up,
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
        act(Default, KNOBS, &[Backspace], 0, "", "default-value", "put the knob back where the scenario had it"),
        act(Pane(1), LAB, &[Tab], 6, "pane", "next-pane", "next pane: knobs, gain, loss, plane, why"),
        act(Pane(-1), LAB, &[BackTab], 0, "", "previous-pane", "previous pane"),
        act(Run, LAB, &[Char(' ')], 8, "run/pause", "run", "run or pause the descent that is drawn in the loss chart"),
        act(Step, LAB, &[Char('.')], 17, "step", "step", "one step of the descent"),
        act(Rewind, LAB, &[Char('r')], 18, "rewind", "rewind", "the descent again: same data, same initial weights"),
        act(NewDraw, KNOBS, &[Char('R')], 0, "", "new-draw", "another seed: new data and new initial weights"),
        act(Export, LAB, &[Char('e')], 7, "export", "export", "write the chart in view, or the whole screen, as a file"),
        act(Pane(1), THEORY, &[Tab], 3, "pane", "next-aspect", "next pane: claim, formulas, landscape, Theorem 2, limits"),
        act(Pane(-1), THEORY, &[BackTab], 0, "", "previous-aspect", "previous pane"),
        act(Scroll(3), THEORY, &[Char(']')], 6, "scroll", "scroll-pane-down", "scroll the pane in focus down"),
        act(Scroll(-3), THEORY, &[Char('[')], 0, "", "scroll-pane-up", "scroll the pane in focus up"),
        act(Export, THEORY, &[Char('e')], 7, "export", "export-landscape", "write the landscape, Theorem 2 or the screen as a file"),
        act(PinCurve, LAB, &[Char('b')], 12, "pin", "pin-curve", "keep the curve in sight as a ghost while knobs turn; again to let it go"),
        act(Move(0, -1), TASKS, &[Down, Char('j')], 2, "move", "task-below", "next task"),
        act(Move(0, 1), TASKS, &[Up, Char('k')], 0, "", "task-above", "previous task"),
        act(Move(1, 0), TASKS, &[Right, Char('l')], 0, "", "property-right", "next property"),
        act(Move(-1, 0), TASKS, &[Left, Char('h')], 0, "", "property-left", "previous property"),
        act(Change(1), TASKS, &[Char('+')], 1, "more", "value-up", "turn the value up one notch, or to the next choice"),
        act(Change(-1), TASKS, &[Char('-')], 1, "less", "value-down", "turn the value down one notch, or to the choice before"),
        act(Change(10), TASKS, &[PageUp, ShiftRight], 0, "", "value-far-up", "turn the value up ten notches"),
        act(Change(-10), TASKS, &[PageDown, ShiftLeft], 0, "", "value-far-down", "turn the value down ten notches"),
        act(TypeRow, TASKS, &[Enter, Char('=')], 3, "type", "type-cell", "type an exact value, a choice or a name"),
        act(Default, TASKS, &[Backspace], 0, "", "default-cell", "put the value back where the scenario had it"),
        act(AddTask, TASKS, &[Char('a')], 6, "add", "add-task", "add a source like the last one; all other data stay as they are"),
        act(CopyTask, TASKS, &[Char('c')], 7, "copy", "copy-task", "copy the task as a new one with data of its own"),
        act(DeleteTask, TASKS, &[Char('D')], 8, "delete", "delete-task", "delete the task"),
        act(NextRole, TASKS, &[Char('R')], 9, "role", "next-role", "target, source, aside: the next part for the task"),
        act(MoveTask(1), TASKS, &[Char('J')], 0, "", "move-task-down", "move the task down; tasks draw their data by their place"),
        act(MoveTask(-1), TASKS, &[Char('K')], 0, "", "move-task-up", "move the task up"),
        act(OpenKnob, TASKS, &[Char(' ')], 4, "in Lab", "knob-in-lab", "the knob in the Lab, with the gain along it; Esc comes back"),
        act(Pane(1), TASKS, &[Tab], 10, "figure", "next-part", "table, spectra, rows"),
        act(Pane(-1), TASKS, &[BackTab], 0, "", "previous-part", "the part before"),
        act(Export, TASKS, &[Char('e')], 11, "export", "export-tasks", "write the spectra, the rows or the screen as a file"),
        act(Move(1, 0), SETTINGS, &[Right, Char('l')], 2, "move", "cursor-right", "cursor to the right"),
        act(Move(-1, 0), SETTINGS, &[Left, Char('h')], 0, "", "cursor-left", "cursor to the left"),
        act(Move(0, 1), SETTINGS, &[Up, Char('k')], 0, "", "cursor-up", "cursor up; along a line, the next method or line"),
        act(Move(0, -1), SETTINGS, &[Down, Char('j')], 0, "", "cursor-down", "cursor down"),
        act(Move(10, 0), CHART, &[PageUp, ShiftRight], 0, "", "cursor-far-right", "cursor ten values to the right"),
        act(Move(-10, 0), CHART, &[PageDown, ShiftLeft], 0, "", "cursor-far-left", "cursor ten values to the left"),
        act(Row(1), FORM, &[Down, Char('j')], 3, "setting", "next-setting", "next setting"),
        act(Row(-1), FORM, &[Up, Char('k')], 0, "", "previous-setting", "previous setting"),
        act(Change(1), FORM, &[Right, Char('l')], 2, "change", "change-up", "change the setting: another knob, a notch more, on or off"),
        act(Change(-1), FORM, &[Left, Char('h')], 0, "", "change-down", "change the setting the other way"),
        act(Change(10), FORM, &[PageUp, ShiftRight], 0, "", "change-far-up", "ten notches more"),
        act(Change(-10), FORM, &[PageDown, ShiftLeft], 0, "", "change-far-down", "ten notches less"),
        act(TypeRow, FORM, &[Enter, Char('=')], 6, "type", "type-setting", "type an exact value, or switch a method on or off"),
        act(Row(1), RUNS, &[Down, Char('j')], 2, "run", "next-run", "next run"),
        act(Row(-1), RUNS, &[Up, Char('k')], 0, "", "previous-run", "previous run"),
        act(Scroll(10), RUNS, &[PageDown], 0, "", "scroll-down", "scroll the differences down"),
        act(Scroll(-10), RUNS, &[PageUp], 0, "", "scroll-up", "scroll the differences up"),
        act(RunStudy, STUDIES, &[Char(' ')], 1, "start/pause", "run-study", "start the study, pause it, go on with it"),
        act(Part, SWEEP, &[Tab, BackTab], 5, "chart/form", "chart-or-form", "from the settings to the cursor in the chart, and back"),
        act(Method, CHART, &[Char('M')], 9, "method", "next-method", "the next of the methods compared"),
        act(OpenCell, SETTINGS, &[Enter], 3, "open in Lab", "open-in-lab", "open what is under the cursor in the Lab: same setting, seed and trials"),
        act(Row(1), LESSONS, &[Down, Char('j')], 2, "choose", "next-lesson", "next line"),
        act(Row(-1), LESSONS, &[Up, Char('k')], 0, "", "previous-lesson", "previous line"),
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
        act(Default, BENCH, &[Backspace], 0, "", "default-value-in-lesson", "put the knob back where the step had it"),
        act(Choose(0), QUESTION, &[Char('a')], 1, "choose", "choose-a", "choose the first answer; up and down choose as well"),
        act(Choose(1), QUESTION, &[Char('b')], 0, "", "choose-b", "choose the second answer"),
        act(Choose(2), QUESTION, &[Char('c')], 0, "", "choose-c", "choose the third answer"),
        act(Choose(3), QUESTION, &[Char('d')], 0, "", "choose-d", "choose the fourth answer"),
        act(Choose(4), QUESTION, &[Char('e')], 0, "", "choose-e", "choose the fifth answer"),
        act(Choose(5), QUESTION, &[Char('f')], 0, "", "choose-f", "choose the sixth answer"),
        act(Row(1), QUESTION, &[Down], 0, "", "answer-below", "the answer below, or being more sure"),
        act(Row(-1), QUESTION, &[Up], 0, "", "answer-above", "the answer above, or being less sure"),
        act(Sure(1), QUESTION, &[Char('1')], 1, "2 3 how sure", "a-guess", "the answer is a guess"),
        act(Sure(2), QUESTION, &[Char('2')], 0, "", "fairly-sure", "one is fairly sure of the answer"),
        act(Sure(3), QUESTION, &[Char('3')], 0, "", "certain", "one is certain of the answer"),
        act(Commit, ANSWERED, &[Enter], 1, "commit", "commit", "commit the answer; a prediction cannot be changed afterwards"),
        act(Commit, LESSON, &[Enter], 1, "go on", "go-on", "go on; write or save where the step asks for that"),
        act(NextStep, LESSON, &[Char('n'), Right], 1, "next", "next-step", "the next step"),
        act(NextStep, ANSWERED, &[Char('n')], 2, "next", "step-after", "the next step; a prediction must be committed before"),
        act(BackStep, LESSON, &[Char('p'), Left], 2, "back", "previous-step", "the step before"),
        act(BackStep, ANSWERED, &[Char('p')], 2, "back", "step-before", "the step before"),
        act(Hint, PLAYED, &[Char('h')], 2, "hint", "hint", "a hint, where there is one more"),
        act(Scroll(1), LESSON, &[Down], 0, "", "line-down", "scroll the text down by a line"),
        act(Scroll(-1), LESSON, &[Up], 0, "", "line-up", "scroll the text up by a line"),
        act(Scroll(5), READ, &[PageDown], 0, "", "page-down", "scroll the text down"),
        act(Scroll(-5), READ, &[PageUp], 0, "", "page-up", "scroll the text up"),
        act(Scroll(3), PLAYED, &[Char(']')], 0, "", "text-down", "scroll the text down by three lines"),
        act(Scroll(-3), PLAYED, &[Char('[')], 0, "", "text-up", "scroll the text up by three lines"),
        act(Notes, PLAYED, &[Char('t')], 0, "", "teacher-notes", "the notes for the teacher, where a class is taught"),
        act(Class, PLAYED, &[Char('r')], 0, "", "read-class", "read the answers of the class again"),
        act(Leave, PLAYED, &[Escape], 2, "leave", "leave-lesson", "leave the lesson; it goes on from here next time"),
        act(ShowRun, RUNS, &[Enter], 3, "show", "show-run", "show the run on its screen"),
        act(Scatter, MATRIX, &[Tab, BackTab], 8, "scatter", "scatter", "gains against the proxy in place of the matrix, and back"),
        act(Proxy(1), MATRIX, &[Char('p')], 5, "proxy", "next-proxy", "next proxy"),
        act(Proxy(-1), MATRIX, &[Char('o')], 0, "", "previous-proxy", "previous proxy"),
        act(Budget(1), MATRIX, &[Char('g'), Char(']')], 6, "budget", "more-models", "one model more for the groups"),
        act(Budget(-1), MATRIX, &[Char('G'), Char('[')], 0, "", "fewer-models", "one model less for the groups"),
        act(Pin, STUDIES, &[Char('b')], 8, "pin", "pin", "pin the run: others are drawn over it and compared with it; again to unpin"),
        act(Delete, RUNS, &[Char('D')], 10, "delete", "delete-run", "delete the run"),
        act(ExportStudy, STUDIES, &[Char('e')], 7, "export", "export-study", "write the study to a folder: settings, records, tables, pictures"),
        act(Move(1, 0), CROSSHAIR, &[Right, Char('l')], 1, "read on", "point-right", "cross-hair to the next point of the curve"),
        act(Move(-1, 0), CROSSHAIR, &[Left, Char('h')], 0, "", "point-left", "cross-hair to the point before"),
        act(Move(10, 0), CROSSHAIR, &[PageUp, ShiftRight], 0, "", "point-far-right", "cross-hair ten points on"),
        act(Move(-10, 0), CROSSHAIR, &[PageDown, ShiftLeft], 0, "", "point-far-left", "cross-hair ten points back"),
        act(Move(i32::MIN, 0), CROSSHAIR, &[Home], 0, "", "point-first", "cross-hair to the first point"),
        act(Move(i32::MAX, 0), CROSSHAIR, &[End], 0, "", "point-last", "cross-hair to the last point"),
        act(Move(0, 1), CROSSHAIR, &[Up, Char('k')], 0, "", "curve-above", "the curve above in the legend: theory, measured, others"),
        act(Move(0, -1), CROSSHAIR, &[Down, Char('j')], 2, "curve", "curve-below", "the curve below in the legend"),
        act(Pane(1), CROSSHAIR, &[Tab], 6, "chart", "next-chart", "cross-hair in the next chart of the screen"),
        act(Pane(-1), CROSSHAIR, &[BackTab], 0, "", "previous-chart", "cross-hair in the chart before"),
        act(Crosshair, CHARTS, &[Char('v')], 19, "cross-hair", "crosshair", "cross-hair in the chart: ← → read its points, ↑ ↓ its curves"),
        act(ExportScreen, OUTSIDE, &[Char('E')], 0, "", "export-screen", "write the whole screen as SVG, PNG, ANSI colours or plain text"),
        act(Undo, UNDOABLE, &[Char('u')], 9, "undo", "undo", "undo the last change, whatever it was"),
        act(Redo, UNDOABLE, &[Ctrl('r')], 0, "", "redo", "redo what was undone"),
        act(Save, OUTSIDE, &[Ctrl('s')], 0, "", "save", "save the scenario as JSON"),
        act(Open, OUTSIDE, &[Ctrl('o')], 0, "", "open", "open a preset, a scenario file or a shared string"),
        act(Recover, OUTSIDE, &[Char('U')], 0, "", "recover", "bring back the unsaved session that a program left when it died"),
        act(Show(Screen::Lab), OUTSIDE, &[Char('1')], 0, "", "show-lab", "the Lab: one scenario and its knobs"),
        act(Show(Screen::Tasks), OUTSIDE, &[Char('2')], 0, "", "show-tasks", "Tasks: all tasks of the scenario, to be edited"),
        act(Show(Screen::Theory), OUTSIDE, &[Char('3')], 0, "", "show-theory", "Theory: the claim behind the verdict, with its numbers"),
        act(Show(Screen::Affinity), OUTSIDE, &[Char('4')], 0, "", "show-affinity", "Affinity: which task gains from which"),
        act(Show(Screen::Sweep), OUTSIDE, &[Char('5')], 0, "", "show-sweep", "Sweep: the gain along a knob, or across two"),
        act(Show(Screen::Runs), OUTSIDE, &[Char('6')], 0, "", "show-runs", "Runs: all studies of this session, side by side"),
        act(Show(Screen::Lessons), OUTSIDE, &[Char('7')], 0, "", "show-lessons", "Lessons: predict, commit, reveal; and scenarios to explore"),
        act(Over(Overlay::Palette), EVERYWHERE, &[Char(':'), Ctrl('p')], 4, "commands", "commands", "find a command, a knob or a preset by its words"),
        act(Over(Overlay::Help), EVERYWHERE, &[Char('?'), F1], 3, "help", "help", "the help of this screen; Enter on a line does it"),
        act(Over(Overlay::Inspect), OUTSIDE, &[Char('i')], 14, "what is this", "inspect", "what has the focus: in words, as a symbol, as a formula"),
        act(Over(Overlay::Share), OUTSIDE, &[Char('y')], 15, "share", "share", "share the scenario: as a command, a string, or a file"),
        act(Over(Overlay::Settings), EVERYWHERE, &[Char(',')], 0, "", "settings", "settings: theme, colours, marks, mouse, tips"),
        act(Zoom, OUTSIDE, &[Char('z')], 16, "zoom", "zoom", "give the pane in focus the whole screen, and back"),
        act(Present, EVERYWHERE, &[Char('P')], 0, "", "present", "presenter mode: one chart and the verdict, large; again to leave"),
        act(NextTheme, EVERYWHERE, &[Char('T')], 0, "", "next-theme", "the next theme"),
        act(Mouse, EVERYWHERE, &[Char('m')], 0, "", "mouse", "release the mouse, so that the terminal selects text, or take it again"),
        act(DismissTip, OUTSIDE, &[Char('x')], 0, "", "dismiss-tip", "let the tip go"),
        act(Leave, OUTSIDE, &[Escape], 0, "", "leave", "leave what is open; never the program"),
        act(Suspend, EVERYWHERE, &[Ctrl('z')], 0, "", "suspend", "to the background; fg brings it back"),
        act(Quit, EVERYWHERE, &[Char('q')], 5, "quit", "quit", "leave the program; asks again where something is not saved"),
        act(QuitNow, EVERYWHERE, &[Ctrl('c')], 0, "", "quit-now", "leave at once; unsaved work is offered at the next start"),
    ]
};

impl KeyBinding {
    /// Where its keys work, in words.
    pub fn places_in_words(&self) -> String {
        if self.places.len() == KeyContext::ALL.len() {
            return "everywhere".to_owned();
        }
        if KeyContext::OUTSIDE.iter().all(|place| self.places.contains(place)) {
            return "everywhere outside a lesson".to_owned();
        }
        let name = |place: &KeyContext| match place.screen().name() {
            screen if screen == place.name() => screen.to_owned(),
            screen => format!("{screen}: {}", place.name()),
        };
        self.places.iter().map(name).collect::<Vec<_>>().join("; ")
    }
}

/// The action of a key at a place.
pub fn find(key: Key, place: KeyContext) -> Option<&'static KeyBinding> {
    at(place).find(|action| action.keys.contains(&key))
}

/// The actions of a place, in the order of the help.
pub fn at(place: KeyContext) -> impl Iterator<Item = &'static KeyBinding> {
    ACTIONS.iter().filter(move |action| action.places.contains(&place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_one_action_at_every_place() {
        for place in KeyContext::ALL {
            let mut seen = std::collections::HashSet::new();
            for key in at(place).flat_map(|action| action.keys) {
                assert!(seen.insert(*key), "{key} is bound twice at {place:?}");
            }
        }
    }

    #[test]
    fn every_action_has_words_keys_and_a_place() {
        for action in ACTIONS {
            assert!(!action.help.is_empty() && !action.keys.is_empty());
            assert!(!action.name.is_empty());
            assert!(!action.places.is_empty() && (action.rank == 0) == action.hint.is_empty());
        }
    }

    #[test]
    fn every_screen_has_a_digit_of_its_own() {
        for screen in Screen::ALL {
            let action = find(Key::Char(screen.digit()), KeyContext::Lab).unwrap();
            assert_eq!(action.deed, Action::Show(screen));
        }
    }
}
