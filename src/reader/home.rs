//! Where this program keeps what it keeps, decided before its window opens.
//!
//! In: the command line, the folder of the program, and the platform's folder for data. Out: a mode with its folder,
//! or the question for the reader. A shelf beside the program wins over one on the computer: who carries a stick
//! means the stick. Without any, the first start asks, and nothing is written before the answer.
use std::path::{Path, PathBuf};
use varaq_shelf::Mode;

/// Folder beside the program that makes it portable.
pub const BESIDE: &str = "varaq-shelf";

/// A mode and its folder; memory has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Where things are kept.
    pub mode: Mode,
    /// Folder of the state, the shelf and the settings.
    pub folder: Option<PathBuf>,
}

impl Home {
    /// Keeps nothing.
    pub const MEMORY: Self = Self {
        mode: Mode::Memory,
        folder: None,
    };

    /// Keeps things in a folder that travels.
    #[must_use]
    pub fn portable(folder: PathBuf) -> Self {
        Self {
            mode: Mode::Portable,
            folder: Some(folder),
        }
    }

    /// Keeps things on this computer.
    #[must_use]
    pub fn computer(folder: PathBuf) -> Self {
        Self {
            mode: Mode::Computer,
            folder: Some(folder),
        }
    }
}

/// What is known of the surroundings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Folder that the program was started from.
    pub program: Option<PathBuf>,
    /// Whether that is on removable media.
    pub from_stick: bool,
    /// The platform's folder for the program's data.
    pub data: Option<PathBuf>,
}

/// What the window starts with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is decided.
    Decided(Home),
    /// The reader is asked; the first is proposed.
    Ask(Vec<Home>),
}

impl Default for Decision {
    fn default() -> Self {
        Self::Decided(Home::MEMORY)
    }
}

impl Surroundings {
    /// Those of this process.
    #[must_use]
    pub fn of_this_program() -> Self {
        let program = std::env::current_exe().ok();
        let program = program.and_then(|path| path.parent().map(Path::to_path_buf));
        Self {
            from_stick: program.as_deref().is_some_and(crate::drives::is_removable),
            program,
            data: varaq_shelf::data_folder(),
        }
    }

    /// Looks for what was decided before.
    #[must_use]
    pub fn decision(&self) -> Decision {
        if let Some(folder) = self.beside().filter(|folder| folder.is_dir()) {
            return Decision::Decided(Home::portable(folder));
        }
        let used = |folder: &PathBuf| {
            let mut inside = ["settings", "state", "bundles", "reading"].iter();
            inside.any(|name| folder.join(name).exists())
        };
        match self.data.clone().filter(used) {
            // A stick in a computer where somebody once used Varaq is still somebody's stick.
            Some(folder) if !self.from_stick => Decision::Decided(Home::computer(folder)),
            _ => Decision::Ask(self.choices()),
        }
    }

    /// The homes that can be chosen here; the first is proposed.
    #[must_use]
    pub fn choices(&self) -> Vec<Home> {
        let computer = self.data.clone().map(Home::computer);
        let stick = self
            .beside()
            .filter(|_| self.from_stick)
            .map(Home::portable);
        let mut homes = vec![Home::MEMORY];
        homes.extend(stick);
        homes.extend(computer);
        if !self.from_stick {
            homes.reverse();
        }
        homes
    }

    fn beside(&self) -> Option<PathBuf> {
        Some(self.program.as_ref()?.join(BESIDE))
    }
}
