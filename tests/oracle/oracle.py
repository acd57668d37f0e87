#!/usr/bin/env python3
"""A second verifier of Varaq bundles, written from FORMAT.md alone. It shares no code with the crates, and shows no content.

    oracle.py check PATH… [--pins FILE] [--json] [--require-trusted]     a folder stands for its *.varaq files
    oracle.py code PUBLISHER-ID

PINS is a text file, a publisher a line: `ID checked|unchecked NAME`. The exit code is that of `varaq check`, the greatest of all files.
"""
import argparse
import json
import sys
from pathlib import Path

from blake3 import blake3

from content import Content
from strict import (Bad, array, ascii_of, blob, cbor, ed25519_verifies, key_is_sound, keys, need, skeleton, sshsig, text, uint)

MAGIC = b"\x89VRQ\r\n\x1a\n"
U32 = 2**32 - 1
LAST_DAY = 2_932_896
TAG = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"
CHANNEL = "abcdefghijklmnopqrstuvwxyz0123456789-"


def derived(context, data):
    return blake3(data, derive_key_context=f"varaq 2026 {context} v1").digest()


# --- section 2: the manifest -------------------------------------------------------------------------------------------------

def manifest_identity(m):
    """Keys 0-6, which keep their shape in every major."""
    uint(m[0], 1, 65535), blob(m[1], 32, 32), ascii_of(m[2], 1, 32, CHANNEL)
    uint(m[3], 1, U32), uint(m[4], 1, U32), uint(m[6], 0, LAST_DAY)
    if m[5] is not None:
        array(m[5], 3, 3), uint(m[5][0], 1, U32), uint(m[5][1], 1, U32), blob(m[5][2], 32, 32)


def manifest(data):
    m = keys(cbor(data), 15)
    manifest_identity(m)
    need(m[0] == 1, "format is not major")
    array(m[7], 3, 3), uint(m[7][0], 0, 65535), uint(m[7][1], 1, 65535), blob(m[7][2], 32, 32)
    uint(m[8], 2, 16_777_216), uint(m[9], 0, 2**63 - 1), uint(m[10], 0, 2**63 - 1), blob(m[11], 32, 32)
    array(m[12], 3, 3), uint(m[12][0], 1, 1), uint(m[12][1], 0, 1024), uint(m[12][2], 1, 16384)
    first = sum(m[12])
    need(array(m[13], 0, 8) == list(range(first, first + len(m[13]))), "prefixes are not the pieces behind the catalog")
    need(first + len(m[13]) <= m[8], "more counted pieces than pieces")
    blob(m[14], 0, 1024)
    return m


# --- section 3: keys and signatures ----------------------------------------------------------------------------------------------

def public_key(value):
    alg, raw = uint(array(value, 2, 2)[0], 0, 2**64), value[1]
    need(key_is_sound(blob(raw, 32, 32)) if alg == 1 else blob(raw, 1, 4096), "an unsound key")
    return alg, raw


def key_set(value):
    threshold, listed = array(value, 2, 2)
    found = [public_key(k) for k in array(listed, 1, 16)]
    need(len(set(found)) == len(found), "a key listed twice")
    return uint(threshold, 1, len(found)), found


def signature(slot, alg, raw, of, namespace, signed):
    """Returns the slot when it counts, None when its alg is unknown; raises when it does not verify."""
    need(uint(slot, 0, U32) < len(of[1]), "a slot that the key set does not have")
    if uint(alg, 0, 2**64) != 1:
        blob(raw, 1, 8192)
        return None
    key_alg, key = of[1][slot]
    need(key_alg == 1 and ed25519_verifies(key, blob(raw, 64, 64), sshsig(namespace, signed)), "a signature does not verify")
    return slot


def signatures(listed, of, namespace, signed):
    """The good slots of a list of [slot, alg, signature]."""
    good, last = [], -1
    for entry in array(listed, 0, 16):
        slot, alg, raw = array(entry, 3, 3)
        counted = signature(slot, alg, raw, of, namespace, signed)
        need(slot > last, "slots not strictly increasing")
        last = slot
        if counted is not None:
            good.append(slot)
    return good


# --- section 4: the publisher's statements ------------------------------------------------------------------------------------------

