#!/usr/bin/env bash
# A new reader's first five minutes in the real window, in Persian, one picture a step: `docs/tour.md` shows them.
#
#   bash tests/reader/tour.sh FOLDER        needs cargo, Xvfb, xdotool and ImageMagick
set -euo pipefail
out=$(mkdir -p "${1:?a folder for the pictures}" && cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
for program in Xvfb xdotool import; do
    command -v "$program" >/dev/null || { echo "not tested here: $program is missing"; exit 0; }
done
target=${CARGO_TARGET_DIR:-$root/target}
(cd "$root" && cargo build --quiet -p varaq-reader)
stick=$(mktemp -d)
trap 'rm -rf "$stick"' EXIT
cp "$root/bundles/samples.varaq" "$stick/"
# The digits that somebody read out.
code=$(sed -n 's/^code //p' "$root/bundles/samples.contact" | tr -d ' ')
cp "$target/debug/varaq-reader" "$stick/reader"
mkdir -p "$stick/home"
export LIBGL_ALWAYS_SOFTWARE=1 HOME=$stick/home out stick code
unset VARAQ_HOME XDG_DATA_HOME WAYLAND_DISPLAY
cd "$stick"
xvfb-run -a -s "-screen 0 1180x800x24" bash -c '
    set -e
    start() { "$stick/reader" --lang fa & window=$!; sleep 4; xdotool search --name Varaq windowfocus; sleep 0.5; }
    press() { for key in "$@"; do xdotool key "$key"; sleep 0.8; done; }
    type() { xdotool type --delay 40 "$1"; sleep 1; }
    shot() { sleep 0.7; import -window root "$out/$1.png"; convert "$out/$1.png" -resize 826x -colors 48 "$out/$1.png"; echo "$out/$1.png"; }
    start
    shot 01-first-start
    press Return
    shot 02-empty-shelf
    press ctrl+o; sleep 1
    shot 03-files
    # The file on the list: the row below the drives and the way up.
    for _ in $(seq 40); do
        xdotool key Tab; sleep 0.1
    done
    press Escape
    "$stick/reader" --lang fa --shelf "$HOME/.local/share/varaq" "$stick/samples.varaq" & second=$!
    kill $window; window=$second; sleep 4; xdotool search --name Varaq windowfocus; sleep 1
    shot 04-unknown
    type "$code"; press Return; sleep 3
    shot 05-verified
    press Return; sleep 1
    shot 06-front-page
    press j Return; sleep 1
    shot 07-article
    press s ctrl+s; sleep 3
    shot 08-starred-and-kept
    press Escape slash; type "کاغذ"; sleep 1
    shot 09-search
    press F8
    shot 10-put-away
    press F8; sleep 2
    shot 11-shelf
    press F9; wait $window || true
    start
    shot 12-opened-again
    press F9; wait $window || true'
