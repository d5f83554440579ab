//! The `taskscope` program; everything it does is in the library.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Optima ask for many matrices that live briefly, which this allocator hands out faster than that
/// of the system.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    taskscope::cli::main()
}
