//! The table of all ways of training: joint, pretrained, aligned, merged, fine-tuned, or every task
//! alone.

use crate::method::alignment::{early_stopping, penalty, whitening};
use crate::method::input::MethodInput;
use crate::method::{balancing, fine_tuning, merging, pretraining, ridge};
use serde::{Deserialize, Serialize};

use crate::model::{Optimum, OptimumKind, SharedModel};

/// A way of training; described in [`METHODS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Joint training without alignment.
    #[default]
    Joint,
    /// Algorithm 1 with B, R_i and A_i learned: [`early_stopping`].
    Align,
    /// Algorithm 1 as printed, with B fixed: [`early_stopping`].
    AlignFixed,
    /// R_i kept near the identity by a penalty: [`penalty`].
    AlignPenalty,
    /// `R_i = S_i^(−½)`: [`whitening`].
    Whiten,
    /// `R_i = S_i^(−½) S_t^½`, where t is the target: [`whitening`].
    Recolour,
    /// Every task alone, by ridge regression: [`ridge`].
    Ridge,
    /// B trained on the sources alone, then fixed: [`pretraining`].
    Pretrain,
    /// B trained on the sources alone; R and A learned by Algorithm 1: [`pretraining`].
    PretrainAlign,
    /// The tasks' own models, averaged for the target: [`merging`].
    Merge,
    /// The target shrunk towards the model of the sources: [`fine_tuning`].
    FineTune,
    /// Gradients projected off each other: [`balancing`].
    #[serde(rename = "pcgrad")]
    PcGrad,
    /// The combination of gradients of least norm: [`balancing`].
    Mgda,
    /// Weights by the speed of the losses: [`balancing`].
    Dwa,
    /// Equal relative decrease of the losses: [`balancing`].
    Famo,
    /// Weights for the worst excess over the task alone: [`balancing`].
    #[serde(rename = "doremi")]
    DoReMi,
}

