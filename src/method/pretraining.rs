//! Pretraining: the shared module is trained on the sources, and the target gets a head of its own.
//!
//! The target never changes the module, so it cannot hurt the sources, and many source rows cannot
//! drown those of the target. If there are several targets, each one is pretrained on all others.

use nalgebra::{DMatrix, DVector};

use crate::math::linalg;
use crate::method::alignment::early_stopping;
use crate::method::input::MethodInput;
use crate::model::{LeastSquares, Optimum, OptimumKind, SharedModel};
use crate::task::Moments;

/// B minimises the joint objective of the sources; the head of the target minimises its own:
/// `a = (BᵀHB)†Bᵀc`.
pub fn train(problem: &MethodInput) -> Optimum {
    let parts: Vec<Part> =
        problem.targets.iter().filter_map(|&target| Part::new(problem, target)).collect();
    if parts.is_empty() {
        return problem.joint.clone();
    }
    let kind = parts.iter().map(|part| part.kind).max().unwrap_or(OptimumKind::Exact);
    Optimum { model: side_by_side(problem, parts), kind }
}

/// The same module; then Algorithm 1 with B fixed: the alignment and the head of the target are
/// learned by gradient descent, stopped where the error on its held-out rows is least.
pub fn aligned(problem: &MethodInput) -> SharedModel {
    let of_target = |&target: &usize| -> Option<Part> {
        let mut part = Part::new(problem, target)?;
        let start = Optimum { model: part.model, kind: part.kind };
        let problem = MethodInput { joint: &start, targets: &[target], ..*problem };
        let learned = early_stopping::with_fixed_module(&problem);
        let heads = (0..learned.heads.len()).map(|task| match task == target {
            true => learned.heads[target].clone(),
            false => start.model.heads[task].clone(),
        });
        part.own = learned.units(target);
        part.model = SharedModel::new(start.model.module.clone(), heads.collect());
        Some(part)
    };
    let parts: Vec<Part> = problem.targets.iter().filter_map(of_target).collect();
    if parts.is_empty() {
        return problem.joint.model.clone();
    }
    side_by_side(problem, parts)
}

/// The model of one target and its sources.
struct Part {
    target: usize,
    /// The module of the sources, with a head for every task.
    model: SharedModel,
    /// The units of the target (d × r): those of the module, or aligned.
    own: DMatrix<f64>,
    kind: OptimumKind,
}

impl Part {
    /// Trains the module on all tasks but the target; `None` if there are no others.
    fn new(problem: &MethodInput, target: usize) -> Option<Self> {
        let training = problem.training;
        let sources: Vec<usize> = (0..training.data.len()).filter(|&i| i != target).collect();
        if sources.is_empty() {
            return None;
        }
        let objective = LeastSquares {
            data: sources.iter().map(|&i| training.data[i].clone()).collect(),
            weights: sources.iter().map(|&i| training.weights[i]).collect(),
        };
        let Optimum { model, kind } = (problem.fit)(&objective);
        let mut heads = model.heads;
        heads.insert(target, head(&model.module, &training.data[target]));
        let own = model.module.clone();
        Some(Self { target, model: SharedModel::new(model.module, heads), own, kind })
    }
}

/// The head (r) with the smallest loss on the data of a task, given the module.
fn head(module: &DMatrix<f64>, data: &Moments) -> DVector<f64> {
    let h = module.transpose() * &*data.h * module;
    linalg::solve(&h, &(module.transpose() * &data.c))
}

/// One model of all parts: their units side by side. A target uses its own units, any other task
/// the module of the first part.
fn side_by_side(problem: &MethodInput, parts: Vec<Part>) -> SharedModel {
    let blocks: Vec<&DMatrix<f64>> =
        std::iter::once(&parts[0].model.module).chain(parts.iter().map(|part| &part.own)).collect();
    let r = blocks.iter().map(|block| block.ncols()).max().unwrap_or(0);
    let d = parts[0].own.nrows();
    let mut module = DMatrix::zeros(d, r * blocks.len());
    for (i, block) in blocks.iter().enumerate() {
        module.view_mut((0, i * r), block.shape()).copy_from(block);
    }
    let place = |task: usize| {
        let found = parts.iter().position(|part| part.target == task);
        found.map_or((0, &parts[0]), |i| (i + 1, &parts[i]))
    };
    let head = |task: usize| {
        let (block, part) = place(task);
        let own = &part.model.heads[task];
        let mut head = DVector::zeros(module.ncols());
        head.rows_mut(block * r, own.len()).copy_from(own);
        head
    };
    let heads = (0..problem.training.data.len()).map(head).collect();
    SharedModel::new(module, heads)
}
