//! What a publisher's statements did, as a line of points, and how the issues that were met stand.
use super::say;
use crate::{
    day,
    theme::size,
    widgets::{Text, View, label, text_height},
    words::Words,
};
use eframe::egui::{CornerRadius, Rect, Stroke, StrokeKind, Ui, Vec2, pos2};
use varaq_trust::{Dossier, Event, Met, PublicKey, Reason, Standing};

/// How many issues are listed that simply stand; those that do not are never left out.
const LISTED: usize = 12;

/// The events, the newest first.
pub(super) fn events(view: &View<'_>, ui: &mut Ui, inside: &mut Rect, dossier: &Dossier) {
    let (c, words) = (view.colours, view.words);
    inside.min.y += size::S[4];
    say(
        view,
        ui,
        inside,
        &words.text("publisher-history"),
        (size::SUBHEADING, c.ink),
    );
    inside.min.y += size::S[2];
    let mut before: Option<f32> = None;
    for (version, event) in dossier.events.iter().rev() {
        let mut row = *inside;
        let place = view.take_start(&mut row, size::S[5]);
        let at = pos2(view.start(place, size::S[4]).center().x, row.top() + 12.0);
        if let Some(before) = before {
            let line = Stroke::new(1.0, c.hairline);
            ui.painter().vline(at.x, before..=at.y - 8.0, line);
        }
        point(view, ui, at, matches!(event, Event::Revoked { .. }));
        before = Some(at.y + 8.0);
        let (what, more) = told(words, event);
        let number = words.number(u64::from(*version));
        let which = words.with("publisher-statement", &[("number", number.into())]);
        say(view, ui, &mut row, &what, (size::STRONG, c.ink));
        let more = if more.is_empty() {
            which
        } else {
            format!("{which} · {more}")
        };
        say(view, ui, &mut row, &more, (size::SMALL, c.ink2));
        inside.min.y = row.top() + size::S[3];
    }
}

/// Round for what happened, square for a key that is lost.
fn point(view: &View<'_>, ui: &Ui, at: eframe::egui::Pos2, revoked: bool) {
    let c = view.colours;
    if revoked {
        let square = Rect::from_center_size(at, Vec2::splat(11.0));
        let edge = Stroke::new(2.0, c.forged);
        let corner = CornerRadius::ZERO;
        ui.painter()
            .rect_stroke(square, corner, edge, StrokeKind::Inside);
    } else {
        ui.painter()
            .circle_stroke(at, 5.0, Stroke::new(1.6, c.ink2));
    }
}

/// An event in plain words, and what is said beside it.
fn told(words: &Words, event: &Event) -> (String, String) {
    let none = String::new();
    match event {
        Event::Founded {
            threshold,
            of,
            recoverable,
        } => {
            let more = if *recoverable {
                words.text("event-founded-recoverable")
            } else {
                none
            };
            (of_keys(words, "event-founded", (*threshold, *of)), more)
        }
        Event::RootsChanged { threshold, of } => {
            (of_keys(words, "event-roots", (*threshold, *of)), none)
        }
        Event::Recovered => (words.text("event-recovered"), none),
        Event::Granted {
            channel,
            threshold,
            of,
            numbers,
            ..
        } => {
            let channel = if channel == "main" { "" } else { channel };
            (
                granted(words, (*threshold, *of), *numbers),
                channel.to_owned(),
            )
        }
        Event::Revoked { key, reason, kept } => revoked(words, key, *reason, *kept),
        Event::Cleared(key) => {
            let what = words.with("event-cleared", &[("key", short(key).into())]);
            (what, none)
        }
        Event::Settled {
            place: (_, number), ..
        } => {
            let number = words.number(u64::from(*number));
            (
                words.with("event-settled", &[("number", number.into())]),
                none,
            )
        }
        Event::Renamed(names) => {
            let names: Vec<&str> = names.iter().map(|name| name.name.as_str()).collect();
            let names = names.join(" · ");
            (
                words.with("event-renamed", &[("names", names.into())]),
                none,
            )
        }
    }
}

fn granted(words: &Words, (threshold, of): (usize, usize), (first, last): (u32, u32)) -> String {
    let number = |number: u64| words.number(number).into();
    let values = [
        ("threshold", number(threshold as u64)),
        ("of", number(of as u64)),
        ("first", number(first.into())),
        ("last", number(last.into())),
    ];
    words.with("event-granted", &values)
}

fn revoked(words: &Words, key: &PublicKey, reason: Reason, kept: usize) -> (String, String) {
    let what = match reason {
        Reason::Stolen => words.text("event-revoked-stolen"),
        Reason::Retired => words.text("event-revoked-retired"),
    };
    let kept = kept as u64;
    let stay = match kept {
        0 => words.text("event-kept-none"),
        kept => words.counted("event-kept", kept),
    };
    let key = words.with("key-short", &[("key", short(key).into())]);
    (what, format!("{key} · {stay}"))
}

/// "2 of 3" in a sentence.
pub(super) fn of_keys(words: &Words, key: &str, (threshold, of): (usize, usize)) -> String {
    let number = |number: usize| words.number(number as u64).into();
    words.with(key, &[("threshold", number(threshold)), ("of", number(of))])
}

/// The first digits of a key: enough to tell keys of one publisher apart, too few to compare by.
pub(in crate::screens) fn short(key: &PublicKey) -> String {
    let bytes = key.bytes().iter().take(4);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

/// The issues that were met, the newest first.
pub(super) fn issues(view: &View<'_>, ui: &mut Ui, inside: &mut Rect, dossier: &Dossier) {
    if dossier.issues.is_empty() {
        return;
    }
    let (c, words) = (view.colours, view.words);
    inside.min.y += size::S[3];
    say(
        view,
        ui,
        inside,
        &words.text("publisher-met-title"),
        (size::SUBHEADING, c.ink),
    );
    let mut standing: usize = 0;
    for met in dossier.issues.iter().rev() {
        standing += usize::from(met.standing == Standing::Stands);
        if met.standing != Standing::Stands || standing <= LISTED {
            issue(view, ui, inside, met);
        }
    }
    let left = standing.saturating_sub(LISTED) as u64;
    if left > 0 {
        let shown = words.number(left);
        let values = [("count", left.into()), ("shown", shown.into())];
        say(
            view,
            ui,
            inside,
            &words.with("issues-more", &values),
            (size::SMALL, c.ink2),
        );
    }
}

fn issue(view: &View<'_>, ui: &mut Ui, inside: &mut Rect, met: &Met) {
    let (c, words) = (view.colours, view.words);
    let number = words.number(u64::from(met.place.1));
    let mut name = words.with("front-issue", &[("number", number.into())]);
    if met.channel != "main" {
        name = format!("{name} · \u{2068}{}\u{2069}", met.channel);
    }
    let name = format!("{name} · {}", day::words_of(met.day.0, words));
    let (key, ink) = match met.standing {
        Standing::Stands => ("standing-stands", c.ink2),
        Standing::Contested => ("standing-contested", c.ink),
        Standing::Lost => ("standing-lost", c.ink),
        Standing::Void => ("standing-void", c.forged),
    };
    let how = words.text(key);
    let how = Text::new(&how, size::SMALL, ink);
    inside.min.y += size::S[2];
    say(view, ui, inside, &name, (size::STRONG, c.ink));
    label(view, ui, *inside, &how);
    inside.min.y += text_height(view, &how, inside.width());
}
