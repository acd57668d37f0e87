//! varaq-reader: opens the window, or says clearly why there is none.
use eframe::egui::ViewportBuilder;
use std::{
    process::ExitCode,
    time::{SystemTime, UNIX_EPOCH},
};
use varaq_bundle::Day;
use varaq_reader::{
    app::{App, Start},
    args::{self, Arguments, HELP, Request},
    home::{Decision, Home, Surroundings},
    words::{Language, Words},
};

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a binary talks to whoever started it"
)]
fn main() -> ExitCode {
    let started = std::time::Instant::now();
    varaq_quiet::keep_shaders_off_the_disk();
    let arguments = match args::parse(std::env::args_os().skip(1)) {
        Request::Window(arguments) => arguments,
        Request::Help => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Request::Version => {
            println!("varaq-reader {}", env!("CARGO_PKG_VERSION"));
            return ExitCode::SUCCESS;
        }
        Request::Wrong(what) => {
            eprintln!("varaq-reader: error: {what}\nhint: varaq-reader --help");
            return ExitCode::from(2);
        }
    };
    let language = arguments.language.unwrap_or_else(Language::of_this_pc);
    let outcome = if has_display() {
        window(arguments, language, started)
    } else {
        Err(String::new())
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            // Without a display the reader still has the terminal.
            let words = Words::new(language);
            let cause = if cause.is_empty() {
                cause
            } else {
                format!(": {cause}")
            };
            eprintln!(
                "{}{cause}\n{}",
                words.text("no-display-title"),
                words.text("no-display-hint")
            );
            ExitCode::FAILURE
        }
    }
}

/// Whether a display server is named. Elsewhere than on Unix there is always one.
fn has_display() -> bool {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos")))
        || named("DISPLAY")
        || named("WAYLAND_DISPLAY")
        || named("WAYLAND_SOCKET")
}

#[expect(
    clippy::disallowed_methods,
    reason = "only binaries read the clock; it words a line and decides nothing"
)]
/// The day by this computer's clock; it only words lines. A clock before 1970 names none.
fn today() -> Option<Day> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    u32::try_from(since.as_secs() / 86_400).ok().map(Day)
}

/// Where things are kept: as the command line says, else as it was chosen before.
fn decision(arguments: &Arguments) -> Decision {
    match &arguments.shelf {
        _ if arguments.memory => Decision::Decided(Home::MEMORY),
        Some(folder) => Decision::Decided(Home::portable(folder.clone())),
        None => Surroundings::of_this_program().decision(),
    }
}

fn window(
    arguments: Arguments,
    language: Language,
    started: std::time::Instant,
) -> Result<(), String> {
    // The title is the program's name in every state: a window list must not tell what is read.
    let viewport = ViewportBuilder::default()
        .with_title("Varaq")
        .with_app_id("varaq-reader");
    let viewport = viewport
        .with_inner_size([1180.0, 800.0])
        .with_min_inner_size([420.0, 360.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions {
        viewport,
        ..eframe::NativeOptions::default()
    };
    let decision = decision(&arguments);
    let start = Start {
        arguments,
        language,
        decision,
        today: today(),
        started: Some(started),
    };
    let created = move |cc: &eframe::CreationContext<'_>| -> Result<
        Box<dyn eframe::App>,
        Box<dyn std::error::Error + Send + Sync>,
    > { Ok(Box::new(App::new(&cc.egui_ctx, start)?)) };
    eframe::run_native("varaq-reader", options, Box::new(created))
        .map_err(|error| error.to_string())
}
