//! Regions of the screen that the mouse can act on.

use ratatui::layout::{Position, Rect};

use super::widget::figure::Placed;
use crate::app::{Gesture, HitTarget, Pointer};

/// The clickable regions of a frame; the region added last lies on top.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Regions(Vec<Region>);

/// A region of the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Region {
    area: Rect,
    spot: HitTarget,
    /// True if shares are counted from edge to edge, false if from the centre of the first cell to
    /// the centre of the last.
    edges: bool,
}

impl Regions {
    /// Adds a clickable region.
    pub(crate) fn add(&mut self, area: Rect, spot: HitTarget) {
        self.0.push(Region { area, spot, edges: false });
    }

    /// Adds the inside of a figure's axes.
    pub(crate) fn add_figure(&mut self, placed: &Placed<'_>, spot: HitTarget) {
        self.0.push(Region { area: placed.inner(), spot, edges: placed.is_filled() });
    }

    /// The region at a cell of the terminal.
    fn find(&self, at: Position) -> Option<Region> {
        self.0.iter().rev().find(|region| region.area.contains(at)).copied()
    }

    /// All targets with their areas.
    pub fn spots(&self) -> impl Iterator<Item = (HitTarget, Rect)> {
        self.0.iter().map(|region| (region.spot, region.area))
    }
}

impl Region {
    /// Position of a terminal cell, as shares from the left and from the bottom.
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

/// Follows the mouse from frame to frame; a drag keeps the region where it began.
#[derive(Debug, Clone, Default)]
pub struct Pointing {
    held: Option<Region>,
}

impl Pointing {
    /// Translates a gesture at a terminal cell into a pointer event.
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
