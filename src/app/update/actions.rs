//! Actions: those of the screen in view, and those of every screen.

use super::{Effect, KEPT};
use crate::app::action::{self, Action};
use crate::app::field::{FieldPurpose, InputField};
use crate::app::overlay::Overlay;
use crate::app::pane::Pane;
use crate::app::program::App;
use crate::app::request::Request;
use crate::app::screen::Screen;
use crate::app::screen::tasks::TasksPart;
use crate::app::screen::theory::TheoryPane;
use crate::app::settings::SettingInfo;
use crate::app::tips::Tip;
use crate::job::Job;
use crate::scenario::Handle;

impl App {
    /// Performs an action.
    pub(super) fn act(&mut self, action: Action) -> Vec<Effect> {
        let context = self.key_context();
        if context.is_in_lesson() && !action::at(context).any(|known| known.action == action) {
            return self.say("Esc leaves the lesson; it resumes here next time");
        }
        let turns = matches!(action, Action::Turn(_) | Action::Change(_));
        if !(turns && self.screens.lab.warned) {
            self.view.note = None;
            self.screens.lab.warned = false;
        }
        if !turns {
            self.work.history.turning = None;
        }
        self.view.leaving &= action == Action::Quit;
        self.follow_tip(action);
        self.perform(action)
    }

    /// Dismisses the tip that suggested this action.
    fn follow_tip(&mut self, action: Action) {
        let tip = match action {
            Action::Show(Screen::Theory) => Tip::Theory,
            Action::PinCurve => Tip::Pin,
            Action::Show(Screen::Sweep) => Tip::Sweep,
            Action::Over(Overlay::Palette) => Tip::Commands,
            _ => return,
        };
        self.tips.follow(tip);
    }

    fn perform(&mut self, action: Action) -> Vec<Effect> {
        if let Some(effects) = self.perform_on_crosshair(action) {
            return effects;
        }
        let (screens, context) = self.split();
        match screens.update(&context, action) {
            Some(requests) => self.carry_out(requests),
            None => self.perform_everywhere(action),
        }
    }

