//! From three corner marks to the modules of a code, seen from whatever side.
//!
//! In: a mask and its marks. Out: grids of modules that may be a code; whether one is decides
//! the error correction. The work is bounded: some hundred triples, each tried a few times.

use crate::finder::{Mark, Point, along};
use crate::mask::Mask;
use rqrr::SimpleGrid;

/// Most triples of marks that are tried.
const MAX_TRIPLES: usize = 60;
/// Places for the fourth corner that are tried for one triple.
const MAX_CORNERS: usize = 3;
/// Modules between the middles of two marks, in the smallest and the largest code.
const SPAN: std::ops::RangeInclusive<f64> = 10.0..=190.0;
/// Of the alternating modules between two marks, so many tenths must be right: what is no code
/// is not worth its error correction.
const TIMED_TENTHS: usize = 8;
/// Of the 25 modules of the mark near the fourth corner, so many must be right.
const MIN_ALIGNED: usize = 20;

/// Three marks that may belong together.
#[derive(Clone, Copy, Debug)]
struct Triple {
    /// Places among the marks: top left, top right, bottom left.
    places: [usize; 3],
    corner: Point,
    right: Point,
    down: Point,
    /// Modules between two middles, estimated.
    span: f64,
    /// How little it looks like a square.
    skew: f64,
}

/// Offers each grid that may be a code to `decode`, the likeliest first; marks of a grid that
/// was decoded are not used again.
pub(crate) fn squares(mask: &Mask, marks: &[Mark], decode: &mut dyn FnMut(SimpleGrid) -> bool) {
    let mut triples = triples(mask, marks);
    triples.sort_by(|one, two| one.skew.total_cmp(&two.skew));
    triples.truncate(MAX_TRIPLES);
    let mut used = vec![false; marks.len()];
    for triple in triples {
        let is_used = |place: &usize| used.get(*place).copied().unwrap_or_default();
        if triple.places.iter().any(is_used) || !triple.grids(mask, decode) {
            continue;
        }
        for place in triple.places {
            if let Some(used) = used.get_mut(place) {
                *used = true;
            }
        }
    }
}

fn triples(mask: &Mask, marks: &[Mark]) -> Vec<Triple> {
    let mut triples = Vec::new();
    for (at, corner) in marks.iter().enumerate() {
        for (a, one) in marks.iter().enumerate() {
            for (b, two) in marks.iter().enumerate().skip(a + 1) {
                if at != a && at != b {
                    triples.extend(triple(mask, [at, a, b], [corner, one, two]));
                }
            }
        }
    }
    triples
}

/// The three marks as a corner and its two neighbours, if they can be that.
fn triple(mask: &Mask, places: [usize; 3], [corner, one, two]: [&Mark; 3]) -> Option<Triple> {
    let (a, b) = (
        one.centre.minus(corner.centre),
        two.centre.minus(corner.centre),
    );
    let ratio = (a.length() / b.length()).ln().abs();
    let cosine = (a.x * b.x + a.y * b.y) / (a.length() * b.length());
    let sizes = [corner.module, one.module, two.module];
    let spread = sizes.iter().copied().fold(f64::MIN, f64::max)
        / sizes.iter().copied().fold(f64::MAX, f64::min);
    if ratio > 0.5 || cosine.abs() > 0.5 || spread > 2.0 {
        return None;
    }
    let span = (modules(mask, corner, one)? + modules(mask, corner, two)?) / 2.0;
    if !SPAN.contains(&span) {
        return None;
    }
    let [at, first, second] = places;
    // Seen from the corner, down lies clockwise of right.
    let (places, right, down) = if a.cross(b) > 0.0 {
        ([at, first, second], one.centre, two.centre)
    } else {
        ([at, second, first], two.centre, one.centre)
    };
    Some(Triple {
        places,
        corner: corner.centre,
        right,
        down,
        span,
        skew: ratio + cosine.abs() + spread.ln(),
    })
}

/// Modules between the middles of two marks, by the widths of both along the line between them.
fn modules(mask: &Mask, one: &Mark, two: &Mark) -> Option<f64> {
    let between = two.centre.minus(one.centre);
    let length = between.length();
    if length < 1.0 {
        return None;
    }
    let step = Point {
        x: between.x / length,
        y: between.y / length,
    };
    let width = |mark: &Mark| along(mask, mark.centre, step, mark.module).map(|(_, width)| width);
    let widths = [width(one), width(two)];
    let known: Vec<f64> = widths.into_iter().flatten().collect();
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    (!known.is_empty()).then(|| length / mean)
}