def statement(data):
    s = keys(cbor(data), 13)
    need(s[0] == 1, "format of a statement")
    uint(s[1], 0, 65535), uint(s[2], 1, 65535)
    if s[3] is not None:
        blob(s[3], 32, 32)
    s[4] = key_set(s[4])
    for d in array(s[5], 0, 64):
        array(d, 6, 6)
        ascii_of(d[0], 1, 32, CHANNEL), uint(d[1], 1, U32)
        d[2] = key_set(d[2])
        need(0 <= uint(d[4], 1, U32) - uint(d[3], 1, U32) <= 255, "a window too wide or reversed")
        if d[5] is not None:
            array(d[5], 2, 2), uint(d[5][0], 0, LAST_DAY), uint(d[5][1], 0, LAST_DAY)
    for r in array(s[6], 0, 64):
        array(r, 3, 3)
        r[0] = public_key(r[0])
        uint(r[1], 1, 2)
        kept = [blob(k, 32, 32) for k in array(r[2], 0, 256)]
        need(all(a < b for a, b in zip(kept, kept[1:])), "kept manifests not ascending")
    need(len(data) <= (65536 if s[6] else 8192), "a statement too long")
    s[7] = [public_key(k) for k in array(s[7], 0, 64)]
    for e in array(s[8], 0, 64):
        array(e, 4, 4)
        ascii_of(e[0], 1, 32, CHANNEL), uint(e[1], 1, U32), uint(e[2], 1, U32), blob(e[3], 32, 32)
    tags = [ascii_of(array(n, 2, 2)[0], 1, 35, TAG) for n in array(s[9], 0, 16)]
    need(all(a < b for a, b in zip(tags, tags[1:])), "names not ascending by tag")
    for n in s[9]:
        text(n[1], 1, 64)
    uint(s[10], 0, 3650)
    if s[11] is not None:
        blob(s[11], 32, 32)
    s[12], s["revealed"] = (None, None) if s[12] is None else (key_set(s[12]), derived("recovery", encode_key_set(s[12])))
    s["id"], s["bytes"] = derived("statement-id", data), data
    return s


def encode_key_set(value):
    """The CBOR of a key set, for its commitment."""
    def head(kind, number):
        for info, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
            if number < 24:
                return bytes([kind << 5 | number])
            if number < 1 << (8 * size):
                return bytes([kind << 5 | info]) + number.to_bytes(size, "big")
        raise Bad("a number too large")
    listed = b"".join(b"\x82" + head(0, alg) + head(2, len(raw)) + raw for alg, raw in value[1])
    return b"\x82" + head(0, value[0]) + head(4, len(value[1])) + listed


def follows(s, before, commitment, listed):
    """Section 4.2: `s` with its signatures `listed` follows `before` (None: it is statement 1)."""
    recovery = s[12] is not None
    if before is None:
        need((s[1], s[2], s[3], s[12]) == (0, 1, None, None) and s[9], "statement 1 must have generation 0, version 1 and a name")
    else:
        need(s[3] == before["id"] and s[2] == before[2] + 1 and s[1] == before[1] + recovery, "does not follow its predecessor")
        need(recovery or s[11] == commitment, "only a recovery statement changes the commitment")
        need(not recovery or s["revealed"] == commitment, "not the key set that was committed to")
    sets = {1: s[4]}
    if recovery:
        sets[2] = s[12]
    elif before is not None:
        sets[0] = before[4]
    namespace = "varaq-recovery-v1" if recovery else "varaq-root-v1"
    good, last = {0: 0, 1: 0, 2: 0}, (-1, -1)
    for entry in array(listed, 0, 48):
        which, slot, alg, raw = array(entry, 4, 4)
        need(which in sets, "a signature of a set that does not sign this")
        good[which] += signature(slot, alg, raw, sets[which], namespace, s["bytes"]) is not None
        need((which, slot) > last, "signatures not sorted")
        last = which, slot
    alone = 0 in sets and sets[0] == sets[1]
    need(all(good[which] >= of[0] for which, of in sets.items() if not (alone and which == 0)), "below a root threshold")


def own(data):
    """OWN: (chain of statements, suspended keys). Raises when it is not well-formed."""
    listed, suspended = array(cbor(data), 2, 2)
    chain, granted, commitment = [], set(), None
    for entry in array(listed, 1, 256):
        raw, signed = array(entry, 2, 2)
        s = statement(blob(raw, 1, 65536))
        follows(s, chain[-1] if chain else None, commitment, signed)
        commitment = s[11]
        for d in s[5]:
            need((d[0], d[1]) not in granted, "a channel and epoch granted twice")
            granted.add((d[0], d[1]))
        chain.append(s)
    publisher = derived("publisher-id", chain[0]["bytes"])
    found = set()
    for entry in array(suspended, 0, 64):
        raw, signed = array(entry, 2, 2)
        one, who, at, key = array(cbor(blob(raw, 1, 65536)), 4, 4)
        need(one == 1 and who == publisher, "a suspension of another publisher")
        array(at, 2, 2)
        named = [s for s in chain if [s[1], s[2]] == at]
        need(named, "a suspension by a statement that is not here")
        good = signatures(signed, named[0][4], "varaq-suspend-v1", raw)
        need(len(good) >= named[0][4][0], "a suspension below the root threshold")
        found.add(public_key(key))
    return publisher, chain, found


