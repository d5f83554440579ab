//! Axes: scale, range and the labels of ticks.

pub use crate::math::digits::compact;

/// On a linear axis, values below this share of its length count as zero.
const DUST: f64 = 1e-12;

/// The mapping from values to positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AxisScale {
    /// Linear.
    Linear,
    /// Logarithmic; only positive values have a position.
    Log,
    /// For gains: logarithmic in the ratio of errors, 1 − value. Only values below 1 have a position.
    Gain,
}

/// The number format of an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TickFormat {
    /// As a number.
    Number,
    /// A fraction as a signed percentage.
    Percent,
    /// The same without the sign %, which the label of the axis has.
    PercentInLabel,
    /// A factor: `×0.3`.
    Times,
    /// An angle.
    Degrees,
    /// A whole number; there are no ticks between.
    Whole,
    /// Whole numbers, with ticks at these alone.
    At(Vec<u64>),
    /// Names of the whole numbers from 0.
    Names(Vec<String>),
}

/// An axis. `from` is at the left or bottom end and may be the larger value.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The quantity, with its unit.
    pub label: String,
    /// The scale.
    pub scale: AxisScale,
    /// Value at the left or bottom end.
    pub from: f64,
    /// Value at the right or top end.
    pub to: f64,
    /// The number format.
    pub format: TickFormat,
}

/// A tick of an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// The value.
    pub at: f64,
    /// Its label.
    pub text: String,
}

impl AxisScale {
    /// The position of a value on the scale; NaN if it has none.
    pub(super) fn place(self, value: f64) -> f64 {
        match self {
            Self::Linear => value,
            Self::Log if value > 0.0 => value.ln(),
            Self::Gain if value <= 1.0 => -(1.0 - value).ln(),
            Self::Log | Self::Gain => f64::NAN,
        }
    }

    /// The value at a position on the scale.
    fn value(self, place: f64) -> f64 {
        match self {
            Self::Linear => place,
            Self::Log => place.exp(),
            Self::Gain => 1.0 - (-place).exp(),
        }
    }

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Log => "log",
            Self::Gain => "log of 1 - y",
        }
    }

    /// The nearest value that has a position, for the ends of intervals.
    pub fn clamped(self, value: f64) -> f64 {
        match self {
            Self::Linear => value,
            Self::Log => value.max(f64::MIN_POSITIVE),
            Self::Gain => value.min(1.0),
        }
    }

    /// Returns cell edges around ascending or descending values: midway between neighbours, and
    /// equally far beyond the first and the last. Empty for a single value.
    pub fn edges(self, values: &[f64]) -> Vec<f64> {
        let places: Vec<f64> = values.iter().map(|value| self.place(*value)).collect();
        let [first, second, ..] = places[..] else { return Vec::new() };
        let (last, before) = (places[places.len() - 1], places[places.len() - 2]);
        let middles = places.windows(2).map(|pair| f64::midpoint(pair[0], pair[1]));
        let ends = (1.5 * first - 0.5 * second, 1.5 * last - 0.5 * before);
        let all = std::iter::once(ends.0).chain(middles).chain([ends.1]);
        all.map(|place| self.value(place)).collect()
    }
}

impl TickFormat {
    /// Creates names of the whole numbers from 0.
    pub fn names<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Self {
        Self::Names(names.into_iter().map(Into::into).collect())
    }

    /// Returns true for percentages.
    pub fn is_percent(&self) -> bool {
        matches!(self, Self::Percent | Self::PercentInLabel)
    }

    /// The sign behind a percentage.
    fn sign(&self) -> &'static str {
        if *self == Self::Percent { " %" } else { "" }
    }
}

impl Axis {
    /// Creates an axis with names at the whole numbers from 0.
    pub fn of_names<S: Into<String>>(
        label: impl Into<String>,
        names: impl IntoIterator<Item = S>,
    ) -> Self {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        Self {
            label: label.into(),
            scale: AxisScale::Linear,
            from: -0.5,
            to: names.len().max(1) as f64 - 0.5,
            format: TickFormat::Names(names),
        }
    }

    /// Sets another label. Percentages lose their sign % where the label has it.
    pub fn relabel(&mut self, label: &str) {
        label.clone_into(&mut self.label);
        if self.format.is_percent() {
            let is_in_label = label.contains('%');
            self.format =
                if is_in_label { TickFormat::PercentInLabel } else { TickFormat::Percent };
        }
    }

