//! All figures: description, requirements, and the function that computes and draws each.
//!
//! The command line, lessons and the figures of the paper take their figures from here; the module
//! [`figure`] only draws what was computed.

mod inputs;
pub mod paper;

pub use inputs::{Inputs, NoFigure};

use crate::advice::no_advice;
use crate::error::Invalid;
use crate::explanation::landscape::no_landscape;
use crate::explanation::{FirstTrial, bound, outside_theorem_2};
use crate::figure::sweep::SweepSeries;
use crate::figure::{self, Figure};
use crate::math::stats::level;
use crate::provenance::Provenance;
use crate::scenario::Scenario;
use crate::study::affinity::Insight;
use crate::study::draft::Question;
use crate::study::probe::{PROXIES, Proxy};
use crate::study::side_by_side::no_methods;
use crate::study::similarity::no_alignment;
use crate::study::{Study, StudyResults, comparison, curve, preview, side_by_side, similarity};
use crate::transfer::Plane;

/// The computation that a figure needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Needs {
    /// Trials of the scenario, or the scenario alone.
    Scenario,
    /// A comparison of all weighting schemes.
    Comparison,
    /// A sweep along one knob.
    Sweep,
    /// A sweep over two knobs.
    Phase,
    /// An affinity study.
    Affinity,
    /// An affinity study that also trains random groups.
    Subsets,
    /// Advice on real tasks.
    Advice,
}

