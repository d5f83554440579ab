//! Studies in sentences: the gain along a knob, and the affinity of tasks.

use super::change::find;
use super::facts::{sentence, stopped};
use super::voice::{Done, Trouble, Voice};
use crate::advice::BESIDE_AFFINITY;
use crate::cancel::Cancel;
use crate::error::Invalid;
use crate::figure::affinity::agreement;
use crate::figure::{finding, surrogate, words};
use crate::line::session::LineSession;
use crate::runner;
use crate::scenario::protocol;
use crate::study::affinity::Insight;
use crate::study::caution::of_rows;
use crate::study::draft::{NamedScenario, Question};
use crate::study::groups::{self, pairs};
use crate::study::probe::PROXIES;
use crate::study::range::Range;
use crate::study::suggestion::SuggestedPlan;
use crate::study::{Shard, Study, StudyDraft, StudyResults, engine};
use crate::transfer::{Outcome, Verdict};

pub(super) fn sweep(session: &mut LineSession<'_>, range: &str, voice: &mut Voice<'_>) -> Done {
    let path = |path: &str| {
        let handle = find(&session.scenario, path)?;
        Ok::<_, Invalid>(handle.path(session.scenario.draft()))
    };
    let x = match range.split_once('=') {
        Some((knob, values)) => format!("{}={}", path(knob.trim())?, values.trim()),
        None if range.is_empty() => session.focus.path(session.scenario.draft()),
        None => path(range)?,
    };
    Range::parse("sweep", &x)?.values_in("sweep", &session.scenario)?;
    let results = results(session, Question::Sweep { x: vec![x], y: None }, voice)?;
    for line in results.study.lines() {
        let scenario = &session.scenario;
        voice.say(&format!(
            "Gain of {} along {}, {} trials per point at {}.",
            words::targets(scenario),
            line.x.path,
            scenario.trials(),
            words::optima(&results, line.cells(), 0)
        ))?;
        voice.say_all(protocol::fixed_rows(scenario))?;
        voice.say_all(of_rows(scenario).into_iter().map(|c| format!("Beware: {c}")))?;
        for point in results.points(line, 0) {
            let theory = results.prediction(point.cell).map_or_else(String::new, |theory| {
                format!("; theory {}", words::prediction(theory))
            });
            let at = words::value_of(line.x.handle, point.x);
            voice.say(&format!("{} {at}: {}{theory}.", line.x.path, measured(point.outcome)))?;
        }
        for crossing in results.crossings(line, 0) {
            let words = words::crossing(scenario, line.x.handle, &crossing);
            voice.say(&stopped(&sentence(&words)))?;
        }
    }
    voice.say(&stopped(&sentence(&finding::words(&results))))
}

pub(super) fn affinity(session: &mut LineSession<'_>, asked: &str, voice: &mut Voice<'_>) -> Done {
    let random = match asked {
        "" => false,
        "groups" => true,
        other => {
            let allowed = "nothing, or groups to train random groups too";
            return Err(Invalid::new("affinity", other, allowed).into());
        }
    };
    let subsets = if random { groups::subsets(session.scenario.tasks().len()) } else { 0 };
    let question = groups::question(subsets);
    let results = results(session, question, voice)?;
    let names = results.tasks();
    for (task, partner) in pairs(names.len()) {
        if let Some(outcome) = results.pair(task, partner) {
            let pair = format!("{} with {}", names[task], names[partner]);
            voice.say(&format!("{pair}: {}.", measured(outcome)))?;
        }
    }
    for (task, name) in names.iter().enumerate().filter(|_| names.len() > 2) {
        if let Some(outcome) = results.together(task) {
            voice.say(&format!("{name} with all others: {}.", measured(outcome)))?;
        }
    }
    let groups = words::optima(&results, 1..results.study.cells().len(), 0);
    voice.say(&format!(
        "Pairs are at {groups}, all together at {}.",
        words::optima(&results, 0..1, 0)
    ))?;
    let insight = insight(&results, &session.cancel);
    if let Some(insight) = insight.ok_or(Trouble::Stopped)? {
        say_insight(&results, &insight, voice)?;
    }
    voice.say(&stopped(&sentence(&finding::words(&results))))
}

