//! The guide: what taskscope shows and how to use it, one file per topic.
//!
//! The texts are Markdown files in `assets/guide`. They are shown here, in a terminal
//! (`taskscope guide TOPIC`), in the help of the screen and on the web. Tables that repeat a table
//! of the code are enclosed in `<!-- table: NAME -->` and `<!-- end -->`; a test writes them.

mod html;
pub mod text;

pub use html::{GENERATOR, page_in_html};
pub use text::{TextLine, laid_out};

/// A topic of the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic {
    /// Name of the topic and of its file in `assets/guide`, without the extension.
    pub name: &'static str,
    /// The text in Markdown; the first line is the title.
    pub text: &'static str,
}

impl Topic {
    /// Finds a topic by its name.
    pub fn find(name: &str) -> Option<&'static Self> {
        TOPICS.iter().find(|topic| topic.name == name)
    }

    /// The title.
    pub fn title(&self) -> &'static str {
        self.text.lines().next().unwrap_or_default().trim_start_matches("# ")
    }
}

/// A module for each topic, so that rustdoc shows its text, and the table of all topics.
macro_rules! topics {
    ($($module:ident = $name:literal,)+) => {
        $(
            #[doc = include_str!(concat!("../assets/guide/", $name, ".md"))]
            pub mod $module {}
        )+

        /// All topics, in the recommended reading order.
        pub static TOPICS: &[Topic] = &[
            $(Topic {
                name: $name,
                text: include_str!(concat!("../assets/guide/", $name, ".md")),
            },)+
        ];
    };
}

topics! {
    start = "start",
    screens = "screens",
    keys = "keys",
    verdicts = "verdicts",
    theory = "theory",
    covariance = "covariance",
    weights = "weights",
    alignment = "alignment",
    methods = "methods",
    real_data = "real-data",
    scenarios = "scenarios",
    knobs = "knobs",
    sweeps = "sweeps",
    affinity = "affinity",
    studies = "studies",
    figures = "figures",
    lessons = "lessons",
    writing_lessons = "writing-lessons",
    line_mode = "line-mode",
    claims = "claims",
    commands = "commands",
    settings = "settings",
    speed = "speed",
    developing = "developing",
    security = "security",
    changes = "changes",
}
