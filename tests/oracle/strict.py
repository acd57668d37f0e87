"""The small strict parts below the oracle: CBOR (FORMAT 2), Ed25519 keys and SSHSIG (FORMAT 3), zstd frames (FORMAT 1.4)."""
import hashlib
import unicodedata
from functools import lru_cache

import zstandard
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Bad(Exception):
    """A rule of FORMAT.md is broken."""


def need(condition, what):
    if not condition:
        raise Bad(what)


# --- CBOR: one encoding of each value --------------------------------------------------------------------------------

def cbor(data, depth=16):
    """Decode one item of the strict subset that fills `data`: int, bytes, str, list, dict, None."""
    value, end = _item(data, 0, depth)
    need(end == len(data), "bytes behind the outermost item")
    return value


def _item(data, at, depth):
    need(at < len(data), "ends inside an item")
    kind, info = data[at] >> 5, data[at] & 31
    if data[at] == 0xF6:
        return None, at + 1
    need(kind in (0, 2, 3, 4, 5), "a kind outside the subset")
    number, at = _argument(data, at, info)
    if kind == 0:
        return number, at
    if kind in (2, 3):
        need(number <= len(data) - at, "ends inside a string")
        raw = data[at:at + number]
        if kind == 2:
            return raw, at + number
        try:
            return raw.decode("utf-8"), at + number
        except UnicodeDecodeError:
            raise Bad("text is not UTF-8") from None
    need(depth > 0, "nested too deep")
    need(number <= len(data) - at, "more items than bytes")
    if kind == 4:
        items = []
        for _ in range(number):
            item, at = _item(data, at, depth - 1)
            items.append(item)
        return items, at
    pairs, last = {}, -1
    for _ in range(number):
        need(at < len(data) and data[at] >> 5 == 0, "a key that is not an unsigned integer")
        key, at = _item(data, at, depth - 1)
        need(key > last, "keys not ascending")
        last = key
        pairs[key], at = _item(data, at, depth - 1)
    return pairs, at


def _argument(data, at, info):
    if info < 24:
        return info, at + 1
    need(info <= 27, "indefinite length or reserved")
    size = 1 << (info - 24)
    need(at + 1 + size <= len(data), "ends inside a number")
    number = int.from_bytes(data[at + 1:at + 1 + size], "big")
    need(number >= (24, 1 << 8, 1 << 16, 1 << 32)[info - 24], "not the shortest form")
    return number, at + 1 + size


def uint(value, low, high):
    need(isinstance(value, int) and low <= value <= high, "a number out of range")
    return value


def blob(value, low, high):
    need(isinstance(value, bytes) and low <= len(value) <= high, "bytes of a wrong length")
    return value


def array(value, low, high):
    need(isinstance(value, list) and low <= len(value) <= high, "an array of a wrong length")
    return value


def keys(value, count):
    need(isinstance(value, dict) and list(value) == list(range(count)), "a field missing or unknown")
    return value


FORBIDDEN = set(range(0x20)) | set(range(0x7F, 0xA0)) | {0x2028, 0x2029, 0xFEFF} | set(range(0x202A, 0x202F))


def text(value, low, high, also=()):
    need(isinstance(value, str) and low <= len(value) <= high, "a text of a wrong length")
    need(all(ord(c) not in FORBIDDEN or c in also for c in value), "a character that texts must not hold")
    return value


def ascii_of(value, low, high, allowed):
    need(isinstance(value, str) and low <= len(value) <= high and set(value) <= set(allowed), "a character not allowed here")
    return value


# --- Ed25519: keys in plain arithmetic, the equation by the package ------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
IDENTITY = (0, 1, 1, 0)


def _add(p, q):
    """Extended coordinates (X, Y, Z, T), the complete addition of RFC 8032, 5.1.4."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number, point):
    total = IDENTITY
    while number:
        if number & 1:
            total = _add(total, point)
        point, number = _add(point, point), number >> 1
    return total


def _is_identity(point):
    return point[0] % P == 0 and (point[1] - point[2]) % P == 0


def _decompress(encoded):
    """The point of a canonical encoding, else None."""
    y, sign = int.from_bytes(encoded, "little") & (2**255 - 1), encoded[31] >> 7
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == -u % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if v * x * x % P != u or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


@lru_cache(maxsize=4096)
def key_is_sound(encoded):
    """Canonical, on the curve, torsion-free, not the identity."""
    point = _decompress(encoded) if len(encoded) == 32 else None
    return point is not None and not _is_identity(point) and _is_identity(_times(L, point))


@lru_cache(maxsize=65536)
def ed25519_verifies(key, signature, message):
    """Strict and cofactorless: S < L, R canonical and not of small order, and S·B - h·A encodes to the bytes of R."""
    if len(signature) != 64 or not key_is_sound(key) or int.from_bytes(signature[32:], "little") >= L:
        return False
    r = _decompress(signature[:32])
    if r is None or _is_identity(_times(8, r)):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


def sshsig(namespace, data):
    def string(raw):
        return len(raw).to_bytes(4, "big") + raw
    parts = (namespace.encode(), b"", b"sha512", hashlib.sha512(data).digest())
    return b"SSHSIG" + b"".join(map(string, parts))


# --- zstd: one frame, looked at before the package sees it ----------------------------------------------------------------

def unzstd(stored, raw, prefix):
    """Decode a codec-1 piece; `prefix` is bytes or None."""
    need(len(stored) >= 6 and stored[:4] == b"\x28\xb5\x2f\xfd", "not the magic of a zstd frame")
    flags = stored[4]
    need(flags & 0x20, "Single_Segment is not set")
    need(not flags & 0x08, "the reserved bit is set")
    need(flags & 0x04, "no checksum")
    need(not flags & 0x03, "a dictionary id")
    size = 1 << (flags >> 6)
    at = 5 + size
    need(at <= len(stored), "ends inside the frame header")
    content = int.from_bytes(stored[5:at], "little") + (256 if size == 2 else 0)
    need(content == raw, "the frame's content size is not raw")
    last = False
    while not last:
        need(at + 3 <= len(stored), "ends inside a block header")
        header = int.from_bytes(stored[at:at + 3], "little")
        last, kind, length = header & 1, header >> 1 & 3, header >> 3
        need(kind != 3, "a reserved kind of block")
        at += 3 + (1 if kind == 1 else length)
    need(at + 4 == len(stored), "the frame does not fill the stored bytes")
    try:
        dictionary = prefix and zstandard.ZstdCompressionDict(prefix, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        out = zstandard.ZstdDecompressor(dict_data=dictionary or None).decompress(stored, max_output_size=raw)
    except (zstandard.ZstdError, MemoryError) as error:
        raise Bad(f"zstd: {error}") from None
    need(len(out) == raw, "decodes to another length")
    return out


# --- names that look alike: a rough skeleton, without the tables of UTS #39 --------------------------------------------------

FOLDED = {"ي": "ی", "ى": "ی", "ې": "ی", "ے": "ی", "ك": "ک", "ہ": "ه", "ھ": "ه", "ە": "ه", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا"}


def skeleton(name):
    kept = []
    for c in unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold()):
        if unicodedata.category(c)[0] in "MPZC" or c == "ـ":
            continue
        kept.append(str(unicodedata.decimal(c)) if unicodedata.category(c) == "Nd" else FOLDED.get(c, c))
    return "".join(kept)