def judge(m, identity, signed, chain, suspended, grantors, namespace="varaq-manifest-v1"):
    """Section 4.5: raises Bad, else returns OUT_OF_WINDOW, REVOKED_KEY, SUSPENDED_KEY, BELOW_THRESHOLD or None (valid)."""
    granted = [d for s in grantors for d in s[5] if (d[0], d[1]) == (m[2], m[3])]
    need(granted, "no delegation")
    of, first, last = granted[0][2:5]
    good = signatures(cbor(signed), of, namespace, m["bytes"]) if signed else []
    kept, revoked, ended = set(), set(), set()
    for s in chain:
        ended.update(s[7])
        for key, _, keeps in s[6]:
            revoked.add(key)
            kept.update((key, k) for k in keeps)

    def counts(key, revocations=True, suspensions=True):
        stays = (key, identity) in kept
        if revocations and key in revoked and not stays:
            return False
        return not (suspensions and key in suspended and key not in revoked | ended and not any(k[1] == identity for k in kept))

    def enough(**rules):
        return sum(counts(of[1][slot], **rules) for slot in good) >= of[0]
    if not signed:
        return "UNSIGNED_DRAFT"
    if not first <= m[4] <= last:
        return "OUT_OF_WINDOW"
    if enough():
        return None
    if enough(revocations=False):
        return "REVOKED_KEY"
    return "SUSPENDED_KEY" if enough(suspensions=False) else "BELOW_THRESHOLD"


# --- sections 1 and 7: the head and the verdict ------------------------------------------------------------------------------------

def head(data):
    """The sections, by name, and body_at. Raises Bad when the file ends inside the head or a field breaks 1.1."""
    need(len(data) >= 64, "ends inside PREFIX")
    body_at = int.from_bytes(data[12:20], "big")
    lengths = [int.from_bytes(data[at:at + 4], "big") for at in range(20, 40, 4)]
    at, sections = 64, {}
    for name, length, low, high in zip(("manifest", "signatures", "own", "runs", "notes"), lengths, (1, 0, 1, 0, 0),
                                       (4096, 65536, 196608, 262144, 262144)):
        need(low <= length <= high, f"{name}: length")
        sections[name] = data[at:at + length]
        at += length
    need(data[10:12] == b"\0\0" and data[40:48] == bytes(8), "a zero field")
    need(lengths[3] % 16 == 0, "RUNS is not a whole number of entries")
    need(at <= body_at <= 1_048_576, "body_at")
    need(at <= len(data), "ends inside the head")
    sections["hint"] = blake3(data[:48] + sections["manifest"] + sections["signatures"] + sections["own"]).digest()[:16] == data[48:64]
    sections["end"] = at
    return sections, body_at


def newer(data, pins):
    """NEWER_FORMAT is signed iff a pinned publisher signed `format` = major."""
    try:
        sections, _ = head(data)
        m = cbor(sections["manifest"])
        need(isinstance(m, dict) and list(m)[:7] == list(range(7)), "keys 0-6")
        manifest_identity(m)
        m["bytes"] = sections["manifest"]
        publisher, chain, suspended = own(sections["own"])
        need(m[0] == int.from_bytes(data[8:10], "big") and m[1] == publisher and publisher in pins, "not of a pinned publisher")
        need(judge(m, derived("manifest-id", m["bytes"]), sections["signatures"], chain, suspended, chain) is None, "not valid")
        return "NEWER_FORMAT(signed)"
    except Bad:
        return "NEWER_FORMAT(unproven)"