/// Computes the results about proxies and plans; `None` if stopped.
fn insight(results: &StudyResults, cancel: &Cancel) -> Option<Option<Insight>> {
    let mut insight = results.insight(results.models());
    if let Some(insight) = &mut insight {
        results.confirm_plans(insight, cancel);
    }
    (!cancel.is_cancelled()).then_some(insight)
}

fn say_insight(results: &StudyResults, insight: &Insight, voice: &mut Voice<'_>) -> Done {
    let names = results.tasks();
    for (proxy, found) in PROXIES.iter().zip(&insight.agreements) {
        let name = sentence(proxy.name);
        voice.say(&format!("{name} and the gains: {}.", agreement(found.as_ref())))?;
    }
    if let Some(found) = insight.surrogate.as_ref().and_then(|found| found.agreement) {
        voice.say(&format!("The surrogate of groups: {}.", surrogate::agreement(&found)))?;
    }
    let by_surrogate = insight.surrogate.as_ref().and_then(|found| found.plan.as_ref());
    let plans = [("", insight.by_pairs.as_ref()), (" by the surrogate", by_surrogate)];
    for (by, plan) in plans {
        if let Some(plan) = plan {
            say_plan(&names, by, plan, voice)?;
        }
    }
    voice.say(BESIDE_AFFINITY)
}

fn say_plan(names: &[String], by: &str, plan: &SuggestedPlan, voice: &mut Voice<'_>) -> Done {
    let found = &plan.suggestion;
    for (number, group) in found.plan.iter().enumerate() {
        let members: Vec<&str> = group.iter().map(|task| names[*task].as_str()).collect();
        voice.say(&format!("Suggested model {}{by}: {}.", number + 1, members.join(" and ")))?;
    }
    if let Some(confirmed) = plan.confirmation {
        let gains = words::confirmed(plan, &confirmed);
        for (what, gain) in ["these models", "one model"].into_iter().zip(gains) {
            voice.say(&format!(
                "Mean gain over the tasks with {what}: {gain}, n = {} further trials.",
                confirmed.trials
            ))?;
        }
    }
    Ok(())
}

/// Runs a study of the open scenario.
fn results(
    session: &LineSession<'_>,
    question: Question,
    voice: &mut Voice<'_>,
) -> Result<StudyResults, Trouble> {
    let mut scenario = session.scenario.draft().clone();
    scenario.compare.clear();
    let entry = NamedScenario { name: session.name.clone(), scenario };
    let study = Study::check(StudyDraft::new(question, vec![entry]))?;
    let (cells, trials) = (study.cells().len(), session.scenario.trials());
    voice.say(&format!("Measuring {cells} settings with {trials} trials each."))?;
    let mut results = StudyResults::lean(study)?;
    let theory = engine::predictions(&results.study, &session.cancel).ok_or(Trouble::Stopped)?;
    results.theory = theory.into();
    let records = results.records.clone();
    let ran = runner::run(&results.study, records, Shard::WHOLE, &session.cancel, |_| Ok(()));
    results.records = ran?.ok_or(Trouble::Stopped)?;
    Ok(results)
}

/// A gain with n and its verdict.
fn measured(outcome: &Outcome) -> String {
    let verdict = match outcome.verdict {
        Verdict::Helps => "helps",
        Verdict::Hurts => "HURTS",
        Verdict::NoDifference => "no difference",
        Verdict::Undecided => "undecided",
        Verdict::SameTrials => "no verdict: every trial is the same",
        Verdict::OneTask => "one task",
    };
    format!("{}, n = {}, {verdict}", words::effect(outcome), outcome.trials)
}
