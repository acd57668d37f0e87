//! The app: holds the state, asks the workers, and alone changes anything.
use crate::{
    args::Arguments,
    desk::{Desk, Source},
    drives::Drive,
    handed::Handing,
    home::{Decision, Home},
    ink::Ink,
    issue::{Checked, FrontPage, Stretched},
    look::Look,
    place::{History, Place},
    samples,
    screens::{
        ArticleScreen, FirstState, Folder, HiddenState, PaletteState, PublishersState, SampleRow,
        SearchState, ShelfState, Signed, VerdictState,
    },
    settings::Settings,
    theme::{Colours, ThemeName},
    words::{Language, Words},
};
use eframe::egui::{self, Context, TextureHandle, Ui};
use std::{collections::HashMap, path::PathBuf, sync::Arc, time::Instant};
use varaq_bundle::Day;
use varaq_shelf::StateFile;
use varaq_storage::Disk;
use varaq_trust::{Consent, Contact, Pin, Pins, State, Verdict};

mod act;
mod chrome;
mod contact;
mod first;
mod handed;
mod news;
mod pass;
mod publishers;
mod reading;
mod shelf;
mod shot;
mod timing;

use timing::Timing;

/// What the app starts with.
#[derive(Default)]
pub struct Start {
    /// The command line.
    pub arguments: Arguments,
    /// Language of the window.
    pub language: Language,
    /// Where things are kept.
    pub decision: Decision,
    /// The day by this computer's clock; `None` = nothing is said about it.
    pub today: Option<Day>,
    /// When the program started, for `VARAQ_TIMING`.
    pub started: Option<Instant>,
}

/// A file that is open, or being opened.
struct Open {
    source: Source,
    state: FileState,
    front: Option<FrontPage>,
    /// Whether the reader chose to see it without trust.
    untrusted: bool,
    chosen: Option<usize>,
    reveal: bool,
    section: Option<usize>,
    lead_picture: Option<TextureHandle>,
    lead_asked: bool,
}

enum FileState {
    Checking(Option<(u64, u64)>),
    /// A QR code is looked for in a picture.
    Searching,
    /// It is no bundle.
    Handed(Box<Handing>),
    Checked(Box<Checked>),
    Refused(String),
}

impl Open {
    fn new(source: Source) -> Self {
        Self {
            source,
            state: FileState::Checking(None),
            front: None,
            untrusted: false,
            chosen: None,
            reveal: false,
            section: None,
            lead_picture: None,
            lead_asked: false,
        }
    }

    fn checked(&self) -> Option<&Checked> {
        match &self.state {
            FileState::Checked(checked) => Some(checked),
            _ => None,
        }
    }

    /// Whether a worker is still reading it.
    fn is_read(&self) -> bool {
        matches!(self.state, FileState::Checking(_) | FileState::Searching)
    }

    /// What it is, if it is no bundle.
    fn handing(&mut self) -> Option<&mut Handing> {
        match &mut self.state {
            FileState::Handed(handing) => Some(handing),
            _ => None,
        }
    }

    /// What the reader agrees to by pressing the button of this verdict.
    fn consent(&self) -> Option<Consent> {
        match self.checked()?.verdict {
            Verdict::Verified | Verdict::Pinned => Some(Consent::Pinned),
            Verdict::UnknownPublisher => Some(Consent::ReadWithoutTrusting),
            Verdict::ImpostorName => Some(Consent::DifferentPublisher),
            _ => None,
        }
    }
}

/// The window.
pub struct App {
    ink: Ink,
    words: Words,
    /// The one that is worn.
    theme: ThemeName,
    /// The one that was chosen; none = light or dark, as the computer is.
    chosen_theme: Option<ThemeName>,
    colours: Colours,
    history: History,
    desk: Desk,
    /// Whom this reader trusts and what it has met, in this session and before.
    state: State,
    /// The same for the embedded samples, whose publishers are pinned.
    sample_state: State,
    state_unread: bool,
    state_file: Option<StateFile>,
    /// Whether the file holds a publisher or a code: only then is anything written without being asked for.
    state_kept: bool,
    today: Option<Day>,
    samples: Vec<SampleRow>,
    file: Option<Open>,
    verdict: VerdictState,
    folder: Option<Folder>,
    drives: Vec<Drive>,
    /// Verdicts and names of bundles on the list of files.
    row_seals: HashMap<PathBuf, Signed>,
    publishers: PublishersState,
    article: Option<ArticleScreen>,
    look: Look,
    /// Size of everything in the window, in percent.
    zoom: u16,
    /// The front page is a list.
    compact: bool,
    palette: Option<PaletteState>,
    /// The sheet that asks for a stick is open.
    targets_open: bool,
    /// What goes to the stick is the article as text, not the bundle.
    saves_text: bool,
    hidden: HiddenState,
    keys_open: bool,
    languages_open: bool,
    full_screen: bool,
    timing: Timing,
    shot: shot::Shot,
    quitting: bool,
    home: Home,
    /// Homes that the first start offers.
    homes: Vec<Home>,
    first: Option<FirstState>,
    shelf: ShelfState,
    search: SearchState,
    /// How the issue is called that is being taken off the shelf.
    removing: String,
    aim: Option<shelf::Aim>,
    stop: Option<shelf::Stop>,
}

