"""Makes the three broken samples out of a whole one. Written from FORMAT.md 1; standard library and `b3sum` only.

    python3 bundles/spoil.py WHOLE altered|damaged|partial OUT

altered   one byte of the first signature is another, and the hint is right again: forged, not damaged
damaged   one byte of the last text piece and one of the last piece are others
partial   the file ends where the last text piece begins, like a copy that was interrupted
"""

import struct
import subprocess
import sys
from pathlib import Path

PREFIX_BYTES, HINT_AT, ZSTD = 64, 48, 1


class Issue:
    """Just enough of a bundle to know where to hurt it."""

    def __init__(self, data):
        self.data = bytearray(data)
        body_at, manifest, signatures, own, runs, _notes = struct.unpack_from(">Q5I", data, 12)
        self.signatures_at = PREFIX_BYTES + manifest
        self.signed_end = self.signatures_at + signatures + own
        first, count, self.pieces_at = struct.unpack_from(">IIQ", data, self.signed_end)
        if first != 0 or runs == 0:
            raise SystemExit("spoil: expected a full copy, its first run over everything")
        pages = -(-count // 1024)
        table_at = body_at + 40 * pages
        self.pieces = []  # (offset, stored bytes, codec)
        offset = self.pieces_at
        for number in range(count):
            stored, _raw, codec = struct.unpack_from(">IIB", data, table_at + 44 * number + 32)
            self.pieces.append((offset, stored, codec))
            offset += stored

    def last_text(self):
        """The last compressed piece: pictures are stored as they are."""
        return [piece for piece in self.pieces if piece[2] == ZSTD][-1]

    def flip(self, at):
        self.data[at] ^= 0x01

    def renew_hint(self):
        covered = self.data[:HINT_AT] + self.data[PREFIX_BYTES:self.signed_end]
        hint = subprocess.run(["b3sum", "--raw", "--length", "16"], input=covered, stdout=subprocess.PIPE, check=True).stdout
        self.data[HINT_AT:PREFIX_BYTES] = hint


def main(whole, how, out):
    issue = Issue(Path(whole).read_bytes())
    if how == "altered":
        # array head, entry head, slot, alg, two bytes of string head: then the signature
        issue.flip(issue.signatures_at + 6 + 20)
        issue.renew_hint()
    elif how == "damaged":
        for offset, stored, _codec in (issue.last_text(), issue.pieces[-1]):
            issue.flip(offset + stored // 2)
    elif how == "partial":
        del issue.data[issue.last_text()[0]:]
    else:
        raise SystemExit(__doc__)
    Path(out).write_bytes(issue.data)


if __name__ == "__main__":
    main(*sys.argv[1:]) if len(sys.argv) == 4 else sys.exit(__doc__)
