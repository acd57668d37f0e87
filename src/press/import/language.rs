//! Which language an article is in, and which way it runs.

use varaq_bundle::Direction;

/// Two-letter languages of ISO 639-1, and longer codes that our readers use.
const KNOWN: &str = " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch \
     co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha \
     he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks \
     ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no \
     nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq \
     sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi \
     yo za zh zu ckb kmr azb bal bgn glk lrc mzn prs pbu sdh hac diq zza crh ";

/// A language tag in its usual letters, if it is one: `fa`, `fa-IR`, `az-Arab`.
#[must_use]
pub fn tag(text: &str) -> Option<String> {
    let text = text.trim().replace('_', "-");
    if text.is_empty() || text.len() > 35 {
        return None;
    }
    let mut parts = text.split('-');
    let primary = parts.next()?.to_ascii_lowercase();
    if !KNOWN.contains(&format!(" {primary} ")) {
        return None;
    }
    let mut out = primary;
    for part in parts {
        let fits = (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if !fits {
            return None;
        }
        out.push('-');
        match part.len() {
            2 => out.push_str(&part.to_ascii_uppercase()),
            4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                let (first, rest) = part.split_at(1);
                out.push_str(&first.to_ascii_uppercase());
                out.push_str(&rest.to_ascii_lowercase());
            }
            _ => out.push_str(&part.to_ascii_lowercase()),
        }
    }
    Some(out)
}

/// Letters of a text, by script.
#[derive(Default)]
struct Letters {
    arabic: usize,
    hebrew: usize,
    other_rtl: usize,
    cyrillic: usize,
    latin: usize,
    other: usize,
    persian: usize,
    sorani: usize,
    arabic_only: usize,
    urdu: usize,
    ukrainian: usize,
    azeri: usize,
    kurmanji: usize,
}

/// Enough of an article to know its language; a code listing further on decides nothing.
const SAMPLE: usize = 20_000;

fn count(text: &str) -> Letters {
    let mut n = Letters::default();
    for c in text.chars().filter(|c| c.is_alphabetic()).take(SAMPLE) {
        match c {
            'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی' => n.persian += 1,
            'ێ' | 'ۆ' | 'ڕ' | 'ڵ' | 'ە' => n.sorani += 1,
            'ي' | 'ك' | 'ة' | 'ى' | 'ذ' => n.arabic_only += 1,
            'ٹ' | 'ڈ' | 'ڑ' | 'ے' | 'ں' | 'ھ' => n.urdu += 1,
            'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ' => n.ukrainian += 1,
            'ə' | 'Ə' => n.azeri += 1,
            'ê' | 'î' | 'û' | 'Ê' | 'Î' | 'Û' => n.kurmanji += 1,
            _ => {}
        }
        match c {
            '\u{600}'..='\u{6ff}'
            | '\u{750}'..='\u{77f}'
            | '\u{8a0}'..='\u{8ff}'
            | '\u{fb50}'..='\u{fdff}'
            | '\u{fe70}'..='\u{feff}' => n.arabic += 1,
            '\u{590}'..='\u{5ff}' => n.hebrew += 1,
            '\u{700}'..='\u{74f}' | '\u{780}'..='\u{7ff}' => n.other_rtl += 1,
            '\u{400}'..='\u{52f}' => n.cyrillic += 1,
            'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{259}' => n.latin += 1,
            _ => n.other += 1,
        }
    }
    n
}

/// The language that a text's letters speak for; none if it has no letters that we know.
pub(super) fn detect(text: &str) -> Option<&'static str> {
    let n = count(text);
    let rtl = n.arabic + n.hebrew + n.other_rtl;
    // Articles about technology are full of Latin names: a third of right-to-left
    // letters is an article in that script.
    if rtl > 0 && rtl * 2 >= n.latin + n.cyrillic + n.other {
        return Some(if n.hebrew > n.arabic {
            "he"
        } else if n.other_rtl > n.arabic {
            "dv"
        } else if n.sorani * 20 > n.arabic {
            "ckb"
        } else if n.urdu * 30 > n.arabic {
            "ur"
        } else if n.persian > n.arabic_only {
            "fa"
        } else {
            "ar"
        });
    }
    if n.cyrillic > n.latin {
        return Some(if n.ukrainian * 50 > n.cyrillic {
            "uk"
        } else {
            "ru"
        });
    }
    if n.latin > n.other {
        return Some(if n.azeri * 50 > n.latin {
            "az"
        } else if n.kurmanji * 25 > n.latin {
            "kmr"
        } else {
            "en"
        });
    }
    None
}

/// Which way a language's script runs; where it is written in two, its letters decide.
pub(super) fn direction(tag: &str, text: &str) -> Direction {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4);
    match (script, primary) {
        (Some("Arab" | "Hebr" | "Thaa" | "Syrc" | "Nkoo"), _) => Direction::RightToLeft,
        (Some(_), _) => Direction::LeftToRight,
        (
            None,
            "ar" | "fa" | "ur" | "he" | "yi" | "ps" | "sd" | "ug" | "dv" | "ckb" | "azb" | "bal"
            | "bgn" | "glk" | "lrc" | "mzn" | "prs" | "pbu" | "sdh" | "hac" | "ks",
        ) => Direction::RightToLeft,
        (None, "ku" | "pa" | "kk" | "ky" | "uz" | "tk" | "ms" | "ha") => {
            let n = count(text);
            if n.arabic > n.latin + n.cyrillic + n.other {
                Direction::RightToLeft
            } else {
                Direction::LeftToRight
            }
        }
        _ => Direction::LeftToRight,
    }
}
