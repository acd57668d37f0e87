//! Finds in running text what may name a person or a machine. Each scan is linear in the
//! text and answers with ranges of its bytes.

use std::ops::Range;

type Found = Vec<Range<usize>>;

/// Most characters of an address before its `@`, and most bytes looked at for a word.
const NEAR: usize = 64;

/// E-mail addresses.
pub(super) fn emails(text: &str) -> Found {
    let mut found = Found::new();
    let mut from = 0;
    for (at, _) in text.match_indices('@') {
        let Some(before) = text.get(from..at) else {
            continue;
        };
        let local = before
            .bytes()
            .rev()
            .take(NEAR)
            .take_while(|&b| b.is_ascii_alphanumeric() || b"._%+-".contains(&b))
            .count();
        let after = text.get(at + 1..).unwrap_or_default();
        let host = after
            .bytes()
            .take_while(|&b| b.is_ascii_alphanumeric() || b".-".contains(&b))
            .count();
        let host = after
            .get(..host)
            .unwrap_or_default()
            .trim_end_matches(['.', '-']);
        let ending = host.rsplit_once('.').map(|(_, ending)| ending);
        let real =
            |ending: &str| ending.len() >= 2 && ending.bytes().all(|b| b.is_ascii_alphabetic());
        if local > 0 && ending.is_some_and(real) {
            let end = at + 1 + host.len();
            found.push(at - local..end);
            from = end;
        }
    }
    found
}

/// A digit of the keyboards that our readers use.
fn digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}')
}

fn zero(c: char) -> bool {
    matches!(c, '0' | '\u{660}' | '\u{6f0}')
}

/// Telephone numbers: with a country's code, in the form of a country, or behind a word
/// that announces one.
pub(super) fn phones(text: &str) -> Found {
    let mut found = Found::new();
    let mut rest = text.char_indices().peekable();
    let mut before = ' ';
    while let Some(&(start, c)) = rest.peek() {
        if !(digit(c) || matches!(c, '+' | '(')) || before.is_alphanumeric() || before == '.' {
            before = c;
            rest.next();
            continue;
        }
        let (mut end, mut digits, mut groups, mut last) = (start, Vec::new(), 0, c);
        while let Some(&(at, c)) = rest.peek() {
            let gap = matches!(c, ' ' | '\u{a0}' | '-' | '(' | ')' | '/' | '.');
            if digit(c) {
                groups += u32::from(!digit(last) || digits.is_empty());
                digits.push(c);
                end = at + c.len_utf8();
            } else if !(c == '+' && at == start
                || gap && (digit(last) || last == ' ' || last == ')' || at == start))
            {
                break;
            }
            last = c;
            before = c;
            rest.next();
        }
        if start == end {
            before = c;
            rest.next();
            continue;
        }
        let words = text.get(start..end).unwrap_or_default();
        if is_phone(words, &digits, groups)
            || announced(text, start) && (6..=15).contains(&digits.len())
        {
            found.push(start..end);
        }
    }
    found
}

fn is_phone(words: &str, digits: &[char], groups: u32) -> bool {
    let count = digits.len();
    let zeros = digits.iter().take_while(|&&c| zero(c)).count();
    if words.starts_with('+') || words.starts_with("(+") {
        return (8..=15).contains(&count);
    }
    if zeros == 2 {
        return (10..=17).contains(&count) && groups <= 6;
    }
    // 0.1234567890 is a number, 01.02.2026 a day.
    zeros == 1 && (10..=11).contains(&count) && groups <= 5 && !words.contains('.')
}

/// Whether the words just before a number say that it is one to be called.
fn announced(text: &str, at: usize) -> bool {
    const WORDS: [&str; 14] = [
        "tel",
        "phone",
        "mobile",
        "call",
        "whatsapp",
        "signal",
        "fax",
        "sms",
        "تلفن",
        "تماس",
        "موبایل",
        "هاتف",
        "телефон",
        "tel.",
    ];
    let near = text.get(..at).unwrap_or_default();
    let near: String = near
        .chars()
        .rev()
        .take(14)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let near = near.to_lowercase();
    let last = near.trim_end_matches([' ', ':', '.', '(', '\u{a0}']);
    WORDS.iter().any(|word| {
        let head = last.strip_suffix(word);
        head.is_some_and(|head| !head.ends_with(char::is_alphanumeric))
    })
}

/// Paths that name a user: `C:\Users\name`, and the home folders of other systems.
pub(super) fn paths(text: &str) -> Found {
    const ROOTS: [&str; 8] = [
        ":\\Users\\",
        ":/Users/",
        ":\\Documents and Settings\\",
        "/home/",
        "/Users/",
        "/var/folders/",
        "file:///",
        "\\\\",
    ];
    let mut found = Found::new();
    for root in ROOTS {
        for (at, _) in text.match_indices(root) {
            let start = if root.starts_with(':') {
                at.saturating_sub(1)
            } else {
                at
            };
            let head = text.get(..start).unwrap_or_default();
            let inside = head.ends_with(|c: char| c.is_alphanumeric() || "/\\.:-_~".contains(c));
            let name = text.get(at + root.len()..).unwrap_or_default();
            let name = name
                .split(|c: char| c.is_whitespace() || "\\/\"'<>|`,;)".contains(c))
                .next();
            let name = name.unwrap_or_default();
            // A path with a machine's name has two parts at least: \\server\share.
            let lone = root == "\\\\"
                && !text.get(at + 2 + name.len()..).is_some_and(|rest| {
                    rest.strip_prefix('\\')
                        .is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
                });
            if !inside && !lone && !is_nobody(name) {
                found.push(start..at + root.len() + name.len());
            }
        }
    }
    found.sort_by_key(|range| range.start);
    found.dedup_by(|later, first| later.start < first.end);
    found
}

