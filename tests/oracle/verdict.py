"""Section 7: the verdict on one file by itself."""
from content import Content
from heads import MAGIC, delegation, derived, good_slots, head, manifest, manifest_identity, own, weigh
from strict import Bad, cbor, need, skeleton


def newer(data, pins):
    """NEWER_FORMAT is signed iff a pinned publisher signed `format` = major."""
    try:
        sections, _ = head(data)
        m = cbor(sections["manifest"])
        need(isinstance(m, dict) and list(m)[:7] == list(range(7)), "keys 0-6")
        manifest_identity(m)
        m["bytes"], m["id"] = sections["manifest"], derived("manifest-id", sections["manifest"])
        publisher, chain, suspensions = own(sections["own"])
        need(m[0] == int.from_bytes(data[8:10], "big") and m[1] == publisher and publisher in pins, "not of a pinned publisher")
        d = delegation(m, chain)
        good = good_slots(m, d, sections["signatures"])
        need(good and weigh(m, d, good, chain, {s[2] for s in suspensions}) is None, "not valid")
        return "NEWER_FORMAT(signed)"
    except Bad:
        return "NEWER_FORMAT(unproven)"


class Refused(Exception):
    """A verdict before anything was weighed."""


class File:
    """A file whose chain holds and whose listed signatures verify; raises Refused for every other."""

    def __init__(self, data, pins):
        need_verdict(len(data) >= 8 and data[:8] == MAGIC, "NOT_A_BUNDLE")
        if len(data) >= 64 and int.from_bytes(data[8:10], "big") > 1:
            raise Refused(newer(data, pins))
        try:
            need(data[8:10] == b"\0\1", "major 0")
            self.sections, self.body_at = head(data)
        except Bad:
            raise Refused("DAMAGED_HEAD") from None
        self.data = data
        try:
            self.read()
        except Bad:
            raise Refused(self.refused("BAD_SIGNATURE")) from None

    def read(self):
        self.m = manifest(self.sections["manifest"])
        self.publisher, self.chain, self.suspensions = own(self.sections["own"])
        here = [i for i, s in enumerate(self.chain) if [s[1], s[2], s["id"]] == self.m[7]]
        need_verdict(here, self.refused("CHAIN_INCOMPLETE"))
        need(self.m[1] == self.publisher, "the publisher is not that of OWN")
        self.delegation = delegation(self.m, self.chain[:here[0] + 1])
        self.good = good_slots(self.m, self.delegation, self.sections["signatures"])

    def refused(self, name):
        """While the hint is wrong, a malformed head is damaged and not forged."""
        return name if self.sections["hint"] else "DAMAGED_HEAD"

    def weighed_alone(self):
        if not self.sections["signatures"]:
            return "UNSIGNED_DRAFT"
        return weigh(self.m, self.delegation, self.good, self.chain, {s[2] for s in self.suspensions})

    def trusted(self, pins):
        """The verdict on a manifest that is valid."""
        if self.publisher in pins:
            return "VERIFIED" if pins[self.publisher][0] else "PINNED"
        known = {skeleton(name) for _, name in pins.values()}
        return "IMPOSTOR_NAME" if any(skeleton(name) in known for name in self.names()) else "UNKNOWN_PUBLISHER"

    def names(self):
        return [name for _, name in next(s[9] for s in reversed(self.chain) if s[9])]

    def report(self):
        return Content(self.data, self.m, self.sections, self.body_at).report()


def need_verdict(condition, name):
    if not condition:
        raise Refused(name)


def verdict(data, pins):
    """The verdict on one file by itself, and for those that may show content the file."""
    try:
        file = File(data, pins)
    except Refused as refused:
        return str(refused), None
    failure = file.weighed_alone()
    return (file.refused(failure), None) if failure else (file.trusted(pins), file)


EXITS = {"NOT_A_BUNDLE": 10, "NEWER_FORMAT(signed)": 10, "NEWER_FORMAT(unproven)": 10, "BAD_SIGNATURE": 20, "BELOW_THRESHOLD": 20,
         "UNSIGNED_DRAFT": 20, "CHAIN_INCOMPLETE": 20, "IDENTITY_SPLIT": 20, "CONFLICT": 20, "IMPOSTOR_NAME": 20, "OUT_OF_WINDOW": 24,
         "REVOKED_KEY": 24, "SUSPENDED_KEY": 24, "DAMAGED_HEAD": 23}


def worse(one, other):
    return max(one, other, key=lambda code: (code >= 20, code))


def read_pins(lines):
    pins = {}
    for line in filter(str.strip, lines):
        publisher, checked, name = line.strip().split(" ", 2)
        need(checked in ("checked", "unchecked"), "a pin is `ID checked|unchecked NAME`")
        pins[bytes.fromhex(publisher)] = checked == "checked", name
    return pins
