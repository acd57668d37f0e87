//! A window under test: its files and its reader's state are in a folder of its own.
use super::paint::{Canvas, Painter};
use eframe::egui::{Key, Modifiers, Vec2, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use std::{path::PathBuf, time::Duration};
use varaq_bundle::Day;
use varaq_reader::{
    app::{App, Start},
    args::Arguments,
    home::{Decision, Home},
    theme::ThemeName,
    words::{Language, Words},
};
use varaq_shelf::StateFile;
use varaq_storage::{Disk, Storage as _};
use varaq_trust::{Pins, State};

pub struct Window {
    pub harness: Harness<'static, Option<App>>,
    pub folder: tempfile::TempDir,
    painter: Painter,
}

/// What a window begins with.
pub struct Setup<'a> {
    pub language: Language,
    /// None = as the computer is.
    pub theme: Option<ThemeName>,
    pub bytes: Option<&'a [u8]>,
    pub state: State,
    pub today: Option<Day>,
    pub size: Vec2,
    /// Where things are kept; none = in the window's folder, as on a computer.
    pub decision: Option<Decision>,
}

impl Default for Setup<'_> {
    fn default() -> Self {
        Self {
            language: Language::English,
            theme: Some(ThemeName::Light),
            bytes: None,
            state: State::default(),
            today: None,
            size: vec2(1180.0, 800.0),
            decision: None,
        }
    }
}

impl Window {
    pub fn new(language: Language, bytes: Option<&[u8]>, pins: &Pins) -> Self {
        Self::of(Setup {
            language,
            bytes,
            state: State::from(pins.clone()),
            ..Setup::default()
        })
    }

    pub fn of(setup: Setup<'_>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let state_file = StateFile::in_folder(folder.path());
        state_file.save(&setup.state).unwrap();
        let file = setup.bytes.map(|bytes| {
            let path = folder.path().join("file.varaq");
            std::fs::write(&path, bytes).unwrap();
            path
        });
        let mut start = Some(Start {
            arguments: Arguments {
                file,
                theme: setup.theme,
                ..Arguments::default()
            },
            language: setup.language,
            decision: setup
                .decision
                .unwrap_or_else(|| Decision::Decided(Home::computer(folder.path().to_path_buf()))),
            today: setup.today,
            started: None,
        });
        let draw = move |ui: &mut eframe::egui::Ui, app: &mut Option<App>| {
            if let Some(start) = start.take() {
                *app = Some(App::new(ui.ctx(), start).unwrap());
            }
            if let Some(app) = app {
                app.frame(ui);
            }
        };
        let painter = Painter::default();
        let mut harness = Harness::builder()
            .with_size(setup.size)
            .renderer(painter.clone())
            .build_ui_state(draw, None);
        harness.step();
        Self {
            harness,
            folder,
            painter,
        }
    }

    pub fn opened(language: Language, bytes: &[u8], pins: &Pins) -> Self {
        Self::opened_of(Setup {
            language,
            bytes: Some(bytes),
            state: State::from(pins.clone()),
            ..Setup::default()
        })
    }

    pub fn opened_of(setup: Setup<'_>) -> Self {
        let mut window = Self::of(setup);
        window.until(|app| app.verdict().is_some());
        window
    }

    /// Opens a file of these bytes and waits for its verdict.
    pub fn open_bytes(&mut self, name: &str, bytes: &[u8]) {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        self.app_mut().open(varaq_reader::desk::Source::Path(path));
        self.until(|app| app.verdict().is_some());
    }

    /// Opens a file of these bytes, reads it, and keeps it on the shelf.
    pub fn keep_bytes(&mut self, name: &str, bytes: &[u8]) {
        self.open_bytes(name, bytes);
        self.press(Key::Enter);
        self.until(|app| app.here() == varaq_reader::place::Place::Front);
        self.press_with(Modifiers::COMMAND, Key::S);
        let words = Words::new(self.app().language());
        self.until_said(&words.with("keep-done", &[("name", "".into())]).split_off(3));
        self.click(&words, "close");
    }

    /// The program is started again where it keeps its things now.
    pub fn start_again(&mut self, decision: Decision, language: Language) {
        let start = Start {
            language,
            decision,
            ..Start::default()
        };
        self.close();
        let ctx = self.harness.ctx.clone();
        *self.harness.state_mut() = Some(App::new(&ctx, start).unwrap());
        self.step();
    }

