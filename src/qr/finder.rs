//! The three square corner marks of a code: 1 : 1 : 3 : 1 : 1 of black and white, along
//! whatever line they are crossed.

use crate::mask::Mask;

/// Most marks that are kept; a picture that is made of marks costs no more than one with ten codes.
const MAX_MARKS: usize = 30;
/// Marks that are collected before the best are chosen.
const MAX_COLLECTED: usize = 4_096;
/// One row alone proves nothing: letters and leaves look like a mark where they are crossed.
const MIN_HITS: f64 = 2.0;

/// A place in the picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

impl Point {
    pub(crate) fn minus(self, other: Point) -> Point {
        Point {
            x: self.x - other.x,
            y: self.y - other.y,
        }
    }

    pub(crate) fn plus(self, other: Point, times: f64) -> Point {
        Point {
            x: self.x + other.x * times,
            y: self.y + other.y * times,
        }
    }

    pub(crate) fn length(self) -> f64 {
        self.x.hypot(self.y)
    }

    pub(crate) fn cross(self, other: Point) -> f64 {
        self.x * other.y - self.y * other.x
    }
}

/// A corner mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(crate) centre: Point,
    /// Width of a module in pixels, along the lines of the picture.
    pub(crate) module: f64,
    /// How many rows crossed it.
    hits: f64,
}

/// The corner marks of a picture, the surest first.
pub(crate) fn marks(mask: &Mask) -> Vec<Mark> {
    let (mut found, mut open) = (Vec::new(), Vec::new());
    for (y, row) in mask.rows().enumerate() {
        let y = y as f64 + 0.5;
        for (middle, module) in crossings(row) {
            if let Some(mark) = crosscheck(mask, middle, y, module) {
                collect(&mut open, mark);
            }
        }
        close(&mut open, &mut found, y);
    }
    close(&mut open, &mut found, f64::INFINITY);
    // A stable order keeps the answer the same.
    found.sort_by(|one, two| sureness(two).total_cmp(&sureness(one)));
    found.truncate(MAX_MARKS);
    found
}

/// Puts away the marks that no row from `y` on can cross.
fn close(open: &mut Vec<Mark>, found: &mut Vec<Mark>, y: f64) {
    let past = |mark: &mut Mark| mark.centre.y + 4.0 * mark.module < y;
    for mark in open.extract_if(.., past) {
        if mark.hits >= MIN_HITS && found.len() < MAX_COLLECTED {
            found.push(mark);
        }
    }
}

fn sureness(mark: &Mark) -> f64 {
    (mark.hits / mark.module).min(3.0) * 1e6 + mark.hits
}

/// Middles and module widths of all 1 : 1 : 3 : 1 : 1 in a row.
fn crossings(row: &[bool]) -> Vec<(f64, f64)> {
    let mut crossings = Vec::new();
    let mut runs = [0_usize; 5];
    let mut at = 0;
    for run in row.chunk_by(|one, two| one == two) {
        runs.rotate_left(1);
        runs[4] = run.len();
        at += run.len();
        let is_black = run.first() == Some(&true);
        if is_black && let Some(module) = proportion(runs) {
            let [.., stone, white, ring] = runs;
            let middle = at as f64 - (ring + white) as f64 - stone as f64 / 2.0;
            crossings.push((middle, module));
        }
    }
    crossings
}

/// The width of a module, if five runs stand as 1 : 1 : 3 : 1 : 1.
fn proportion(runs: [usize; 5]) -> Option<f64> {
    let total: usize = runs.iter().sum();
    if runs.contains(&0) || total < 7 {
        return None;
    }
    let module = total as f64 / 7.0;
    // Half a module, and a pixel's edge on either side of small ones.
    let slack = (module * 0.5).max(0.9);
    let fits =
        |(run, times): (&usize, f64)| (*run as f64 - times * module).abs() <= slack * times.sqrt();
    runs.iter()
        .zip([1.0, 1.0, 3.0, 1.0, 1.0])
        .all(fits)
        .then_some(module)
}

/// The mark, if the column through the middle shows the same, and the row through that middle too.
fn crosscheck(mask: &Mask, x: f64, y: f64, module: f64) -> Option<Mark> {
    let (y, down) = along(mask, Point { x, y }, Point { x: 0.0, y: 1.0 }, module)?;
    let (x, across) = along(mask, Point { x, y: y.y }, Point { x: 1.0, y: 0.0 }, module)
        .map(|(point, module)| (point.x, module))?;
    let alike = down / across;
    (0.5..2.0).contains(&alike).then_some(Mark {
        centre: Point { x, y: y.y },
        module: (down + across) / 2.0,
        hits: 1.0,
    })
}

/// The middle and module width of a mark along a line through it.
pub(crate) fn along(mask: &Mask, from: Point, step: Point, module: f64) -> Option<(Point, f64)> {
    // A mark seen askew is longer one way than the other.
    let most = (module * 3.0 * 2.0) as usize + 2;
    let reach = |sign: f64| {
        let mut runs = [0_usize; 3];
        let mut at = 0.0;
        for (run, black) in runs.iter_mut().zip([true, false, true]) {
            loop {
                let place = from.plus(step, at * sign);
                if mask.is_black(place.x.floor() as i64, place.y.floor() as i64) != black {
                    break;
                }
                *run += 1;
                at += 1.0;
                if *run > most {
                    return None;
                }
            }
        }
        Some(runs)
    };
    let (before, after) = (reach(-1.0)?, reach(1.0)?);
    let stone = (before[0] + after[0]).checked_sub(1)?;
    let runs = [before[2], before[1], stone, after[1], after[2]];
    let module = proportion(runs)?;
    let off = (after[0] as f64 - before[0] as f64) / 2.0;
    Some((from.plus(step, off), module))
}

/// Takes a mark, together with those that other rows found at the same place.
fn collect(open: &mut Vec<Mark>, mark: Mark) {
    let same = |one: &&mut Mark| {
        let apart = one.centre.minus(mark.centre).length();
        apart < one.module.max(mark.module) * 1.5
    };
    let Some(one) = open.iter_mut().find(same) else {
        open.push(mark);
        return;
    };
    let mean = |old: f64, new: f64| (old * one.hits + new) / (one.hits + 1.0);
    let centre = Point {
        x: mean(one.centre.x, mark.centre.x),
        y: mean(one.centre.y, mark.centre.y),
    };
    (one.centre, one.module) = (centre, mean(one.module, mark.module));
    one.hits += 1.0;
}
