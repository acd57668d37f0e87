//! A stolen key after its revocation (FORMAT.md sections 4.3 and 4.7): in random histories the
//! thief makes anything those keys can make, and gains nothing.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed
#![allow(clippy::print_stdout)] // the counts are a result

use std::ops::Range;
use varaq_bundle::{Day, Hash, Head, IssueRef, Manifest};
use varaq_kit::{Dice, Keys, Mint, Plan, Reader, delegation, revocation, signed_by, signers};
use varaq_trust::{Namespace, Note, Set, encode_notes};

/// A publisher that was robbed, all that it published, and all that the thief made.
struct Robbery {
    genuine: Vec<Head>,
    forged: Vec<Head>,
    /// The genuine ones that the revocation keeps, by id.
    kept: Vec<Hash>,
    /// With the revocation: a bundle of the publisher's, and notes of a courier.
    own: Head,
    noted: Head,
    courier: Mint,
    mint: Mint,
    /// A reader who has met the statements before the revocation, and the courier.
    acquainted: Reader,
}

/// Signing keys of an epoch, their window, and which of the seeds the thief has.
struct Epoch {
    number: u32,
    keys: Keys,
    window: (u32, u32),
    stolen: Vec<u8>,
}

const OLD_ROOT: u8 = 1;
const ROOT: u8 = 2;
/// The thief's own keys.
const THIEF: u8 = 90;

impl Robbery {
    fn random(dice: &mut Dice, with_roots: bool) -> Robbery {
        let mut epochs = vec![epoch(dice, 1)];
        let plan = Plan {
            root: (1, vec![OLD_ROOT]),
            desk: epochs[0].keys.clone(),
            window: epochs[0].window,
            ..Plan::default()
        };
        let mut mint = Mint::of(plan);
        let mut copies = vec![mint.clone()];
        if with_roots {
            // Retired at once, and found by the thief years later.
            mint.rotate(&(1, vec![ROOT]), |_| {});
            copies.push(mint.clone());
        }
        while dice.says(1, 2) && epochs.len() < 3 {
            let next = epoch(dice, u32::try_from(epochs.len()).unwrap() + 1);
            mint.begin_epoch(next.number, &next.keys, next.window);
            epochs.push(next);
            copies.push(mint.clone());
        }
        if with_roots {
            // What the reader holds is later than every place where a fork could be.
            mint.add(|next| next.cadence = 7);
            copies.push(mint.clone());
        }
        let genuine = published(dice, &copies, &epochs);
        let forged = forge(dice, &copies, &epochs, &genuine, with_roots);
        let first: &Head = &genuine[0];
        let beyond = mint.head_of(first.manifest.clone(), first.signatures.clone(), Vec::new());
        Robbery::revoke(dice, mint, &epochs, genuine, forged, beyond)
    }

    /// The publisher revokes every stolen key, in one statement or two, and keeps what it chooses.
    fn revoke(
        dice: &mut Dice,
        mut mint: Mint,
        epochs: &[Epoch],
        genuine: Vec<Head>,
        forged: Vec<Head>,
        beyond: Head,
    ) -> Robbery {
        let ids: Vec<_> = genuine.iter().map(Head::manifest_id).collect();
        let stolen: Vec<_> = epochs.iter().flat_map(|one| &one.stolen).copied().collect();
        let mut kept = if dice.says(1, 2) {
            ids
        } else {
            dice.some(&ids)
        };
        if stolen.is_empty() {
            kept.clear(); // no revocation, and so no list
        }
        let parted = dice.says(1, 3);
        if parted {
            // First stop, then look what was genuine.
            mint.add(|next| {
                next.revoked = stolen.iter().map(|&key| revocation(key, &[])).collect()
            });
        }
        mint.add(|next| {
            next.revoked = stolen.iter().map(|&key| revocation(key, &kept)).collect();
            // Keys that nobody has stolen yet.
            next.delegations = vec![delegation(9, &(1, vec![80]), (1, 9))];
        });
        let mut manifest = mint.manifest(1);
        manifest.epoch = 9;
        let own = mint.head(&manifest, &[(0, 80)]);
        let courier = Mint::of(Plan {
            names: vec![("en", "Courier")],
            root: (1, vec![101]),
            desk: (1, vec![111]),
            ..Plan::default()
        });
        let note = Note::Statements {
            publisher: mint.id(),
            first: 1,
            statements: mint.own.statements.clone(),
        };
        let noted = carried(&courier, 1, &[note]);
        let mut acquainted = Reader::of(&[&mint, &courier]);
        acquainted.meet(&beyond);
        acquainted.meet(&carried(&courier, 1, &[]));
        Robbery {
            genuine,
            forged,
            kept,
            own,
            noted,
            courier,
            mint,
            acquainted,
        }
    }
}

