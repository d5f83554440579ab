//! The search for values at which an axis has ticks.

use super::axis::{Axis, AxisScale, Tick, TickFormat};

/// Ticks of gains may be this many times farther apart than they must, to be rounder.
const WINDOW: f64 = 2.4;
/// Wanted ticks of gains on either side of zero, and the shares of the usual distance between ticks
/// that are tried for them.
const SIDE: usize = 3;
const CLOSER: [f64; 4] = [1.0, 0.85, 0.7, 0.6];

/// Most decimal places of a percentage at a tick.
const MOST_PLACES: usize = 6;

impl Axis {
    /// Returns about `most` ticks at round values, in ascending position. Names get a tick at every
    /// whole number, or at every second, third and so on.
    pub fn ticks(&self, most: usize) -> Vec<Tick> {
        let (low, high) = (self.from.min(self.to), self.from.max(self.to));
        let most = most.max(2);
        if !(low.is_finite() && high.is_finite() && low < high) {
            return Vec::new();
        }
        let mut values = values(self, (low, high), most);
        if self.from > self.to {
            values.reverse();
        }
        let whole = matches!(self.format, TickFormat::Whole | TickFormat::Names(_));
        values.retain(|v| self.holds(*v) && (!whole || v.fract() == 0.0));
        let places = self.places(&values);
        let tick = |&at: &f64| Tick { at, text: self.write_to(at, places) };
        values.iter().map(tick).collect()
    }

    /// The decimal places that tell percentages at the ticks apart and write each without a
    /// rounding error.
    fn places(&self, values: &[f64]) -> usize {
        if !self.format.is_percent() {
            return 0;
        }
        let exact = |places: usize| {
            let shown = |value: &f64| 100.0 * value * 10_f64.powi(places as i32);
            values.iter().map(shown).all(|shown| (shown - shown.round()).abs() < 1e-4)
        };
        (0..MOST_PLACES).find(|places| exact(*places)).unwrap_or(MOST_PLACES)
    }
}

/// Returns about `most` round values between two ends, in ascending order.
fn values(axis: &Axis, (low, high): (f64, f64), most: usize) -> Vec<f64> {
    match (&axis.format, axis.scale) {
        (TickFormat::Names(_), _) => whole(low, high, most),
        (TickFormat::At(values), _) => thinned(values, most),
        (_, AxisScale::Log) if low > 0.0 => {
            let values = log(low, high, most);
            let few = values.len() < 3 && high / low < 5.0;
            if few { linear(low, high, most, false) } else { values }
        }
        (_, AxisScale::Log) => Vec::new(),
        (_, AxisScale::Gain) => gains(low, high, most),
        (_, AxisScale::Linear) => {
            let degrees = axis.format == TickFormat::Degrees;
            let ticks = |most| linear(low, high, most, degrees);
            let enough = (most..most + 3).map(ticks).find(|ticks| ticks.len() > 1);
            enough.unwrap_or_else(|| ticks(most))
        }
    }
}

fn linear(low: f64, high: f64, most: usize, degrees: bool) -> Vec<f64> {
    let rough = (high - low) / most as f64;
    let power = 10f64.powf(rough.log10().floor());
    let turns = [15.0, 30.0, 45.0, 60.0, 90.0, 180.0]
        .into_iter()
        .find(|&s| degrees && rough > 1.0 && s >= rough);
    let tens =
        [1.0, 2.0, 2.5, 5.0, 10.0].map(|s| s * power).into_iter().find(|&s| s >= rough * 0.999);
    let step = turns.or(tens).unwrap_or(power * 10.0);
    if !(step.is_normal() && (high / step).abs() < 1e15 && (low / step).abs() < 1e15) {
        return Vec::new();
    }
    let first = (low / step - 1e-9).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    (first..=last).map(|i| i as f64 * step).collect()
}

/// Ticks at round gains from 0 on, both ways, about equally far apart on the scale, so that there
/// are at most about `most`.
fn gains(low: f64, high: f64, most: usize) -> Vec<f64> {
    if (1.0 - low) / (1.0 - high) < 2.0 {
        return linear(low, high, most, false);
    }
    let place = |gain: f64| AxisScale::Gain.place(gain);
    let apart = (place(high) - place(low)) / most as f64;
    let walk = |ways: Vec<(f64, u8)>, room: f64, apart: f64| -> Vec<f64> {
        let mut ticks = Vec::new();
        let mut last = 0.0;
        loop {
            let far = |gain: f64| (place(gain) - last).abs();
            let near = |limit: f64| {
                let beyond = ways.iter().filter(|(gain, _)| place(*gain).abs() > last.abs());
                beyond.filter(move |(gain, _)| (apart..=limit).contains(&far(*gain)))
            };
            let roundest = |limit: f64| near(limit).min_by_key(|(_, rank)| *rank).copied();
            let found = roundest(WINDOW * apart).or_else(|| near(f64::INFINITY).next().copied());
            match found.filter(|(gain, _)| place(*gain).abs() <= room) {
                Some((gain, _)) => {
                    ticks.push(gain);
                    last = place(gain);
                }
                None => return ticks,
            }
        }
    };
    let inside = |gain: &f64| (low..=high).contains(gain);
    let side = |ways: Vec<(f64, u8)>, room: f64| -> Vec<f64> {
        let room = room.max(0.0);
        let ticks = |part: f64| -> Vec<f64> {
            walk(ways.clone(), room, part * apart).into_iter().filter(inside).collect()
        };
        let ways = CLOSER.map(ticks);
        let most = ways.iter().map(Vec::len).max().unwrap_or(0).min(SIDE);
        ways.into_iter().find(|ticks| ticks.len() >= most).unwrap_or_default()
    };
    let above = side(saved().filter(|(gain, _)| *gain <= high).collect(), place(high));
    let below = side(lost().filter(|(gain, _)| *gain >= low).collect(), -place(low));
    below.into_iter().rev().chain(Some(0.0).filter(inside)).chain(above).collect()
}