    /// The program ends, and lets go of its shelf.
    pub fn close(&mut self) {
        *self.harness.state_mut() = None;
        let lock = self.folder.path().join("index.lock");
        for _ in 0..1_000 {
            let free = Disk.facts(&lock).is_err() || matches!(Disk.try_lock(&lock), Ok(Some(_)));
            if free {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the shelf is still held");
    }

    /// Drops a file on the window.
    pub fn drop_file(&mut self, path: &std::path::Path) {
        let dropped = std::sync::Arc::new(Dropped(path.to_path_buf()));
        self.harness.input_mut().dropped_files.push(dropped);
        self.step();
        self.step();
    }

    /// Types a text into the field that has the focus.
    pub fn type_text(&mut self, text: &str) {
        self.harness
            .event(eframe::egui::Event::Text(text.to_owned()));
        self.step();
        self.step();
    }

    /// The program is started again with these.
    pub fn restart(&mut self, file: Option<PathBuf>, pins: StateFile) {
        let home = pins.path().parent().unwrap().to_path_buf();
        let start = Start {
            arguments: Arguments {
                file,
                ..Arguments::default()
            },
            language: Language::English,
            decision: Decision::Decided(Home::computer(home)),
            today: None,
            started: None,
        };
        let ctx = self.harness.ctx.clone();
        *self.harness.state_mut() = Some(App::new(&ctx, start).unwrap());
        self.step();
    }

    pub fn app(&self) -> &App {
        self.harness.state().as_ref().unwrap()
    }

    pub fn app_mut(&mut self) -> &mut App {
        self.harness.state_mut().as_mut().unwrap()
    }

    pub fn step(&mut self) {
        self.harness.step();
    }

    /// Steps until the workers have answered; ten seconds at most.
    pub fn until(&mut self, done: impl Fn(&App) -> bool) {
        self.wait(|window| done(window.app()));
    }

    /// Steps until the window says these words.
    pub fn until_said(&mut self, words: &str) {
        self.wait(|window| window.says(words));
    }

    /// Steps until it is so; twenty seconds at most.
    pub fn wait(&mut self, done: impl Fn(&Self) -> bool) {
        for _ in 0..2_000 {
            self.step();
            if done(self) {
                self.step();
                self.step();
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("no answer; the window says {:?}", self.said());
    }

    /// Everything that a screen reader can say.
    pub fn said(&self) -> Vec<String> {
        let mut said = Vec::new();
        for node in self.harness.root().children_recursive() {
            let node = node.accesskit_node();
            said.extend(node.label());
            said.extend(node.value());
        }
        said
    }

    /// Whether a screen reader can say these words; isolates around names do not count.
    pub fn says(&self, words: &str) -> bool {
        let bare = |text: &str| text.replace(['\u{2068}', '\u{2069}'], "");
        let words = bare(words);
        self.said().iter().any(|said| bare(said).contains(&words))
    }

    /// Whether it says every line of a text of the window.
    pub fn says_text(&self, text: &str) -> bool {
        text.lines().all(|line| self.says(line.trim()))
    }

    pub fn press(&mut self, key: Key) {
        self.harness.key_press(key);
        self.step();
        self.step();
    }

    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.step();
        self.step();
    }

    /// Clicks what has the name of this text key.
    pub fn click(&mut self, words: &Words, key: &str) {
        self.click_on(&words.text(key));
    }

    pub fn click_on(&mut self, name: &str) {
        self.harness.get_by_label(name).click();
        self.step();
        self.step();
    }

    pub fn paste(&mut self, text: &str) {
        self.harness
            .event(eframe::egui::Event::Paste(text.to_owned()));
        self.step();
        self.step();
    }

    /// The computer is set to light or dark.
    pub fn computer_is(&mut self, theme: eframe::egui::Theme) {
        self.harness.input_mut().system_theme = Some(theme);
        self.step();
    }

    /// The window as it looks.
    pub fn picture(&mut self) -> Canvas {
        self.step();
        self.step();
        self.painter.paint(&self.harness)
    }
}

/// A file that was dropped on the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl eframe::egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}
