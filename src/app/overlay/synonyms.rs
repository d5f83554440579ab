//! Other words by which people look for an action, a knob, a setting or a topic.

/// The beginning of an entry's name, and the words that also find it.
const SYNONYMS: &[(&str, &str)] = &[
    ("show-lab", "home start playground sliders main"),
    ("show-tasks", "table edit add task covariance spectrum data"),
    ("show-theory", "why reason explain formula equation bound negative transfer bias variance"),
    ("show-affinity", "matrix heatmap pairs grouping clusters which tasks together compare tasks"),
    ("show-sweep", "phase diagram heatmap heat map grid two knobs curve parameter scan study"),
    ("show-runs", "compare history results studies differences overlay"),
    ("show-lessons", "tutorial teach course exercise quiz class negative transfer learn"),
    ("show-advice", "recommend decide real data which tasks together"),
    ("export-study", "save csv json table folder results download"),
    ("export-screen", "screenshot print screen picture"),
    (
        "export",
        "save figure picture image chart plot png svg pdf csv latex tex paper figure download",
    ),
    ("pin", "compare keep before after ghost reference overlay"),
    ("scatter", "proxy correlation gradient similarity plot"),
    ("next-method", "compare weights alignment"),
    ("save", "write store json scenario file"),
    ("open", "load preset file csv npy import data example"),
    ("undo", "back revert"),
    ("share", "link copy command string"),
    ("flip", "what should i change turn the verdict smallest change break-even threshold advice"),
    (
        "methods",
        "merge merging model soup task arithmetic fine-tune finetuning transfer compare ways",
    ),
    ("new-draw", "seed random reshuffle resample"),
    ("run", "train training gradient descent start"),
    ("rewind", "reset restart"),
    ("crosshair", "read value cursor point number"),
    ("inspect", "what is this explain meaning symbol glossary"),
    ("tour", "tutorial introduction start beginner negative transfer first"),
    ("panes", "calm simple full expert layout view more less"),
    ("settings", "theme colours colors preferences options dark light"),
    ("next-theme", "dark light colours colors contrast"),
    ("present", "projector big large font classroom teacher"),
    ("zoom", "fullscreen full screen maximise enlarge"),
    ("help", "keys shortcuts manual"),
    ("quit", "exit close leave"),
    ("recover", "restore crash session"),
    ("set theme", "colours colors dark light appearance"),
    ("set colours", "colors depth"),
    ("set marks", "braille ascii characters font"),
    ("open fig3-task2", "paper figure 3 reproduce"),
    ("open fig3-task3", "paper figure 3 reproduce"),
    ("open fig3-task4", "paper figure 3 reproduce"),
    ("guide claims", "paper figure reproduce claims"),
    ("guide verdicts", "negative transfer gain helps hurts meaning interval"),
    ("guide sweeps", "phase diagram heatmap break-even"),
    ("guide figures", "paper figure latex tex png svg pdf csv export"),
    ("guide real-data", "csv npy import own data embeddings"),
    ("guide weights", "svd uncertainty task weighting loss balancing"),
    ("guide alignment", "algorithm 1 covariance pretrain transfer learning fine-tuning"),
    ("guide lessons", "teacher classroom class"),
    ("guide theory", "formula equation bias variance negative transfer"),
];

/// The words that also find an entry with this name.
pub(super) fn of(name: &str) -> &'static str {
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let known = SYNONYMS.iter().find(|(begins, _)| name.strip_prefix(begins).is_some_and(ends));
    known.map_or("", |(_, words)| words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::ACTIONS;
    use crate::app::settings::SETTINGS;
    use crate::guide::TOPICS;
    use crate::scenario::preset::PRESETS;

    #[test]
    fn every_name_with_synonyms_is_that_of_an_action_a_setting_or_a_topic() {
        for (name, _) in SYNONYMS {
            let known = ACTIONS.iter().any(|action| action.name == *name)
                || SETTINGS.iter().any(|setting| format!("set {}", setting.name) == *name)
                || PRESETS.iter().any(|preset| format!("open {}", preset.name) == *name)
                || TOPICS.iter().any(|topic| format!("guide {}", topic.name) == *name);
            assert!(known, "{name}");
        }
    }
}
