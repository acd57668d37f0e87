//! How a notice is told: as a line, as an object for scripts, above its article.

use serde_json::{Value, json};
use varaq_bundle::{Notice, NoticeKind};
use varaq_press::kind_word;

use crate::session::Session;

/// One line: day, kind, issue, article, language, and what it says.
pub fn line(session: &Session<'_, '_>, notice: &Notice, title: &str) -> String {
    let title = match title {
        "" => String::new(),
        title => format!("{}: ", session.foreign(title)),
    };
    format!(
        "{}  {:<10}  {}  {}  {:<3} {title}{}",
        notice.day,
        kind_word(notice.kind),
        notice.issue,
        notice.article,
        notice.language,
        session.foreign(&notice.text)
    )
}

/// The `notice` object.
pub fn object(notice: &Notice) -> Value {
    json!({
        "type": "notice", "kind": kind_word(notice.kind), "issue": notice.issue.to_string(),
        "channel": notice.issue.channel, "epoch": notice.issue.epoch, "issue_number": notice.issue.number,
        "article": notice.article.to_string(), "language": notice.language, "text": notice.text,
        "day": notice.day.to_string(),
    })
}

/// What goes before the text of a notice, above its article.
pub fn heading(notice: &Notice) -> String {
    let what = match notice.kind {
        NoticeKind::Correction => "CORRECTED",
        NoticeKind::Retraction => "RETRACTED",
        NoticeKind::Harm => "RETRACTED, BECAUSE IT ENDANGERS SOMEBODY",
    };
    format!("{what} ({})", notice.day)
}

/// `2 corrections, 1 retraction`.
pub fn tally(notices: &[Notice]) -> String {
    let of = |kind| notices.iter().filter(|notice| notice.kind == kind).count() as u64;
    let counts = [
        (of(NoticeKind::Correction), "correction"),
        (of(NoticeKind::Retraction), "retraction"),
        (of(NoticeKind::Harm), "retraction because of harm"),
    ];
    let told: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| match count {
            1 => format!("1 {what}"),
            many => format!("{many} {}", what.replacen("ion", "ions", 1)),
        })
        .collect();
    told.join(", ")
}
