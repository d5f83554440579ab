//! The `taskscope` program; everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    taskscope::cli::main()
}
