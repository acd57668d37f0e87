//! What a reader brings to a verdict: whom it trusts, what it has met, and which day it is.

use crate::{Evidence, Pins};
use varaq_bundle::Day;

/// The day of this program's release: no clock that is right is behind it.
pub const RELEASED: Day = Day(20_783);

/// The reader's side of a verdict.
///
/// Without evidence a file is judged by itself: nothing is said about newer or older
/// issues, and no conflict is found. Without a day nothing is said about the clock.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub(crate) pins: &'a Pins,
    pub(crate) evidence: Option<&'a Evidence>,
    pub(crate) today: Option<Day>,
    pub(crate) released: Day,
}

impl<'a> View<'a> {
    /// A reader who trusts these publishers and remembers this.
    #[must_use]
    pub fn new(pins: &'a Pins, evidence: &'a Evidence) -> View<'a> {
        View {
            evidence: Some(evidence),
            ..View::from(pins)
        }
    }

    /// The same reader with other evidence.
    #[must_use]
    pub fn with_evidence<'b>(self, evidence: &'b Evidence) -> View<'b>
    where
        'a: 'b,
    {
        View {
            evidence: Some(evidence),
            ..self
        }
    }

    /// The same reader who trusts others.
    #[must_use]
    pub fn with_pins<'b>(self, pins: &'b Pins) -> View<'b>
    where
        'a: 'b,
    {
        View { pins, ..self }
    }

    /// Whom it trusts.
    #[must_use]
    pub fn pins(self) -> &'a Pins {
        self.pins
    }

    /// What it has met; none if it remembers nothing.
    #[must_use]
    pub fn evidence(self) -> Option<&'a Evidence> {
        self.evidence
    }

    /// The day by this computer's clock, and the day on which this program was released: a
    /// clock that is behind it is wrong. Both only word lines.
    #[must_use]
    pub fn on(self, today: Day, released: Day) -> View<'a> {
        View {
            today: Some(today),
            released,
            ..self
        }
    }
}

impl<'a> From<&'a Pins> for View<'a> {
    /// A reader who remembers nothing.
    fn from(pins: &'a Pins) -> View<'a> {
        View {
            pins,
            evidence: None,
            today: None,
            released: Day(0),
        }
    }
}
