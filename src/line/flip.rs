//! The command `flip`: small changes that turn the verdict, in sentences.

use std::sync::Arc;

use super::change::change;
use super::voice::{Done, Trouble, Voice};
use crate::error::Invalid;
use crate::figure::words::flip as words;
use crate::flip::{FlipOptions, flip as search};
use crate::line::session::LineSession;
use crate::scenario::Scenario;
use crate::transfer::Verdict;

/// Lists the changes, or makes one of the last list.
pub(super) fn flip(session: &mut LineSession<'_>, asked: &str, voice: &mut Voice<'_>) -> Done {
    let goal = match asked {
        "" => None,
        "helps" => Some(Verdict::Helps),
        "hurts" => Some(Verdict::Hurts),
        _ => return make(session, asked, voice),
    };
    let scenario = session.scenario.clone();
    let found = search(
        &scenario,
        FlipOptions { goal, ..FlipOptions::default() },
        &session.cancel,
        &*(session.progress)(),
    );
    let found = found.map_err(|needed| Invalid::new("flip", &session.name, needed))?;
    let found = found.ok_or(Trouble::Stopped)?;
    voice.say(&words::now(&scenario, &found))?;
    voice.say(&words::found(&scenario, &found))?;
    for (place, change) in found.changes.iter().enumerate() {
        let (turns, said) = (words::turns(&scenario, change), words::confirmation(change));
        voice.say(&format!("{}. {turns}: {said}.", place + 1))?;
    }
    if let Some(head) = words::alternatives(&scenario, &found) {
        voice.say(&head)?;
    }
    for (alternative, place) in found.alternatives.iter().zip(found.changes.len() + 1..) {
        voice.say(&format!("{place}. {}.", words::alternative(&scenario, alternative)))?;
    }
    let changes = found.changes.iter().map(|change| change.scenario.clone());
    let others = found.alternatives.iter().map(|alternative| alternative.scenario.clone());
    let changes: Vec<Arc<Scenario>> = changes.chain(others).collect();
    if !changes.is_empty() {
        voice.say("Make the first with \"flip 1\"; undo takes it back.")?;
    }
    session.listed = Some((scenario.clone(), changes));
    voice.say_all(words::without(&scenario, &found))
}

/// Makes a change of the last list.
fn make(session: &mut LineSession<'_>, number: &str, voice: &mut Voice<'_>) -> Done {
    let listed = session.listed.as_ref().filter(|(scenario, _)| *scenario == session.scenario);
    let changes = listed.map_or(&[][..], |(_, changes)| changes);
    let place = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let allowed = match changes.len() {
        0 => "helps, hurts or nothing; a number once flip has listed changes of this scenario"
            .to_owned(),
        1 => "helps, hurts, nothing or 1".to_owned(),
        count => format!("helps, hurts, nothing or a number from 1 to {count}"),
    };
    let found = place.and_then(|place| changes.get(place)).cloned();
    let next = found.ok_or_else(|| Invalid::new("flip", number, allowed))?;
    change(session, (*next).clone(), voice)
}
