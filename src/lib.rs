//! taskscope shows when learning tasks together helps and when it hurts.
//!
//! Tasks share one module B, as in S. Wu, H. R. Zhang and C. Ré, *Understanding and Improving
//! Information Transfer in Multi-Task Learning* (ICLR 2020, arXiv 2005.00944). The effect of joint
//! training on the targets is measured at optima, over many trials, and compared with a theory line
//! that needs no training. Remedies for tasks that do not fit are measured in the same way.
//!
//! # Four ideas
//!
//! 1. **The scenario determines everything.** Tasks, model and seed are one JSON file; every figure
//!    and every number follows from it. User input is a
//!    [`ScenarioDraft`](scenario::ScenarioDraft); [`Scenario::check`](scenario::Scenario::check)
//!    is the only way to a [`Scenario`](scenario::Scenario). Undo is a list of scenarios.
//! 2. **A knob is a number with a name.** One table ([`KNOBS`](scenario::knob::KNOBS)) lists every
//!    number that can be turned. Sliders, `--set`, curves, checks and the help use it.
//! 3. **Describe once, draw twice.** Results become a [`Figure`](figure::Figure); the terminal
//!    and the files (PNG, SVG, PDF and LaTeX) draw the same one; tables hold its numbers.
//! 4. **`update` says what should happen; the runtime makes it happen.**
//!    [`App::update`](app::App::update) is a plain function without terminal, thread, clock or
//!    file. One table ([`ACTIONS`](app::ACTIONS)) feeds keys, footer and help.
//!
//! # Glossary
//!
//! | word | meaning | where |
//! |---|---|---|
//! | task | labels y = Xθ + noise, or signs or ReLU of Xθ, over rows X (m × d) | [`task`] |
//! | data set, real task | features and labels from files, with training, validation and test parts | [`dataset`], [`scenario::real`] |
//! | target, source, aside | the task that is judged; one trained with it; one left out | [`scenario::draft::TaskRole`] |
//! | shared module, head, width | B (d × r), A_i (r), r: the model of task i is B A_i | [`model`] |
//! | scenario, preset | tasks, model and seed as one JSON file; one that comes with the program | [`scenario`] |
//! | knob | a number or a choice of a scenario that can be turned | [`scenario::knob`] |
//! | trial | one draw of data, trained alone and together to the optimum | [`study::Trial`] |
//! | risk | excess risk of a model on new rows of a task | [`transfer::Risks`] |
//! | gain | 1 − E\[risk together\] / E\[risk alone\], with a paired 95 % interval | [`math::sums::PairSums::one_minus_ratio`], by way of [`transfer::sums`] |
//! | interval | paired, 95 %, from running sums over trials | [`math::sums`], [`math::stats::LEVEL`], [`math::stats::ENDS`] |
//! | verdict | helps or hurts: the side of zero on which the interval lies; no difference or undecided, narrow or wide about zero; one task and equal trials have none | [`transfer::Verdict`] |
//! | baseline | the single-task model, or the method a scenario is compared with | [`scenario`] |
//! | study, sweep, affinity | many trials with one question: the gain along knobs; of every pair | [`study`] |
//! | proxy | a cheap score that should rank pairs as their gains do | [`study::probe`] |
//! | surrogate | a model that predicts the gains of any group of tasks from measured groups | [`study::surrogate`] |
//! | weighting scheme, method | remedies: task weights α_i; alignment of covariances (Algorithm 1), merging, fine-tuning | [`method`] |
//! | theory line | the predicted gain, without training | [`transfer::theory`] |
//! | r, k | the number of shared units; the number of all tasks | [`scenario`] |
//! | κ | the knob `condition`: the loudest over the quietest direction of the rows as they are set; κ(X) is the condition number of the rows drawn | [`scenario::knob`], [`transfer::theory`] |
//! | loud, quiet direction | a direction in which rows have much or little variance | [`task::Population`] |
//! | approach | a weighting scheme with a method | [`method::Approach`] |
//! | cell, unit, shard | a setting of a study; one trial of a cell; a part of all units | [`study`] |
//! | insight, plan | what follows from an affinity study; groups of tasks to train together | [`study::affinity`] |
//! | advice | which real tasks to train together, confirmed on test rows | [`advice`] |
//! | claim | a statement of the paper, measured in the setting in which it appears | [`claims`] |
//! | use of a column | what a column of a table is: feature, label, task, group, part, ignored | [`dataset::table::usage`] |
//! | merging, fine-tuning | the weighted mean of models trained alone; ridge regression towards the sources' model | [`method::merging`], [`method::fine_tuning`] |
//! | kind of optimum | exact, multistart, best found, plug-in or tuned: how sure it is an optimum | [`model::OptimumKind`] |
//! | job, slot, report | a computation; the newest job of a slot wins; its messages | [`job`] |
//! | request, effect | what a screen asks of the program; what the program asks of the runtime | [`app`] |
//! | provenance | scenario or study, options and command inside the file of a figure | [`provenance`] |
//! | panel | one of several figures composed into one | [`provenance::Panel`] |
//! | records | one line for every trial of a study, on disk | [`store::records`] |
//!
//! # Modules, from the bottom up
//!
//! A module may use only modules on lines above its own; a test reads the sources and fails where
//! one does not.
//!
//! ```text
//!  1  text                          text from outside
//!  2  error  cancel  math           messages for users; cancellation; numerics
//!  3  task  dataset                 tasks, their populations, data drawn from them; data from files
//!  4  model                         the shared module: objectives, optima, descent
//!  5  method                        remedies for misaligned tasks: weights, alignment, merging
//!  6  scenario                      draft → checked; presets; the table of knobs
//!  7  transfer                      single-task against multi-task risk; verdict; theory; eq. 4
//!  8  study                         many trials, one question: verdict, curve, sweep, affinity
//!  9  explanation  runner           reasons for a verdict; studies on all cores
//!     advice                        which real tasks to train together
//!     flip                          small changes that turn a verdict
//! 10  claims                        the paper's claims, and our own
//! 11  figure                        results as figures
//! 12  provenance                    the source of a figure, and the command that draws it again
//! 13  catalog                       all figures: what each needs, computed and drawn
//! 14  lesson  guide                 predict, commit, reveal; the guide
//! 15  job  log                      messages between threads; what the program did, as lines
//! 16  app  worker  export           state and update; computing threads; files as bytes
//! 17  ui  store                     an App as a frame; files on disk
//! 18  tui  line                     the runtime: terminal, events, effects; the same in sentences
//! 19  cli                           arguments and subcommands
//! ```
//!
//! Lines 1 to 14 are the core: no terminal, no clock except in `runner`, no threads of their own, no
//! files, nothing printed, and no randomness except through [`math::seed`]. It compiles without
//! any feature.
//! ratatui is used only in `ui` and `tui`, crossterm only in `tui`, plotters only in `export`,
//! clap only in `cli`.
//!
//! # One key press
//!
//! Key → [`Message`](app::Message) → [`find`](app::action::find) names the action → the `update` of
//! the screen in view changes its own state and returns requests, such as a changed scenario →
//! [`App`](app::App) carries them out: it changes the scenario, begins the jobs that follow, and
//! returns [`Effect`](app::Effect)s → the [`worker`] starts the jobs, the newest in each slot wins
//! → reports come back to `App::report`, which drops those of replaced jobs → one frame, at most 60
//! per second, none if nothing changes.
//!
//! Draws use common random numbers: every normal variate has an address in the scenario, so turning
//! a knob moves the same data instead of drawing new ones.
//!
//! # How to add …
//!
//! * **a preset**: a JSON file in `assets/scenarios` and its name in [`scenario::preset`].
//! * **a knob**: an entry in the table of [`scenario::knob`].
//! * **an action**: a line in the table of [`app::action`], with its keys and the contexts in which
//!   they work, and its code in the `update` of its screen; for every screen, in
//!   `App::perform_everywhere`. Hints, help, palette and manual follow.
//! * **an overlay**: a name in [`app::overlay::kind`], and a file in [`app::overlay`] that lists its
//!   entries; what an entry does is one of [`app::overlay::EntryAction`].
//! * **a setting**: an entry in [`app::settings::SETTINGS`]. Flags, variables, file, overlay and
//!   palette follow.
//! * **something for the mouse**: a [`HitTarget`](app::HitTarget) where it is drawn, and what it does in
//!   `App::pointer`.
//! * **a screen**: a folder in [`app::screen`] with its state, its `update`, its `explain_focus`
//!   and its `INFO`, which lists its charts and symbols; a row in [`app::screen::kind`], before
//!   Lessons, with its name and contexts; a row in `app::screens` with its state; its panes in a
//!   folder of `ui::screen`, and a row in the table there; a `mod` line in both parents.
//! * **a figure**: a file in [`figure`], and a row in [`catalog::FIGURES`] that computes what it draws;
//!   a [`Pane`](app::Pane) if a screen shows it or lists it for export.
//! * **a cross-hair for a chart**: `ui::chart::draw` where it is drawn, and its pane among the
//!   `charts` of its screen; the words for a point in `app::reading`.
//! * **a kind of file for screens**: an entry in [`job::ScreenFormat`], and how it is drawn in [`mod@export::sheet`].
//! * **a kind of file for figures**: an entry in [`job::FigureFormat`], and how it is drawn in `export::picture`.
//! * **a size for a purpose**: an entry in `export::PURPOSES`.
//! * **a weighting scheme**: an entry in [`method::weighting::SCHEMES`], and a file beside it where
//!   it looks at data.
//! * **a method**: an entry in [`method::METHODS`], and a file beside it. If it has a prediction, a
//!   file in [`transfer::theory`], its arm in [`study::PopulationTheory`], and where it applies in
//!   [`study::prediction`].
//! * **a proxy of affinity**: an entry in [`study::probe::PROXIES`].
//! * **a lesson**: a TOML file in `assets/lessons` and its name in [`lesson::catalog`].
//! * **a kind of step**: in [`lesson::step`]; the scenario that it shows in
//!   `app::screen::lessons`, what it says in `ui::lesson`.
//! * **a topic of the guide**: a Markdown file in `assets/guide` and its name in [`mod@guide`].
//! * **a claim**: a file in [`claims`] and its name in [`claims::CLAIMS`].

#![forbid(unsafe_code)]

pub mod advice;
pub mod app;
pub mod cancel;
pub mod catalog;
pub mod claims;
#[cfg(feature = "cli")]
pub mod cli;
pub mod dataset;
pub mod error;
pub mod explanation;
#[cfg(feature = "png")]
pub mod export;
pub mod figure;
pub mod flip;
pub mod guide;
pub mod job;
pub mod lesson;
#[cfg(feature = "cli")]
pub mod line;
pub mod log;
pub mod math;
pub mod method;
pub mod model;
pub mod provenance;
pub mod runner;
pub mod scenario;
#[cfg(feature = "png")]
pub mod store;
pub mod study;
pub mod task;
pub mod text;
pub mod transfer;
#[cfg(feature = "tui")]
pub mod tui;
#[cfg(feature = "tui")]
pub mod ui;
pub mod worker;
