//! No bundle makes a reader forget (FORMAT.md section 4.7), whatever is in it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

mod world;

use std::io::Cursor;
use varaq_bundle::{Limits, decode_signatures};
use varaq_kit::{Dice, Reader, Value, rehint};
use varaq_trust::{Note, Verdict, View, open};
use world::{Shape, World};

/// What a reader keeps: (step, note, statement of a suspension) of each entry.
fn entries(reader: &Reader) -> Vec<(Value, Note, Value)> {
    let bytes = reader.state().encode();
    let body = &bytes[b"varaq state 1\n".len()..bytes.len() - 32];
    let mut value = Value::parse(body);
    let entry = |one: &mut Value| {
        let note = Note::decode(one.at(1).as_bytes()).unwrap();
        (one.at(0).clone(), note, one.at(2).clone())
    };
    value.at(2).items().iter_mut().map(entry).collect()
}

/// True if that was kept: the same, or a manifest with more signatures than before.
fn holds(kept: &[(Value, Note, Value)], before: &(Value, Note, Value)) -> bool {
    let Note::Manifest { bytes, signatures } = &before.1 else {
        return kept.contains(before);
    };
    let listed = decode_signatures(signatures).unwrap();
    kept.iter().any(|one| match &one.1 {
        Note::Manifest {
            bytes: same,
            signatures,
        } => {
            let now = decode_signatures(signatures).unwrap();
            one.0 == before.0 && same == bytes && listed.iter().all(|one| now.contains(one))
        }
        _ => false,
    })
}

/// A file: an issue, or the courier's with notes that may be anything; then perhaps spoilt.
fn file(dice: &mut Dice, world: &World, number: u32) -> Vec<u8> {
    let issue = dice.below(world.issues.len());
    let mut file = match dice.below(3) {
        0 => world
            .carried(number, &hostile_notes(dice, world))
            .to_bytes(),
        1 => {
            let node = world.issues[issue].node;
            let notes = hostile_notes(dice, world);
            world.head(node, issue, &[], notes).to_bytes()
        }
        _ => world.bundle(dice, issue).head.to_bytes(),
    };
    match dice.below(6) {
        0 => file.truncate(dice.below(file.len())),
        1 | 2 => {
            for _ in 0..=dice.below(3) {
                let at = dice.below(file.len());
                file[at] ^= 1 << dice.below(8);
            }
        }
        3 => {
            // Whoever alters a head on purpose makes the hint fit.
            let at = 64 + dice.below(file.len() - 64);
            file[at] ^= 1 << dice.below(8);
            rehint(&mut file);
        }
        _ => {}
    }
    file
}

/// Entries of all kinds, some of them altered, beside some that are none.
fn hostile_notes(dice: &mut Dice, world: &World) -> Vec<u8> {
    let mut entries = Vec::new();
    for _ in 0..dice.below(6) {
        let node = dice.below(world.nodes.len());
        let version = 1 + dice.below(world.way(node).len());
        let note = match dice.below(3) {
            0 => world.statements(node, version),
            1 => world.note(dice.below(world.issues.len())),
            _ => Note::Suspension {
                publisher: world.nodes[0].mint.id(),
                signed: dice.pick(&world.suspensions).1.clone(),
            },
        };
        let mut entry = note.encode();
        match dice.below(4) {
            0 => {
                let at = dice.below(entry.len());
                entry[at] ^= 1 << dice.below(8);
            }
            1 => entry = vec![0x83, 0x01, 0x02, 0x03],
            _ => {}
        }
        entries.push(entry);
    }
    let mut notes = vec![0x80 + u8::try_from(entries.len()).unwrap()];
    notes.extend(entries.concat());
    notes
}

/// Verdicts of files in which a rule of sections 2-4 is broken.
fn is_malformed(verdict: Verdict) -> bool {
    verdict <= Verdict::BadSignature
}

#[test]
fn no_bundle_makes_the_reader_forget_and_none_that_is_malformed_teaches() {
    let (mut taught, mut malformed) = (0, 0);
    for seed in 0..40 {
        let dice = &mut Dice::new(seed);
        let world = World::random(dice, Shape::EVERYTHING);
        let mut reader = Reader::of(&[&world.nodes[0].mint, &world.courier]);
        let mut before = entries(&reader);
        for number in 1..=20 {
            let file = file(dice, &world, number);
            let view = View::new(&reader.pins, &reader.evidence);
            let opened = open(Cursor::new(file), view, &Limits::default()).unwrap();
            if is_malformed(opened.verdict()) {
                assert!(
                    opened.learned().is_empty(),
                    "seed {seed}: {}",
                    opened.verdict()
                );
                malformed += 1;
            }
            let learned = opened.learned().clone();
            let news = reader.evidence.learn(&learned);
            let kept = entries(&reader);
            assert!(
                before.iter().all(|one| holds(&kept, one)),
                "seed {seed}, file {number}"
            );
            assert_eq!(news, kept != before, "seed {seed}, file {number}");
            taught += u32::from(news);
            before = kept;
        }
    }
    assert!(
        taught > 150 && malformed > 150,
        "{taught} taught, {malformed} malformed"
    );
}
