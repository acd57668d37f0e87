"""Sections 4.6, 4.7 and 7: what a reader has met, and what follows from it. Nothing derived is kept: it is derived anew for every answer."""
from datetime import date, timedelta

from heads import delegation, derived, follows, good_slots, keeps, manifest, statement, stopped, suspension, weigh
from strict import Bad, array, blob, cbor, need, skeleton, uint
from verdict import EXITS, File, Refused, read_pins, worse

CHECKS = 512
EPOCH = date(1970, 1, 1)
TOLD = ("IMPOSTOR_NAME", "UNKNOWN_PUBLISHER", "PINNED", "VERIFIED")


class Branch:
    """The held branch: its statements, how many of them stand, what disputes it, and whether two statements begin its generation."""

    def __init__(self, statements, stand, split, rival, contested=False):
        self.statements, self.stand, self.split, self.rival, self.contested = statements, stand, split, rival, contested

    def holds(self, identity):
        return any(s["id"] == identity for s in self.statements)

    def standing(self, identity):
        return any(s["id"] == identity for s in self.statements[:self.stand])

    def settled(self, m):
        """The manifest that the newest statement which settles this number names."""
        found = [e[3] for s in self.statements for e in s[8] if e[:3] == [m[2], m[3], m[4]]]
        return found[-1] if found else None


class Publisher:
    """Everything that was proven about one publisher, each with the step of its arrival."""

    def __init__(self):
        self.statements, self.suspensions, self.manifests = {}, {}, {}

    def copy(self):
        other = Publisher()
        other.statements, other.suspensions = dict(self.statements), dict(self.suspensions)
        other.manifests = {identity: dict(met, good=set(met["good"])) for identity, met in self.manifests.items()}
        return other

    # --- what arrives ---

    def add_statement(self, s, step):
        self.statements.setdefault(s["id"], dict(s, step=step))

    def add_suspension(self, found, step):
        by, raw, key = found
        self.suspensions.setdefault((by, raw), {"by": by, "key": key, "step": step})

    def add_manifest(self, m, d, good, step):
        """Only one that reaches its threshold, whatever became of the keys; signatures of several copies are united."""
        if len(good) >= d[2][0] and d[3] <= m[4] <= d[4]:
            met = self.manifests.setdefault(m["id"], {"m": m, "d": d, "good": set(), "step": step, "order": len(self.manifests)})
            met["good"].update(good)

    # --- the held branch ---

    def before(self, s):
        return self.statements.get(s[3])

    def way(self, s):
        way = []
        while s:
            way.insert(0, s)
            s = self.before(s)
        return way

    def branch(self):
        g = max(s[1] for s in self.statements.values())
        ours = [s for s in self.statements.values() if s[1] == g]
        begin = [s for s in ours if not self.before(s) or self.before(s)[1] < g]
        held = self.way(begin[0])
        if len(begin) > 1:
            for other in map(self.way, begin):
                same = [a["id"] == b["id"] for a, b in zip(held, other)]
                held = held[:same.index(False) if False in same else len(same)]
            return Branch(held, len(held), True, False, True)
        stand, split, rival = 2**32, False, False
        for step in sorted({s["step"] for s in ours}):
            n = len(held)
            for s in sorted((s for s in ours if s["step"] == step and s is not begin[0]), key=lambda s: (s[2], s["id"])):
                version = s[2]
                if len(held) < version - 1 or held[version - 2]["id"] != s[3]:
                    continue        # hangs on a statement that is not held
                if len(held) == version - 1:
                    if not split:
                        held.append(s)
                elif version < n:
                    rival = True
                elif version == n:
                    split, stand = True, min(stand, version - 1)
                else:
                    split = True
                    del held[version - 1:]
        return Branch(held, min(stand, len(held)), split, rival)

    # --- what a manifest weighs ---

    def suspended(self, branch):
        """Key → the step at which the first suspension of it arrived that a statement of the held branch signed."""
        found = {}
        for one in self.suspensions.values():
            if branch.holds(one["by"]):
                found[one["key"]] = min(one["step"], found.get(one["key"], one["step"]))
        return found

    def fallen(self, m, branch):
        return not branch.standing(m[7][2]) and m["id"] not in keeps(branch.statements)

    def weigh(self, m, d, good, step, branch):
        """A manifest that has not fallen: (what it lacks, whether a suspended slot counts because it was met before)."""
        suspended = self.suspended(branch)
        later = {key for key, at in suspended.items() if step < at}
        lacks = weigh(m, d, good, branch.statements, set(suspended) - later)
        seen = stopped(branch.statements, later, m["id"]) & {d[2][1][slot] for slot in good}
        return lacks, bool(seen)

    def enough(self, met, branch):
        return not self.fallen(met["m"], branch) and self.weigh(met["m"], met["d"], met["good"], met["step"], branch)[0] is None

    # --- conflicts ---

    def rank(self, m, branch):
        """Of the manifests for one number: (the id of the one that stands, the ids of others of its kind)."""
        here = [met for met in self.manifests.values() if all(met["m"][k] == m[k] for k in (2, 3, 4)) and self.enough(met, branch)]
        settled = branch.settled(m)
        if settled:
            return settled, set()
        kept = keeps(branch.statements)
        here = [met for met in here if met["m"]["id"] in kept] or here
        here.sort(key=lambda met: (met["step"], met["order"]))
        ids = [met["m"]["id"] for met in here]
        return (ids[0], set(ids[1:])) if ids else (None, set())

    def standing(self, channel, branch):
        """S of the lines: the manifests of a channel that stand."""
        return [met["m"] for met in self.manifests.values()
                if met["m"][2] == channel and self.enough(met, branch) and self.rank(met["m"], branch)[0] == met["m"]["id"]]