    /// Returns the position of a value: 0 at `from`, 1 at `to`, outside `0..=1` beyond the axis,
    /// NaN if the value has no position.
    pub fn share(&self, value: f64) -> f64 {
        let place = |v: f64| self.scale.place(v);
        (place(value) - place(self.from)) / (place(self.to) - place(self.from))
    }

    /// Returns the value at a position from 0 to 1.
    pub fn value(&self, share: f64) -> f64 {
        let (from, to) = (self.scale.place(self.from), self.scale.place(self.to));
        self.scale.value(from + share * (to - from))
    }

    /// Returns true if a value lies on the axis.
    pub fn holds(&self, value: f64) -> bool {
        (-1e-9..=1.0 + 1e-9).contains(&self.share(value))
    }

    /// A tick of percentages with at least so many decimal places; any other as ever.
    pub(super) fn write_to(&self, value: f64, places: usize) -> String {
        let percent = 100.0 * value;
        if places == 0 || percent.abs() < 0.5 * 10_f64.powi(-(places as i32)) {
            return self.write(value);
        }
        let text = format!("{:.places$}", percent.abs());
        let text = match self.scale {
            AxisScale::Linear => text.as_str(),
            _ => text.trim_end_matches('0').trim_end_matches('.'),
        };
        format!("{}{text}{}", if percent > 0.0 { "+" } else { "−" }, self.format.sign())
    }

    /// Formats a value; a rounding error of zero becomes zero.
    pub fn write(&self, value: f64) -> String {
        let length = (self.to - self.from).abs();
        let is_dust = self.scale == AxisScale::Linear && value.abs() < DUST * length;
        let value = if is_dust { 0.0 } else { value };
        match &self.format {
            TickFormat::Number | TickFormat::Whole | TickFormat::At(_) => compact(value),
            TickFormat::Names(names) => {
                let nearest = value.round();
                let named = (nearest >= 0.0).then(|| names.get(nearest as usize)).flatten();
                named.cloned().unwrap_or_default()
            }
            TickFormat::Percent | TickFormat::PercentInLabel => {
                let percent = (value * 1000.0).round() / 10.0;
                let (text, sign) = (compact(percent.abs()), self.format.sign());
                match percent {
                    p if p > 0.0 => format!("+{text}{sign}"),
                    p if p < 0.0 => format!("−{text}{sign}"),
                    _ => "0".to_owned(),
                }
            }
            TickFormat::Times => format!("×{}", compact(value)),
            TickFormat::Degrees => format!("{}°", compact(value)),
        }
    }
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
    fn a_share_has_the_value_that_stands_there() {
        for scale in [AxisScale::Linear, AxisScale::Log] {
            let a = axis(scale, 1000.0, 10.0, TickFormat::Number);
            for share in [0.0, 0.25, 1.0] {
                assert!((a.share(a.value(share)) - share).abs() < 1e-12);
            }
        }
        assert!(
            (axis(AxisScale::Log, 10.0, 1000.0, TickFormat::Number).value(0.5) - 100.0).abs()
                < 1e-9
        );
    }

    #[test]
    fn edges_stand_midway_on_either_scale() {
        assert_eq!(AxisScale::Linear.edges(&[0.0, 1.0, 3.0]), [-0.5, 0.5, 2.0, 4.0]);
        let edges = AxisScale::Log.edges(&[1e4, 1e2]);
        let expected = [1e5, 1e3, 1e1];
        assert!(edges.iter().zip(expected).all(|(a, b)| (a / b - 1.0).abs() < 1e-9), "{edges:?}");
        assert!(AxisScale::Log.edges(&[1.0]).is_empty());
    }

    #[test]
    fn a_label_with_the_sign_of_percentages_takes_it_from_the_ticks() {
        let mut a = axis(AxisScale::Linear, -0.35, 0.62, TickFormat::Percent);
        a.relabel("gain (%)");
        assert_eq!(texts(&a, 5), ["−20", "0", "+20", "+40", "+60"]);
        a.relabel("gain");
        assert_eq!(texts(&a, 3), ["0", "+50 %"]);
    }
}
