//! Icons: the path commands of `assets/icons/icons.txt` on a 24-point grid, painted as lines.
//!
//! Nothing is mirrored here but on request: arrows turn with the direction of the window, ticks and clocks do not.
use eframe::egui::{
    self, Color32, Pos2, Rect, Shape, Stroke, Vec2, epaint::PathStroke, pos2, vec2,
};
use std::{collections::HashMap, sync::LazyLock};

mod path;

const SOURCE: &str = include_str!("../../assets/icons/icons.txt");
/// Side of the grid.
const GRID: f32 = 24.0;

/// How a part of an icon is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A stroke in the icon's colour.
    Line,
    /// A filled outline.
    Fill,
    /// A stroke in the colour of the ground, on top of a fill.
    Knock,
    /// A broken stroke.
    Dash,
}

#[derive(Debug)]
struct Part {
    kind: Kind,
    lines: Vec<path::Polyline>,
}

static ICONS: LazyLock<HashMap<&'static str, Vec<Part>>> = LazyLock::new(|| {
    let mut icons: HashMap<_, Vec<Part>> = HashMap::new();
    for line in SOURCE.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.splitn(3, ' ');
        let (Some(name), Some(kind), Some(data)) = (words.next(), words.next(), words.next())
        else {
            continue;
        };
        let kind = match kind {
            "fill" => Kind::Fill,
            "knock" => Kind::Knock,
            "dash" => Kind::Dash,
            _ => Kind::Line,
        };
        icons.entry(name).or_default().push(Part {
            kind,
            lines: path::flatten(data),
        });
    }
    icons
});

/// An icon by its name in icons.txt, ready to be painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Icon {
    name: &'static str,
    mirrored: bool,
}

impl Icon {
    /// The icon of that name; one that does not exist paints nothing, and a test finds it.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            mirrored: false,
        }
    }

    /// Turned around when `rtl`: for arrows back and forward.
    #[must_use]
    pub const fn turning(self, rtl: bool) -> Self {
        Self {
            name: self.name,
            mirrored: rtl,
        }
    }

    /// Whether there is such an icon.
    #[must_use]
    pub fn exists(self) -> bool {
        ICONS.contains_key(self.name)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.name
    }

    /// Paints the icon into a square; `ground` is the colour behind it.
    pub fn paint(self, painter: &egui::Painter, square: Rect, ink: Color32, ground: Color32) {
        let scale = square.width() / GRID;
        let place = |p: Pos2| {
            let x = if self.mirrored { GRID - p.x } else { p.x };
            square.min + vec2(x, p.y) * scale
        };
        for part in ICONS.get(self.name).into_iter().flatten() {
            for line in &part.lines {
                let points: Vec<Pos2> = line.points.iter().map(|&p| place(p)).collect();
                match part.kind {
                    Kind::Fill => fill(painter, &points, ink),
                    Kind::Line => {
                        stroke(painter, points, line.closed, Stroke::new(1.6 * scale, ink))
                    }
                    Kind::Knock => stroke(
                        painter,
                        points,
                        line.closed,
                        Stroke::new(2.0 * scale, ground),
                    ),
                    Kind::Dash => {
                        painter.extend(Shape::dashed_line(
                            &points,
                            Stroke::new(1.6 * scale, ink),
                            2.0 * scale,
                            2.6 * scale,
                        ));
                    }
                }
            }
        }
    }
}

/// A line with round joins and ends.
fn stroke(painter: &egui::Painter, points: Vec<Pos2>, closed: bool, stroke: Stroke) {
    let radius = stroke.width / 2.0;
    // Below a pixel a round end cannot be seen; a dot (a line without length) is nothing but its end.
    let dot = points.iter().all(|p| {
        points
            .first()
            .is_some_and(|first| p.distance(*first) < stroke.width * 0.75)
    });
    if dot {
        if let Some(&at) = points.first() {
            painter.circle_filled(at, radius * 1.15, stroke.color);
        }
        return;
    }
    if !closed && radius > 0.7 {
        for end in [points.first(), points.last()].into_iter().flatten() {
            painter.circle_filled(*end, radius, stroke.color);
        }
    }
    let line = PathStroke::new(stroke.width, stroke.color);
    painter.add(if closed {
        Shape::closed_line(points, line)
    } else {
        Shape::line(points, line)
    });
}

/// Fills an outline that can be seen whole from its middle (discs, octagons, stars).
fn fill(painter: &egui::Painter, points: &[Pos2], ink: Color32) {
    let count = points.len().max(1) as f32;
    let middle = points.iter().fold(Vec2::ZERO, |sum, p| sum + p.to_vec2()) / count;
    let mut mesh = egui::Mesh::default();
    mesh.colored_vertex(pos2(middle.x, middle.y), ink);
    for &p in points {
        mesh.colored_vertex(p, ink);
    }
    let last = u32::try_from(points.len()).unwrap_or(0);
    for i in 1..=last {
        mesh.add_triangle(0, i, if i == last { 1 } else { i + 1 });
    }
    painter.add(Shape::mesh(mesh));
    // The mesh has hard edges; a thin line over them is what smooths it.
    painter.add(Shape::closed_line(
        points.to_vec(),
        PathStroke::new(1.0, ink),
    ));
}
