//! taskscope shows when learning tasks together helps and when it hurts.
//!
//! Tasks share one module B, as in S. Wu, H. R. Zhang and C. Ré, *Understanding and Improving
//! Information Transfer in Multi-Task Learning* (ICLR 2020, arXiv 2005.00944). What joint training
//! does to the targets is measured at optima over many trials, beside a theory line that needs no
//! training; what can be done about tasks that do not fit is measured beside it.
//!
//! # Four ideas
//!
//! 1. **The scenario is the whole truth.** Tasks, model and seed are one JSON file; every figure
//!    and every number follows from it. What a person types is a
//!    [`ScenarioDraft`](scenario::ScenarioDraft); [`Scenario::check`](scenario::Scenario::check)
//!    is the only door to a [`Scenario`](scenario::Scenario). Undo is a list of scenarios.
//! 2. **A knob is a value with a face.** One table ([`KNOBS`](scenario::knob::KNOBS)) names every
//!    number that can be turned. Sliders, `--set`, curves, checks and the help are read from it.
//! 3. **Describe once, draw twice.** Results become a [`Figure`](figure::Figure); the terminal
//!    and the files, PNG, SVG and PDF, draw the same one; tables hold its numbers.
//! 4. **`update` says what should happen; the runtime makes it happen.**
//!    [`App::update`](app::App::update) is a plain function without terminal, thread, clock or
//!    file. One table ([`ACTIONS`](app::ACTIONS)) feeds keys, footer and help.
//!
//! # Rooms, and which way the arrows point
//!
//! A module may use only modules on lines above its own; a test reads the sources and fails where
//! one does not.
//!
//! ```text
//!  1  error   cancel   math     failures in the user's words; stopping; numbers
//!  2  task                      what a task is; its population; data drawn from it
//!  3  model                     the shared module: objectives, optima, descent
//!  4  method                    what can be done about misalignment: task weights, alignment
//!  5  scenario                  draft → checked; presets; the knob table
//!  6  transfer                  single- beside multi-task risk; verdict; theory; similarity; eq. 4
//!  7  study                     many trials, one question: verdict, curve, sweep, affinity
//!  8  explanation  claims  runner   why a verdict is as it is; the paper's claims; a study with a clock
//!  9  figure                    results as figures
//! 10  provenance                where a figure comes from, and the command that draws it again
//! 11  catalog                   the figures there are: what each needs, computed and drawn
//! 12  lesson   guide            predict, commit, reveal: what is taught and whether it holds; the guide
//! 13  job                       the messages between threads
//! 14  app   worker   export     state and update; computing threads; figures and tables as bytes
//! 15  ui   store                draws an App into a frame; files on disk
//! 16  tui   line                the runtime: terminal, events, effects; the same in sentences
//! 17  cli                       arguments and subcommands
//! ```
//!
//! Lines 1 to 12 are the core: no terminal, no clock but in `runner`, no threads of their own, no files, nothing
//! printed, and no randomness but through [`math::seed`]. It compiles without any feature.
//! ratatui is used only in `ui` and `tui`, crossterm only in `tui`, plotters only in `export`,
//! clap only in `cli`.
//!
//! # One key press
//!
//! Key → [`Message`](app::Message) → `update` changes the draft, checks it and answers with
//! [`Effect`](app::Effect)s → the [`worker`] starts the jobs, the newest in each slot wins →
//! reports come back, the latest of each slot counts, those of replaced jobs are dropped → one
//! frame, at most 60 a second, none when nothing changes.
//!
//! Draws use common random numbers: every normal has an address in the scenario, so turning a
//! knob moves the same data instead of drawing others.
//!
//! # How to add …
//!
//! * **a preset**: a JSON file in `assets/scenarios` and its name in [`scenario::preset`].
//! * **a knob**: an entry in the table of [`scenario::knob`].
//! * **an action**: a line in the table of [`app::action`], with its keys and the places where it
//!   can be done, and its line in `App::perform` or beside it. Hints, help, palette and manual follow.
//! * **an overlay**: a name in [`app::overlay`] and its entries; what an entry does is one of
//!   [`app::overlay::EntryAction`].
//! * **a setting**: an entry in [`app::settings::SETTINGS`]. Flags, variables, file, overlay and
//!   palette follow.
//! * **something for the mouse**: a [`Spot`](app::HitTarget) where it is drawn, and what it does in
//!   `App::pointer`.
//! * **a screen**: a name and a digit in [`app::screen`], its state in [`app`], its panes in a module of
//!   `ui::screen` and a row in the table there.
//! * **a figure**: a file in [`figure`], an entry in [`catalog::FIGURES`], and in `cli::draw`
//!   how it is come by; where a screen offers it also a [`Pane`](app::Pane).
//! * **a cross-hair for a chart**: `ui::chart::draw` where it is drawn, and its pane in
//!   `App::toggle_crosshair`; what is read of a point in [`app::crosshair`].
//! * **a kind of file for screens**: an entry in [`job::ScreenFormat`], and how it is drawn in [`mod@export::sheet`].
//! * **a kind of file for figures**: an entry in [`job::FigureFormat`], and how it is drawn in `export::picture`.
//! * **a size for a purpose**: an entry in `export::PURPOSES`.
//! * **a weighting scheme**: an entry in [`method::weighting::SCHEMES`], and a file beside it where
//!   it looks at data.
//! * **a proxy of affinity**: an entry in [`study::probe::PROXIES`].
//! * **a lesson**: a TOML file in `assets/lessons` and its name in [`lesson::catalog`].
//! * **a kind of step**: in [`lesson::step`]; what it lays on the bench in `App::lay_out`, what it
//!   says in `ui::lesson`.
//! * **a topic of the guide**: a Markdown file in `assets/guide` and its name in [`mod@guide`].
//! * **a claim**: a file in [`claims`] and its name in [`claims::CLAIMS`].

pub mod app;
pub mod cancel;
pub mod catalog;
pub mod claims;
#[cfg(feature = "cli")]
pub mod cli;
pub mod error;
pub mod explanation;
#[cfg(feature = "png")]
pub mod export;
pub mod figure;
pub mod guide;
pub mod job;
pub mod lesson;
#[cfg(feature = "cli")]
pub mod line;
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
pub mod transfer;
#[cfg(feature = "tui")]
pub mod tui;
#[cfg(feature = "tui")]
pub mod ui;
pub mod worker;
