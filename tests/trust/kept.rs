//! What a reader writes down, and what it takes over from another PC (FORMAT.md section 4.7).

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

mod world;

use varaq_kit::{Dice, Mint, Reader, Value};
use varaq_trust::{Imported, Line, Note, State, StateError, Verdict};
use world::{Bundle, Shape, World};

const MAGIC: &[u8] = b"varaq state 1\n";

/// A world, a reader who has met some of it, and the bundles.
fn lived(seed: u64) -> (World, Reader, Vec<Bundle>) {
    let dice = &mut Dice::new(seed);
    let world = World::random(dice, Shape::EVERYTHING);
    let mut reader = Reader::of(&[&world.nodes[0].mint, &world.courier]);
    let mut bundles = Vec::new();
    for number in 1..=8 {
        let issue = dice.below(world.issues.len());
        let node = dice.below(world.nodes.len());
        let bundle = match dice.below(4) {
            0 => world.courier(number, &[node, world.issues[issue].node], Some(issue)),
            _ => world.bundle(dice, issue),
        };
        reader.meet(&bundle.head);
        bundles.push(bundle);
    }
    (world, reader, bundles)
}

fn answers(reader: &Reader, bundles: &[Bundle]) -> Vec<(Verdict, Vec<Line>)> {
    let all = bundles.iter().map(|bundle| reader.judge(&bundle.head));
    all.map(|judgement| (judgement.verdict, judgement.lines))
        .collect()
}

fn reader_of(state: &State) -> Reader {
    Reader {
        pins: state.pins.clone(),
        evidence: state.evidence.clone(),
    }
}

/// A state with other entries, and a checksum that fits: whoever writes one on purpose can.
fn forged(reader: &Reader, change: impl FnOnce(&mut Vec<Value>)) -> State {
    let bytes = reader.state().encode();
    let mut value = Value::parse(&bytes[MAGIC.len()..bytes.len() - 32]);
    change(value.at(2).items());
    let mut bytes = [MAGIC, &value.encode()].concat();
    let sum = varaq_bundle::Hash::of(&bytes);
    bytes.extend(sum.0);
    State::decode(&bytes).unwrap()
}

fn note_of(entry: &mut Value) -> Note {
    Note::decode(entry.at(1).as_bytes()).unwrap()
}

#[test]
fn a_state_has_one_encoding_and_says_the_same_after_it() {
    for seed in 0..40 {
        let (_, reader, bundles) = lived(seed);
        let bytes = reader.state().encode();
        let again = State::decode(&bytes).unwrap();
        assert_eq!(again.encode(), bytes, "seed {seed}");
        assert_eq!(
            answers(&reader_of(&again), &bundles),
            answers(&reader, &bundles),
            "seed {seed}"
        );
    }
}

#[test]
fn every_flipped_bit_and_every_cut_of_a_state_is_refused() {
    let mint = Mint::default();
    let mut reader = Reader::of(&[&mint]);
    reader.meet(&mint.head(&mint.manifest(1), &[(0, 11), (1, 12)]));
    let bytes = reader.state().encode();
    for at in 0..bytes.len() {
        assert!(State::decode(&bytes[..at]).is_err(), "cut at {at}");
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            assert!(State::decode(&flipped).is_err(), "byte {at}, bit {bit}");
        }
    }
    let longer = [&bytes[..], &[0]].concat();
    assert_eq!(State::decode(&longer).unwrap_err(), StateError::Checksum);
}

#[test]
fn an_import_of_ones_own_export_gives_the_same_verdicts() {
    for seed in 0..120 {
        let (_, reader, bundles) = lived(seed);
        let export = State::decode(&reader.state().encode()).unwrap();
        let mut here = State::default();
        let imported = here.import(&export);
        assert_eq!(imported.refused, 0, "seed {seed}");
        assert_eq!(imported.pins, 2, "seed {seed}");
        let here = reader_of(&here);
        assert_eq!(
            answers(&here, &bundles),
            answers(&reader, &bundles),
            "seed {seed}"
        );
        // And once more brings nothing new.
        let mut twice = here.state();
        twice.import(&export);
        assert_eq!(twice.encode(), here.state().encode(), "seed {seed}");
    }
}

#[test]
fn an_import_proves_nothing_whose_signatures_were_altered() {
    for seed in 0..20 {
        let dice = &mut Dice::new(seed);
        let (_, reader, bundles) = lived(seed);
        let mut total = 0;
        let hostile = forged(&reader, |entries| {
            total = entries.len();
            for entry in entries {
                let mut note = note_of(entry);
                match &mut note {
                    Note::Statements { statements, .. } => {
                        let signature = &mut statements[0].signatures[0].signature;
                        signature[dice.below(64)] ^= 1;
                    }
                    Note::Suspension { signed, .. } => {
                        signed.signatures[0].signature[dice.below(64)] ^= 1;
                    }
                    Note::Manifest { signatures, .. } => {
                        let last = signatures.len() - 1;
                        signatures[last] ^= 1;
                    }
                }
                *entry.at(1) = Value::Bytes(note.encode());
            }
        });
        let mut here = State::default();
        let imported = here.import(&hostile);
        assert_eq!(
            (imported.proven, imported.refused),
            (0, total),
            "seed {seed}"
        );
        let stranger = Reader {
            pins: here.pins.clone(),
            ..Reader::default()
        };
        assert_eq!(
            answers(&reader_of(&here), &bundles),
            answers(&stranger, &bundles)
        );
    }
}

#[test]
fn an_import_takes_no_statement_of_another_under_a_pinned_id() {
    let (ours, theirs) = (Mint::default(), Mint::other("Somebody Else", 50));
    let mut reader = Reader::of(&[&ours]);
    reader.meet(&ours.head(&ours.manifest(1), &[(0, 11), (1, 12)]));
    let hostile = forged(&reader, |entries| {
        let mut note = note_of(&mut entries[0]);
        if let Note::Statements { statements, .. } = &mut note {
            statements.clone_from(&theirs.own.statements);
        }
        *entries[0].at(1) = Value::Bytes(note.encode());
        entries.truncate(1);
    });
    let mut here = State::default();
    let expected = Imported {
        pins: 1,
        proven: 0,
        refused: 1,
    };
    assert_eq!(here.import(&hostile), expected);
    assert_eq!(here.evidence.publishers().count(), 0);
}
