//! The command `flip`: small changes that turn the verdict, in sentences.

use super::voice::{Done, Trouble, Voice};
use crate::error::Invalid;
use crate::figure::words::flip as words;
use crate::flip::{FlipOptions, flip as search, unpredicted};
use crate::line::session::LineSession;
use crate::transfer::Verdict;

pub(super) fn flip(session: &mut LineSession<'_>, goal: &str, voice: &mut Voice<'_>) -> Done {
    let goal = match goal {
        "" => None,
        "helps" => Some(Verdict::Helps),
        "hurts" => Some(Verdict::Hurts),
        _ => return Err(Invalid::new("flip", goal, "helps, hurts or nothing").into()),
    };
    let scenario = session.scenario.clone();
    let found = search(&scenario, FlipOptions { goal }, &session.cancel, &|_| {});
    let found = found.map_err(|reason| unpredicted(&session.name, reason))?;
    let found = found.ok_or(Trouble::Stopped)?;
    voice.say(&words::now(&scenario, &found))?;
    voice.say(&words::found(&scenario, &found))?;
    for (place, change) in found.changes.iter().enumerate() {
        let (turns, said) = (words::turns(&scenario, change), words::confirmation(change));
        voice.say(&format!("{}. {turns}: {said}.", place + 1))?;
        let settings = change.turns.iter().map(|turn| {
            let path = turn.handle.path(scenario.draft());
            format!("\"set {path} {}\"", turn.handle.knob.exact(turn.to))
        });
        voice.say(&format!("Make it with {}.", settings.collect::<Vec<_>>().join(" and ")))?;
    }
    voice.say_all(words::without(&scenario, &found))
}
