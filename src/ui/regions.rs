//! Where on the screen the mouse can touch what.

use ratatui::layout::{Position, Rect};

use super::widget::figure::Placed;
use crate::app::{Gesture, HitTarget, Pointer};

/// What of a frame the mouse can touch; what was drawn last lies on top.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Regions(Vec<Region>);

/// A part of the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Region {
    area: Rect,
    spot: HitTarget,
    /// Whether shares are counted from edge to edge, not from the middle of the first cell to the
    /// middle of the last.
    edges: bool,
}

impl Regions {
    /// An area in which the mouse touches something.
    pub(crate) fn add(&mut self, area: Rect, spot: HitTarget) {
        self.0.push(Region { area, spot, edges: false });
    }

    /// The inside of a figure's axes.
    pub(crate) fn add_figure(&mut self, placed: &Placed<'_>, spot: HitTarget) {
        self.0.push(Region { area: placed.inner(), spot, edges: placed.is_filled() });
    }

    /// What lies at a cell of the terminal.
    fn find(&self, at: Position) -> Option<Region> {
        self.0.iter().rev().find(|region| region.area.contains(at)).copied()
    }

    /// All that can be touched, with its area.
    pub fn spots(&self) -> impl Iterator<Item = (HitTarget, Rect)> {
        self.0.iter().map(|region| (region.spot, region.area))
    }
}

impl Region {
    /// The place of a cell of the terminal, in shares from the left and from the bottom.
    fn share(&self, at: Position) -> (f64, f64) {
        let along = |place: u16, start: u16, length: u16| {
            let place = f64::from(place) - f64::from(start);
            match self.edges {
                true => (place + 0.5) / f64::from(length.max(1)),
                false => place / f64::from(length.max(2) - 1),
            }
        };
        let x = along(at.x, self.area.x, self.area.width);
        let y = along(at.y, self.area.y, self.area.height);
        (x, 1.0 - y)
    }
}

/// Follows the mouse from frame to frame: what a button went down on is held until it comes up.
#[derive(Debug, Clone, Default)]
pub struct Pointing {
    held: Option<Region>,
}

impl Pointing {
    /// What a gesture at a cell of the terminal means on a frame.
    pub fn point(&mut self, gesture: Gesture, column: u16, row: u16, frame: &Regions) -> Pointer {
        let at = Position::new(column, row);
        let region = match gesture {
            Gesture::Drag | Gesture::Release => self.held,
            _ => frame.find(at),
        };
        match gesture {
            Gesture::Press => self.held = region,
            Gesture::Release => self.held = None,
            _ => {}
        }
        Pointer {
            gesture,
            spot: region.map(|region| region.spot),
            at: region.map_or((0.0, 0.0), |region| region.share(at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Pane;

    #[test]
    fn what_is_drawn_last_is_touched_and_a_drag_stays_with_what_it_began_on() {
        let mut frame = Regions::default();
        frame.add(Rect::new(0, 0, 20, 10), HitTarget::Pane(Pane::Gain));
        frame.add(Rect::new(5, 2, 11, 5), HitTarget::Figure(Pane::Plane));
        let mut pointing = Pointing::default();
        let down = pointing.point(Gesture::Press, 5, 6, &frame);
        assert_eq!((down.spot, down.at), (Some(HitTarget::Figure(Pane::Plane)), (0.0, 0.0)));
        let far = pointing.point(Gesture::Drag, 25, 2, &frame);
        assert_eq!((far.spot, far.at), (Some(HitTarget::Figure(Pane::Plane)), (2.0, 1.0)));
        pointing.point(Gesture::Release, 25, 2, &frame);
        assert_eq!(pointing.point(Gesture::Drag, 5, 6, &frame).spot, None);
        assert_eq!(
            pointing.point(Gesture::Move, 1, 1, &frame).spot,
            Some(HitTarget::Pane(Pane::Gain))
        );
        assert_eq!(pointing.point(Gesture::Move, 90, 90, &frame).spot, None);
    }
}