/// The function that draws a figure.
#[derive(Debug, Clone, Copy)]
enum Drawn {
    /// From a scenario, computing what it needs.
    Scenario(fn(&Inputs<'_>, &Provenance) -> Result<Figure, NoFigure>),
    /// From a study that was run; several where it compares methods or proxies.
    Study(fn(&StudyResults, Option<&Insight>) -> Vec<Variant>),
}

/// One of the figures of a kind that a study has.
struct Variant {
    proxy: Option<String>,
    method: Option<String>,
    figure: Figure,
}

fn only(figure: Figure) -> Variant {
    Variant { proxy: None, method: None, figure }
}

/// The description of a figure, and how it is drawn.
#[derive(Debug, Clone, Copy)]
pub struct FigureInfo {
    /// Its name in files and on the command line; equals [`Figure::id`](Figure::id).
    pub id: &'static str,
    /// The screen that shows it.
    pub screen: &'static str,
    /// A short title.
    pub title: &'static str,
    /// One sentence on what it shows.
    pub shows: &'static str,
    /// The computation it needs.
    pub needs: Needs,
    gap: fn(&Scenario) -> Option<&'static str>,
    drawn: Drawn,
}

const NO_ADVICE: &str = "no gain of a plan is known";
const TWO_TASKS: &str = "it takes two tasks";

/// All figures, in the order of the screens.
pub static FIGURES: &[FigureInfo] = &[
    FigureInfo {
        id: "gain",
        screen: "Lab",
        title: "Gain along a knob",
        shows: concat!(
            "The gain along a knob: the theory line and measured points with ",
            level!(),
            " intervals."
        ),
        needs: Needs::Scenario,
        gap: always,
        drawn: Drawn::Scenario(|inputs, asked| {
            let knob = inputs.knob(asked)?;
            let curve = curve::trace(inputs.scenario, knob, inputs.cancel, |_| {});
            let curve = curve.ok_or(NoFigure::Cancelled)?;
            let measured = inputs.measured()?;
            let targets = Some(&measured.own().targets);
            Ok(figure::gain::trimmed(figure::gain::figure(inputs.scenario, &curve, targets, None)))
        }),
    },
    FigureInfo {
        id: "loss",
        screen: "Lab",
        title: "Training loss",
        shows: "Training loss during descent, together and alone; straight lines mark the optima.",
        needs: Needs::Scenario,
        gap: always,
        drawn: Drawn::Scenario(|inputs, _| {
            let (run, optima) = inputs.descent()?;
            Ok(figure::loss::explained(figure::loss::figure(inputs.scenario, &run, &optima)))
        }),
    },
    FigureInfo {
        id: "plane",
        screen: "Lab",
        title: "Plane of two θs",
        shows: "The plane of the θs of a target and a source, with the spread of their rows and \
                the module.",
        needs: Needs::Scenario,
        gap: always,
        drawn: Drawn::Scenario(|inputs, _| {
            let trial = inputs.first_trial();
            let plane = Plane::of(&trial.population, inputs.scenario.pair());
            let optimum = plane.direction(&trial.fits[0].optimum.model.module);
            let drawn = figure::plane::figure(inputs.scenario, &plane, optimum, None);
            Ok(figure::plane::explained(drawn, inputs.scenario))
        }),
    },
    FigureInfo {
        id: "weights",
        screen: "Lab",
        title: "Task weights",
        shows: "The weight of every task under every weighting scheme, in the first trial.",
        needs: Needs::Comparison,
        gap: always,
        drawn: Drawn::Scenario(|inputs, _| {
            let compared = comparison::first(inputs.scenario);
            Ok(figure::weights::figure(inputs.scenario, &compared))
        }),
    },
    FigureInfo {
        id: "singular",
        screen: "Lab",
        title: "Singular values",
        shows: "The singular values of all Xᵀy behind SVD weights, as printed and standardised.",
        needs: Needs::Comparison,
        gap: always,
        drawn: Drawn::Scenario(|inputs, _| {
            let compared = comparison::first(inputs.scenario);
            Ok(figure::singular::figure(inputs.scenario, &compared))
        }),
    },
    FigureInfo {
        id: "methods",
        screen: "Lab",
        title: "Joint training, merging and fine-tuning",
        shows: concat!(
            "The gain of each over the task alone, side by side, with ",
            level!(),
            " intervals, and what theory predicts."
        ),
        needs: Needs::Scenario,
        gap: no_methods,
        drawn: Drawn::Scenario(|inputs, _| {
            let found = side_by_side::compare(inputs.scenario, inputs.cancel, |_| {});
            let found = found.ok_or(NoFigure::Cancelled)?;
            let drawn = figure::methods::side_by_side(inputs.scenario, &found);
            drawn.ok_or(NoFigure::Reason("the gains are undefined"))
        }),
    },
    FigureInfo {
        id: "capacity",
        screen: "Lab",
        title: "Gain against the width",
        shows: concat!(
            "The gain against the width of the module, from 1 to the number of tasks, with ",
            level!(),
            " intervals."
        ),
        needs: Needs::Sweep,
        gap: one_task,
        drawn: Drawn::Scenario(|inputs, _| {
            let question = figure::capacity::question(inputs.name, inputs.scenario);
            let results = inputs.study(question.ok_or(NoFigure::Reason(TWO_TASKS))?)?;
            let drawn = figure::capacity::figure(&results.results);
            drawn.ok_or(NoFigure::Reason("nothing was measured"))
        }),
    },
    FigureInfo {
        id: "spectrum",
        screen: "Tasks",
        title: "Spectra of the rows",
        shows: "The variance of every task's rows along its principal axes, the largest first.",
        needs: Needs::Scenario,
        gap: always,
        drawn: Drawn::Scenario(|inputs, asked| {
            Ok(figure::spectrum::figure(inputs.scenario, inputs.task(asked)?))
        }),
    },
    FigureInfo {
        id: "rows",
        screen: "Tasks",
        title: "Rows of a task",
        shows: "Rows of the first trial, on the first two principal axes of one task.",
        needs: Needs::Scenario,
        gap: always,
        drawn: Drawn::Scenario(|inputs, asked| {
            let task = inputs.task(asked)?;
            let seen = preview::look(inputs.scenario, task, inputs.cancel, |_| {});
            let drawn = figure::rows::figure(inputs.scenario, &seen.ok_or(NoFigure::Cancelled)?);
            Ok(figure::rows::explained(drawn))
        }),
    },
    FigureInfo {
        id: "landscape",
        screen: "Theory",
        title: "Landscape h(ψ)",
        shows: "The objective of one shared unit (eq. 4), with all its maxima.",
        needs: Needs::Scenario,
        gap: no_landscape,
        drawn: Drawn::Scenario(|inputs, _| {
            let landscape = FirstTrial::of(inputs.scenario).landscape.map_err(NoFigure::Reason)?;
            Ok(figure::landscape::figure(inputs.scenario, &landscape))
        }),
    },
    FigureInfo {
        id: "bound",
        screen: "Theory",
        title: "Theorem 2",
        shows: "The bound of Theorem 2 and the measured error, against the number of source rows.",
        needs: Needs::Scenario,
        gap: outside_theorem_2,
        drawn: Drawn::Scenario(|inputs, _| {
            let curve = bound::trace(inputs.scenario, inputs.cancel, |_| {});
            Ok(figure::bound::figure(inputs.scenario, &curve.ok_or(NoFigure::Cancelled)?))
        }),
    },
    FigureInfo {
        id: "similarity",
        screen: "Theory",
        title: "Covariance similarity",
        shows: "Covariance similarity of the rows (eq. 5) before and after each alignment.",
        needs: Needs::Scenario,
        gap: no_alignment,
        drawn: Drawn::Scenario(|inputs, _| {
            let compared = similarity::compare(inputs.scenario, inputs.cancel);
            let (trials, found) = compared.ok_or(NoFigure::Reason("too few trials, or no rows"))?;
            Ok(figure::similarity::figure(inputs.scenario, trials, &found))
        }),
    },
    FigureInfo {
        id: "affinity",
        screen: "Affinity",
        title: "Affinity of all tasks",
        shows: concat!(
            "The gain of every task with every other and with all, with ",
            level!(),
            " intervals."
        ),
        needs: Needs::Affinity,
        gap: one_task,
        drawn: Drawn::Study(|results, _| {
            figure::affinity::matrix(results).map(only).into_iter().collect()
        }),
    },
    FigureInfo {
        id: "proxy",
        screen: "Affinity",
        title: "A proxy against the gain",
        shows: "The gains of all pairs against their scores by a cheap proxy.",
        needs: Needs::Affinity,
        gap: figure::affinity::no_proxy,
        drawn: Drawn::Study(|results, insight| {
            let scatter = |(index, proxy): (usize, &Proxy)| {
                let figure = figure::affinity::scatter(results, insight?, index)?;
                Some(Variant { proxy: Some(proxy.id.to_owned()), ..only(figure) })
            };
            PROXIES.iter().enumerate().filter_map(scatter).collect()
        }),
    },
    FigureInfo {
        id: "surrogate",
        screen: "Affinity",
        title: "Predicted gains of groups",
        shows: "The gains in groups against those predicted from other groups.",
        needs: Needs::Subsets,
        gap: figure::surrogate::no_surrogate,
        drawn: Drawn::Study(|results, insight| {
            let figure = insight.and_then(|insight| figure::surrogate::scatter(results, insight));
            figure.map(only).into_iter().collect()
        }),
    },
    FigureInfo {
        id: "sweep",
        screen: "Sweep",
        title: "Gain along the knobs of a study",
        shows: concat!(
            "The gain along knobs, with ",
            level!(),
            " bands, theory and the break-even points."
        ),
        needs: Needs::Sweep,
        gap: always,
        drawn: Drawn::Study(|results, _| {
            let series = [SweepSeries { title: None, results }];
            let drawn = figure::sweep::figure(&series).map(figure::sweep::explained);
            drawn.map(only).into_iter().collect()
        }),
    },
    FigureInfo {
        id: "phase",
        screen: "Sweep",
        title: "Phase diagram",
        shows: "The gain over two knobs, as cells with verdicts, and the theory line.",
        needs: Needs::Phase,
        gap: always,
        drawn: Drawn::Study(|results, _| {
            let methods = results.study.methods();
            let phase = |(place, method): (usize, &String)| {
                let method = (methods.len() > 1).then(|| method.clone());
                Some(Variant { method, ..only(figure::phase::figure(results, place)?) })
            };
            methods.iter().enumerate().filter_map(phase).collect()
        }),
    },
    FigureInfo {
        id: "advice-plans",
        screen: "Advice",
        title: "Gain of the plans",
        shows: concat!(
            "The gain of the best plan of advice and of all tasks together, with ",
            level!(),
            " intervals."
        ),
        needs: Needs::Advice,
        gap: no_advice,
        drawn: Drawn::Scenario(|inputs, _| {
            let drawn = figure::advice::plans(inputs.scenario, &*inputs.advice()?);
            drawn.ok_or(NoFigure::Reason(NO_ADVICE))
        }),
    },
    FigureInfo {
        id: "advice-rows",
        screen: "Advice",
        title: "Gain of the best plan against training rows",
        shows: concat!(
            "The gain of the best plan of advice with fewer and more training rows, with ",
            level!(),
            " intervals."
        ),
        needs: Needs::Advice,
        gap: no_advice,
        drawn: Drawn::Scenario(|inputs, _| {
            let drawn = figure::advice::rows(inputs.scenario, &*inputs.advice()?);
            drawn.ok_or(NoFigure::Reason(NO_ADVICE))
        }),
    },
];

impl FigureInfo {
    /// Finds a figure by its id.
    pub fn find(id: &str) -> Option<&'static Self> {
        FIGURES.iter().find(|figure| figure.id == id)
    }

    /// The figures that are drawn from a study, in the order of the table.
    pub fn of_study(study: &Study) -> impl Iterator<Item = &'static Self> {
        let needs: &[Needs] = match study.draft().question {
            Question::Affinity { subsets: 0, .. } => &[Needs::Affinity],
            Question::Affinity { .. } => &[Needs::Affinity, Needs::Subsets],
            Question::Sweep { .. } if study.is_phase() => &[Needs::Phase],
            Question::Sweep { .. } => &[Needs::Sweep],
        };
        FIGURES.iter().filter(|figure| figure.is_of_study() && needs.contains(&figure.needs))
    }

