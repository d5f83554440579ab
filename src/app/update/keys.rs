//! Keys and the actions they run.

use super::Effect;
use crate::app::action::{self, Action};
use crate::app::field::{FieldPurpose, InputField};
use crate::app::key::Key;
use crate::app::lab::Pane;
use crate::app::overlay::Overlay;
use crate::app::screen::{KeyContext, Screen};
use crate::app::settings::SettingInfo;
use crate::app::state::App;
use crate::app::tasks::TasksPart;
use crate::app::theory::TheoryPane;
use crate::app::tips::Tip;

impl App {
    pub(super) fn key(&mut self, key: Key) -> Vec<Effect> {
        self.hover = None;
        if self.is_covered()
            && let Some(effect) = always(key)
        {
            return vec![effect];
        }
        if self.preview.take().is_some() {
            return Vec::new();
        }
        if self.field.is_some() {
            return self.key_in_field(key);
        }
        if self.over.is_some() {
            return self.key_in_overlay(key);
        }
        match action::find(key, self.place()) {
            Some(action) => self.act(action.deed),
            None => Vec::new(),
        }
    }

    /// Performs an action.
    pub(super) fn act(&mut self, deed: Action) -> Vec<Effect> {
        if self.place().is_in_lesson() && !action::at(self.place()).any(|a| a.deed == deed) {
            return self.say("Esc leaves the lesson; it resumes here next time");
        }
        let turns = matches!(deed, Action::Turn(_) | Action::Change(_));
        if !(turns && self.lab.flipped) {
            self.note = None;
            self.lab.flipped = false;
        }
        if !turns {
            self.history.turning = None;
        }
        self.leaving &= deed == Action::Quit;
        self.follow_tip(deed);
        self.perform(deed)
    }

    /// Dismisses the tip that suggested this action.
    fn follow_tip(&mut self, deed: Action) {
        let tip = match deed {
            Action::Show(Screen::Theory) => Tip::Theory,
            Action::PinCurve => Tip::Pin,
            Action::Show(Screen::Sweep) => Tip::Sweep,
            Action::Over(Overlay::Palette) => Tip::Commands,
            _ => return,
        };
        self.tips.follow(tip);
    }

    fn perform(&mut self, deed: Action) -> Vec<Effect> {
        if self.playing().is_some()
            && let Some(effects) = self.perform_in_lesson(deed)
        {
            return effects;
        }
        if self.screen == Screen::Tasks
            && self.place() != KeyContext::Crosshair
            && let Some(effects) = self.perform_on_tasks(deed)
        {
            return effects;
        }
        if self.place() == KeyContext::Crosshair {
            match deed {
                Action::Move(right, up) => return self.move_crosshair(right, up),
                Action::Pane(by) => return self.crosshair_to(by),
                _ => {}
            }
        }
        let value = self.lab.focus.get(self.scenario.draft()).unwrap_or(f64::NAN);
        match deed {
            Action::Turn(by) => self.set(self.lab.focus.knob.step(value, by), Some(self.lab.focus)),
            Action::ToLow => self.set(self.lab.focus.knob.track.0, None),
            Action::ToHigh => self.set(self.lab.focus.knob.track.1, None),
            Action::Default if self.opened.same_but_for(&self.scenario, self.lab.focus) => {
                self.change((*self.opened).clone(), None)
            }
            Action::Default => self.set(self.default_value().unwrap_or(value), None),
            Action::Focus(by) => self.focus_by(by),
            Action::TypeValue => {
                self.open(InputField::new(FieldPurpose::Value, self.lab.focus.knob.exact(value)))
            }
            Action::Undo => self.travel(true),
            Action::Redo => self.travel(false),
            Action::Pane(by) if self.screen == Screen::Theory => self.aspect_by(by),
            Action::Pane(by) => self.pane_by(by),
            Action::Scroll(by) if self.screen == Screen::Theory => self.scroll_aspect(by),
            Action::Run => self.run_or_pause(),
            Action::Step => self.one_step(),
            Action::Rewind => vec![self.descend(None)],
            Action::NewDraw => self.new_draw(),
            Action::Export => self.open_over(Overlay::Export),
            Action::Crosshair => self.toggle_crosshair(),
            Action::ExportScreen => self.offer_screen(),
            Action::Save => {
                self.open(InputField::new(FieldPurpose::Save, format!("{}-mine.json", self.name)))
            }
            Action::Recover => self.recover(),
            Action::Open => self.open(InputField::new(FieldPurpose::Open, "")),
            Action::Over(overlay) => self.open_over(overlay),
            Action::PinCurve => self.pin_curve(),
            Action::Zoom => {
                self.zoom = !self.zoom;
                Vec::new()
            }
            Action::Present => {
                self.present = !self.present;
                Vec::new()
            }
            Action::NextTheme => self.next_theme(),
            Action::Mouse => {
                let before = self.settings;
                self.settings.mouse = !before.mouse;
                let what = if before.mouse {
                    "released so that the terminal can select text"
                } else {
                    "captured"
                };
                self.note = Some(format!("mouse {what}; m changes back"));
                self.settings_changed(before)
            }
            Action::DismissTip => {
                self.tips.dismiss();
                Vec::new()
            }
            Action::Leave => self.leave(),
            Action::Show(screen) => self.show(screen),
            Action::Suspend => vec![Effect::Suspend],
            Action::Quit => self.quit(),
            Action::QuitNow => vec![Effect::Quit { keeping: true }],
            deed => self.perform_on_studies(deed),
        }
    }