fn epoch(dice: &mut Dice, number: u32) -> Epoch {
    let count = *dice.pick(&[1, 2, 2, 3]);
    let first = 10 * u8::try_from(number).unwrap();
    let seeds: Vec<u8> = (first..).take(count).collect();
    let keys = (1 + dice.below(count) as u64, seeds.clone());
    let start = dice.within(1, 5);
    Epoch {
        number,
        keys,
        window: (start, start + dice.within(1, 7)),
        // Often enough to sign.
        stolen: if dice.says(1, 2) {
            seeds
        } else {
            dice.some(&seeds)
        },
    }
}

/// Any slots that reach the threshold.
fn some_signers(dice: &mut Dice, keys: &Keys) -> Vec<(u8, u8)> {
    let mut all: Vec<_> = (0..).zip(keys.1.iter().copied()).collect();
    dice.shuffle(&mut all);
    all.truncate(usize::try_from(keys.0).unwrap());
    all.sort_unstable();
    all
}

/// A manifest of an epoch that hangs on any statement that has it.
fn of_epoch(dice: &mut Dice, copies: &[Mint], epoch: &Epoch, number: u32) -> (Mint, Manifest) {
    let grants = |mint: &&Mint| {
        let channels = mint.own.statements.iter();
        let decoded = channels.map(|one| varaq_trust::Statement::decode(&one.bytes).unwrap());
        let mut epochs = decoded.flat_map(|one| one.delegations);
        epochs.any(|granted| granted.epoch == epoch.number)
    };
    let mint = copies[dice.below(copies.len())..]
        .iter()
        .find(grants)
        .unwrap();
    let mut manifest = mint.manifest(number);
    manifest.epoch = epoch.number;
    (mint.clone(), manifest)
}

/// One issue for some numbers of each epoch.
fn published(dice: &mut Dice, copies: &[Mint], epochs: &[Epoch]) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    for epoch in epochs {
        for number in epoch.window.0..=epoch.window.0 + 1 {
            let (mint, manifest) = of_epoch(dice, copies, epoch, number);
            heads.push(mint.head(&manifest, &some_signers(dice, &epoch.keys)));
        }
    }
    heads
}

/// Whatever the thief can make: any number, day, epoch, `prev` and statement, good signatures of
/// others beside its own, and, with retired root keys, histories and suspensions.
fn forge(
    dice: &mut Dice,
    copies: &[Mint],
    epochs: &[Epoch],
    genuine: &[Head],
    with_roots: bool,
) -> Vec<Head> {
    let mut heads = Vec::new();
    for at in 0..3u32 {
        let epoch = dice.pick(epochs);
        let number = match dice.below(4) {
            0 => epoch.window.1,
            1 => epoch.window.0,
            2 => u32::MAX,
            _ => dice.within(epoch.window.0, epoch.window.1),
        };
        let (mut mint, mut manifest) = of_epoch(dice, copies, epoch, number);
        manifest.day = *dice.pick(&[Day(0), Day(20_100), Day::LAST]);
        manifest.extras = vec![66, u8::try_from(at).unwrap()];
        if dice.says(1, 2) {
            let before = dice.pick(genuine);
            manifest.prev = Some(IssueRef {
                epoch: epoch.number,
                number: epoch.window.0,
                id: before.manifest_id(),
            });
        }
        if with_roots && dice.says(1, 2) {
            mint = fork(dice, &copies[0]);
            if dice.says(1, 2) {
                manifest.root = mint.root();
                (manifest.epoch, manifest.number) = (77, dice.within(1, 9));
                heads.push(mint.head(&manifest, &[(0, THIEF)]));
                continue;
            }
            manifest.root = copies[0].root();
        } else if with_roots && dice.says(1, 2) {
            let mut old = copies[0].clone();
            let key = *dice.pick(&epoch.keys.1);
            old.own.suspensions = vec![old.suspension_of(key)];
            mint.own.suspensions = old.own.suspensions;
        }
        let mine = (0..)
            .zip(&epoch.keys.1)
            .filter(|one| epoch.stolen.contains(one.1));
        let mine: Vec<(u8, u8)> = mine.map(|(slot, &seed)| (slot, seed)).collect();
        heads.push(mint.head(&manifest, &mine));
    }
    heads
}

/// Another history after statement 1, by the root key that was retired in statement 2.
fn fork(dice: &mut Dice, first: &Mint) -> Mint {
    let mut mint = first.clone();
    let revokes = dice.says(1, 2);
    let seed = *dice.pick(&first.plan.desk.1);
    mint.add(|next| {
        next.cadence = 66;
        next.delegations
            .push(delegation(77, &(1, vec![THIEF]), (1, 9)));
        if revokes {
            next.revoked = vec![revocation(seed, &[])];
        }
    });
    for cadence in 0..u16::try_from(dice.below(3)).unwrap() {
        mint.add(|next| next.cadence = 100 + cadence);
    }
    mint.sign_again(Namespace::Root, &signers(Set::Own, &first.plan.root));
    mint
}