/// Round gains above 0, the least first, with ranks: the smaller, the rounder.
fn saved() -> impl Iterator<Item = (f64, u8)> {
    let ninths = |power: i32| {
        (1..=9).rev().map(move |left| (1.0 - f64::from(left) * 10_f64.powi(power), rank(left)))
    };
    (-6..0).rev().flat_map(ninths)
}

/// Round gains below 0, the greatest first, with ranks.
fn lost() -> impl Iterator<Item = (f64, u8)> {
    let ninths =
        |power: i32| (1..=9).map(move |lost| (-f64::from(lost) * 10_f64.powi(power), rank(lost)));
    (-1..7).flat_map(ninths)
}

/// How round a digit is: 1, then 5, then 2, then 3, then the others.
fn rank(digit: i32) -> u8 {
    match digit {
        1 => 0,
        5 => 1,
        2 => 2,
        3 | 8 => 3,
        _ => 4,
    }
}

fn whole(low: f64, high: f64, most: usize) -> Vec<f64> {
    let (first, last) = ((low - 1e-9).ceil().max(0.0), (high + 1e-9).floor().min(1e6));
    if first > last {
        return Vec::new();
    }
    let stride = (last as usize - first as usize + 1).div_ceil(most);
    (first as usize..=last as usize).step_by(stride).map(|whole| whole as f64).collect()
}

/// Every value, or every second, third and so on, so that there are at most `most`.
fn thinned(values: &[u64], most: usize) -> Vec<f64> {
    let stride = values.len().div_ceil(most).max(1);
    values.iter().step_by(stride).map(|value| *value as f64).collect()
}