/// Names, help, source and training of a method.
#[derive(Debug, Clone, Copy)]
pub struct Description {
    /// The method.
    pub method: Method,
    /// Name in files and on the command line.
    pub name: &'static str,
    /// Name on the screen.
    pub label: &'static str,
    /// Help, in one line.
    pub help: &'static str,
    /// Source.
    pub citation: &'static str,
    train: fn(&MethodInput<'_>) -> Optimum,
}

/// All methods, in order.
pub const METHODS: &[Description] = &[
    Description {
        method: Method::Joint,
        name: "joint",
        label: "joint",
        help: "one shared module, no alignment",
        citation: "Wu, Zhang & Ré, ICLR 2020, eq. 2",
        train: |problem| problem.joint.clone(),
    },
    Description {
        method: Method::Align,
        name: "align",
        label: "aligned",
        help: "R, A and B learned together, stopped early on held-out rows of the target",
        citation: "Wu, Zhang & Ré, ICLR 2020, Algorithm 1, B learned too",
        train: |problem| tuned(early_stopping::all(problem)),
    },
    Description {
        method: Method::AlignFixed,
        name: "align-fixed",
        label: "aligned, B fixed",
        help: "R and A learned, B fixed, each task stopped early on its own held-out rows",
        citation: "Wu, Zhang & Ré, ICLR 2020, Algorithm 1",
        train: |problem| tuned(early_stopping::with_fixed_module(problem)),
    },
    Description {
        method: Method::AlignPenalty,
        name: "align-penalty",
        label: "aligned, penalty",
        help: "R kept near the identity by λ‖R − I‖², λ chosen on held-out rows",
        citation: "compare Ando & Zhang, JMLR 2005",
        train: |problem| tuned(penalty::train(problem)),
    },
    Description {
        method: Method::Whiten,
        name: "whiten",
        label: "whitened",
        help: "every task's rows whitened before joint training",
        citation: "closed form of Wu, Zhang & Ré, ICLR 2020, section 3.1",
        train: |problem| whitening::train(problem, whitening::whiten),
    },
    Description {
        method: Method::Recolour,
        name: "recolour",
        label: "recoloured",
        help: "every task's rows given the covariance of the target",
        citation: "compare Sun, Feng & Saenko, AAAI 2016",
        train: |problem| {
            whitening::train(problem, |covariances| {
                whitening::recolour(covariances, problem.target())
            })
        },
    },
    Description {
        method: Method::Ridge,
        name: "ridge",
        label: "ridge alone",
        help: "every task alone, shrinkage tuned on held-out rows: the baseline to beat",
        citation: "Hoerl & Kennard, Technometrics 1970",
        train: |problem| tuned(ridge::train(problem)),
    },
    Description {
        method: Method::Pretrain,
        name: "pretrain",
        label: "pretrained",
        help: "B trained on the sources without the target, then only the head of the target",
        citation: "Wu, Zhang & Ré, ICLR 2020, section 4, transfer learning",
        train: pretraining::train,
    },
    Description {
        method: Method::PretrainAlign,
        name: "pretrain-align",
        label: "pretrained, aligned",
        help: "B trained on the sources, then R and A of the target learned with B fixed",
        citation: "Wu, Zhang & Ré, ICLR 2020, Algorithm 1 for transfer learning",
        train: |problem| tuned(pretraining::aligned(problem)),
    },
    Description {
        method: Method::Merge,
        name: "merge",
        label: "merged",
        help: "the weighted mean of the tasks' own models, weights estimated from training rows",
        citation: "Ilharco et al., ICLR 2023; Wortsman et al., ICML 2022",
        train: merging::train,
    },
    Description {
        method: Method::FineTune,
        name: "fine-tune",
        label: "fine-tuned",
        help: "the sources' model, then ridge of the target towards it, tuned on held-out rows",
        citation: "compare Dar, LeJeune & Baraniuk, arXiv 2103.05621",
        train: |problem| tuned(fine_tuning::train(problem)),
    },
    Description {
        method: Method::PcGrad,
        name: "pcgrad",
        label: "PCGrad",
        help: "gradients of the module without their parts against each other",
        citation: "Yu et al., NeurIPS 2020",
        train: balancing::projected::train,
    },
    Description {
        method: Method::Mgda,
        name: "mgda",
        label: "MGDA",
        help: "the step in which no loss rises: the combination of gradients of least norm",
        citation: "Sener & Koltun, NeurIPS 2018",
        train: balancing::least_norm::train,
    },
    Description {
        method: Method::Dwa,
        name: "dwa",
        label: "DWA",
        help: "tasks whose loss falls slowly weigh more, until all stand still",
        citation: "Liu, Johns & Davison, CVPR 2019",
        train: balancing::speed::train,
    },
    Description {
        method: Method::Famo,
        name: "famo",
        label: "FAMO",
        help: "all losses fall by the same share",
        citation: "Liu, Feng, Stone & Liu, NeurIPS 2023",
        train: balancing::famo::train,
    },
    Description {
        method: Method::DoReMi,
        name: "doremi",
        label: "DoReMi",
        help: "weights for the task that loses most against training alone",
        citation: "Xie et al., NeurIPS 2023",
        train: balancing::worst_case::train,
    },
];

impl Method {
    /// Returns true if it chooses something on held-out rows, without which it is another method.
    pub fn is_tuned(self) -> bool {
        use Method::{Align, AlignFixed, AlignPenalty, FineTune, PretrainAlign, Ridge};
        matches!(self, Align | AlignFixed | AlignPenalty | FineTune | PretrainAlign | Ridge)
    }

    /// The names of all methods, in order.
    pub const NAMES: &'static [&'static str] = &names();

    /// The method with an index; the last one beyond the end.
    pub fn from_index(index: usize) -> Self {
        METHODS[index.min(METHODS.len() - 1)].method
    }

    /// The index of the method.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The description of the method.
    pub fn description(self) -> &'static Description {
        &METHODS[self.index()]
    }

    /// The name of the method.
    pub fn name(self) -> &'static str {
        self.description().name
    }

    /// Trains on a problem. Results tuned on held-out rows are claimed as [`OptimumKind::Tuned`].
    pub fn train(self, problem: &MethodInput) -> Optimum {
        (self.description().train)(problem)
    }
}

/// A model whose parameters were tuned on held-out rows.
fn tuned(model: SharedModel) -> Optimum {
    Optimum { model, kind: OptimumKind::Tuned }
}

const fn names() -> [&'static str; METHODS.len()] {
    let mut names = [""; METHODS.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = METHODS[i].name;
        i += 1;
    }
    names
}
