//! Lists the sample bundles of `bundles/`, so that they are embedded when they exist and the build passes when they do not.
use std::{env, fmt::Write as _, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=../../bundles");
    let folder =
        Path::new(&env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../bundles");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    files.sort();
    let listed = |ending: &str| {
        let mut list = String::new();
        for path in files
            .iter()
            .filter(|path| path.extension().is_some_and(|e| e == ending))
        {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let _ = write!(
                list,
                "({name:?}, include_bytes!({:?}).as_slice()), ",
                path.display().to_string()
            );
        }
        list
    };
    let out = Path::new(&env::var_os("OUT_DIR").unwrap_or_default()).join("samples.rs");
    let code = format!("&[{}]", listed("varaq"));
    fs::write(out, code)?;
    let out = Path::new(&env::var_os("OUT_DIR").unwrap_or_default()).join("contacts.rs");
    fs::write(out, format!("&[{}]", listed("contact")))
}
