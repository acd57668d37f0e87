//! Every action of the window with its text, hint and keys together, so that buttons, keys and the `?` sheet agree.
use eframe::egui::{Key, KeyboardShortcut, Modifiers};

/// Something the reader can ask for with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // each variant's text and hint are in assets/text
pub enum Command {
    ShowShelf,
    ShowSearch,
    OpenFile,
    GoBack,
    GoForward,
    Leave,
    FindInPage,
    FindNext,
    FindPrevious,
    TextLarger,
    TextSmaller,
    TextNormal,
    NextItem,
    PreviousItem,
    PageDown,
    PageUp,
    CopySelection,
    StarArticle,
    MarkRead,
    MarkAllRead,
    ShowAsList,
    ShowContents,
    KeepIssue,
    CopyToStick,
    RemoveIssue,
    CopyArticle,
    SaveArticle,
    ShowVerdict,
    ShowPublishers,
    ShowSettings,
    ShowHelp,
    ShowPalette,
    PutAway,
    FullScreen,
    SwitchLanguage,
    SwitchTheme,
    ShowKeys,
    Quit,
}

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const ALT: Modifiers = Modifiers::ALT;
const SHIFT: Modifiers = Modifiers::SHIFT;

const fn key(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(modifiers, key)
}

impl Command {
    /// Every action in the order of the `?` sheet.
    pub const ALL: [Self; 38] = [
        Self::ShowShelf,
        Self::ShowSearch,
        Self::OpenFile,
        Self::GoBack,
        Self::GoForward,
        Self::Leave,
        Self::NextItem,
        Self::PreviousItem,
        Self::PageDown,
        Self::PageUp,
        Self::FindInPage,
        Self::FindNext,
        Self::FindPrevious,
        Self::CopySelection,
        Self::StarArticle,
        Self::MarkRead,
        Self::MarkAllRead,
        Self::ShowAsList,
        Self::ShowContents,
        Self::CopyArticle,
        Self::SaveArticle,
        Self::KeepIssue,
        Self::CopyToStick,
        Self::RemoveIssue,
        Self::TextLarger,
        Self::TextSmaller,
        Self::TextNormal,
        Self::ShowVerdict,
        Self::ShowPublishers,
        Self::ShowSettings,
        Self::ShowHelp,
        Self::ShowPalette,
        Self::FullScreen,
        Self::SwitchLanguage,
        Self::SwitchTheme,
        Self::ShowKeys,
        Self::PutAway,
        Self::Quit,
    ];