# --- 4.6: NOTES --------------------------------------------------------------------------------------------------------------------------

class Notes:
    """The entries of a file's NOTES that are proven, written into the evidence."""

    def __init__(self, known, pins, step):
        self.known, self.pins, self.step, self.left, self.learned = known, pins, step, CHECKS, False

    def read(self, raw):
        try:
            entries = [e for e in array(cbor(raw), 0, len(raw)) if isinstance(e, list) and e] if raw else []
        except Bad:
            return
        for kind, take in ((1, self.statements), (2, self.suspension), (3, self.manifest)):
            for entry in (e for e in entries if e[0] == kind):
                try:
                    take(entry)
                    self.learned = True
                except Bad:
                    pass        # each is read alone

    def about(self, publisher):
        need(publisher in self.pins, "not of a pinned publisher")
        return self.known.setdefault(publisher, Publisher())

    def pay(self, count):
        need(count <= self.left, "more signatures than are left")
        self.left -= count

    def statements(self, entry):
        _, publisher, version, listed = array(entry, 4, 4)
        uint(version, 1, 65535)
        found = self.about(publisher)
        signed = [array(e, 2, 2) for e in array(listed, 1, 65535)]
        self.pay(sum(len([array(one, 4, 4) for one in array(signatures, 0, 48)]) for _, signatures in signed))
        read = [(statement(blob(raw, 1, 65536)), signatures) for raw, signatures in signed]
        first = read[0][0]
        need(first[2] == version, "another first version")
        before = found.statements.get(first[3]) if first[3] else None
        need(before or first[3] is None and derived("publisher-id", first["bytes"]) == publisher, "its predecessor is not known")
        way = found.way(before)
        for s, signatures in read:
            last = way[-1] if way else None
            follows(s, last, last and last[11], signatures)
            granted = {(d[0], d[1]) for one in way for d in one[5]}
            for d in s[5]:
                need((d[0], d[1]) not in granted, "a channel and epoch granted twice")
                granted.add((d[0], d[1]))
            way.append(s)
        for s, _ in read:
            found.add_statement(s, self.step)

    def suspension(self, entry):
        _, publisher, signed = array(entry, 3, 3)
        found = self.about(publisher)
        self.pay(len([array(one, 3, 3) for one in array(array(signed, 2, 2)[1], 0, 16)]))
        need(found.statements, "nothing is held")
        branch = found.branch().statements

        def named(at):
            return next((s for s in branch if [s[1], s[2]] == at), None)
        found.add_suspension(suspension(signed, publisher, named), self.step)

    def manifest(self, entry):
        _, raw, signed = array(entry, 3, 3)
        m = manifest(blob(raw, 1, 4096))
        blob(signed, 1, 65536)
        found = self.about(m[1])
        self.pay(len([array(one, 3, 3) for one in array(cbor(signed), 0, 16)]))
        s = found.statements.get(m[7][2])
        need(s and [s[1], s[2]] == m[7][:2], "names a statement that is not known")
        d = delegation(m, found.way(s))
        good = good_slots(m, d, signed)
        need(len(good) >= d[2][0] and d[3] <= m[4] <= d[4], "below the threshold")
        found.add_manifest(m, d, good, self.step)


# --- 7: the verdict and its lines --------------------------------------------------------------------------------------------------------