/// Ticks at decades. With enough room 2 and 5 (or 3) are added; with too little only every second
/// or third decade is kept. If there are few ticks, other values are added.
fn log(low: f64, high: f64, most: usize) -> Vec<f64> {
    let (first, last) = (low.log10().floor() as i32, high.log10().ceil() as i32);
    let inside = |v: &f64| (low * (1.0 - 1e-9)..=high * (1.0 + 1e-9)).contains(v);
    let of = |between: &[f64]| -> Vec<f64> {
        let power = |power: i32| between.iter().map(move |b| b * 10f64.powi(power));
        (first..=last).flat_map(power).filter(inside).collect()
    };
    let usual = of(&[1.0, 2.0, 5.0]);
    let few = usual.len() < 3;
    let fine = (few && high / low < 5.0).then(|| of(&[1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0]));
    let close = few.then(|| of(&[1.0, 2.0, 3.0, 5.0]));
    let ways = [fine, close, Some(usual), Some(of(&[1.0, 3.0]))];
    if let Some(values) = ways.into_iter().flatten().find(|values| values.len() <= most) {
        return values;
    }
    let stride = ((last - first) as usize).div_ceil(most).max(1) as i32;
    let decades = (first..=last).filter(|power| power.rem_euclid(stride) == 0);
    decades.map(|power| 10f64.powi(power)).filter(inside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(scale: AxisScale, from: f64, to: f64, format: TickFormat) -> Axis {
        Axis { label: String::new(), scale, from, to, format }
    }

    fn texts(axis: &Axis, most: usize) -> Vec<String> {
        axis.ticks(most).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn ticks_stand_at_round_values() {
        let a = axis(AxisScale::Linear, 0.0, 180.0, TickFormat::Degrees);
        assert_eq!(texts(&a, 7), ["0°", "30°", "60°", "90°", "120°", "150°", "180°"]);
        let a = axis(AxisScale::Log, 10.0, 1e6, TickFormat::Number);
        assert_eq!(texts(&a, 6), ["10", "100", "1000", "10k", "100k", "1M"]);
        let a = axis(AxisScale::Linear, -0.35, 0.62, TickFormat::Percent);
        assert_eq!(texts(&a, 5), ["−20 %", "0", "+20 %", "+40 %", "+60 %"]);
    }

    #[test]
    fn gains_on_a_logarithmic_ratio_have_round_ticks_for_every_room() {
        let a = axis(AxisScale::Gain, -5.2, 0.94, TickFormat::Percent);
        assert_eq!(texts(&a, 6), ["−500 %", "−100 %", "0", "+50 %", "+80 %", "+90 %"]);
        for most in 3..9 {
            let ticks = texts(&a, most);
            assert!(ticks.len() > 2 && ticks.len() <= most + 2, "{most}: {ticks:?}");
        }
    }

    #[test]
    fn gains_far_above_zero_have_three_ticks_there_even_with_little_room() {
        let a = axis(AxisScale::Gain, -4.2, 0.955, TickFormat::Percent);
        for most in 5..8 {
            let above = texts(&a, most).into_iter().filter(|text| text.starts_with('+'));
            assert!(above.count() >= 3, "{most}: {:?}", texts(&a, most));
        }
    }

    #[test]
    fn gains_have_ticks_on_both_sides_of_zero_that_are_about_equally_far_apart() {
        for (from, to) in [(-1.3, 0.96), (-0.9, 0.95), (-25.0, 0.9), (-3.0, 0.5)] {
            let a = axis(AxisScale::Gain, from, to, TickFormat::Percent);
            for most in 8..12 {
                let ticks = a.ticks(most);
                assert!(ticks.iter().any(|t| t.at < 0.0) && ticks.iter().any(|t| t.at > 0.0));
                let gaps: Vec<f64> =
                    ticks.windows(2).map(|t| a.share(t[1].at) - a.share(t[0].at)).collect();
                let near = CLOSER[3] / most as f64;
                assert!(gaps.iter().all(|gap| *gap > 0.99 * near), "{from} {to} {most}: {ticks:?}");
            }
        }
    }

    #[test]
    fn the_decimals_of_percentages_follow_their_step_so_that_no_two_ticks_look_alike() {
        let a = axis(AxisScale::Linear, -0.013, 0.003, TickFormat::Percent);
        for most in 2..12 {
            let mut shown = texts(&a, most);
            let count = shown.len();
            shown.dedup();
            assert_eq!(shown.len(), count, "{shown:?}");
        }
        let a = axis(AxisScale::Linear, -0.0012, 0.0022, TickFormat::Percent);
        assert_eq!(
            texts(&a, 7),
            ["−0.10 %", "−0.05 %", "0", "+0.05 %", "+0.10 %", "+0.15 %", "+0.20 %"]
        );
    }

    #[test]
    fn names_stand_at_whole_numbers_or_at_every_second_one() {
        let a = Axis::of_names("task", ["a", "b", "c", "d", "e"]);
        assert_eq!(texts(&a, 5), ["a", "b", "c", "d", "e"]);
        assert_eq!(texts(&a, 3), ["a", "c", "e"]);
        assert_eq!(a.share(2.0), 0.5);
        assert_eq!(a.write(-1.0), "");
    }

    #[test]
    fn where_round_values_are_rare_there_are_still_two_ticks() {
        let a = axis(AxisScale::Linear, -0.9, 0.9, TickFormat::Percent);
        assert_eq!(texts(&a, 2), ["−50 %", "0", "+50 %"]);
    }

    #[test]
    fn a_falling_axis_has_its_ticks_from_left_to_right() {
        let a = axis(AxisScale::Log, 10.0, 0.1, TickFormat::Times);
        assert_eq!(texts(&a, 3), ["×10", "×1", "×0.1"]);
        assert_eq!(a.share(1.0), 0.5);
    }

    #[test]
    fn ticks_are_never_more_than_asked_for_and_lie_inside() {
        for scale in [AxisScale::Linear, AxisScale::Log] {
            for (from, to) in [(1e-9, 1e12), (0.3, 0.30001), (5.0, 5.1), (1.0, 2.0), (0.07, 4.2)] {
                for most in 2..15 {
                    let a = axis(scale, from, to, TickFormat::Number);
                    let ticks = a.ticks(most);
                    assert!(ticks.len() <= most.max(2) + 2, "{from} {to} {most}: {}", ticks.len());
                    assert!(ticks.iter().all(|t| a.holds(t.at)));
                }
            }
        }
    }

    #[test]
    fn an_empty_or_endless_range_has_no_ticks() {
        for (from, to) in [(1.0, 1.0), (f64::NAN, 1.0), (0.0, f64::INFINITY), (0.0, 5e-324)] {
            assert!(axis(AxisScale::Linear, from, to, TickFormat::Number).ticks(5).is_empty());
        }
    }

    #[test]
    fn measured_numbers_have_the_only_ticks_and_every_second_one_where_there_is_less_room() {
        let a = axis(AxisScale::Log, 50.0, 700.0, TickFormat::At(vec![60, 150, 300, 600]));
        assert_eq!(texts(&a, 6), ["60", "150", "300", "600"]);
        assert_eq!(texts(&a, 3), ["60", "300"]);
    }

    #[test]
    fn many_turns_have_no_more_ticks_than_one() {
        let a = axis(AxisScale::Linear, 0.0, 1e12, TickFormat::Degrees);
        assert!(a.ticks(6).len() <= 7);
    }
}
