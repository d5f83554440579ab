//! The command `advise`: which real tasks to train together, in sentences.

use std::path::Path;

use super::facts::sentence;
use super::voice::{Done, Trouble, Voice};
use crate::advice::{self, AdviceTrials};
use crate::error::Invalid;
use crate::export;
use crate::figure::words;
use crate::job::AdviceFormat;
use crate::line::session::LineSession;
use crate::provenance::command;
use crate::store::{Over, write};

pub(super) fn advise(session: &mut LineSession<'_>, file: &str, voice: &mut Voice<'_>) -> Done {
    let path = Path::new(file);
    let format = AdviceFormat::of(path);
    if !file.is_empty() && format.is_none() {
        return Err(Invalid::new("advise", file, AdviceFormat::ALLOWED).into());
    }
    let scenario = session.scenario.clone();
    let found = advice::advise(&scenario, AdviceTrials::default(), &session.cancel, &|_| {})?;
    let found = found.ok_or(Trouble::Stopped)?;
    voice.say(&found.headline())?;
    voice.say_all(found.findings())?;
    for plan in &found.confirmed {
        let gain = plan.gain.map_or_else(|| "not known".to_owned(), |gain| words::gain(Some(gain)));
        let words = plan.plan.words(&found.tasks);
        voice.say(&format!("{}: {words}. Gain {gain}.", sentence(&plan.name)))?;
    }
    voice.say(&found.protocol())?;
    voice.say(advice::BESIDE_ADVICE)?;
    let Some(format) = format else { return Ok(()) };
    let command = command::advise(&session.name, scenario.draft());
    for (path, bytes) in
        export::advice::files(&found, &scenario, &session.name, &command, (format, path))?
    {
        write(&path, &bytes, Over::Nothing)?;
    }
    voice.say(&format!("The page is in {file}."))
}