/// Names that documentation gives to everybody.
fn is_nobody(name: &str) -> bool {
    let name = name.to_lowercase();
    let letters = name.chars().any(char::is_alphanumeric);
    !letters
        || name.contains(['$', '%', '{'])
        || matches!(
            &*name,
            "user" | "username" | "you" | "your-name" | "public" | "default" | "name" | "me"
        )
}

/// A date with a time of day.
pub(super) fn clocks(text: &str) -> Found {
    let mut found = Found::new();
    let mut from = 0;
    for (at, _) in text.match_indices(':') {
        // Two digits on either side; before them a date.
        let head = text.get(from..at).unwrap_or_default();
        let hours: usize = head
            .chars()
            .rev()
            .take(2)
            .take_while(|&c| digit(c))
            .map(char::len_utf8)
            .sum();
        let tail = text.get(at + 1..).unwrap_or_default();
        let minutes = tail.chars().take_while(|&c| digit(c)).count();
        if hours == 0 || minutes != 2 {
            continue;
        }
        let head = head.get(..head.len() - hours).unwrap_or_default();
        let date = head.trim_end_matches([' ', 'T', ',', '\u{a0}']);
        if head.len() - date.len() > 3 || date.len() == head.len() {
            continue;
        }
        let len: usize = date
            .chars()
            .rev()
            .take(10)
            .take_while(|&c| digit(c) || matches!(c, '-' | '/' | '.'))
            .map(char::len_utf8)
            .sum();
        let day = date.get(date.len() - len..).unwrap_or_default();
        let numbers = day
            .split(['-', '/', '.'])
            .filter(|part| !part.is_empty())
            .count();
        let digits = day.chars().filter(|&c| digit(c)).count();
        if numbers == 3 && digits >= 4 {
            let start = from + date.len() - len;
            let end = at + 1 + tail.chars().take(2).map(char::len_utf8).sum::<usize>();
            found.push(start..end);
            from = end;
        }
    }
    found
}

/// What a program says about itself, in a line of its own.
pub(super) fn tools(text: &str) -> Found {
    const SIGNS: [&str; 15] = [
        "created with ",
        "made with ",
        "generated by ",
        "generated with ",
        "powered by ",
        "exported from ",
        "exported by ",
        "edited with ",
        "converted with ",
        "sent from my ",
        "get outlook for ",
        "scanned by ",
        "scanned with ",
        "adobe photoshop",
        "microsoft office word",
    ];
    // In a long paragraph such words are the author's.
    if text.len() > 160 {
        return Found::new();
    }
    let lower = text.to_ascii_lowercase();
    let sign = SIGNS.iter().find_map(|sign| lower.find(sign));
    sign.map(|at| at..text.len()).into_iter().collect()
}

/// Tracking parameters in addresses that stand in the text as words.
pub(super) fn tracking(text: &str) -> Found {
    const SIGNS: [&str; 6] = [
        "utm_", "fbclid=", "gclid=", "igshid=", "mc_eid=", "msclkid=",
    ];
    let mut found = Found::new();
    for sign in SIGNS {
        for (at, _) in text.match_indices(sign) {
            let head = text.get(..at).unwrap_or_default();
            if head.ends_with(['?', '&', ';']) {
                let tail = text.get(at..).unwrap_or_default();
                let len = tail.find(|c: char| c.is_whitespace() || "&#\"<>)".contains(c));
                found.push(at..at + len.unwrap_or(tail.len()));
            }
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// Characters that nobody sees, and that no script needs: (single ones, rows of them). A row
/// of them can hold a number, and so tell to whom a copy was given.
pub(super) fn hidden(text: &str) -> (Found, Found) {
    let (mut single, mut rows) = (Found::new(), Found::new());
    let mut row: Option<(Range<usize>, u32)> = None;
    let mut flag = false;
    let mut isolates = 0i32;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        // The flags of regions are a black flag and letters that nobody sees.
        flag = c == '\u{1f3f4}' || flag && matches!(c, '\u{e0020}'..='\u{e007f}');
        if unseen(c) && !flag {
            let (range, count) = row.take().unwrap_or((at..at, 0));
            row = Some((range.start..end, count + 1));
        } else if let Some((range, count)) = row.take()
            && count >= 4
        {
            rows.push(range);
        }
        let isolate = match c {
            '\u{2066}'..='\u{2068}' => 1,
            '\u{2069}' => -1,
            _ => 0,
        };
        isolates += isolate;
        let tag = matches!(c, '\u{e0000}'..='\u{e007f}') && !flag;
        if tag
            || isolates < 0
            || matches!(c, '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{180e}' | '\u{202a}'..='\u{202e}' | '\u{fff9}'..='\u{fffb}')
        {
            single.push(at..end);
        }
        isolates = isolates.max(0);
    }
    if let Some((range, count)) = row
        && count >= 4
    {
        rows.push(range);
    }
    if isolates > 0 {
        single.push(text.len()..text.len());
    }
    let inside = |one: &Range<usize>| !rows.iter().any(|row| row.contains(&one.start));
    single.retain(inside);
    (single, rows)
}

fn unseen(c: char) -> bool {
    matches!(c,
        '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{180e}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}
