//! The command `methods`: joint training, merging, fine-tuning and ridge side by side, in sentences.

use super::facts::{sentence, stopped};
use super::voice::{Done, Trouble, Voice};
use crate::error::Invalid;
use crate::figure::words::methods as words;
use crate::line::session::LineSession;
use crate::study::side_by_side::{compare, no_methods};

pub(super) fn methods(session: &mut LineSession<'_>, _: &str, voice: &mut Voice<'_>) -> Done {
    let scenario = session.scenario.clone();
    if let Some(reason) = no_methods(&scenario) {
        return Err(Invalid::new("methods", session.name.clone(), reason).into());
    }
    let found = compare(&scenario, &session.cancel, |_| {}).ok_or(Trouble::Stopped)?;
    voice.say(&words::alone(&scenario, &found))?;
    voice.say_all(words::methods(&found).into_iter().map(|said| stopped(&sentence(&said))))?;
    voice.say("The command set model.method merge trains by one of them.")
}