    /// Shows a screen. The suggested sweep follows the Lab.
    pub(super) fn show(&mut self, screen: Screen) -> Vec<Effect> {
        self.leave_crosshair();
        (self.screen, self.back) = (screen, None);
        if screen == Screen::Sweep {
            self.studies.form.follow(&self.scenario, self.lab.focus);
        }
        let progress = (screen == Screen::Lessons).then_some(Effect::Progress);
        self.explain().into_iter().chain(self.look()).chain(progress).collect()
    }

    /// Goes one step back: from a chart to its form, or from the Lab to the study that opened it.
    fn leave(&mut self) -> Vec<Effect> {
        if self.leave_crosshair() {
            return Vec::new();
        }
        if self.present || self.zoom {
            (self.present, self.zoom) = (false, false);
            return Vec::new();
        }
        if self.playing().is_some() {
            return self.leave_lesson();
        }
        match self.back.take() {
            Some(screen) if self.screen == Screen::Lab => self.show(screen),
            _ => {
                self.studies.in_chart &= self.screen != Screen::Sweep;
                self.studies.crossed &= self.studies.in_chart;
                Vec::new()
            }
        }
    }

    fn focus_by(&mut self, by: i32) -> Vec<Effect> {
        let sliders = self.sliders();
        let here = sliders.iter().position(|h| *h == self.lab.focus).unwrap_or(0) as i32;
        self.lab.focus = sliders[(here + by).rem_euclid(sliders.len() as i32) as usize];
        self.trace().into_iter().collect()
    }

    fn pane_by(&mut self, by: i32) -> Vec<Effect> {
        let here = Pane::ALL.iter().position(|p| *p == self.lab.pane).unwrap_or(0) as i32;
        self.focus_pane(Pane::ALL[(here + by).rem_euclid(Pane::ALL.len() as i32) as usize])
    }

    /// Quits; if something is not saved, only when asked twice.
    fn quit(&mut self) -> Vec<Effect> {
        if self.is_changed() && !self.leaving {
            self.leaving = true;
            return self.say("the scenario is not saved: q again quits, Ctrl-S saves it");
        }
        vec![Effect::Quit { keeping: false }]
    }

    /// Pins the current curve as a ghost, or unpins it.
    fn pin_curve(&mut self) -> Vec<Effect> {
        if std::mem::take(&mut self.lab.pinned) {
            self.lab.ghost = None;
            return self.say("curve unpinned");
        }
        let Some(curve) = self.lab.curve.clone() else { return self.say("no curve is drawn yet") };
        (self.lab.ghost, self.lab.pinned) = (Some(curve), true);
        self.say("this curve is pinned while knobs turn; b unpins it")
    }

    fn next_theme(&mut self) -> Vec<Effect> {
        if let Some(theme) = SettingInfo::find("theme") {
            theme.turn(&mut self.settings, 1);
            self.note = Some(format!("theme: {}", theme.get(&self.settings)));
        }
        Vec::new()
    }

    pub(super) fn focus_pane(&mut self, pane: Pane) -> Vec<Effect> {
        let aspect = match pane {
            Pane::Landscape => Some(TheoryPane::Landscape),
            Pane::Bound => Some(TheoryPane::Bound),
            _ => None,
        };
        if let Some(aspect) = aspect {
            self.theory.focus(aspect);
            return Vec::new();
        }
        if let Some(part) = TasksPart::of(pane) {
            self.tasks.focus(part);
            return Vec::new();
        }
        self.lab.pane = pane;
        if self.lab.pane != Pane::Knobs {
            self.lab.view = self.lab.pane;
        }
        self.compare().into_iter().collect()
    }
}

/// The effect of keys that work even when a field or an overlay has the focus.
fn always(key: Key) -> Option<Effect> {
    match key {
        Key::Ctrl('c') => Some(Effect::Quit { keeping: true }),
        Key::Ctrl('z') => Some(Effect::Suspend),
        _ => None,
    }
}
