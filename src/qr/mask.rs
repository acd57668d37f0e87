//! Black and white: each pixel against the mean of its neighbourhood, so that a shadow across
//! a photograph does not matter.

use crate::grey::Grey;

/// The neighbourhood is this part of the longer side: wider than a corner mark, narrower than
/// most shadows.
const PARTS: usize = 7;
/// Black is what is darker than so many hundredths of the mean.
const DARKER: u64 = 92;

/// Black (true) and white pixels.
#[derive(Clone, Debug)]
pub(crate) struct Mask {
    width: usize,
    height: usize,
    black: Vec<bool>,
}

impl Mask {
    /// Black and white of a picture.
    pub(crate) fn of(grey: &Grey) -> Mask {
        let (width, height) = (grey.width(), grey.height());
        let reach = (width.max(height) / PARTS / 2).max(4);
        let mut sums = Columns {
            sums: vec![0; width],
            rows: 0,
        };
        let mut black = Vec::with_capacity(width.saturating_mul(height));
        let (mut entering, mut leaving) = (grey.rows(), grey.rows());
        entering.by_ref().take(reach).for_each(|row| sums.add(row));
        for (y, row) in grey.rows().enumerate() {
            if let Some(row) = entering.next() {
                sums.add(row);
            }
            if y > reach
                && let Some(row) = leaving.next()
            {
                sums.remove(row);
            }
            sums.compare(row, reach, &mut black);
        }
        Mask {
            width,
            height,
            black,
        }
    }

    /// The rows, from the top.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[bool]> {
        self.black.chunks(self.width.max(1))
    }

    /// True for a black pixel; what lies outside the picture is white.
    pub(crate) fn is_black(&self, x: i64, y: i64) -> bool {
        let inside = |at: i64, end: usize| usize::try_from(at).ok().filter(|&at| at < end);
        let (Some(x), Some(y)) = (inside(x, self.width), inside(y, self.height)) else {
            return false;
        };
        let at = y.saturating_mul(self.width).saturating_add(x);
        self.black.get(at).copied().unwrap_or_default()
    }
}

/// Sums of each column over the rows of the neighbourhood.
struct Columns {
    sums: Vec<u64>,
    rows: u64,
}

impl Columns {
    fn add(&mut self, row: &[u8]) {
        self.rows += 1;
        for (sum, shade) in self.sums.iter_mut().zip(row) {
            *sum += u64::from(*shade);
        }
    }

    fn remove(&mut self, row: &[u8]) {
        self.rows = self.rows.saturating_sub(1);
        for (sum, shade) in self.sums.iter_mut().zip(row) {
            *sum = sum.saturating_sub(u64::from(*shade));
        }
    }

    /// One row against the mean of what lies within `reach` of each pixel.
    fn compare(&self, row: &[u8], reach: usize, black: &mut Vec<bool>) {
        let (mut entering, mut leaving) = (self.sums.iter(), self.sums.iter());
        let mut sum: u64 = entering.by_ref().take(reach).sum();
        let mut columns = reach.min(self.sums.len()) as u64;
        for (x, shade) in row.iter().enumerate() {
            if let Some(entered) = entering.next() {
                sum += entered;
                columns += 1;
            }
            if x > reach
                && let Some(left) = leaving.next()
            {
                sum = sum.saturating_sub(*left);
                columns = columns.saturating_sub(1);
            }
            let count = columns * self.rows;
            black.push(u64::from(*shade) * count * 100 < sum * DARKER);
        }
    }
}
