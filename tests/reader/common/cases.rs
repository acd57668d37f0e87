//! One file for each verdict and for each line beside it, and the reader who meets it.
use super::{coast, forged, issue};
use std::io::Cursor;
use varaq_bundle::{Bundle, Day, Hash, Head, IssueRef, Limits, RootRef};
use varaq_kit::{Draft, Mint, Reader, delegation, revocation};
use varaq_reader::face::Face;
use varaq_trust::{Line, State, Verdict};

/// A file, its reader, and what must be said.
pub struct Case {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub state: State,
    pub today: Option<Day>,
    pub verdict: Verdict,
    /// Names of the lines that must be among those of the sheet.
    pub lines: Vec<&'static str>,
}

impl Case {
    fn new(name: &'static str, verdict: Verdict, bytes: Vec<u8>, state: State) -> Self {
        Self {
            name,
            bytes,
            state,
            today: None,
            verdict,
            lines: Vec::new(),
        }
    }

    fn line(mut self, line: &'static str) -> Self {
        self.lines.push(line);
        self
    }

    fn on(mut self, today: u32) -> Self {
        self.today = Some(Day(today));
        self
    }
}

/// The face that a case must show: a copy that is not whole has its own.
#[must_use]
pub fn face(case: &Case) -> Face {
    match case.name {
        "partial" => Face::PARTIAL,
        "damaged" => Face::DAMAGED,
        _ => Face::of(case.verdict),
    }
}

fn head(bytes: &[u8]) -> Head {
    let bundle = Bundle::open(Cursor::new(bytes), &Limits::default()).unwrap();
    bundle.head().clone()
}

fn known(mint: &Mint) -> State {
    Reader::of(&[mint]).state()
}

/// A reader of this publisher who has met these files.
fn met(mint: &Mint, files: &[&[u8]]) -> State {
    let mut reader = Reader::of(&[mint]);
    for bytes in files {
        reader.meet(&head(bytes));
    }
    reader.state()
}

/// An issue with one article; `what` tells it from others with its number.
fn small<'m>(mint: &'m Mint, number: u32, what: &str) -> Draft<'m> {
    mint.issue(number)
        .article_in("fa", what, "متن کوتاهی برای آزمایش.")
}

fn vector(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors");
    std::fs::read(format!("{folder}/{name}.varaq")).unwrap()
}

/// Every verdict of FORMAT.md 7.
#[must_use]
pub fn verdicts() -> Vec<Case> {
    let coast = coast();
    let whole = issue(&coast).signed(&[0, 1]);
    let mut damaged = whole.clone();
    let at = varaq_kit::pieces_at(&damaged) + 9_000;
    damaged[at] ^= 1;
    let torn = whole[..whole.len() - whole.len() / 3].to_vec();
    let unchecked = State::from(coast.pins(false));
    let stranger = Mint::other("پیک باران", 60);
    let impostor = Mint::other("کرانه", 90);
    let mut cases = vec![
        Case::new("verified", Verdict::Verified, whole.clone(), known(&coast)),
        Case::new("pinned", Verdict::Pinned, whole.clone(), unchecked),
        Case::new(
            "unknown",
            Verdict::UnknownPublisher,
            small(&stranger, 7, "خبری از باران").signed(&[0, 1]),
            known(&coast),
        ),
        Case::new(
            "impostor",
            Verdict::ImpostorName,
            small(&impostor, 9, "خبر").signed(&[0, 1]),
            known(&coast),
        ),
        Case::new("partial", Verdict::Verified, torn, known(&coast)),
        Case::new("damaged", Verdict::Verified, damaged, known(&coast)),
        Case::new(
            "bad-signature",
            Verdict::BadSignature,
            forged(whole.clone()),
            known(&coast),
        ),
        Case::new(
            "below-threshold",
            Verdict::BelowThreshold,
            issue(&coast).signed(&[0]),
            known(&coast),
        ),
        Case::new(
            "unsigned",
            Verdict::UnsignedDraft,
            issue(&coast).unsigned(),
            known(&coast),
        ),
        Case::new(
            "not-a-bundle",
            Verdict::NotABundle,
            b"not a bundle at all".to_vec(),
            known(&coast),
        ),
        Case::new(
            "damaged-head",
            Verdict::DamagedHead,
            whole[..300].to_vec(),
            known(&coast),
        ),
        Case::new(
            "newer",
            Verdict::NewerFormat { signed: false },
            vector("newer-format-unsigned"),
            known(&coast),
        ),
        Case::new(
            "newer-signed",
            Verdict::NewerFormat { signed: true },
            vector("newer-format-signed"),
            known(&Mint::default()),
        ),
    ];
    cases.extend(stopped_keys(&coast));
    cases.extend(histories(&coast));
    cases
}

/// Keys that no longer count, or never did for this number.
fn stopped_keys(coast: &Mint) -> Vec<Case> {
    let mut revoked = coast.clone();
    revoked.add(|next| next.revoked.push(revocation(12, &[])));
    let mut suspended = coast.clone();
    suspended.suspend(1);
    let mut longer = coast.clone();
    longer.add(|next| next.cadence = 7);
    let mut missing = small(&longer, 7, "خبر");
    missing.issue.own = coast.own.encode().unwrap();
    vec![
        Case::new(
            "revoked",
            Verdict::RevokedKey,
            small(&revoked, 7, "خبر").signed(&[0, 1]),
            known(coast),
        ),
        Case::new(
            "suspended",
            Verdict::SuspendedKey,
            small(&suspended, 7, "خبر").signed(&[0, 1]),
            known(coast),
        ),
        Case::new(
            "window",
            Verdict::OutOfWindow,
            small(coast, 900, "خبر").signed(&[0, 1]),
            known(coast),
        ),
        Case::new(
            "chain",
            Verdict::ChainIncomplete,
            missing.signed(&[0, 1]),
            known(coast),
        ),
    ]
}

