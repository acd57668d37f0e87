//! test_updater_delegation_graphs.py and test_quoting_issues.py

use crate::scene::{DESK, issue, newsroom};
use varaq_kit::{Mint, Reader, Value, delegation, signed_by};
use varaq_trust::{Delegation, Namespace, Set};

/// A newsroom that grants further channels to one key each.
fn with_channels(channels: &[(&str, u8)]) -> Mint {
    let mut mint = newsroom();
    mint.add(|next| {
        next.delegations = channels
            .iter()
            .map(|&(channel, seed)| Delegation {
                channel: channel.into(),
                ..delegation(1, &(1, vec![seed]), (1, 9))
            })
            .collect();
    });
    mint
}

/// Deviates: there is no graph to walk. Root keys grant channels, and whoever signs a channel can
/// grant nothing: a statement by signing keys is none.
#[test]
fn test_graph_traversal() {
    let mint = with_channels(&[("a", 21), ("b", 22)]);
    let reader = Reader::of(&[&mint]);
    assert_eq!(reader.verdict(&issue(&mint, 1)), "VERIFIED");
    let mut further = mint.clone();
    further.add(|next| next.delegations = vec![delegation(2, &(1, vec![23]), (1, 9))]);
    further.sign_again(Namespace::Root, &[(Set::Own, 0, 21), (Set::Own, 1, 22)]);
    assert_eq!(reader.verdict(&issue(&further, 1)), "BAD_SIGNATURE");
}

/// A channel's issue is found under the keys of that channel alone.
#[test]
fn test_targetfile_search() {
    let mint = with_channels(&[("a", 21), ("b", 22)]);
    let reader = Reader::of(&[&mint]);
    let verdict = |channel: &str, signers: &[(u8, u8)]| {
        let mut manifest = mint.manifest(1);
        manifest.channel = channel.into();
        reader.verdict(&mint.head(&manifest, signers))
    };
    assert_eq!(verdict("main", &DESK), "VERIFIED");
    assert_eq!(verdict("a", &[(0, 21)]), "VERIFIED");
    assert_eq!(verdict("b", &[(0, 22)]), "VERIFIED");
    for (channel, signers) in [
        ("a", &[(0, 22)][..]),
        ("b", &DESK),
        ("main", &[(0, 21)]),
        ("c", &[(0, 21)]),
    ] {
        assert_eq!(verdict(channel, signers), "BAD_SIGNATURE", "{channel}");
    }
}

/// Deviates: names that could be a path, a query or a fragment are no names of channels, in
/// statements and in manifests.
#[test]
fn test_unusual_role_name() {
    for name in [
        "?",
        "#",
        "/delegatedrole",
        "../delegatedrole",
        "",
        ".",
        "a/b",
        "A",
        "ä",
    ] {
        let sound = newsroom();
        let mut value = Value::parse(&sound.own.statements[0].bytes);
        *value.at(5).at(0).at(0) = Value::Text(name.into());
        let mint = Mint::with_bytes(sound.plan.clone(), sound.last.clone(), value.encode());
        assert_eq!(
            Reader::of(&[&mint]).verdict(&issue(&mint, 1)),
            "BAD_SIGNATURE",
            "{name}"
        );
        let mut value = Value::parse(&sound.manifest(1).encode());
        *value.at(2) = Value::Text(name.into());
        let manifest = value.encode();
        let head = sound.head_of(manifest.clone(), signed_by(&manifest, &DESK), Vec::new());
        assert_eq!(
            Reader::of(&[&sound]).verdict(&head),
            "BAD_SIGNATURE",
            "{name}"
        );
    }
}
