//! The part of SVG's path language that our icons use, flattened to polylines.
use eframe::egui::{Pos2, Vec2, pos2, vec2};

/// A run of straight lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Polyline {
    pub(super) points: Vec<Pos2>,
    pub(super) closed: bool,
}

/// Steps into which a curve or a half circle is cut.
const STEPS: usize = 16;

/// Reads `M L H V C S A Z` and their relative forms. What it does not know ends the path.
pub(super) fn flatten(data: &str) -> Vec<Polyline> {
    let mut pen = Pen {
        numbers: Numbers { rest: data },
        lines: Vec::new(),
        at: Pos2::ZERO,
        control: None,
    };
    let mut command = None;
    loop {
        pen.numbers.skip();
        match pen.numbers.rest.chars().next() {
            None => break,
            Some(letter) if letter.is_ascii_alphabetic() => {
                pen.numbers.rest = pen.numbers.rest.get(1..).unwrap_or_default();
                command = Some(letter);
            }
            Some(_) => {}
        }
        let Some(letter) = command else { break };
        if pen.draw(letter).is_none() {
            break;
        }
        command = match letter {
            'M' => Some('L'),
            'm' => Some('l'),
            'Z' | 'z' => None,
            other => Some(other),
        };
    }
    pen.lines
}

struct Pen<'a> {
    numbers: Numbers<'a>,
    lines: Vec<Polyline>,
    at: Pos2,
    /// Second control point of the curve before, for `S`.
    control: Option<Pos2>,
}

impl Pen<'_> {
    fn draw(&mut self, letter: char) -> Option<()> {
        let from = if letter.is_ascii_lowercase() {
            self.at.to_vec2()
        } else {
            Vec2::ZERO
        };
        let control = self.control.take();
        match letter.to_ascii_uppercase() {
            'M' => {
                self.at = self.numbers.point()? + from;
                self.lines.push(Polyline {
                    points: vec![self.at],
                    closed: false,
                });
            }
            'L' => {
                let to = self.numbers.point()? + from;
                self.line_to(to);
            }
            'H' => {
                let to = pos2(self.numbers.number()? + from.x, self.at.y);
                self.line_to(to);
            }
            'V' => {
                let to = pos2(self.at.x, self.numbers.number()? + from.y);
                self.line_to(to);
            }
            'C' => {
                let (a, b, to) = (
                    self.numbers.point()? + from,
                    self.numbers.point()? + from,
                    self.numbers.point()? + from,
                );
                self.curve(a, b, to);
            }
            'S' => {
                let a = control.map_or(self.at, |c| self.at + (self.at - c));
                let (b, to) = (self.numbers.point()? + from, self.numbers.point()? + from);
                self.curve(a, b, to);
            }
            'A' => {
                let radius = self.numbers.point()?;
                self.numbers.number()?;
                let (large, sweep) = (self.numbers.flag()?, self.numbers.flag()?);
                let to = self.numbers.point()? + from;
                self.arc(radius.x, large, sweep, to);
            }
            'Z' => {
                let line = self.lines.last_mut()?;
                line.closed = true;
                self.at = *line.points.first()?;
                if line.points.len() > 2 && line.points.last()?.distance(self.at) < 0.01 {
                    line.points.pop();
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn line_to(&mut self, to: Pos2) {
        self.at = to;
        if let Some(line) = self.lines.last_mut() {
            line.points.push(to);
        }
    }

    fn curve(&mut self, a: Pos2, b: Pos2, to: Pos2) {
        let from = self.at;
        for step in 1..=STEPS {
            let t = step as f32 / STEPS as f32;
            let u = 1.0 - t;
            let p = from.to_vec2() * (u * u * u)
                + a.to_vec2() * (3.0 * u * u * t)
                + b.to_vec2() * (3.0 * u * t * t)
                + to.to_vec2() * (t * t * t);
            self.line_to(p.to_pos2());
        }
        self.control = Some(b);
    }

    /// A circular arc, as SVG's implementation notes find its centre.
    fn arc(&mut self, radius: f32, large: bool, sweep: bool, to: Pos2) {
        let from = self.at;
        let half = (from - to) / 2.0;
        let radius = radius.max(half.length());
        let away = (radius * radius / half.length_sq().max(1e-6) - 1.0)
            .max(0.0)
            .sqrt();
        let side = if large == sweep { -1.0 } else { 1.0 };
        let centre = from - half + vec2(half.y, -half.x) * (away * side);
        let (first, last) = ((from - centre).angle(), (to - centre).angle());
        let mut turn = last - first;
        if sweep && turn <= 0.0 {
            turn += std::f32::consts::TAU;
        }
        if !sweep && turn >= 0.0 {
            turn -= std::f32::consts::TAU;
        }
        for step in 1..=STEPS {
            let angle = first + turn * step as f32 / STEPS as f32;
            self.line_to(centre + Vec2::angled(angle) * radius);
        }
        self.at = to;
    }
}

struct Numbers<'a> {
    rest: &'a str,
}

impl Numbers<'_> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', ',']);
    }

    fn point(&mut self) -> Option<Pos2> {
        Some(pos2(self.number()?, self.number()?))
    }

    /// `0` or `1`, which may be glued to what follows.
    fn flag(&mut self) -> Option<bool> {
        self.skip();
        let first = self.rest.chars().next()?;
        self.rest = self.rest.get(1..)?;
        Some(first == '1')
    }

    fn number(&mut self) -> Option<f32> {
        self.skip();
        let mut dot = false;
        let end = self
            .rest
            .char_indices()
            .find(|&(i, c)| match c {
                '-' => i > 0,
                '.' => std::mem::replace(&mut dot, true),
                other => !other.is_ascii_digit(),
            })
            .map_or(self.rest.len(), |(i, _)| i);
        let (number, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        number.parse().ok()
    }
}
