//! Prints the gain of Figure 3 of the paper beside the theory line, for three sources.

use taskscope::cancel::Cancel;
use taskscope::scenario::{Handle, Preset};
use taskscope::study::measure::{measure, predict};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("preset          rows      gain of the target      theory");
    for name in std::env::args().nth(1).map(|a| a.split(',').map(str::to_owned).collect::<Vec<_>>()).unwrap_or(vec!["fig3-task2".into(), "fig3-task3".into(), "fig3-task4".into()]) {
        let scenario = Preset::find(&name).ok_or("no such preset")?.scenario()?;
        let samples = Handle::find(scenario.draft(), "source.samples")?;
        for rows in [20.0, 40.0, 200.0, 400.0, 1_600.0, 1e6] {
            let here = scenario.with(samples, rows)?;
            let t=std::time::Instant::now();
            let measured = measure(&here, &Cancel::new(), |_| {}).ok_or("cancelled")?;
            let t1=t.elapsed();
            let theory = predict(&here).map_or(f64::NAN, |p| p.gain);
            let outcome = measured.outcomes[here.target()];
            let gain = outcome.gain.ok_or("no gain")?;
            println!(
                "{name:<14}{rows:>8}   {:+.3} ± {:.3} (n = {})   {theory:+.3} {:?} {:?} {:.2}",
                gain.mean,
                gain.half_width(),
                outcome.trials, t1, t.elapsed()-t1, outcome.helped
            );
        }
    }
    Ok(())
}