    /// True if it is drawn from a study, not only from a scenario.
    pub fn is_of_study(&self) -> bool {
        matches!(self.drawn, Drawn::Study(_))
    }

    /// Returns the reason why a scenario does not have this figure; `None` if it may have it.
    pub fn gap(&self, scenario: &Scenario) -> Option<&'static str> {
        (self.gap)(scenario)
    }

    /// Computes what the figure needs and draws it.
    ///
    /// # Errors
    ///
    /// [`NoFigure`] where the scenario has none, where an option names no knob or task, and where
    /// it was cancelled.
    pub fn draw(&self, inputs: &Inputs<'_>, asked: &Provenance) -> Result<Figure, NoFigure> {
        if let Some(reason) = self.gap(inputs.scenario) {
            return Err(NoFigure::Reason(reason));
        }
        match self.drawn {
            Drawn::Scenario(draw) => draw(inputs, asked),
            Drawn::Study(draw) => {
                let studied = inputs.study(inputs.question(self.needs, asked)?)?;
                let missing = match self.needs {
                    Needs::Affinity if studied.insight.is_none() && asked.proxy.is_some() => {
                        "too few trials for it"
                    }
                    Needs::Subsets => {
                        "it takes at least ten groups of three tasks or more, whose gains differ"
                    }
                    Needs::Affinity if self.id == "proxy" => {
                        let found = figure::affinity::nothing_to_order(&studied.results);
                        found.unwrap_or("nothing was measured")
                    }
                    _ => "nothing was measured",
                };
                let mut all = draw(&studied.results, studied.insight.as_ref());
                let is_asked = |one: &Variant| asked.proxy.is_none() || one.proxy == asked.proxy;
                let place = all.iter().position(is_asked);
                let place = place.ok_or(NoFigure::Reason(missing))?;
                Ok(all.swap_remove(place).figure)
            }
        }
    }

    /// The error for a figure that the scenario does not have; it names those it has.
    pub fn refusal(&self, scenario: &Scenario, reason: &str) -> Invalid {
        let others = of_scenario(scenario).filter(|other| other.id != self.id);
        let others: Vec<&str> = others.map(|figure| figure.id).collect();
        let allowed = format!("{} for this scenario: {reason}", others.join(", "));
        Invalid::new("--figure", self.id, allowed)
    }
}