/// Why the window cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The bundled fonts are broken: so is the program.
    #[error(transparent)]
    Fonts(#[from] varaq_page::FontError),
    /// There is not enough memory.
    #[error(transparent)]
    Shelf(#[from] varaq_shelf::LibraryError),
}

impl App {
    /// Builds the app in an egui context.
    ///
    /// # Errors
    /// See [`StartError`].
    pub fn new(ctx: &Context, start: Start) -> Result<Self, StartError> {
        let waker = ctx.clone();
        let desk = Desk::new(Arc::new(move || waker.request_repaint()))?;
        let (home, homes) = match start.decision {
            Decision::Decided(home) => (home, Vec::new()),
            // Whoever opens a file has something better to do than to answer questions; memory is the safe answer.
            Decision::Ask(_) if start.arguments.file.is_some() => (Home::MEMORY, Vec::new()),
            Decision::Ask(homes) => (Home::MEMORY, homes),
        };
        let folder = home.folder.as_deref();
        let settings = folder.map(|folder| Settings::load(&Disk, folder));
        let settings = settings.unwrap_or_default();
        let chosen_theme = start.arguments.theme.or(settings.theme);
        let theme = chosen_theme.unwrap_or_else(|| ThemeName::of_computer(ctx));
        let asked = start.arguments.language.or(settings.language);
        let mut app = Self {
            ink: Ink::new(ctx)?,
            words: Words::new(asked.unwrap_or(start.language)),
            theme,
            chosen_theme,
            colours: theme.colours(),
            history: History::default(),
            desk,
            state: State::default(),
            sample_state: State::default(),
            state_unread: false,
            state_file: None,
            state_kept: false,
            today: start.today,
            samples: Vec::new(),
            file: None,
            verdict: VerdictState::default(),
            folder: None,
            drives: Vec::new(),
            row_seals: HashMap::new(),
            publishers: PublishersState::default(),
            article: None,
            look: settings.look,
            zoom: settings.zoom,
            compact: settings.compact,
            palette: None,
            targets_open: false,
            saves_text: false,
            hidden: HiddenState::default(),
            keys_open: false,
            languages_open: false,
            full_screen: false,
            timing: Timing::new(start.started),
            shot: shot::Shot::new(start.arguments.screenshot),
            quitting: false,
            home: Home::MEMORY,
            first: FirstState::of(&homes),
            homes,
            shelf: ShelfState::default(),
            search: SearchState::default(),
            removing: String::new(),
            aim: None,
            stop: None,
        };
        app.dress(ctx);
        app.settle_in(home);
        app.list_samples();
        if app.first.is_some() {
            app.history.begin_at(Place::First);
        }
        if let Some(path) = start.arguments.file {
            app.open(Source::Path(path));
        }
        Ok(app)
    }

    /// Opens a file or sample, as a drop or a click would.
    pub fn open(&mut self, source: Source) {
        let state = self.state_for(&source);
        self.desk.open(source.clone(), state, self.today);
        self.aim = self
            .aim
            .take()
            .filter(|_| matches!(source, Source::Kept { .. }));
        self.file = Some(Open::new(source));
        self.verdict = VerdictState::default();
        self.article = None;
        self.history.open_file();
    }

    fn state_for(&self, source: &Source) -> &State {
        match source {
            Source::Sample { .. } => &self.sample_state,
            Source::Path(_) | Source::Kept { .. } => &self.state,
        }
    }

    /// The language of the window.
    #[must_use]
    pub fn language(&self) -> Language {
        self.words.language()
    }

    /// As if these drives had been plugged in; for tests.
    pub fn plug(&mut self, drives: Vec<Drive>) {
        self.drives = drives;
    }

    /// How articles are set.
    #[must_use]
    pub fn look(&self) -> Look {
        self.look
    }

    /// The shelf as it stands, once it was looked through; for tests.
    #[must_use]
    pub fn shelf(&self) -> Option<&crate::shelf::Shelf> {
        self.shelf.shelf.as_deref()
    }

    /// Whether all words of the shelf are in the index; for tests.
    #[must_use]
    pub fn is_indexed(&self) -> bool {
        self.shelf.filling.total > 0 && !self.shelf.filling.is_going_on()
    }

    /// What the search has found; for tests.
    #[must_use]
    pub fn found(&self) -> Option<&crate::shelf::Results> {
        self.search.list.results.as_deref()
    }

    /// Where the reader is.
    #[must_use]
    pub fn here(&self) -> Place {
        self.history.here()
    }

    /// The verdict on the file that is open, once there is one.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        self.file
            .as_ref()
            .and_then(Open::checked)
            .map(|checked| checked.verdict)
    }

    /// What the file that is open says, if it is no bundle.
    #[must_use]
    pub fn handing(&self) -> Option<&Handing> {
        match &self.file.as_ref()?.state {
            FileState::Handed(handing) => Some(handing),
            _ => None,
        }
    }

    /// Whether the code of the file's publisher is here; for tests.
    #[must_use]
    pub fn has_code(&self) -> bool {
        let checked = self.file.as_ref().and_then(Open::checked);
        let facts = checked.and_then(|checked| checked.facts.as_ref());
        facts.is_some_and(|facts| matches!(facts.code, Stretched::Done(_)))
    }

    /// Whether the code of the chosen publisher is here; for tests.
    #[must_use]
    pub fn has_chosen_code(&self) -> bool {
        matches!(self.publishers.code, Stretched::Done(_))
    }

    /// Whether every cover of the shelf is drawn; for tests.
    #[must_use]
    pub fn has_covers(&self) -> bool {
        let shelf = self.shelf.shelf.as_ref();
        shelf.is_some_and(|shelf| self.shelf.faces.len() >= shelf.issues())
    }

    /// Whether the picture of the lead has come; for tests.
    #[must_use]
    pub fn has_lead_picture(&self) -> bool {
        self.file
            .as_ref()
            .is_some_and(|file| file.lead_picture.is_some())
    }

    /// The article that is open; for tests.
    #[must_use]
    pub fn article(&self) -> Option<&ArticleScreen> {
        self.article.as_ref()
    }

    /// Text layout; for tests.
    #[must_use]
    pub fn ink(&self) -> &Ink {
        &self.ink
    }

    /// Opens a page that was made by hand, without a file; for tests and measurements.
    pub fn show_article(&mut self, article: ArticleScreen) {
        self.history.go(Place::Article(article.entry.number));
        self.article = Some(article);
    }

    fn list_samples(&mut self) {
        let sources: Vec<Source> = samples::all()
            .map(|s| Source::Sample {
                name: s.name,
                bytes: s.bytes,
            })
            .collect();
        self.samples = samples::all()
            .map(|sample| SampleRow {
                name: sample.name.to_owned(),
                size: sample.bytes.len() as u64,
                seal: None,
            })
            .collect();
        if !sources.is_empty() {
            self.desk
                .judge_samples(sources, self.sample_state.pins.clone());
        }
    }

    /// Colours of egui's own parts (scroll bars), in the theme.
    fn dress(&self, ctx: &Context) {
        let (base, mut visuals) = if self.theme.is_dark() {
            (egui::Theme::Dark, egui::Visuals::dark())
        } else {
            (egui::Theme::Light, egui::Visuals::light())
        };
        // Else egui would change to colours of its own whenever the computer does.
        ctx.set_theme(base);
        visuals.panel_fill = self.colours.desk;
        visuals.extreme_bg_color = self.colours.sunken;
        ctx.set_visuals(visuals);
        ctx.set_zoom_factor(f32::from(self.zoom) / 100.0);
        ctx.all_styles_mut(|style| {
            style.animation_time = 0.0;
            style.spacing.scroll = egui::style::ScrollStyle::thin();
            style.interaction.selectable_labels = false;
            // egui's own remarks would be the only text that does not go through our layout.
            // They exist in debug builds alone.
            #[cfg(debug_assertions)]
            {
                style.debug.show_unaligned = false;
                style.debug.warn_if_rect_changes_id = false;
            }
        });
    }

    fn section_name(&self, entry: &crate::issue::Entry) -> String {
        let front = self.file.as_ref().and_then(|file| file.front.as_ref());
        front
            .and_then(|front| front.sections.get(entry.section))
            .cloned()
            .unwrap_or_default()
    }

    /// Lists a folder, `None` = where the program was started.
    pub fn list(&mut self, folder: Option<PathBuf>) {
        self.folder = None;
        self.desk.list(folder);
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        let began = Instant::now();
        self.frame(ui);
        self.timing.frame(began, frame.info().cpu_usage);
    }

    /// The window closes: where the reader was is remembered, if anything is.
    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.leave_article();
        if self.shelf.taken.is_some() {
            self.desk.shelf().purge();
        }
        self.desk.shelf().settle();
        self.timing.end();
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.colours.desk.to_normalized_gamma_f32()
    }
}

impl App {
    /// Draws one frame: news first, then keys, then the screen.
    pub fn frame(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.ink.begin(&ctx);
        self.follow_computer(&ctx);
        self.take_news(&ctx);
        self.take_drops(&ctx);
        self.take_keys(&ctx);
        let actions = self.draw(ui);
        for action in actions {
            self.act(&ctx, action);
        }
        self.ask_for_pictures();
        self.ask_for_covers();
        self.note_position();
        self.ink.end();
        if self.quitting {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
        let busy = self.file.as_ref().is_some_and(Open::is_read);
        self.shot.take(&ctx, busy);
    }
}

/// The reader's pins and those of the samples' publishers: for the embedded bytes only.
fn with_samples(pins: &Pins) -> Pins {
    let mut all = pins.clone();
    for contact in samples::contacts().filter_map(|text| text.parse::<Contact>().ok()) {
        if all.find(&contact.id).is_none() {
            all.add(Pin::new(contact.id, &contact.names, false, None));
        }
    }
    all
}