    /// Performs an action that is the same on every screen.
    fn perform_everywhere(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Undo => return self.travel(true),
            Action::Redo => return self.travel(false),
            Action::ExportScreen => return self.offer_screen(),
            Action::Save => {
                let name = self.file_to_save();
                self.field = Some(InputField::new(FieldPurpose::Save, name));
            }
            Action::Recover => return self.recover(),
            Action::Open => self.field = Some(InputField::new(FieldPurpose::Open, "")),
            Action::Over(overlay) => return self.open_over(overlay),
            Action::Zoom => self.view.zoom = !self.view.zoom,
            Action::Present => self.view.present = !self.view.present,
            Action::NextTheme => return self.next_theme(),
            Action::Panes => return self.toggle_panes(),
            Action::Mouse => return self.toggle_mouse(),
            Action::DismissTip => self.tips.dismiss(),
            Action::Leave => return self.leave(),
            Action::Show(screen) => return self.show(screen),
            Action::Suspend => return vec![Effect::Suspend],
            Action::Quit => return self.quit(),
            Action::QuitNow => return vec![Effect::Quit { keeping: true }],
            _ => {}
        }
        Vec::new()
    }

    /// Shows a screen. The suggested sweep follows the Lab.
    pub(super) fn show(&mut self, screen: Screen) -> Vec<Effect> {
        self.leave_crosshair();
        (self.screens.current, self.screens.back) = (screen, None);
        if screen == Screen::Sweep {
            let focus = self.screens.lab.focus;
            self.screens.studies.form.follow(&self.work.scenario, focus);
        }
        let mut effects = self.start_shown();
        effects.extend((screen == Screen::Lessons).then_some(Effect::Progress));
        effects
    }

    /// Starts the jobs of the screen in view, and stops those of screens no longer shown.
    fn start_shown(&mut self) -> Vec<Effect> {
        let (screens, scenario) = (&mut self.screens, &self.work.scenario);
        let explanation = screens.theory.explain(scenario, screens.current == Screen::Theory);
        let preview = screens.tasks.preview_rows(scenario, screens.current == Screen::Tasks);
        self.carry_out(explanation.into_iter().chain(preview))
    }

    /// Restarts all jobs for the current scenario. Old results stay on the screen until new ones
    /// arrive.
    pub(super) fn restart(&mut self) -> Vec<Effect> {
        if self.playing().is_some() {
            return self.measure_knobs();
        }
        let listed = self.lists_figures(Screen::Lab);
        let flip = self.work.flip.stop(&self.work.scenario);
        let (screens, scenario) = (&mut self.screens, &self.work.scenario);
        let (lab, theory) = (&mut screens.lab, &mut screens.theory);
        lab.fresh = false;
        let verdict = Request::Begin(Job::Verdict(scenario.clone()));
        let curve = lab.trace(scenario);
        let descent = lab.descend(scenario, None);
        let comparison: Vec<Request> = lab
            .compare(scenario, listed)
            .into_iter()
            .chain(lab.compare_methods(scenario))
            .collect();
        let preview = screens.tasks.preview_rows(scenario, screens.current == Screen::Tasks);
        let explanation = theory.explain(scenario, screens.current == Screen::Theory);
        let bound = theory.stop_bound(scenario);
        let of_lab = [verdict].into_iter().chain(curve).chain([descent]).chain(comparison);
        self.carry_out(of_lab.chain(preview).chain(explanation).chain(bound).chain(flip))
    }

    /// Goes one step back: from a chart to its form, or from the Lab to the study that opened it.
    fn leave(&mut self) -> Vec<Effect> {
        if self.leave_crosshair() {
            return Vec::new();
        }
        if self.view.present || self.view.zoom {
            (self.view.present, self.view.zoom) = (false, false);
            return Vec::new();
        }
        if self.playing().is_some() {
            return self.leave_lesson();
        }
        match self.screens.back.take() {
            Some(screen) if self.screens.current == Screen::Lab => self.show(screen),
            _ => {
                let studies = &mut self.screens.studies;
                studies.in_chart &= self.screens.current != Screen::Sweep;
                studies.crossed &= studies.in_chart;
                Vec::new()
            }
        }
    }

    /// Quits; if something is not saved or a study is running, only when asked twice.
    fn quit(&mut self) -> Vec<Effect> {
        let doubt = if self.view.leaving { None } else { self.doubt() };
        if let Some(doubt) = doubt {
            self.view.leaving = true;
            return self.say(doubt);
        }
        vec![Effect::Quit { keeping: false }]
    }

    /// What would be lost by quitting now, and the keys that save it or go back to it.
    fn doubt(&self) -> Option<String> {
        let studies = &self.screens.studies;
        let (work, _) = self.own_work();
        let open = work.is_changed().then(|| "the scenario (Ctrl-S)".to_owned());
        let left = match self.left_unsaved(&work)[..] {
            [] => None,
            [one] => Some(format!("{} (u or Ctrl-R)", one.name)),
            [latest, ref others @ ..] => {
                Some(format!("{} and {} more (u or Ctrl-R)", latest.name, others.len()))
            }
        };
        let trials = studies.unsaved();
        let trials = trials.map(|trials| format!("{trials} ({}, e)", Screen::Runs.digit()));
        let unsaved: Vec<String> = open.into_iter().chain(left).chain(trials).collect();
        match (unsaved.is_empty(), studies.running()) {
            (true, None) => None,
            (true, Some(_)) => Some("a study is running: q again quits and ends it".to_owned()),
            (false, running) => Some(format!(
                "q again quits. Not saved: {}{}",
                unsaved.join(", "),
                if running.is_some() { "; a study is running" } else { "" }
            )),
        }
    }

    fn next_theme(&mut self) -> Vec<Effect> {
        let Some(theme) = SettingInfo::find("theme") else { return Vec::new() };
        theme.step(&mut self.settings, 1);
        self.say(format!("theme: {}", theme.get(&self.settings)))
    }

    /// Shows few or all panes of the Lab, and remembers it for the next start.
    fn toggle_panes(&mut self) -> Vec<Effect> {
        let Some(panes) = SettingInfo::find("panes") else { return Vec::new() };
        panes.step(&mut self.settings, 1);
        let value = panes.get(&self.settings);
        let mut effects = self.say(format!("{value} panes, {KEPT}; f changes back"));
        effects.push(Effect::Keep(vec![(panes.name, value)]));
        effects
    }

    fn toggle_mouse(&mut self) -> Vec<Effect> {
        let before = self.settings;
        self.settings.mouse = !before.mouse;
        let what = match before.mouse {
            true => "released so that the terminal can select text",
            false => "captured",
        };
        self.say(format!("mouse {what}; m changes back"));
        self.settings_changed(before)
    }

    /// Focuses a knob, and draws the gain along it.
    pub(super) fn focus_knob(&mut self, handle: Handle) -> Vec<Effect> {
        self.screens.lab.focus = handle;
        let curve = self.screens.lab.trace(&self.work.scenario);
        self.carry_out(curve)
    }

    /// Focuses the pane of a figure, on the screen that shows it.
    pub(super) fn focus_pane(&mut self, pane: Pane) -> Vec<Effect> {
        let listed = self.lists_figures(Screen::Lab);
        let screens = &mut self.screens;
        if let Some(part) = TasksPart::of(pane) {
            screens.tasks.focus(part);
            return Vec::new();
        }
        match pane {
            Pane::Landscape => screens.theory.focus(TheoryPane::Landscape),
            Pane::Bound => screens.theory.focus(TheoryPane::Bound),
            _ => {
                let comparison = screens.lab.focus_pane(pane, &self.work.scenario, listed);
                return self.carry_out(comparison);
            }
        }
        Vec::new()
    }
}