    /// Key of its text in `assets/text`.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::ShowShelf => "show-shelf",
            Self::ShowSearch => "show-search",
            Self::StarArticle => "star-article",
            Self::MarkRead => "mark-read",
            Self::MarkAllRead => "mark-all-read",
            Self::ShowAsList => "front-list",
            Self::ShowContents => "show-contents",
            Self::KeepIssue => "keep-issue",
            Self::CopyToStick => "copy-command",
            Self::CopyArticle => "copy-article",
            Self::SaveArticle => "save-article",
            Self::RemoveIssue => "remove-issue",
            Self::OpenFile => "open-file",
            Self::GoBack => "go-back",
            Self::GoForward => "go-forward",
            Self::Leave => "leave",
            Self::FindInPage => "find-in-page",
            Self::FindNext => "find-next",
            Self::FindPrevious => "find-previous",
            Self::TextLarger => "text-larger",
            Self::TextSmaller => "text-smaller",
            Self::TextNormal => "text-normal",
            Self::NextItem => "next-item",
            Self::PreviousItem => "previous-item",
            Self::PageDown => "page-down",
            Self::PageUp => "page-up",
            Self::CopySelection => "copy-selection",
            Self::ShowVerdict => "show-verdict",
            Self::ShowPublishers => "show-publishers",
            Self::ShowSettings => "show-settings",
            Self::ShowHelp => "show-help",
            Self::ShowPalette => "show-palette",
            Self::PutAway => "put-away",
            Self::FullScreen => "full-screen",
            Self::SwitchLanguage => "switch-language",
            Self::SwitchTheme => "switch-theme",
            Self::ShowKeys => "show-keys",
            Self::Quit => "quit",
        }
    }

    /// Whether it acts on the page of the first start, which leads nowhere but to the shelf.
    #[must_use]
    pub fn is_for_first(self) -> bool {
        matches!(
            self,
            Self::FullScreen
                | Self::SwitchLanguage
                | Self::SwitchTheme
                | Self::ShowKeys
                | Self::Leave
                | Self::PutAway
                | Self::Quit
        )
    }

    /// Whether it acts while the palette is open, whose field has all other keys.
    #[must_use]
    pub fn is_for_palette(self) -> bool {
        matches!(self, Self::Leave | Self::PutAway | Self::Quit)
    }

    /// Whether it acts while everything is put away.
    #[must_use]
    pub fn is_for_hidden(self) -> bool {
        matches!(self, Self::PutAway | Self::Quit | Self::FullScreen)
    }

    /// Key of the name of the place that it leads to.
    #[must_use]
    pub fn place(self) -> &'static str {
        match self {
            Self::OpenFile => "place-files",
            other => other.text(),
        }
    }

    /// Key of its hint in `assets/text`.
    #[must_use]
    pub fn hint(self) -> String {
        format!("{}-hint", self.text())
    }

    /// Its keys, the first one is shown beside its name. In right-to-left windows the arrows of
    /// [`Command::GoBack`] and [`Command::GoForward`] change places, as on screen.
    #[must_use]
    pub fn keys(self, rtl: bool) -> Vec<KeyboardShortcut> {
        let (back, forward) = if rtl {
            (Key::ArrowRight, Key::ArrowLeft)
        } else {
            (Key::ArrowLeft, Key::ArrowRight)
        };
        match self {
            Self::ShowShelf => vec![key(NONE, Key::Num1)],
            Self::ShowSearch => vec![key(NONE, Key::Slash), key(NONE, Key::Num2)],
            Self::OpenFile => vec![key(CTRL, Key::O), key(NONE, Key::Num3)],
            Self::StarArticle => vec![key(NONE, Key::S)],
            Self::MarkAllRead => vec![key(SHIFT, Key::M)],
            Self::ShowAsList => vec![key(NONE, Key::L)],
            Self::ShowContents => vec![key(NONE, Key::T)],
            Self::MarkRead => vec![key(NONE, Key::M)],
            Self::KeepIssue => vec![key(CTRL, Key::S)],
            Self::CopyToStick => vec![key(CTRL, Key::E)],
            Self::SaveArticle => vec![key(CTRL, Key::T)],
            Self::CopyArticle => vec![key(CTRL, Key::J)],
            Self::RemoveIssue => vec![key(NONE, Key::Delete)],
            Self::GoBack => vec![key(ALT, back)],
            Self::GoForward => vec![key(ALT, forward)],
            Self::Leave => vec![key(NONE, Key::Escape)],
            Self::FindInPage => vec![key(CTRL, Key::F)],
            Self::FindNext => vec![key(NONE, Key::F3), key(CTRL, Key::G)],
            Self::FindPrevious => vec![key(SHIFT, Key::F3)],
            Self::TextLarger => vec![key(CTRL, Key::Plus), key(CTRL, Key::Equals)],
            Self::TextSmaller => vec![key(CTRL, Key::Minus)],
            Self::TextNormal => vec![key(CTRL, Key::Num0)],
            Self::NextItem => vec![key(NONE, Key::J), key(NONE, Key::ArrowDown)],
            Self::PreviousItem => vec![key(NONE, Key::K), key(NONE, Key::ArrowUp)],
            Self::PageDown => vec![key(NONE, Key::Space), key(NONE, Key::PageDown)],
            Self::PageUp => vec![key(SHIFT, Key::Space), key(NONE, Key::PageUp)],
            Self::CopySelection => vec![key(CTRL, Key::C)],
            Self::ShowVerdict => vec![key(NONE, Key::I)],
            Self::ShowPublishers => vec![key(CTRL, Key::P), key(NONE, Key::Num4)],
            Self::ShowSettings => vec![key(CTRL, Key::Comma), key(NONE, Key::Num5)],
            Self::ShowHelp => vec![key(NONE, Key::F1)],
            Self::ShowPalette => vec![key(CTRL, Key::K)],
            Self::PutAway => vec![key(NONE, Key::F8)],
            Self::FullScreen => vec![key(NONE, Key::F11)],
            Self::SwitchLanguage => vec![key(CTRL, Key::L)],
            Self::SwitchTheme => vec![key(CTRL, Key::D)],
            Self::ShowKeys => vec![key(SHIFT, Key::Slash), key(NONE, Key::Questionmark)],
            Self::Quit => vec![key(NONE, Key::F9), key(CTRL, Key::Q)],
        }
    }

    /// Whether its keys also act while a text field has the focus: letters and arrows then belong to the field.
    #[must_use]
    pub fn acts_in_fields(shortcut: &KeyboardShortcut) -> bool {
        let function = matches!(
            shortcut.logical_key,
            Key::F1 | Key::F3 | Key::F8 | Key::F9 | Key::F11 | Key::Escape
        );
        function
            || (shortcut.modifiers.command && shortcut.logical_key != Key::C)
            || shortcut.modifiers.alt
    }
}

/// A shortcut as it is printed on keys: `Ctrl+F`, `Alt+←`.
#[must_use]
pub fn printed(shortcut: &KeyboardShortcut) -> String {
    let mut text = String::new();
    let m = shortcut.modifiers;
    for (held, name) in [(m.command, "Ctrl+"), (m.alt, "Alt+"), (m.shift, "Shift+")] {
        if held {
            text.push_str(name);
        }
    }
    text.push_str(match shortcut.logical_key {
        Key::ArrowLeft => "Left",
        Key::ArrowRight => "Right",
        Key::ArrowDown => "Down",
        Key::ArrowUp => "Up",
        Key::Escape => "Esc",
        Key::Plus => "+",
        Key::Minus => "-",
        Key::Equals => "=",
        Key::Comma => ",",
        Key::Slash => "/",
        Key::Questionmark => "?",
        other => other.name(),
    });
    if text == "Shift+/" {
        "?".to_owned()
    } else {
        text
    }
}
