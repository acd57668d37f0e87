//! Keeps the graphics driver from writing to the disk.
//!
//! A driver keeps the shaders that it has compiled in a cache in the user's home, so that the next start is faster: a
//! file with a date, made by a program that promised to write none. Mesa and NVIDIA's driver for Unix are told by the
//! environment not to; other drivers listen to nobody, and SECURITY.md says so.

/// What tells drivers that they must not keep shaders: current Mesa, Mesa before 22.2, NVIDIA's own.
const NO_CACHE: [(&str, &str); 3] = [
    ("MESA_SHADER_CACHE_DISABLE", "true"),
    ("MESA_GLSL_CACHE_DISABLE", "true"),
    ("__GL_SHADER_DISK_CACHE", "0"),
];

/// Tells them. To be called first in `main`, before any thread is started: the environment belongs to the whole process.
#[expect(
    clippy::disallowed_methods,
    reason = "a driver can be told in no other way"
)]
pub fn keep_shaders_off_the_disk() {
    for (name, value) in NO_CACHE {
        std::env::set_var(name, value);
    }
}