def verdict(data, pins):
    """The verdict, and for those that may show content the manifest, the head's sections and body_at."""
    if len(data) < 8 or data[:8] != MAGIC:
        return "NOT_A_BUNDLE", None
    if len(data) >= 64 and int.from_bytes(data[8:10], "big") > 1:
        return newer(data, pins), None
    try:
        need(data[8:10] == b"\0\1", "major 0")
        sections, body_at = head(data)
    except Bad:
        return "DAMAGED_HEAD", None
    try:
        m = manifest(sections["manifest"])
        m["bytes"] = sections["manifest"]
        publisher, chain, suspended = own(sections["own"])
        here = [i for i, s in enumerate(chain) if [s[1], s[2], s["id"]] == m[7]]
        if not here:
            failure = "CHAIN_INCOMPLETE"
        else:
            need(m[1] == publisher, "the publisher is not that of OWN")
            identity = derived("manifest-id", m["bytes"])
            failure = judge(m, identity, sections["signatures"], chain, suspended, chain[:here[0] + 1])
    except Bad:
        failure = "BAD_SIGNATURE"
    if failure:
        return failure if sections["hint"] else "DAMAGED_HEAD", None
    where = (m, sections, body_at)
    if publisher in pins:
        return "VERIFIED" if pins[publisher][0] else "PINNED", where
    names = next(s[9] for s in reversed(chain) if s[9])
    known = {skeleton(name) for _, name in pins.values()}
    return ("IMPOSTOR_NAME" if any(skeleton(name) in known for _, name in names) else "UNKNOWN_PUBLISHER"), where


EXITS = {"NOT_A_BUNDLE": 10, "NEWER_FORMAT(signed)": 10, "NEWER_FORMAT(unproven)": 10, "BAD_SIGNATURE": 20, "BELOW_THRESHOLD": 20,
         "UNSIGNED_DRAFT": 20, "CHAIN_INCOMPLETE": 20, "IMPOSTOR_NAME": 20, "OUT_OF_WINDOW": 24, "REVOKED_KEY": 24, "SUSPENDED_KEY": 24,
         "DAMAGED_HEAD": 23}


def check(data, pins, require_trusted=False):
    """What `check` says of one file."""
    name, where = verdict(data, pins)
    result = {"verdict": name, "lines": [], "exit": EXITS.get(name, 0), "articles": None, "digest": None, "readable": None, "refused": None, "notices": None}
    if name == "UNKNOWN_PUBLISHER" and require_trusted:
        result["exit"] = 21
    if where:
        found = Content(data, *where).report()
        result["exit"] = max(result["exit"], found.pop("exit"), key=lambda code: (code >= 20, code))
        result.update(found)
    return result


# --- the command line -------------------------------------------------------------------------------------------------------------------

def read_pins(lines):
    pins = {}
    for line in filter(str.strip, lines):
        publisher, checked, name = line.strip().split(" ", 2)
        need(checked in ("checked", "unchecked"), "a pin is `ID checked|unchecked NAME`")
        pins[bytes.fromhex(publisher)] = checked == "checked", name
    return pins


def code(publisher):
    from argon2.low_level import Type, hash_secret_raw
    h = hash_secret_raw(publisher, b"varaq code v1....", 3, 65536, 1, 16, Type.ID, 0x13)
    number = int.from_bytes(h, "big") % 10**22
    digits = f"{number:022}{98 - number * 100 % 97:02}"
    return " ".join(digits[at:at + 4] for at in range(0, 24, 4))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    checking = verbs.add_parser("check")
    checking.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    checking.add_argument("--pins", type=Path)
    checking.add_argument("--beside", action="store_true", help="take each file's pins from the `pin:` lines of NAME.expect beside it")
    checking.add_argument("--json", action="store_true", help="an object a line")
    checking.add_argument("--require-trusted", action="store_true")
    verbs.add_parser("code").add_argument("publisher")
    options = parser.parse_args()
    if options.verb == "code":
        print(code(bytes.fromhex(options.publisher)))
        return 0
    pins = read_pins(options.pins.read_text(encoding="utf-8").splitlines()) if options.pins else {}
    worst = 0
    for path in (f for p in options.paths for f in (sorted(p.glob("*.varaq")) if p.is_dir() else [p])):
        if options.beside:
            beside = path.with_suffix(".expect").read_text(encoding="utf-8").splitlines()
            pins = read_pins(line.removeprefix("pin: ") for line in beside if line.startswith("pin: "))
        result = check(path.read_bytes(), pins, options.require_trusted)
        worst = max(worst, result["exit"])
        if options.json:
            print(json.dumps({"file": path.name, **result}, ensure_ascii=False))
            continue
        n, m = result["articles"] or ("no", "?")
        print(f"{path}: {result['verdict']}, exit {result['exit']}, {n} of {'?' if m is None else m} articles, digest {result['digest']}")
        for line in result["lines"]:
            print(f"  {line}")
    return worst


if __name__ == "__main__":
    sys.exit(main())
