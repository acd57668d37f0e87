"""Section 1.2-1.6 and 5: pieces, catalog, articles, and the lines that `check` adds to a verdict."""
from blake3 import blake3

from strict import Bad, array, ascii_of, blob, cbor, keys, need, text, uint, unzstd

TRAILER = b"\x89VRT\r\n\x1a\n"
PAGE, ENTRY = 1024, 44
MIB = 1_048_576
LAST_DAY = 2_932_896
TAG = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"
GRAPHIC = "".join(map(chr, range(0x21, 0x7F)))
HERE, MISSING, DAMAGED, UNPROVEN = "here", "not in this copy", "damaged", "its hash is not known"


def derived(context, data):
    return blake3(data, derive_key_context=f"varaq 2026 {context} v1").digest()


class Content:
    def __init__(self, data, manifest, sections, body_at):
        self.data, self.m, self.sections, self.body_at = data, manifest, sections, body_at
        self.count = manifest[8]
        self.pages = -(-self.count // PAGE)
        self.table_at = body_at + 40 * self.pages
        self.pieces_at = self.table_at + ENTRY * self.count
        self.prefixes = manifest[13]
        self.first_text = sum(manifest[12])     # FRONT, notices and catalog come before
        self.parts = {name: False for name in ("hint", "runs", "notes", "index")}
        self.parts["hint"] = not sections["hint"]
        self.decoded = {}                       # piece number → bytes, only of whole pieces

    # --- where everything is ---

    def locate(self):
        index = self.data[self.body_at:self.table_at]
        self.index_state = HERE if self.body_at + 40 * self.pages <= len(self.data) else MISSING
        self.sums = [int.from_bytes(index[at + 32:at + 40], "big") for at in range(0, len(index) - 39, 40)]
        if self.index_state == HERE and (derived("index", index) != self.m[11] or sum(self.sums) != self.m[9]):
            self.index_state = DAMAGED
        self.parts["index"] = self.index_state == DAMAGED
        self.page_state, self.table = [], [None] * self.count       # piece → (hash, stored, raw, codec, prefix)
        for page in range(self.pages):
            at, until = self.table_at + ENTRY * PAGE * page, self.table_at + ENTRY * min(PAGE * (page + 1), self.count)
            state = UNPROVEN if self.index_state != HERE else MISSING if until > len(self.data) else HERE
            if state == HERE:
                try:
                    self.read_page(page, self.data[at:until], index[40 * page:40 * page + 32])
                except Bad:
                    state = DAMAGED
            self.page_state.append(state)
        self.read_runs()

    def read_page(self, page, raw, expected):
        need(derived("page", raw) == expected, "hash of a page")
        found = []
        for i in range(len(raw) // ENTRY):
            entry, piece = raw[i * ENTRY:(i + 1) * ENTRY], page * PAGE + i
            stored, size = int.from_bytes(entry[32:36], "big"), int.from_bytes(entry[36:40], "big")
            codec, prefix = entry[40], entry[41]
            need(1 <= stored <= MIB and 1 <= size <= MIB and entry[42:] == b"\0\0", "sizes of a piece")
            need(stored == size if codec == 0 else codec == 1 and stored < size, "codec")
            need(prefix == 0 or (codec == 1 and prefix <= len(self.prefixes)), "prefix")
            need(prefix == 0 or piece >= self.first_text + len(self.prefixes), "a piece that must not have a prefix")
            found.append((entry[:32], stored, size, codec, prefix))
        need(sum(f[1] for f in found) == self.sums[page], "sum of stored")
        self.table[page * PAGE:page * PAGE + len(found)] = found

    def read_runs(self):
        raw, self.places, self.extents = self.sections["runs"], [[] for _ in range(self.count)], []
        before = (-1, -1)
        for at in range(0, len(raw), 16):
            first, count = int.from_bytes(raw[at:at + 4], "big"), int.from_bytes(raw[at + 4:at + 8], "big")
            offset = int.from_bytes(raw[at + 8:at + 16], "big")
            usable = count >= 1 and first + count <= self.count and offset >= self.pieces_at
            if not usable or (first, offset) < before:
                self.parts["runs"] = True
            before = max(before, (first, offset))
            if usable:
                self.walk(first, count, offset)

    def walk(self, first, count, offset):
        """Place the pieces of one usable run; an unreadable page is stepped over by its signed sum."""
        position, piece = offset, first
        while piece < first + count:
            if self.table[piece]:
                self.places[piece].append((position, len(self.extents)))
                position = None if position is None else position + self.table[piece][1]
                piece += 1
                continue
            page = piece // PAGE
            until = min((page + 1) * PAGE, self.count)
            whole = piece == page * PAGE and until <= first + count and self.index_state == HERE
            position = position + self.sums[page] if whole and position is not None else None
            piece = until
        self.extents.append((offset, first, position))

    # --- pieces ---

    def read_pieces(self):
        """What every piece is by its hash. A run that begins inside the bytes of an earlier one (by offset) is no evidence
        of damage: RUNS is unsigned. It is tried for pieces that are whole nowhere else."""
        self.state, self.mended, self.stored, self.malformed = [UNPROVEN] * self.count, set(), {}, set()
        apart, behind = set(), 0
        for number, (offset, _, end) in sorted(enumerate(self.extents), key=lambda run: run[1][:2]):
            if offset >= behind:
                apart.add(number)
                behind = min(end or offset, len(self.data))
        for piece in (p for p in range(self.count) if self.table[p]):
            hash_, stored = self.table[piece][:2]
            inside = [(p, run) for p, run in self.places[piece][:64] if p is not None and p + stored <= len(self.data)]
            right = [p for p, _ in inside if blake3(self.data[p:p + stored]).digest() == hash_]
            self.state[piece] = HERE if right else DAMAGED if inside else MISSING
            if right:
                self.stored[piece] = self.data[right[0]:right[0] + stored]
                if any(run in apart and p not in right for p, run in inside):
                    self.mended.add(piece)
        for piece in self.prefixes + [p for p in range(self.count) if p not in self.prefixes]:
            self.decode(piece)

    def decode(self, piece):
        if self.state[piece] != HERE:
            return
        _, _, raw, codec, prefix = self.table[piece]
        stored, before = self.stored[piece], None
        if prefix:
            before = self.decoded.get(self.prefixes[prefix - 1])
            if before is None:      # its own bytes are right, but nothing can be read from them
                return
        try:
            self.decoded[piece] = stored if codec == 0 else unzstd(stored, raw, before)
        except Bad:
            self.malformed.add(piece)

    # --- FRONT, catalog and articles ---

    def read_front(self):
        raw = self.decoded.get(0)
        if raw is None:
            return None
        try:
            need(len(raw) <= 262_144, "FRONT too long")
            f = keys(cbor(raw), 8)
            text(f[0], 0, 256), ascii_of(f[1], 1, 35, TAG)
            for section in array(f[2], 0, 256):
                text(section, 0, 2**20)
            if f[3] is not None:
                blob(f[3], 8, 8)
            directory = [uint(array(d, 1, 1)[0], 1, 1024) for d in array(f[6], self.m[12][2], self.m[12][2])]
            need(uint(f[4], 1, 2**32 - 1) == sum(directory), "article_count is not the sum of the directory")
            for entry in array(f[5], 0, min(200, f[4])):
                self.entry(entry, f)
            blob(f[7], 0, 1024)
            return f
        except Bad:
            self.malformed.add(0)
            return None

    def read_catalog(self, front):
        """Entries of readable pages, in catalog order."""
        self.entries, number = [], 0
        for page in range(self.m[12][2]):
            piece = 1 + self.m[12][1] + page
            expected = front[6][page][0] if front else None
            if piece in self.decoded:
                try:
                    entries = [self.entry(e, front) for e in array(cbor(self.decoded[piece]), 1, 1024)]
                    ids = [e[0] for e in entries]
                    need(len(set(ids)) == len(ids), "an id twice")
                    need(front is None or len(entries) == expected, "not as many entries as the directory says")
                    firsts = front[5][number:number + len(entries)] if front else []
                    need(firsts == entries[:len(firsts)], "not the first entries that FRONT lists")
                    self.entries += entries
                except Bad:
                    self.malformed.add(piece)
            number += expected or 0

    def entry(self, e, front):
        array(e, 13, 13)
        blob(e[0], 8, 8), uint(e[1], 1, 2**64)
        if e[2] is not None:
            blob(e[2], 8, 8)
        text(e[3], 1, 512), text(e[4], 0, 256)
        uint(e[5], 0, len(front[2]) - 1 if front else 255)
        ascii_of(e[6], 1, 35, TAG), uint(e[7], 0, 1), uint(e[8], 0, LAST_DAY), uint(e[9], 0, 2**64)
        self.span(e[10], 16_777_216)
        for m in array(e[11], 0, 1024):
            array(m, 6, 6)
            picture = uint(m[0], 0, 1) == 0
            ascii_of(m[1], 1, 127, GRAPHIC), text(m[2], 0, 255)
            need(not picture or m[1] in ("image/jpeg", "image/png"), "a picture of another type")
            self.span(m[3], 268_435_456)
            uint(m[4], picture, 16_384 * picture), uint(m[5], picture, 16_384 * picture)
        blob(e[12], 0, 256)
        return e

    def span(self, s, longest):
        """Where it leads is looked at when it is followed; a wrong one hides its article only."""
        piece, offset, length = array(s, 3, 3)
        uint(piece, 0, 2**32 - 1), uint(offset, 0, 2**32 - 1), uint(length, 0, longest)

    def pieces_of(self, s):
        """The pieces of a span; None when it leaves the pieces behind the catalog, or the table cannot be read."""
        piece, offset, length = s
        left, found = offset + length, []
        while self.first_text <= piece < self.count and self.table[piece]:
            raw = self.table[piece][2]
            if not found and offset >= raw:
                return None
            found.append(piece)
            left -= raw
            if left <= 0:
                return found
            piece += 1
        return None

    def is_whole(self, piece):
        prefix = self.table[piece][4]
        return self.state[piece] == HERE and (not prefix or self.state[self.prefixes[prefix - 1]] == HERE)

    def read_articles(self):
        """(n, the raw bytes of every article that decodes). Reading stops where the lengths add up to more than 1.05 × raw_total."""
        n, articles, total = 0, [], 0
        for entry in self.entries:
            total += entry[10][2]
            if total > self.m[10] + self.m[10] // 20:
                break
            pieces, (_, offset, length) = self.pieces_of(entry[10]), entry[10]
            if pieces is None or not all(map(self.is_whole, pieces)):
                continue
            n += 1
            if all(p in self.decoded for p in pieces):
                articles.append(b"".join(self.decoded[p] for p in pieces)[offset:offset + length])
        return n, articles

    # --- 5.4: notices ---

    def read_notices(self):
        """How many notices of this channel can be read; None when the issue has no piece for them."""
        keys_, total = set(), 0
        for piece in range(1, 1 + self.m[12][1]):
            if piece not in self.decoded:
                continue
            try:
                need(len(self.decoded[piece]) <= 65_536, "notices piece too long")
                notices = [self.notice(n) for n in array(cbor(self.decoded[piece]), 1, 2**32)]
                need(all(one < next_ for one, next_ in zip(notices, notices[1:])), "notices do not ascend strictly")
                need(total + len(notices) <= 4096, "too many notices")
            except Bad:
                self.malformed.add(piece)
                continue
            keys_.update(notices)
            total += len(notices)
        return sum(key[0] == self.m[2].encode() for key in keys_) if self.m[12][1] else None

    def notice(self, n):
        """The key that notices are sorted by: channel, epoch, number, article, day, kind, language."""
        article, kind, issue, language, words, day = array(n, 6, 6)
        blob(article, 8, 8), uint(kind, 1, 3)
        channel, epoch, number = array(issue, 3, 3)
        ascii_of(channel, 1, 32, "abcdefghijklmnopqrstuvwxyz0123456789-")
        uint(epoch, 1, 2**32 - 1), uint(number, 1, 2**32 - 1), ascii_of(language, 1, 35, TAG)
        need(len(text(words, 1, 1024).encode()) <= 1024, "a text of more than 1,024 bytes")
        uint(day, 0, LAST_DAY)
        return channel.encode(), epoch, number, article, day, kind, language.encode()

    # --- the report ---

    def extra_bytes(self):
        slack = self.data[self.sections["end"]:self.body_at]
        extra = len(slack) - slack.count(0)
        if any(state != HERE for state in [self.index_state, *self.page_state]):
            return extra        # how far runs reach is not known
        at = self.pieces_at
        for start, _, end in sorted(self.extents):
            extra += max(0, min(start, len(self.data)) - at)
            at = max(at, end)
        if self.data[at:at + 8] != TRAILER:
            extra += max(0, len(self.data) - at)
        return extra

    def notes_are_well_formed(self):
        try:
            return not self.sections["notes"] or isinstance(cbor(self.sections["notes"]), list)
        except Bad:
            return False

    def report(self):
        self.locate()
        self.read_pieces()
        self.parts["notes"] = not self.notes_are_well_formed()
        front = self.read_front()
        self.read_catalog(front)
        n, articles = self.read_articles()
        notices = self.read_notices()
        m = front[4] if front else None
        listed = {p for p in self.malformed if p < self.first_text}     # what `check` decodes itself
        broken = [f"piece {p}" for p, s in enumerate(self.state) if s == DAMAGED or p in listed]
        pages = [f"table page {p}" for p, s in enumerate(self.page_state) if s == DAMAGED]
        complete = set(self.state) == {HERE}
        if complete and any(end is not None and end > len(self.data) for _, _, end in self.extents):
            self.parts["runs"] = True
        parts = [p for p, wrong in self.parts.items() if wrong] + pages + broken + [f"run of piece {p}" for p in sorted(self.mended)]
        missing, extra = MISSING in self.state or MISSING in [self.index_state, *self.page_state], self.extra_bytes()
        lines = ["COMPLETE"] if complete else []
        if missing:
            lines.append(f"PARTIAL({n} of {'?' if m is None else m} articles)")
        if parts:
            lines.append(f"DAMAGED({', '.join(parts)})")
        if extra:
            lines.append(f"EXTRA_BYTES({extra})")
        lasting = broken or self.parts["notes"] or not complete and (self.parts["runs"] or self.parts["index"] or pages)
        code = 23 if lasting else 22 if parts or extra else 3 if missing else 0
        return {"lines": lines, "exit": code, "articles": [n, m], "digest": blake3(b"".join(articles)).hexdigest(),
                "readable": len(articles), "refused": sum(not article_is_sound(a) for a in articles), "notices": notices}


# --- 5.3: the block model ---------------------------------------------------------------------------------------------------------------

def article_is_sound(raw):
    counts = {"blocks": 0, "inlines": 0}
    try:
        one, listed = array(cbor(raw, 64), 2, 2)
        need(one == 1, "version of an article")
        blocks(listed, 1, counts)
        return True
    except (Bad, RecursionError):
        return False


def more(counts, what, level, highest):
    counts[what] += 1
    need(counts[what] <= highest and level <= 16, "too many or too deep")


def blocks(listed, level, counts):
    for b in array(listed, 0, 2**32):
        more(counts, "blocks", level, 200_000)
        kind, rest = uint(array(b, 1, 5)[0], 1, 10), b[1:]
        need(len(rest) == (2, 2, 1, 2, 3, 3, 2, 0, 2, 2)[kind - 1], "a block of another shape")
        if kind == 1:
            uint(rest[0], 1, 6), inlines(rest[1], level + 1, counts)
        elif kind == 2:
            uint(rest[0], 0, 2), inlines(rest[1], level + 1, counts)
        elif kind == 3:
            blocks(rest[0], level + 1, counts)
        elif kind == 4:
            if rest[0] is not None:
                uint(rest[0], 0, 2**32 - 1)
            for item in array(rest[1], 0, 2**32):
                more(counts, "blocks", level + 1, 200_000)
                blocks(item, level + 2, counts)
        elif kind == 5:
            for alignment in array(rest[0], 1, 64):
                uint(alignment, 0, 2)
            uint(rest[1], 0, len(array(rest[2], 0, 2**32)))
            for row in rest[2]:
                for cell in array(row, len(rest[0]), len(rest[0])):
                    more(counts, "inlines", level + 1, 1_000_000)
                    inlines(cell, level + 2, counts)
        elif kind == 6:
            uint(rest[0], 0, 2**32 - 1), text(rest[1], 0, 2**32), inlines(rest[2], level + 1, counts)
        elif kind == 7:
            text(rest[0], 0, 2**32), text(rest[1], 0, 2**32, also="\n\t")
        elif kind == 9:
            uint(rest[0], 0, 2**32 - 1), blocks(rest[1], level + 1, counts)
        elif kind == 10:
            text(rest[0], 0, 2**32), blocks(rest[1], level + 1, counts)


def inlines(listed, level, counts):
    for i in array(listed, 0, 2**32):
        more(counts, "inlines", level, 1_000_000)
        if isinstance(i, str):
            text(i, 0, 2**32)
            continue
        kind, rest = uint(array(i, 1, 3)[0], 1, 7), i[1:]
        need(len(rest) == (1, 1, 1, 2, 0, 1, 2)[kind - 1], "an inline of another shape")
        if kind in (1, 2):
            inlines(rest[0], level + 1, counts)
        elif kind == 3:
            text(rest[0], 0, 2**32)
        elif kind == 4:
            text(rest[0], 0, 2048), inlines(rest[1], level + 1, counts)
        elif kind == 6:
            uint(rest[0], 0, 2**32 - 1)
        elif kind == 7:
            text(rest[0], 0, 2**32), inlines(rest[1], level + 1, counts)
