//! Commands of line mode.

use std::io::Cursor;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use taskscope::line::{self, Conversation, Interrupts, commands};

use super::run::Target;
use super::scenarios;
use crate::support::common::{preset, with_trials};

pub(super) const LINE: Target = Target { name: "", changes: 0, words, seeds, check: converse };

/// Most commands of an input.
const MOST: usize = 6;
/// Time after which a command is interrupted.
const PATIENCE: Duration = Duration::from_millis(100);

fn words() -> Vec<String> {
    let names = commands().map(|command| command.name.to_owned());
    let knobs = ["target", "source", "model"].into_iter().flat_map(|owner| {
        scenarios::words().into_iter().map(move |name| format!("{owner}.{name}"))
    });
    names.chain(knobs).chain(scenarios::words()).collect()
}

fn seeds() -> Vec<Vec<u8>> {
    [
        "show\nset source.angle 60\nwhy\nundo\nredo\nshare\n",
        "knobs\ntasks\nhelp sweep\nset source.samples 100\nrun\n",
        "sweep source.angle=0:90:3\nadd\ndelete source\nundo\n",
        "source.noise=2\ncopy source\ntrials 4\nseed 3\naffinity\n",
        "open signs\nset source.angle 30\nwhy all\nmethods\nopen three-tasks\nshow\n",
        "flip\nflip helps\nflip 1\nundo\nquit\n",
        "open svd-weights\ntrials 2\nmethods\nopen capacity\nset model.width 2\nwhy\n",
        "source.covariance=random\nset target.noise 1e6\nset source.condition 1e12\nrun\n",
    ]
    .map(|text| text.as_bytes().to_vec())
    .into()
}

/// A command that writes or reads a file is left out.
fn is_harmless(line: &[u8]) -> bool {
    let text = String::from_utf8_lossy(line);
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    let argument = words.next();
    let writes = ["save", "advise"].iter().any(|name| first.starts_with(&name[..2]));
    argument.is_none() || (!writes && !text.contains(['/', '\\']))
}

fn converse(bytes: &[u8]) {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let input = lines.filter(|line| is_harmless(line)).take(MOST).collect::<Vec<_>>().concat();
    let mut output = Vec::new();
    let interrupts = Interrupts::default();
    let open = |name: &str| {
        let scenario = taskscope::lesson::catalog::preset(name)?;
        Ok((name.to_owned(), with_trials(&scenario, 2)))
    };
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                std::thread::park_timeout(PATIENCE);
                interrupts.ask();
            }
        });
        // The other thread ends too if this one panics.
        struct End<'a>(&'a AtomicBool);
        impl Drop for End<'_> {
            fn drop(&mut self) {
                self.0.store(true, Ordering::Relaxed);
            }
        }
        let _end = End(&done);
        let mut conversation = Conversation {
            progress: || Box::new(|_| ()),
            input: &mut Cursor::new(&input),
            output: &mut output,
            attended: false,
            interrupts: interrupts.clone(),
        };
        let scenario = with_trials(&preset("two-tasks"), 2);
        line::run("two-tasks".into(), scenario, &open, &mut conversation).unwrap();
    });
    let said = String::from_utf8(output).unwrap();
    for line in said.lines() {
        assert!(!line.contains(char::is_control), "{line:?}");
        let is_copied = ["ts1:", "taskscope "].iter().any(|start| line.starts_with(start));
        assert!(is_copied || line.ends_with(['.', '?']), "{line:?}");
    }
    let asked = String::from_utf8_lossy(&input).to_lowercase();
    let answers = said.lines().filter(|line| !line.starts_with("Not done: "));
    let answers = answers.collect::<Vec<_>>().join("\n");
    let words = answers.split(|c: char| c.is_whitespace() || "(),;\"=:".contains(c));
    for word in words.map(|word| word.trim_matches(['.', '±'])) {
        let is_bad = ["nan", "inf", "-inf", "−inf", "-0", "−0"].contains(&&*word.to_lowercase());
        assert!(!is_bad || asked.contains(&word.to_lowercase()), "{word}: {said}");
    }
}
