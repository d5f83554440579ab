//! A picture made of pixels.

/// A picture in red, green and blue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Image {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Red, green and blue of every pixel, in row-major order.
    pub pixels: Vec<u8>,
    /// The contents of the image file.
    pub file: Vec<u8>,
}

impl Image {
    /// Returns the largest size with the same aspect ratio that fits into a box and does not exceed
    /// the picture; at least one pixel in each direction.
    pub fn within(&self, (width, height): (f64, f64)) -> (u32, u32) {
        let (own_width, own_height) = (f64::from(self.width.max(1)), f64::from(self.height.max(1)));
        let scale = (width / own_width).min(height / own_height).clamp(0.0, 1.0);
        let length = |own: f64| (own * scale).floor().max(1.0) as u32;
        (length(own_width), length(own_height))
    }

    /// Resizes the picture; each new pixel is the mean of those it covers.
    pub fn scaled(&self, (width, height): (u32, u32)) -> Self {
        let mut pixels = Vec::with_capacity(width as usize * height as usize * 3);
        for y in 0..height {
            for x in 0..width {
                pixels.extend(self.mean((x, width), (y, height)));
            }
        }
        Self { width, height, pixels, file: Vec::new() }
    }

    /// Returns a pixel, or `None` outside the picture.
    pub fn at(&self, x: u32, y: u32) -> Option<[u8; 3]> {
        let place =
            (x < self.width).then_some((y as usize * self.width as usize + x as usize) * 3)?;
        self.pixels.get(place..place + 3)?.try_into().ok()
    }

    /// The mean colour of one part of a division into `width` × `height` equal parts.
    fn mean(&self, (x, width): (u32, u32), (y, height): (u32, u32)) -> [u8; 3] {
        let part = |n: u32, of: u32, all: u32| {
            let edge = |n: u32| (u64::from(n) * u64::from(all) / u64::from(of.max(1))) as u32;
            let first = edge(n).min(all.saturating_sub(1));
            first..edge(n + 1).max(first + 1)
        };
        let (mut sums, mut count) = ([0_u64; 3], 0);
        for y in part(y, height, self.height) {
            for pixel in part(x, width, self.width).filter_map(|x| self.at(x, y)) {
                (0..3).for_each(|i| sums[i] += u64::from(pixel[i]));
                count += 1;
            }
        }
        sums.map(|sum| ((sum + count / 2) / count.max(1)) as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image() -> Image {
        let pixels = [[0; 3], [100; 3], [200; 3], [100; 3]].concat();
        Image { width: 2, height: 2, pixels, file: Vec::new() }
    }

    #[test]
    fn a_pixel_is_the_mean_of_those_it_stands_for() {
        assert_eq!(image().scaled((1, 1)).pixels, [100; 3]);
        assert_eq!(image().scaled((2, 2)), image());
        assert_eq!(image().scaled((1, 2)).pixels, [[50; 3], [150; 3]].concat());
        assert_eq!(image().scaled((4, 4)).at(3, 0), Some([100; 3]));
    }

    #[test]
    fn it_keeps_its_shape_and_is_never_larger_than_it_is() {
        let page = Image { width: 1600, height: 1000, ..Image::default() };
        assert_eq!(page.within((800.0, 800.0)), (800, 500));
        assert_eq!(page.within((9000.0, 9000.0)), (1600, 1000));
        assert_eq!(page.within((0.0, 5.0)), (1, 1));
    }
}
