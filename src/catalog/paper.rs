//! Synthetic versions of the paper's figures: how each is drawn, and what it shows and does not
//! show of the original.

use crate::cancel::Cancel;
use crate::error::{Error, Invalid, Result};
use crate::figure::{Figure, similarity, sweep, turning, words};
use crate::math::stats::LEVEL;
use crate::runner::{self, Progress};
use crate::scenario::{Preset, Scenario};
use crate::study::draft::{NamedScenario, Question};
use crate::study::turning::{JUMP, SMOOTH, Turning};
use crate::study::{StudyDraft, StudyResults, similarity as compared};

/// A figure that corresponds to one of the paper.
#[derive(Debug, Clone, Copy)]
pub struct PaperFigure {
    /// Its id, also the name of its files.
    pub id: &'static str,
    /// Number of the figure in the paper.
    pub number: &'static str,
    /// A short heading.
    pub heading: &'static str,
    /// Comparison with the paper's figure.
    pub paper: &'static str,
    /// The way it is drawn.
    pub recipe: PaperRecipe,
    /// Default number of trials behind every point; 0 if nothing is random.
    pub trials: usize,
}

/// The way a figure is drawn.
#[derive(Debug, Clone, Copy)]
pub enum PaperRecipe {
    /// The plane of two θs as rows change.
    Plane(&'static Turning),
    /// h(ψ) as rows change.
    Landscape(&'static Turning),
    /// The direction of B* as rows change.
    Direction(&'static Turning),
    /// The gain along a knob, for several presets and methods.
    Sweep {
        /// The presets.
        presets: &'static [&'static str],
        /// The knob with its values.
        x: &'static str,
        /// Schemes and methods compared with those of the presets.
        methods: &'static [&'static str],
    },
    /// Covariance similarity of a preset.
    Similarity(&'static str),
}

const FIGURE_2: &str = "This is the geometry of eq. 4, as in the paper's Figure 2: the rows as \
well as θ decide where one shared unit points. It is computed from populations at the exact \
maximum of h. The angles, stretches and numbers of rows are ours; there is no training and no \
test error.";

const FIGURE_3: &str = "This is the pattern of the paper's Figure 3, over many trials (60 by \
default): a source with the covariance of the target (task 2) helps from the first rows on; one \
with large variance elsewhere (task 3) or with the same spectrum on other axes (task 4) hurts \
with few rows and helps with many. It appears only if there is noise and θ₂ − θ₁ lies where the \
rows of the source have large variance and those of the target little; for a random pair of θs \
with the same cosine the result is reversed (preset random-pair). Not as printed: rows X = RQD do \
not have Q in their covariance, so here X = RDQᵀ. The measure is the excess risk at exact optima; \
after 2,000 steps of gradient descent the signs are still random.";

const FIGURE_6_GAIN: &str = "The paper's Figure 6 is on text (GLUE, six sentiment tasks); this is \
the same question on synthetic data: one task seen through two distortions, with covariance \
alignment (Algorithm 1) and joint training. Reproduced: alignment improves on joint training and \
repairs it where it hurts. Not reproduced: the paper's numbers and data. At its optimum, \
alignment is training alone: its gain comes from stopping early on 200 validation rows. For \
comparison: ridge regression of the target alone, tuned on the same rows.";

const FIGURE_6_SCORE: &str = "The paper's Figure 6 is on text (GLUE, six sentiment tasks); this \
is the covariance similarity before and after alignment on synthetic data. Not reproduced: that \
alignment works by making covariances more similar. The score of a learned alignment hardly \
moves, whatever its gain; whitening and recolouring give the same models with different scores. \
Equal covariances score 1/√(effective rank), so the normalised score is shown too.";

const FIGURE_7_NOISE: &str = "The paper's Figure 7 is on ChestX-ray14; this is the same question \
on synthetic data: ten linear tasks on one X, five of them noisier. Reproduced, on labels of unit \
RMS: SVD weights (Algorithm 2) protect the clean tasks better than uniform weights and training \
alone, though most of that comes from the scaling of the labels alone (by scale). Not reproduced: \
as printed, on raw labels (SVD as printed), SVD weights hurt, because noise makes Xᵀy longer; nor are the paper's \
percentages of AUC.";

const FIGURE_7_LABELS: &str = "The paper's Figure 7 is on ChestX-ray14 with 20 % random labels; \
this is the same question on synthetic data: ten linear tasks on one X, five of them with a share \
of random labels, compared with training alone. The effect is small: with a fifth of random \
labels, SVD weights save 2 to 4 % of the error of direction, compared with uniform weights on the \
same scaled labels (taskscope claims svd-random-labels). Labels are numbers; on labels ±1 the \
weights change nothing. The paper's percentages of AUC are not reproduced.";

/// All figures, in the order of the paper.
pub static PLATES: &[PaperFigure] = &[
    PaperFigure {
        id: "figure-2-smooth-plane",
        number: "Figure 2",
        heading: "The plane: stretching the rows of the source turns B* smoothly",
        paper: FIGURE_2,
        recipe: PaperRecipe::Plane(&SMOOTH),
        trials: 0,
    },
    PaperFigure {
        id: "figure-2-smooth-landscape",
        number: "Figure 2",
        heading: "h(ψ): one maximum, which moves",
        paper: FIGURE_2,
        recipe: PaperRecipe::Landscape(&SMOOTH),
        trials: 0,
    },
    PaperFigure {
        id: "figure-2-smooth-direction",
        number: "Figure 2",
        heading: "B* goes from the target to the source without a jump",
        paper: FIGURE_2,
        recipe: PaperRecipe::Direction(&SMOOTH),
        trials: 0,
    },
    PaperFigure {
        id: "figure-2-jump-plane",
        number: "Figure 2",
        heading: "The plane: turning the rows of the source makes B* jump",
        paper: FIGURE_2,
        recipe: PaperRecipe::Plane(&JUMP),
        trials: 0,
    },
    PaperFigure {
        id: "figure-2-jump-landscape",
        number: "Figure 2",
        heading: "h(ψ): two maxima; the second one becomes the higher",
        paper: FIGURE_2,
        recipe: PaperRecipe::Landscape(&JUMP),
        trials: 0,
    },
    PaperFigure {
        id: "figure-2-jump-direction",
        number: "Figure 2",
        heading: "B* jumps",
        paper: FIGURE_2,
        recipe: PaperRecipe::Direction(&JUMP),
        trials: 0,
    },
    PaperFigure {
        id: "figure-3",
        number: "Figure 3",
        heading: "Gain of the target against the number of source rows",
        paper: FIGURE_3,
        recipe: PaperRecipe::Sweep {
            presets: &["fig3-task2", "fig3-task3", "fig3-task4"],
            x: "source.samples=20:1e6:13:log",
            methods: &[],
        },
        trials: 60,
    },
    PaperFigure {
        id: "figure-6-gain",
        number: "Figure 6",
        heading: "Gain of alignment, joint training and ridge against the rows of the target",
        paper: FIGURE_6_GAIN,
        recipe: PaperRecipe::Sweep {
            presets: &["alignment"],
            x: "target.samples=24:240:8:log",
            methods: &["joint", "ridge"],
        },
        trials: 30,
    },
    PaperFigure {
        id: "figure-6-similarity",
        number: "Figure 6",
        heading: "Covariance similarity before and after alignment",
        paper: FIGURE_6_SCORE,
        recipe: PaperRecipe::Similarity("alignment"),
        trials: 30,
    },
    PaperFigure {
        id: "figure-7-noise",
        number: "Figure 7",
        heading: "Gain of the clean tasks with task weights against the noise of the others",
        paper: FIGURE_7_NOISE,
        recipe: PaperRecipe::Sweep {
            presets: &["svd-weights"],
            x: "noisy.noise=0.5:4:8",
            methods: &["uniform", "by-scale", "svd-printed"],
        },
        trials: 60,
    },
    PaperFigure {
        id: "figure-7-random-labels",
        number: "Figure 7",
        heading: "Gain of the clean tasks with task weights against the share of random labels",
        paper: FIGURE_7_LABELS,
        recipe: PaperRecipe::Sweep {
            presets: &["random-labels"],
            x: "spoilt.random=0:0.5:6",
            methods: &["uniform", "by-scale", "svd-printed"],
        },
        trials: 60,
    },
];

impl PaperFigure {
    /// Finds a figure by its id.
    pub fn find(id: &str) -> Option<&'static Self> {
        PLATES.iter().find(|plate| plate.id == id)
    }

    /// Returns the study behind the figure, if it is drawn from one.
    ///
    /// # Errors
    ///
    /// [`Error::Value`] if the number of trials is not allowed.
    pub fn study(&self, trials: usize) -> Result<Option<StudyDraft>> {
        let PaperRecipe::Sweep { presets, x, methods } = self.recipe else { return Ok(None) };
        let entry = |name: &&str| {
            let mut scenario = preset(name, trials)?.draft().clone();
            scenario.compare = methods.iter().map(|method| (*method).to_owned()).collect();
            Ok(NamedScenario { name: (*name).to_owned(), scenario })
        };
        let entries = presets.iter().map(entry).collect::<Result<_>>()?;
        let question = Question::Sweep { x: vec![x.to_owned()], y: None };
        Ok(Some(StudyDraft::new(question, entries)))
    }

    /// Returns the scenario behind the figure, if it is drawn from a single one.
    ///
    /// # Errors
    ///
    /// As [`PaperFigure::study`].
    pub fn scenario(&self, trials: usize) -> Result<Option<Scenario>> {
        let PaperRecipe::Similarity(name) = self.recipe else { return Ok(None) };
        preset(name, trials).map(Some)
    }

    /// Runs its study, if it has one, and draws the figure. The caption states the results and
    /// compares them with the paper's figure. `watch` receives the progress.
    ///
    /// # Errors
    ///
    /// [`Error::Failed`] where nothing was measured, [`Error::Interrupted`] if cancelled.
    pub fn draw(
        &self,
        trials: usize,
        cancel: &Cancel,
        watch: &dyn Fn(&Progress),
    ) -> Result<Figure> {
        let nothing = || Error::Failed(format!("{}: nothing was measured", self.id));
        let (mut figure, found) = match self.recipe {
            PaperRecipe::Plane(turning) => (turning::plane(turning), String::new()),
            PaperRecipe::Landscape(turning) => (turning::landscape(turning), String::new()),
            PaperRecipe::Direction(turning) => (turning::direction(turning), String::new()),
            PaperRecipe::Sweep { .. } => {
                let draft = self.study(trials)?.ok_or_else(nothing)?;
                let results = &runner::whole(draft, cancel, watch)?;
                let shown = [sweep::SweepSeries { title: None, results }];
                (sweep::figure(&shown).map(sweep::explained).ok_or_else(nothing)?, ends(results))
            }
            PaperRecipe::Similarity(_) => {
                let scenario = self.scenario(trials)?.ok_or_else(nothing)?;
                let compared = compared::compare(&scenario, cancel);
                let (trials, found) = compared.ok_or(Error::Interrupted)?;
                (similarity::figure(&scenario, trials, &found), String::new())
            }
        };
        let parts = [figure.caption.as_str(), &found, self.paper];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        figure.caption = parts.join(" ");
        Ok(figure)
    }
}

fn preset(name: &str, trials: usize) -> Result<Scenario> {
    let unknown = || Error::from(Invalid::new("preset", name, "a preset"));
    let mut draft = Preset::find(name).ok_or_else(unknown)?.scenario()?.draft().clone();
    draft.trials = trials as f64;
    draft.compare.clear();
    Ok(Scenario::check(draft)?)
}

/// The gains at both ends of every line, with their intervals, as text.
fn ends(results: &StudyResults) -> String {
    let study = &results.study;
    let mut said = Vec::new();
    for line in study.lines() {
        for (method, name) in study.methods().iter().enumerate() {
            let points = results.points(line, method);
            let at = |point: &crate::study::sweep::SweepPoint<'_>| {
                let value = line.x.handle.knob.text(point.x);
                format!("{} at {value}", words::effect(point.outcome))
            };
            let (Some(first), Some(last)) = (points.first(), points.last()) else { continue };
            let lead = match study.methods().len() {
                1 => study.name(line.base).to_owned(),
                _ => name.clone(),
            };
            said.push(format!("{lead}: {}, {}", at(first), at(last)));
        }
    }
    let n = study.bases().first().map_or(0, |base| base.trials());
    format!("Found (gain ± {LEVEL}, n = {n}): {}.", said.join("; "))
}
