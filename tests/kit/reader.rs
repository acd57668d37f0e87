//! A reader over time: what it trusts, and what it has met.

use crate::Mint;
use varaq_bundle::Head;
use varaq_trust::{Evidence, Judgement, Name, Pin, Pins, State, View, judge};

/// A reader who keeps what was proven.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// Whom it trusts.
    pub pins: Pins,
    /// What it has met.
    pub evidence: Evidence,
}

impl Reader {
    /// A reader who has pinned these publishers and met nothing.
    #[must_use]
    pub fn of(mints: &[&Mint]) -> Reader {
        let mut pins = Pins::new();
        for mint in mints {
            let names = mint.plan.names.iter();
            let names: Vec<_> = names
                .map(|(language, name)| Name::new(language, name).unwrap())
                .collect();
            pins.add(Pin::new(mint.id(), &names, true, None));
        }
        Reader {
            pins,
            evidence: Evidence::new(),
        }
    }

    /// Judges a head and keeps what it proves.
    pub fn meet(&mut self, head: &Head) -> Judgement {
        let judgement = self.judge(head);
        self.evidence.learn(&judgement.learned);
        judgement
    }

    /// Judges a head and keeps nothing.
    #[must_use]
    pub fn judge(&self, head: &Head) -> Judgement {
        judge(head, View::new(&self.pins, &self.evidence))
    }

    /// The verdict on a head, by its name.
    #[must_use]
    pub fn verdict(&self, head: &Head) -> &'static str {
        self.judge(head).verdict.name()
    }

    /// What it would write down.
    #[must_use]
    pub fn state(&self) -> State {
        State {
            pins: self.pins.clone(),
            evidence: self.evidence.clone(),
        }
    }
}
