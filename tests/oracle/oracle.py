#!/usr/bin/env python3
"""A second verifier of Varaq bundles, written from FORMAT.md alone. It shares no code with the crates, and shows no content.

    oracle.py check PATH… [--pins FILE] [--json] [--require-trusted]     a folder stands for its *.varaq files
    oracle.py history FILE.history… [--json]                            what a reader is told who opens its files one after the other
    oracle.py code PUBLISHER-ID

PINS is a text file, a publisher a line: `ID checked|unchecked NAME`. The exit code is that of `varaq check`, the greatest of all files.
"""
import argparse
import json
import sys
from pathlib import Path

import evidence
from verdict import EXITS, read_pins, verdict, worse


def check(data, pins, require_trusted=False):
    """What `check` says of one file."""
    name, file = verdict(data, pins)
    result = {"verdict": name, "lines": [], "exit": EXITS.get(name, 0), "articles": None, "digest": None, "readable": None, "refused": None, "notices": None}
    if name == "UNKNOWN_PUBLISHER" and require_trusted:
        result["exit"] = 21
    if file:
        found = file.report()
        result["exit"] = worse(result["exit"], found.pop("exit"))
        result.update(found)
    return result


# --- the command line -------------------------------------------------------------------------------------------------------------------

def code(publisher):
    from argon2.low_level import Type, hash_secret_raw
    h = hash_secret_raw(publisher, b"varaq code v1....", 3, 65536, 1, 16, Type.ID, 0x13)
    number = int.from_bytes(h, "big") % 10**22
    digits = f"{number:022}{98 - number * 100 % 97:02}"
    return " ".join(digits[at:at + 4] for at in range(0, 24, 4))


def histories(paths, as_json):
    """The answers of every history, an object a history with the answers of its files in order."""
    for path in (f for p in paths for f in (sorted(p.glob("*.history")) if p.is_dir() else [p])):
        answers = evidence.history(path)
        if as_json:
            print(json.dumps({"history": path.name, "files": answers}, ensure_ascii=False))
            continue
        print(path)
        for answer in answers:
            print(f"  {answer['file']}: {answer['verdict']}, exit {answer['exit']}", *answer["lines"], sep="\n    ")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    checking = verbs.add_parser("check")
    checking.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    checking.add_argument("--pins", type=Path)
    checking.add_argument("--beside", action="store_true", help="take each file's pins from the `pin:` lines of NAME.expect beside it")
    checking.add_argument("--json", action="store_true", help="an object a line")
    checking.add_argument("--require-trusted", action="store_true")
    telling = verbs.add_parser("history")
    telling.add_argument("paths", nargs="+", type=Path, metavar="FILE.history")
    telling.add_argument("--json", action="store_true", help="an object a line")
    verbs.add_parser("code").add_argument("publisher")
    options = parser.parse_args()
    if options.verb == "history":
        return histories(options.paths, options.json)
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
