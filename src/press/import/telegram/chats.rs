//! Which channel of an export is meant: the one it holds, or one of an account's chats.

use crate::import::json::{Event, Open};
use crate::import::spans::{self, MAX_ITEMS, too_many};
use std::path::Path;
use varaq_storage::Storage;

/// Most chats of an account.
const MAX_CHATS: usize = 100_000;
/// Most channels that an error names.
const MAX_NAMED: usize = 20;

/// A chat of an export.
#[derive(Debug, Default)]
pub(super) struct Chat {
    name: String,
    kind: String,
    pub(super) id: String,
    /// Where its messages lie; kept of channels only.
    pub(super) messages: Vec<(u64, u64)>,
}

impl Chat {
    /// A file that does not say what it is holds a channel: older exports did not.
    fn is_channel(&self) -> bool {
        self.kind.ends_with("_channel") || self.kind.is_empty()
    }

    fn is_meant(&self, wanted: &str) -> bool {
        let wanted = wanted.trim().trim_start_matches('@');
        self.name.trim() == wanted || self.id == wanted
    }

    fn shown(&self) -> String {
        format!(
            "{} (number {}, {} messages)",
            self.name,
            self.id,
            self.messages.len()
        )
    }
}

/// The chats of an export, in its order.
#[derive(Debug, Default)]
pub(super) struct Chats {
    all: Vec<Chat>,
    /// An account's whole export.
    account: bool,
    /// The file ends before its end.
    pub(super) cut: bool,
    items: usize,
    many: bool,
}

impl Chats {
    pub(super) fn read(storage: &dyn Storage, path: &Path) -> Result<Chats, String> {
        let mut out = Chats::default();
        let mut chat = Chat::default();
        let cut = spans::json(storage, path, &mut |open, event| {
            out.event(open, event, &mut chat)
        })?;
        // A single channel's own object is the last to end, or is cut.
        if !out.account || !chat.messages.is_empty() {
            out.all.push(chat);
        }
        out.cut = cut;
        match out.many {
            true => Err(too_many()),
            false => Ok(out),
        }
    }

    /// What stands in `chats`, `list`, an object; or right in the outermost object.
    fn event(&mut self, open: &[Open], event: Event<'_>, chat: &mut Chat) {
        let account = |open: &[Open]| matches!(open, [outer, list, all, ..] if outer.at("chats") && list.at("list") && all.list);
        self.account |= open
            .first()
            .is_some_and(|outer| outer.at("chats") || outer.at("personal_information"));
        let inner = match account(open) {
            true => open.get(3..).unwrap_or_default(),
            false if self.account => return,
            false => open,
        };
        match (inner, event) {
            ([own], Event::Scalar(words)) => chat.tell(own, words),
            ([own, list], Event::Object(at, len)) if own.at("messages") && list.list => {
                self.items += 1;
                self.many |= self.items > MAX_ITEMS || self.all.len() > MAX_CHATS;
                if chat.is_channel() && !self.many {
                    chat.messages.push((at, len));
                }
            }
            ([], Event::Object(..)) if account(open) && !self.many => {
                self.all.push(std::mem::take(chat));
            }
            _ => {}
        }
    }

    /// The channel that is meant, and what to tell about the others.
    ///
    /// # Errors
    /// None is, several could be, or a private chat is.
    pub(super) fn choose(self, wanted: Option<&str>) -> Result<(Chat, Option<String>), String> {
        let others = self.all.len().saturating_sub(1);
        let account = self.account;
        let named: Vec<String> = self
            .all
            .iter()
            .filter(|chat| chat.is_channel())
            .take(MAX_NAMED)
            .map(Chat::shown)
            .collect();
        let mut meant: Vec<Chat> = self.all;
        if let Some(wanted) = wanted {
            meant.retain(|chat| chat.is_meant(wanted));
        } else if account {
            meant.retain(Chat::is_channel);
        }
        let several = meant.len() > 1;
        let chat = meant.into_iter().next();
        let holds = match named.is_empty() {
            true => "it holds no channel: private chats and groups are not read".to_owned(),
            false => format!("it holds {}", named.join(", ")),
        };
        match chat {
            None => Err(match wanted {
                Some(wanted) => format!("no channel {wanted}; {holds}"),
                None => holds,
            }),
            Some(chat) if !chat.is_channel() => Err(format!(
                "it is no channel but a {}",
                chat.kind.replace('_', " ")
            )),
            Some(_) if several => Err(format!("say which channel is meant; {holds}")),
            Some(chat) => {
                let told = format!(
                    "of an account only its channel {} was read, {others} other chats left out",
                    chat.name
                );
                Ok((chat, account.then_some(told)))
            }
        }
    }
}

impl Chat {
    fn tell(&mut self, own: &Open, words: &[u8]) {
        let words = || {
            let text = String::from_utf8_lossy(words).into_owned();
            // A name may be written with escapes.
            serde_json::from_str(&format!("\"{text}\"")).unwrap_or(text)
        };
        if own.at("name") {
            self.name = words();
        } else if own.at("type") {
            self.kind = words();
        } else if own.at("id") {
            self.id = words();
        }
    }
}