impl Triple {
    /// Tries the sizes nearest to the estimate. True if one was decoded.
    fn grids(&self, mask: &Mask, decode: &mut dyn FnMut(SimpleGrid) -> bool) -> bool {
        let version = ((self.span + 7.0 - 17.0) / 4.0).round() as i64;
        let versions = [0, -1, 1, -2, 2].map(|off| version + off);
        versions
            .into_iter()
            .filter(|version| (1..=40).contains(version))
            .any(|version| {
                let size = usize::try_from(17 + 4 * version).unwrap_or_default();
                let corners = self.fourth(mask, size);
                corners.into_iter().any(|(place, point)| {
                    let view = self.view(size, place, point);
                    let view = view.filter(|view| view.is_timed(mask, size));
                    view.is_some_and(|view| decode(view.grid(mask, size)))
                })
            })
    }

    /// Candidates for a fourth known point: its place in modules, and where it is seen.
    fn fourth(&self, mask: &Mask, size: usize) -> Vec<(f64, Point)> {
        let span = size as f64 - 7.0;
        let across = scaled(self.right.minus(self.corner), 1.0 / span);
        let along = scaled(self.down.minus(self.corner), 1.0 / span);
        let at = |u: f64, v: f64| self.corner.plus(across, u).plus(along, v);
        let mut corners = Vec::new();
        if size > 21 {
            let expected = at(span - 3.0, span - 3.0);
            let found = aligned(mask, expected, across, along, 4.0 + span / 12.0);
            corners.extend(found.into_iter().map(|point| (size as f64 - 6.5, point)));
        }
        // As if it were seen from straight above.
        corners.push((size as f64 - 3.5, at(span, span)));
        corners
    }

    fn view(&self, size: usize, place: f64, point: Point) -> Option<View> {
        let far = size as f64 - 3.5;
        let modules = [(3.5, 3.5), (far, 3.5), (place, place), (3.5, far)];
        let seen = [self.corner, self.right, point, self.down];
        let to_modules = square_to(modules.map(|(x, y)| Point { x, y }))?;
        let to_seen = square_to(seen)?;
        Some(View(times(&to_seen, &adjugate(&to_modules))))
    }
}

fn scaled(point: Point, factor: f64) -> Point {
    Point {
        x: point.x * factor,
        y: point.y * factor,
    }
}

/// Looks for the small mark near the fourth corner: black, white, black, a module each. The
/// best places within `reach` modules of `expected`.
fn aligned(mask: &Mask, expected: Point, across: Point, along: Point, reach: f64) -> Vec<Point> {
    /// Steps for a module.
    const FINE: f64 = 4.0;
    let steps = (reach * FINE) as i64;
    let mut places = Vec::new();
    for i in -steps..=steps {
        for j in -steps..=steps {
            let (u, v) = (i as f64 / FINE, j as f64 / FINE);
            let place = expected.plus(across, u).plus(along, v);
            let score = score(mask, place, across, along);
            if score >= MIN_ALIGNED {
                places.push((score, u.hypot(v), place));
            }
        }
    }
    places.sort_by(|one, two| two.0.cmp(&one.0).then(one.1.total_cmp(&two.1)));
    let near = (across.length() + along.length()) * 0.75;
    let mut best: Vec<Point> = Vec::new();
    for (score, _, place) in &places {
        let is_near = |point: &Point| point.minus(*place).length() < near;
        if best.len() < MAX_CORNERS && !best.iter().any(is_near) {
            let alike = places.iter().filter(|one| one.0 == *score);
            let alike: Vec<Point> = alike
                .map(|one| one.2)
                .filter(is_near_to(*place, near))
                .collect();
            best.push(mean(&alike).unwrap_or(*place));
        }
    }
    best
}

fn is_near_to(place: Point, near: f64) -> impl Fn(&Point) -> bool {
    move |point| point.minus(place).length() < near
}

fn mean(points: &[Point]) -> Option<Point> {
    let sum = points
        .iter()
        .fold(Point { x: 0.0, y: 0.0 }, |sum, point| sum.plus(*point, 1.0));
    (!points.is_empty()).then(|| scaled(sum, 1.0 / points.len() as f64))
}

/// How many of the 25 modules around a place are as they are in the small mark; 0 as soon as
/// too many are not.
fn score(mask: &Mask, place: Point, across: Point, along: Point) -> usize {
    let mut wrong = 0;
    // From the middle outwards: most places are no mark, and are told by the first few.
    for (u, v, black) in SMALL_MARK {
        let right = is_black(mask, place.plus(across, u).plus(along, v)) == black;
        wrong += usize::from(!right);
        if 25 - wrong < MIN_ALIGNED {
            return 0;
        }
    }
    25 - wrong
}

