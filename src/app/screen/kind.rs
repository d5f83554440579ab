//! The screens, and the contexts on them in which keys have different meanings.

use crate::app::key::Key;

/// Declares the screens in the order of their digits: name, id, purpose, and the contexts for
/// keys that are parts of it, with their names.
macro_rules! screens {
    ($($screen:ident $id:literal $purpose:literal [$($context:ident $name:literal),+]
        $(in lesson [$($step:ident $step_name:literal),+])?,)+) => {
        /// A screen.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Screen {
            $(#[doc = $purpose] $screen,)+
        }

        impl Screen {
            /// All screens, in the order of their digits.
            const ALL: &'static [Self] = &[$(Self::$screen),+];

            /// Its name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$screen => stringify!($screen)),+ }
            }

            /// Its name on the command line and in file names.
            pub fn id(self) -> &'static str {
                match self { $(Self::$screen => $id),+ }
            }

            /// What it is for.
            pub(in crate::app) fn purpose(self) -> &'static str {
                match self { $(Self::$screen => $purpose),+ }
            }

            /// The name of the action that shows it.
            pub(in crate::app) fn action_name(self) -> &'static str {
                match self { $(Self::$screen => concat!("show-", $id)),+ }
            }

            /// The contexts for keys that are parts of it, in the order of the help.
            pub(in crate::app) fn contexts(self) -> &'static [KeyContext] {
                match self {
                    $(Self::$screen => &[$(KeyContext::$context,)+ $($(KeyContext::$step,)+)?]),+
                }
            }
        }

        /// A context for keys: a screen or part of one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum KeyContext {
            $($(#[doc = concat!("The ", $name, " of the ", stringify!($screen), " screen.")] $context,)+)+
            $($($(#[doc = concat!("A ", $step_name, " of the ", stringify!($screen), " screen.")] $step,)+)?)+
        }

        impl KeyContext {
            /// All contexts. Those in a lesson stand last.
            pub const ALL: &'static [Self] = &[
                $($(Self::$context,)+)+
                $($($(Self::$step,)+)?)+
            ];

            /// All contexts outside a lesson.
            pub const OUTSIDE: &'static [Self] = &[$($(Self::$context,)+)+];

            /// Its name.
            pub fn name(self) -> &'static str {
                match self {
                    $($(Self::$context => $name,)+)+
                    $($($(Self::$step => $step_name,)+)?)+
                }
            }

            /// The screen it is a part of.
            pub fn screen(self) -> Screen {
                match self {
                    $($(Self::$context => Screen::$screen,)+)+
                    $($($(Self::$step => Screen::$screen,)+)?)+
                }
            }
        }
    };
}

screens! {
    Lab "lab" "the Lab: one scenario and its knobs" [Lab "Lab", Crosshair "cross-hair"],
    Tasks "tasks" "Tasks: edit all tasks of the scenario" [Tasks "table"],
    Theory "theory" "Theory: the reason for the verdict, with its numbers" [Theory "Theory"],
    Affinity "affinity" "Affinity: which task gains from which" [Matrix "matrix"],
    Sweep "sweep" "Sweep: the gain along a knob, or across two" [Form "form", Chart "chart"],
    Runs "runs" "Runs: all studies of this session, side by side" [Runs "list"],
    Lessons "lessons" "Lessons: predict, commit, reveal; and scenarios to explore"
        [Lessons "lessons"] in lesson [Lesson "lesson", Question "question", Bench "bench"],
    Advice "advice" "Advice: which real tasks to train together, and how sure that is"
        [Advice "page"],
}

/// The digit keys.
const DIGITS: &[Key] = &{
    use Key::Char;
    [
        Char('1'),
        Char('2'),
        Char('3'),
        Char('4'),
        Char('5'),
        Char('6'),
        Char('7'),
        Char('8'),
        Char('9'),
    ]
};

impl Screen {
    /// All screens, in the order of their digits.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> {
        Self::ALL.iter().copied()
    }

    /// The digit key that shows it.
    pub(in crate::app) fn keys(self) -> &'static [Key] {
        &DIGITS[self as usize..][..1]
    }

    /// The digit that shows it.
    pub fn digit(self) -> char {
        char::from_digit(self as u32 + 1, 10).unwrap_or('0')
    }
}

impl KeyContext {
    /// Returns true for a step of a lesson, which only Esc leaves.
    pub fn is_in_lesson(self) -> bool {
        !Self::OUTSIDE.contains(&self)
    }

    /// The contexts listed together in the help: all those of its screen; for a step of a lesson,
    /// only itself.
    pub fn listed_together(self) -> Vec<Self> {
        if self.is_in_lesson() {
            return vec![self];
        }
        let all = self.screen().contexts().iter().copied();
        all.filter(|context| !context.is_in_lesson()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_screen_has_an_id_and_a_digit_of_its_own() {
        let distinct = |of: fn(Screen) -> String| Screen::all().map(of).collect::<HashSet<_>>();
        assert_eq!(distinct(|screen| screen.id().to_owned()).len(), Screen::ALL.len());
        for (screen, digit) in Screen::all().zip('1'..='9') {
            assert_eq!((screen.digit(), screen.keys()), (digit, &[Key::Char(digit)][..]));
        }
    }

    #[test]
    fn the_steps_of_a_lesson_are_the_contexts_in_a_lesson() {
        let inside = [KeyContext::Lesson, KeyContext::Question, KeyContext::Bench];
        for context in KeyContext::ALL {
            assert_eq!(context.is_in_lesson(), inside.contains(context), "{context:?}");
        }
    }
}