/// All figures of a study that was run, each with its provenance.
pub fn of_results(results: &StudyResults, insight: Option<&Insight>) -> Vec<(Provenance, Figure)> {
    let mut found = Vec::new();
    for figure in FigureInfo::of_study(&results.study) {
        let Drawn::Study(draw) = figure.drawn else { continue };
        for Variant { proxy, method, figure } in draw(results, insight) {
            found.push((Provenance { proxy, method, ..Provenance::of(&figure) }, figure));
        }
    }
    found
}

impl Needs {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scenario => "scenario",
            Self::Comparison => "comparison",
            Self::Sweep => "sweep",
            Self::Phase => "phase",
            Self::Affinity => "affinity",
            Self::Subsets => "subsets",
            Self::Advice => "advice",
        }
    }
}

/// Returns the figures that a scenario has without a study.
pub fn of_scenario(scenario: &Scenario) -> impl Iterator<Item = &'static FigureInfo> + use<'_> {
    FIGURES.iter().filter(|figure| !figure.is_of_study() && figure.gap(scenario).is_none())
}

fn always(_: &Scenario) -> Option<&'static str> {
    None
}

fn one_task(scenario: &Scenario) -> Option<&'static str> {
    (scenario.tasks().len() < 2).then_some(TWO_TASKS)
}