/// Two publishers that go on from one: the first is met, then the other.
fn fork(coast: &Mint) -> (Mint, Mint) {
    let (mut one, mut other) = (coast.clone(), coast.clone());
    one.add(|next| next.cadence = 7);
    other.add(|next| next.cadence = 1);
    (one, other)
}

fn histories(coast: &Mint) -> Vec<Case> {
    let (one, other) = fork(coast);
    let met_one = small(&one, 8, "خبر").signed(&[0, 1]);
    let twin = small(coast, 7, "خبر دیگر").signed(&[0, 1]);
    vec![
        Case::new(
            "split",
            Verdict::IdentitySplit,
            small(&other, 9, "خبر").signed(&[0, 1]),
            met(coast, &[&met_one]),
        ),
        Case::new(
            "conflict",
            Verdict::Conflict,
            small(coast, 7, "خبر").signed(&[0, 1]),
            met(coast, &[&twin]),
        ),
    ]
}

/// Every line of FORMAT.md 4.7, each on a sheet that can be opened.
#[must_use]
pub fn lines() -> Vec<Case> {
    let coast = coast();
    let file = |number: u32| small(&coast, number, "خبر").signed(&[0, 1]);
    let seven = file(7);
    let verified =
        |name, bytes: &[u8], state| Case::new(name, Verdict::Verified, bytes.to_vec(), state);
    let mut cases = vec![
        verified("newest", &seven, met(&coast, &[&file(6)])).line("NEWEST_SEEN"),
        verified("older", &seven, met(&coast, &[&file(12)])).line("OLDER_THAN_SEEN"),
        verified("clock", &seven, known(&coast))
            .line("CLOCK_DOUBTFUL")
            .on(10_000),
    ];
    let mut after_a_gap = small(&coast, 7, "خبر");
    after_a_gap.issue.prev = Some(IssueRef {
        epoch: 1,
        number: 6,
        id: Hash([6; 32]),
    });
    let after_a_gap = after_a_gap.signed(&[0, 1]);
    cases.push(verified("gap", &after_a_gap, met(&coast, &[&file(4)])).line("GAP"));
    cases.extend(of_statements(&coast, &seven));
    cases.extend(of_histories(&coast, &seven));
    cases
}

fn of_statements(coast: &Mint, seven: &[u8]) -> Vec<Case> {
    let mut weekly = coast.clone();
    weekly.add(|next| next.cadence = 7);
    let late = small(&weekly, 7, "خبر").signed(&[0, 1]);
    let mut dated = coast.clone();
    dated.add(|next| {
        let days = Some((Day(20_000), Day(20_100)));
        let keys = (2, vec![21, 22]);
        next.delegations.push(varaq_trust::Delegation {
            days,
            ..delegation(2, &keys, (1, 50))
        });
    });
    dated.plan.desk = (2, vec![21, 22]);
    let mut early = small(&dated, 7, "خبر");
    early.issue.epoch = 2;
    let mut waiting = known(coast);
    let mut pin = waiting.pins.find(&coast.id()).unwrap().clone();
    pin.root = Some(RootRef {
        generation: 0,
        version: 3,
        id: Hash([3; 32]),
    });
    waiting.pins.add(pin);
    let near = Mint::other("Coast Papes", 60);
    let resembles = small(&near, 3, "خبر").signed(&[0, 1]);
    vec![
        Case::new("stale", Verdict::Verified, late, known(coast))
            .line("STALE")
            .on(20_900),
        Case::new(
            "days",
            Verdict::Verified,
            early.signed(&[0, 1]),
            known(coast),
        )
        .line("OUT_OF_DAYS"),
        Case::new("statements", Verdict::Verified, seven.to_vec(), waiting)
            .line("STATEMENTS_MISSING"),
        Case::new(
            "resembles",
            Verdict::UnknownPublisher,
            resembles,
            known(coast),
        )
        .line("NAME_RESEMBLES"),
    ]
}

fn of_histories(coast: &Mint, seven: &[u8]) -> Vec<Case> {
    let (one, other) = fork(coast);
    let of = |mint: &Mint, number| small(mint, number, "خبر").signed(&[0, 1]);
    let mut further = one.clone();
    further.add(|next| next.cadence = 14);
    let frozen = met(coast, &[&of(&one, 8), &of(&other, 9)]);
    let rival = met(coast, &[&of(&further, 8), &of(&other, 9)]);
    let twin = small(coast, 7, "خبر دیگر").signed(&[0, 1]);
    let contested = met(coast, &[seven, &twin]);
    let mut suspended = coast.clone();
    suspended.suspend(1);
    let stopped = met(coast, &[seven, &of(&suspended, 8)]);
    vec![
        Case::new("rival", Verdict::Verified, seven.to_vec(), rival).line("RIVAL_HISTORY"),
        Case::new("frozen", Verdict::Verified, seven.to_vec(), frozen).line("IDENTITY_FROZEN"),
        Case::new("contested", Verdict::Verified, seven.to_vec(), contested).line("CONFLICT_SEEN"),
        Case::new(
            "before-suspension",
            Verdict::Verified,
            seven.to_vec(),
            stopped,
        )
        .line("SEEN_BEFORE_SUSPENSION")
        .line("NEWEST_SEEN"),
    ]
}

/// The lines that the window keeps, by their names in the format.
#[must_use]
pub fn names(lines: &[Line]) -> Vec<&'static str> {
    lines.iter().map(Line::name).collect()
}
