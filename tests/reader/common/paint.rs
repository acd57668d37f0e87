//! Paints what egui has tessellated, triangle by triangle, without a graphics card: the same picture everywhere.
use eframe::egui::{
    ClippedPrimitive, ImageData, Pos2, Rect, TextureId, TexturesDelta,
    epaint::{Mesh, Primitive, Vertex},
};
use egui_kittest::{Harness, TestRenderer};
use std::{cell::RefCell, collections::HashMap, rc::Rc};

type Pixel = [f32; 4];

struct Texture {
    width: usize,
    height: usize,
    pixels: Vec<Pixel>,
}

/// Keeps the textures of a window.
#[derive(Clone, Default)]
pub struct Painter {
    textures: Rc<RefCell<HashMap<TextureId, Texture>>>,
}

/// A finished picture, three bytes a pixel.
pub struct Canvas {
    pub width: usize,
    pub height: usize,
    pub rgb: Vec<u8>,
}

impl TestRenderer for Painter {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let delta = std::mem::take(delta);
        let mut textures = self.textures.borrow_mut();
        for (id, changes) in &delta.set {
            for change in changes {
                let ImageData::Color(image) = &change.image;
                let [width, height] = image.size;
                let pixels: Vec<Pixel> = image
                    .pixels
                    .iter()
                    .map(|c| c.to_array().map(|value| f32::from(value) / 255.0))
                    .collect();
                let Some([x, y]) = change.pos else {
                    let whole = Texture {
                        width,
                        height,
                        pixels,
                    };
                    textures.insert(*id, whole);
                    continue;
                };
                let target = textures.get_mut(id).unwrap();
                for (row, line) in pixels.chunks(width).enumerate() {
                    let from = (y + row) * target.width + x;
                    target.pixels[from..from + width].copy_from_slice(line);
                }
            }
        }
        let mut delta = delta;
        delta.clear();
    }
}

impl Painter {
    /// Paints the last frame of a window.
    pub fn paint<T>(&self, harness: &Harness<'_, T>) -> Canvas {
        let size = harness.ctx.content_rect().size();
        let (width, height) = (size.x as usize, size.y as usize);
        let mut pixels = vec![[0.0, 0.0, 0.0]; width * height];
        let output = harness.output();
        let primitives = harness.ctx.tessellate(output.shapes.clone(), 1.0);
        let textures = self.textures.borrow();
        for ClippedPrimitive {
            clip_rect,
            primitive,
        } in primitives
        {
            let Primitive::Mesh(mesh) = primitive else {
                continue;
            };
            let Some(texture) = textures.get(&mesh.texture_id) else {
                continue;
            };
            paint_mesh(&mut pixels, (width, height), clip_rect, &mesh, texture);
        }
        let byte = |value: f32| (value * 255.0).round().clamp(0.0, 255.0) as u8;
        Canvas {
            width,
            height,
            rgb: pixels.into_iter().flatten().map(byte).collect(),
        }
    }
}

fn paint_mesh(
    pixels: &mut [[f32; 3]],
    (width, height): (usize, usize),
    clip: Rect,
    mesh: &Mesh,
    texture: &Texture,
) {
    let left = clip.left().round().max(0.0) as usize;
    let right = (clip.right().round().max(0.0) as usize).min(width);
    let top = clip.top().round().max(0.0) as usize;
    let bottom = (clip.bottom().round().max(0.0) as usize).min(height);
    for corners in mesh.indices.chunks_exact(3) {
        let [a, b, c] = [0, 1, 2].map(|i| mesh.vertices[corners[i] as usize]);
        let area = cross(a.pos, b.pos, c.pos);
        if area == 0.0 {
            continue;
        }
        // Either way around; an edge belongs to the triangle on one side of it only.
        let (b, c, area) = if area < 0.0 {
            (c, b, -area)
        } else {
            (b, c, area)
        };
        let xs = [a.pos.x, b.pos.x, c.pos.x];
        let ys = [a.pos.y, b.pos.y, c.pos.y];
        let from = |values: [f32; 3], least: usize| {
            (values
                .into_iter()
                .fold(f32::INFINITY, f32::min)
                .floor()
                .max(0.0) as usize)
                .max(least)
        };
        let to = |values: [f32; 3], most: usize| {
            (values.into_iter().fold(0.0, f32::max).ceil() as usize).min(most)
        };
        for y in from(ys, top)..to(ys, bottom) {
            for x in from(xs, left)..to(xs, right) {
                let p = Pos2::new(x as f32 + 0.5, y as f32 + 0.5);
                let parts = [
                    edge(b.pos, c.pos, p),
                    edge(c.pos, a.pos, p),
                    edge(a.pos, b.pos, p),
                ];
                let [Some(wa), Some(wb), Some(wc)] = parts else {
                    continue;
                };
                let source = shade([a, b, c], [wa / area, wb / area, wc / area], texture);
                let target = &mut pixels[y * width + x];
                for (value, source_value) in target.iter_mut().zip(source) {
                    *value = source_value + *value * (1.0 - source[3]);
                }
            }
        }
    }
}

fn cross(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// How far a point is inside of an edge; `None` outside, and on edges that belong to the neighbour.
fn edge(a: Pos2, b: Pos2, p: Pos2) -> Option<f32> {
    let inside = cross(a, b, p);
    let mine = b.y < a.y || (a.y == b.y && b.x > a.x);
    (inside > 0.0 || (inside == 0.0 && mine)).then_some(inside)
}

/// Colour of a point: of the corners, times the texture there.
fn shade(corners: [Vertex; 3], weights: [f32; 3], texture: &Texture) -> Pixel {
    let mut colour = [0.0; 4];
    let (mut u, mut v) = (0.0, 0.0);
    for (corner, weight) in corners.into_iter().zip(weights) {
        for (sum, value) in colour.iter_mut().zip(corner.color.to_array()) {
            *sum += f32::from(value) / 255.0 * weight;
        }
        u += corner.uv.x * weight;
        v += corner.uv.y * weight;
    }
    let at = |part: f32, count: usize| {
        ((part * count as f32).floor().max(0.0) as usize).min(count.saturating_sub(1))
    };
    let texel = texture.pixels[at(v, texture.height) * texture.width + at(u, texture.width)];
    std::array::from_fn(|i| colour[i] * texel[i])
}