fn carried(courier: &Mint, number: u32, notes: &[Note]) -> Head {
    let manifest = courier.manifest(number).encode();
    let signatures = signed_by(&manifest, &[(0, 111)]);
    courier.head_of(manifest, signatures, encode_notes(notes))
}

/// An issue with its statements in the notes of the courier.
fn carries(robbery: &Robbery, head: &Head, number: u32) -> Head {
    let own = varaq_trust::Own::decode(&head.own).unwrap();
    let note = Note::Manifest {
        bytes: head.manifest.clone(),
        signatures: head.signatures.clone(),
    };
    let statements = Note::Statements {
        publisher: robbery.mint.id(),
        first: 1,
        statements: own.statements,
    };
    carried(&robbery.courier, number, &[statements, note])
}

/// How often.
#[derive(Debug, Default)]
struct Counts {
    histories: u32,
    /// Forged issues were shown before the revocation was met.
    shown_before: u32,
    /// Forged issues were refused after it.
    refused_after: u32,
    /// Kept issues were shown after it.
    kept_after: u32,
}

impl Counts {
    fn plus(&self, other: &Counts) -> Counts {
        Counts {
            histories: self.histories + other.histories,
            shown_before: self.shown_before + other.shown_before,
            refused_after: self.refused_after + other.refused_after,
            kept_after: self.kept_after + other.kept_after,
        }
    }
}

/// One history of a reader: some bundles, the revocation, some more; then everything once again.
fn live(dice: &mut Dice, robbery: &Robbery, with_roots: bool, counts: &mut Counts, seed: u64) {
    // Whoever holds less than what retired root keys can fork may hold the fork: FORMAT.md says
    // what depends on the order.
    let mut reader = if with_roots || dice.says(4, 5) {
        robbery.acquainted.clone()
    } else {
        Reader::of(&[&robbery.mint, &robbery.courier])
    };
    let genuine = robbery.genuine.iter().map(|head| (false, head));
    let forged = robbery.forged.iter().map(|head| (true, head));
    let all: Vec<_> = genuine.chain(forged).collect();
    let mut revoked = false;
    let met = 2 + dice.below(4);
    let revoked_at = dice.below(met);
    for at in 0..met {
        if at == revoked_at {
            let brings = if dice.says(1, 2) {
                &robbery.own
            } else {
                &robbery.noted
            };
            assert_eq!(
                reader.meet(brings).verdict.name(),
                "VERIFIED",
                "seed {seed}"
            );
            revoked = true;
        }
        let (forged, head) = *dice.pick(&all);
        let number = u32::try_from(at).unwrap() + 2;
        let carried = dice.says(1, 4).then(|| carries(robbery, head, number));
        let verdict = reader.meet(carried.as_ref().unwrap_or(head)).verdict;
        let shown = carried.is_none() && forged && verdict.shows_content();
        assert!(!(revoked && shown), "seed {seed}: {verdict}");
        counts.shown_before += u32::from(shown);
    }
    for head in &robbery.forged {
        let verdict = reader.judge(head).verdict;
        assert!(!verdict.shows_content(), "seed {seed}: {verdict}");
        counts.refused_after += 1;
    }
    for head in &robbery.genuine {
        if robbery.kept.contains(&head.manifest_id()) {
            assert_eq!(reader.verdict(head), "VERIFIED", "seed {seed}");
            counts.kept_after += 1;
        }
    }
    counts.histories += 1;
}

/// Publishers and thieves, each met by many readers: what is signed once is judged often.
fn run(with_roots: bool, robberies: u64, readers: usize) -> Counts {
    let part = |seeds: Range<u64>| {
        let mut counts = Counts::default();
        for seed in seeds {
            let dice = &mut Dice::new(seed);
            let robbery = Robbery::random(dice, with_roots);
            for _ in 0..readers {
                live(dice, &robbery, with_roots, &mut counts, seed);
            }
        }
        counts
    };
    let counts = std::thread::scope(|scope| {
        let other = scope.spawn(|| part(0..robberies / 2));
        let one = part(robberies / 2..robberies);
        one.plus(&other.join().unwrap())
    });
    println!("{counts:?}");
    counts
}

#[test]
fn a_stolen_signing_key_gains_nothing_after_its_revocation() {
    let counts = run(false, 500, 20);
    assert_eq!(counts.histories, 10_000);
    assert!(counts.shown_before > 1_000, "the thief could do something");
}

#[test]
fn nor_do_retired_root_keys_help_the_thief() {
    let counts = run(true, 40, 20);
    assert!(counts.shown_before > 50);
}