class Reader:
    """Opens files one after the other."""

    def __init__(self, pins, floors, today=None, released=0):
        self.pins, self.floors, self.today, self.released = pins, floors, today, released
        self.known, self.step = {}, 0

    def open(self, data):
        self.step += 1
        try:
            file = File(data, self.pins)
        except Refused as refused:
            return self.answer(str(refused), [])
        known = {publisher: found.copy() for publisher, found in self.known.items()}
        found = known.setdefault(file.publisher, Publisher())
        for s in file.chain:
            found.add_statement(s, self.step)
        for one in file.suspensions:
            found.add_suspension(one, self.step)
        found.add_manifest(file.m, file.delegation, file.good, self.step)
        name = self.verdict(file, found)
        if name in TOLD:
            notes = Notes(known, self.pins, self.step)
            notes.read(file.sections["notes"])
            name = self.verdict(file, found) if notes.learned else name
        lines = self.lines(file, found, name) if name in TOLD else []
        self.known = known
        return self.answer(name, lines, file)

    def restart(self):
        """What is written down, and read again, is of pinned publishers only."""
        self.known = {publisher: found for publisher, found in self.known.items() if publisher in self.pins}

    def answer(self, name, lines, file=None):
        code = EXITS.get(name, 0)
        return {"verdict": name, "lines": lines, "exit": worse(code, file.report()["exit"]) if name in TOLD else code}

    def verdict(self, file, found):
        m, branch = file.m, found.branch()
        met = found.manifests.get(m["id"], {"good": set(), "step": self.step})
        good = met["good"].union(file.good)
        fallen = found.fallen(m, branch)
        failure = file.weighed_alone() if fallen or not file.sections["signatures"] else found.weigh(m, file.delegation, good, met["step"], branch)[0]
        if failure:
            return file.refused(failure)
        if fallen:
            named = found.statements[m[7][2]]
            newest = max(s[1] for s in found.statements.values())
            dropped = named[1] < newest and not branch.contested and not branch.holds(named["id"])
            return file.refused("REVOKED_KEY") if dropped else "IDENTITY_SPLIT"
        if found.rank(m, branch)[0] != m["id"]:
            return "CONFLICT"
        return file.trusted(self.pins)

    def lines(self, file, found, name):
        m, branch, lines = file.m, found.branch(), []
        here, stand = (m[3], m[4]), found.standing(m[2], branch)
        newest = max((s[3], s[4]) for s in stand + [m])
        lines.append("NEWEST_SEEN" if newest == here else f"OLDER_THAN_SEEN({issue(newest)})")
        older = [(s[3], s[4]) for s in stand if (s[3], s[4]) < here]
        if m[5] is not None and m[5][2] not in found.manifests and older:
            lines.append(f"GAP({issue(max(older))}, {issue(m[5][:2])})")
        lines += self.clock(stand + [m], branch)
        days = file.delegation[5]
        if days and not days[0] <= m[6] <= days[1]:
            lines.append(f"OUT_OF_DAYS({day(days[0])}, {day(days[1])})")
        lines += ["RIVAL_HISTORY"] * branch.rival + ["IDENTITY_FROZEN"] * branch.split
        others = found.rank(m, branch)[1]
        if others:
            lines.append(f"CONFLICT_SEEN({', '.join(sorted(o.hex()[:8] for o in others))})")
        met = found.manifests[m["id"]]
        if found.weigh(m, met["d"], met["good"].union(file.good), met["step"], branch)[1]:
            lines.append("SEEN_BEFORE_SUSPENSION")
        last, floor = branch.statements[-1], self.floors.get(file.publisher)
        if floor and floor[:2] > (last[1], last[2]):
            lines.append(f"STATEMENTS_MISSING({floor[1]}, {last[2]})")
        return lines + (self.resembling(file) if name == "UNKNOWN_PUBLISHER" else [])

    def clock(self, stand, branch):
        if self.today is None:
            return []
        latest, cadence = max(s[6] for s in stand), branch.statements[-1][10]
        floor = max(latest, self.released)
        if self.today < floor:
            return [f"CLOCK_DOUBTFUL({day(floor)})"]
        return [f"STALE({day(latest + cadence)})"] if cadence and self.today > latest + cadence else []

    def resembling(self, file):
        names = list(map(skeleton, file.names()))
        near = [who for who, (_, name) in sorted(self.pins.items()) if any(one_apart(skeleton(name), n) for n in names)]
        return [f"NAME_RESEMBLES({near[0].hex()[:8]})"] if near else []


def one_apart(a, b):
    """One letter more, one less, or one another."""
    if len(a) > len(b):
        a, b = b, a
    at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), len(a))
    return a != b and (a[at:] == b[at + 1:] if len(b) == len(a) + 1 else len(a) == len(b) and a[at + 1:] == b[at + 1:])


def issue(pair):
    return f"{pair[0]}/{pair[1]}"


def day(number):
    return (EPOCH + timedelta(days=number)).isoformat()


# --- a history: files that one reader opens one after the other ---------------------------------------------------------------------------

def history(path):
    """What each `file:` line of NAME.history gets for an answer."""
    fields = [line.split(": ", 1) for line in path.read_text(encoding="utf-8").splitlines()]
    values = {key: value for key, value in fields}
    floors = {}
    for publisher, generation, version, _ in (value.split(" ") for key, value in fields if key == "root"):
        floors[bytes.fromhex(publisher)] = int(generation), int(version)
    days = {key: (date.fromisoformat(values[key]) - EPOCH).days for key in ("today", "released") if key in values}
    reader = Reader(read_pins(value for key, value in fields if key == "pin"), floors, **days)
    answers = []
    for key, value in fields:
        if key == "restart":
            reader.restart()
        elif key == "file":
            answers.append({"file": value, **reader.open((path.parent / value).read_bytes())})
    return answers