/// The small mark from its middle outwards: across, along, and whether black.
#[rustfmt::skip]
const SMALL_MARK: [(f64, f64, bool); 25] = {
    let (b, w) = (true, false);
    [
        (0.0, 0.0, b), (-1.0, 0.0, w), (1.0, 0.0, w), (0.0, -1.0, w), (0.0, 1.0, w),
        (-1.0, -1.0, w), (1.0, 1.0, w), (1.0, -1.0, w), (-1.0, 1.0, w),
        (-2.0, 0.0, b), (2.0, 0.0, b), (0.0, -2.0, b), (0.0, 2.0, b),
        (-2.0, -2.0, b), (2.0, 2.0, b), (2.0, -2.0, b), (-2.0, 2.0, b),
        (-2.0, -1.0, b), (-2.0, 1.0, b), (2.0, -1.0, b), (2.0, 1.0, b),
        (-1.0, -2.0, b), (1.0, -2.0, b), (-1.0, 2.0, b), (1.0, 2.0, b),
    ]
};

fn is_black(mask: &Mask, point: Point) -> bool {
    mask.is_black(point.x.floor() as i64, point.y.floor() as i64)
}

type Matrix = [[f64; 3]; 3];

/// From modules to pixels.
struct View(Matrix);

impl View {
    fn point(&self, x: f64, y: f64) -> Point {
        let [[a, b, c], [d, e, f], [g, h, i]] = self.0;
        let depth = g * x + h * y + i;
        Point {
            x: (a * x + b * y + c) / depth,
            y: (d * x + e * y + f) / depth,
        }
    }

    /// True if black and white take turns between the marks, in the row and the column of
    /// number six.
    fn is_timed(&self, mask: &Mask, size: usize) -> bool {
        let between = 8..size.saturating_sub(8);
        let right = |at: &usize| {
            let (at, black) = (*at as f64 + 0.5, at.is_multiple_of(2));
            let row = is_black(mask, self.point(at, 6.5)) == black;
            let column = is_black(mask, self.point(6.5, at)) == black;
            usize::from(row) + usize::from(column)
        };
        let count = between.clone().map(|at| right(&at)).sum::<usize>();
        count * 10 >= between.len() * 2 * TIMED_TENTHS
    }

    /// Each module by the majority of five points in it.
    fn grid(&self, mask: &Mask, size: usize) -> SimpleGrid {
        const OFF: [(f64, f64); 5] = [(0.5, 0.5), (0.3, 0.5), (0.7, 0.5), (0.5, 0.3), (0.5, 0.7)];
        SimpleGrid::from_func(size, |x, y| {
            let black =
                |(u, v): &&(f64, f64)| is_black(mask, self.point(x as f64 + u, y as f64 + v));
            OFF.iter().filter(black).count() > 2
        })
    }
}

/// The view that shows the unit square's corners (0,0), (1,0), (1,1), (0,1) at four points.
fn square_to([p0, p1, p2, p3]: [Point; 4]) -> Option<Matrix> {
    let (d1, d2) = (p1.minus(p2), p3.minus(p2));
    let sum = p0.plus(p1, -1.0).plus(p2, 1.0).plus(p3, -1.0);
    let area = d1.cross(d2);
    if area.abs() < 1e-9 {
        return None;
    }
    let (g, h) = (sum.cross(d2) / area, d1.cross(sum) / area);
    Some([
        [p1.x - p0.x + g * p1.x, p3.x - p0.x + h * p3.x, p0.x],
        [p1.y - p0.y + g * p1.y, p3.y - p0.y + h * p3.y, p0.y],
        [g, h, 1.0],
    ])
}

/// The inverse, but for a factor that does not matter to a view.
fn adjugate([[a, b, c], [d, e, f], [g, h, i]]: &Matrix) -> Matrix {
    [
        [e * i - f * h, c * h - b * i, b * f - c * e],
        [f * g - d * i, a * i - c * g, c * d - a * f],
        [d * h - e * g, b * g - a * h, a * e - b * d],
    ]
}

fn times(one: &Matrix, two: &Matrix) -> Matrix {
    let [[a, b, c], [d, e, f], [g, h, i]] = two;
    one.map(|[x, y, z]| {
        [
            x * a + y * d + z * g,
            x * b + y * e + z * h,
            x * c + y * f + z * i,
        ]
    })
}
