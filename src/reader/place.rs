//! Where the reader is, and the way back: pure, no window.

/// A screen of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The first start: language, mode, code.
    First,
    /// The shelf; while it is empty: open, drop, samples.
    Shelf,
    /// Search over the shelf and what is open.
    Search,
    /// The program's own list of files.
    Files,
    /// Whom the reader trusts, and what is known of them.
    Publishers,
    /// The verdict sheet of the file that is open.
    Verdict,
    /// The front page of the issue.
    Front,
    /// An article, by its number in the catalog (1-based).
    Article(u32),
}

impl Place {
    /// Whether the place shows content of the bundle, which needs an accepted issue.
    #[must_use]
    pub fn shows_content(self) -> bool {
        matches!(self, Self::Front | Self::Article(_))
    }

    /// Whether the place belongs to the file that is open.
    #[must_use]
    pub fn needs_file(self) -> bool {
        self == Self::Verdict || self.shows_content()
    }
}

/// Visited places, like a browser's history.
#[derive(Clone, Debug)]
pub struct History {
    places: Vec<Place>,
    at: usize,
}

impl Default for History {
    fn default() -> Self {
        Self {
            places: vec![Place::Shelf],
            at: 0,
        }
    }
}

impl History {
    /// The place on screen.
    #[must_use]
    pub fn here(&self) -> Place {
        self.places.get(self.at).copied().unwrap_or(Place::Shelf)
    }

    /// Goes to a place; what lay ahead is forgotten.
    pub fn go(&mut self, place: Place) {
        if self.here() == place {
            return;
        }
        self.places.truncate(self.at + 1);
        self.places.push(place);
        self.at = self.places.len() - 1;
    }

    /// Goes to a place that takes the place of this one, such as the next article.
    pub fn replace(&mut self, place: Place) {
        if let Some(here) = self.places.get_mut(self.at) {
            *here = place;
        }
    }

    /// The beginning of all places is here.
    pub fn begin_at(&mut self, place: Place) {
        (self.places, self.at) = (vec![place], 0);
    }

    /// Another file was opened: places of the old one leave the history, then `Verdict` comes.
    pub fn open_file(&mut self) {
        self.places.truncate(self.at + 1);
        self.places.retain(|place| !place.needs_file());
        self.places.push(Place::Verdict);
        self.at = self.places.len() - 1;
    }

    /// The file was closed: its places leave the history, and the place on screen stays if it is none of them.
    pub fn close_file(&mut self) {
        let ahead = self.places.split_off((self.at + 1).min(self.places.len()));
        self.places.retain(|place| !place.needs_file());
        if self.places.is_empty() {
            self.places.push(Place::Shelf);
        }
        self.at = self.places.len() - 1;
        let kept = ahead.into_iter().filter(|place| !place.needs_file());
        self.places.extend(kept);
    }

    /// One step back; `false` at the beginning.
    pub fn back(&mut self) -> bool {
        let can = self.at > 0;
        self.at = self.at.saturating_sub(1);
        can
    }

    /// One step forward; `false` at the end.
    pub fn forward(&mut self) -> bool {
        let can = self.at + 1 < self.places.len();
        self.at += usize::from(can);
        can
    }

    /// Whether there is a step back.
    #[must_use]
    pub fn has_back(&self) -> bool {
        self.at > 0
    }
}
