#!/usr/bin/env bash
# Times the real window under a virtual display with software rendering: when the first frame is shown, what a frame costs while
# a page scrolls, how many frames an idle window draws, and how much memory it holds.
#
#   benches/window.sh FOLDER            FOLDER holds Markdown articles and their pictures
#
# Needs: Xvfb, xdotool, Mesa's software driver. VARAQ and READER name the programs (default: target/release).
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
built=${CARGO_TARGET_DIR:-$here/target}/release
varaq=${VARAQ:-$built/varaq} reader=${READER:-$built/varaq-reader}
source=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LIBGL_ALWAYS_SOFTWARE=1 VARAQ_TIMING=1 VARAQ_HOME="$work/home"
unset WAYLAND_DISPLAY

# bundle NAME SOURCE: packed, signed and trusted
"$varaq" publisher new "$work/desk" --name en="Bench" --signers 1 --threshold 1 --no-passphrase >/dev/null 2>&1
number=0
bundle() {
    number=$((number + 1))
    "$varaq" -q pack "$2" -o "$work/$1.varaq" --publisher "$work/desk" --number "$number" --day 2026-01-01 --lang fa \
        --allow author --allow email --allow phone --allow path --allow watermark >/dev/null 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
    "$varaq" -q sign "$work/$1.varaq" --key "$work/desk/signer-1.key" >/dev/null 2>&1
}
mkdir "$work/long"
python3 - "$source" >"$work/long/long.md" <<'PY'
# One article of 200,000 words, from the paragraphs of the folder.
import pathlib, sys
print("---\ntitle: A very long article\nlanguage: fa\n---\n")
count = 0
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.md")):
    body = path.read_text(errors="replace").split("---\n")[-1]
    for paragraph in body.split("\n\n"):
        paragraph = paragraph.strip()
        if not paragraph or paragraph.startswith(("!", "|", "<", "[^")):
            continue
        print(paragraph, end="\n\n")
        count += len(paragraph.split())
    if count > 200_000:
        break
PY
bundle folder "$source"
bundle long "$work/long"
"$varaq" -q trust add "$work/desk/publisher.contact" --yes >/dev/null 2>&1 || "$varaq" -q trust add "$work/desk/publisher.contact" </dev/null >/dev/null

# session NAME FILE SECONDS KEY...: starts the window, presses keys, waits, closes it
session() {
    local name=$1 file=$2 wait=$3
    shift 3
    # shellcheck disable=SC2016 # expanded by the inner shell
    reader=$reader file=$file wait=$wait keys="$*" memory="$work/$name.memory" xvfb-run -a -s "-screen 0 1280x800x24" bash -c '
        "$reader" $file 2>'"$work/$name.log"' & id=$!
        sleep 3
        xdotool search --onlyvisible --name . windowfocus 2>/dev/null || true
        for key in $keys; do
            case $key in
                *:*) xdotool key --delay 5 --repeat "${key#*:}" "${key%:*}" ;;
                *) xdotool key "$key" ;;
            esac
            sleep 1
        done
        sleep "$wait"
        grep -E "VmRSS|VmHWM|RssAnon" /proc/$id/status >"$memory"
        xdotool key ctrl+q
        for _ in $(seq 50); do kill -0 $id 2>/dev/null || break; sleep 0.1; done
        kill $id 2>/dev/null || true; wait $id 2>/dev/null || true'
    echo "== $name"
    sed 's/^/  /' "$work/$name.log"
    tr '\n' ' ' <"$work/$name.memory" | tr -s ' \t' ' ' | sed 's/^/  /; s/$/\n/'
}

session start "" 1
session idle-2s "$work/folder.varaq" 2 Return
session idle-12s "$work/folder.varaq" 12 Return
session front-page "$work/folder.varaq" 1 Return j:400
session article "$work/folder.varaq" 1 Return j Return j:400
session long-article "$work/long.varaq" 1 Return j Return j:900 Page_Down:500
