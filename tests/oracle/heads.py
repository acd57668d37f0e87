"""Sections 1.1 and 2-4: the head of a file, its manifest, the publisher's statements, and who counts."""
from blake3 import blake3

from strict import Bad, array, ascii_of, blob, cbor, ed25519_verifies, key_is_sound, keys, need, sshsig, text, uint

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
    m["bytes"], m["id"] = data, derived("manifest-id", data)
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
    """OWN: (publisher id, chain of statements, suspensions). Raises when it is not well-formed."""
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

    def named(at):
        return next((s for s in chain if [s[1], s[2]] == at), None)
    return publisher, chain, [suspension(entry, publisher, named) for entry in array(suspended, 0, 64)]


def suspension(entry, publisher, named):
    """Section 4.4: (id of the statement that signed it, its bytes, the suspended key). `named` finds a statement by [generation, version]."""
    raw, signed = array(entry, 2, 2)
    one, who, at, key = array(cbor(blob(raw, 1, 65536)), 4, 4)
    need(one == 1 and who == publisher, "a suspension of another publisher")
    array(at, 2, 2)
    s = named(at)
    need(s, "a suspension by a statement that is not here")
    good = signatures(signed, s[4], "varaq-suspend-v1", raw)
    need(len(good) >= s[4][0], "a suspension below the root threshold")
    return s["id"], raw, public_key(key)


def delegation(m, grantors):
    granted = [d for s in grantors for d in s[5] if (d[0], d[1]) == (m[2], m[3])]
    need(granted, "no delegation")
    return granted[0]


def good_slots(m, d, signed):
    return signatures(cbor(signed), d[2], "varaq-manifest-v1", m["bytes"]) if signed else []


def keeps(chain):
    """The manifests that a revocation of the chain keeps."""
    return {identity for s in chain for _, _, kept in s[6] for identity in kept}


def stopped(chain, suspended, identity):
    """Of these suspended keys, those that no statement of the chain has revoked or cleared; none for a manifest that is kept."""
    ended = {key for s in chain for key in s[7] + [r[0] for r in s[6]]}
    return set() if identity in keeps(chain) else set(suspended) - ended


def weigh(m, d, good, chain, suspended):
    """Section 4.5: OUT_OF_WINDOW, REVOKED_KEY, SUSPENDED_KEY, BELOW_THRESHOLD or None (enough)."""
    if not d[3] <= m[4] <= d[4]:
        return "OUT_OF_WINDOW"
    revoked = {r[0] for s in chain for r in s[6]} - {r[0] for s in chain for r in s[6] if m["id"] in r[2]}
    stop = stopped(chain, suspended, m["id"])
    present = [d[2][1][slot] for slot in good]

    def enough(*apart):
        return sum(not any(key in keys_ for keys_ in apart) for key in present) >= d[2][0]
    if enough(revoked, stop):
        return None
    if enough(stop):
        return "REVOKED_KEY"
    return "SUSPENDED_KEY" if enough(revoked) else "BELOW_THRESHOLD"


# --- section 1.1: the head ------------------------------------------------------------------------------------

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
