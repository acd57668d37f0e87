#!/usr/bin/env bash
# Walks through the real window under a virtual display and takes a picture of each screen, in Persian and
# English, light and dark, so that somebody can look at them.
#
#   bash tests/reader/walk.sh FOLDER        needs cargo, Xvfb, xdotool and ImageMagick
set -euo pipefail
out=$(mkdir -p "${1:?a folder for the pictures}" && cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
for program in Xvfb xdotool import; do
    command -v "$program" >/dev/null || { echo "not tested here: $program is missing"; exit 0; }
done
target=${CARGO_TARGET_DIR:-$root/target}
(cd "$root" && cargo build --quiet -p varaq-reader && cargo build --quiet -p varaq-reader --example mint)
bundles=$(mktemp -d)
trap 'rm -rf "$bundles"' EXIT
cp "$target/debug/varaq-reader" "$bundles/reader"
"$target/debug/examples/mint" "$bundles" >/dev/null
export LIBGL_ALWAYS_SOFTWARE=1 bundles out

# shot NAME PINS LANG THEME FILE KEY…       KEY: a key, t:TEXT to type, c:X,Y to click
shot() {
    local name=$1 pins=$2 lang=$3 theme=$4 file=$5
    shift 5
    # shellcheck disable=SC2016 # expanded by the inner shell
    VARAQ_HOME="$bundles/$pins" keys="$*" name=$name args="--lang $lang --theme $theme $file" \
        xvfb-run -a -s "-screen 0 1180x800x24" bash -c '
        "$bundles/reader" $args & window=$!
        sleep 3; xdotool search --name Varaq windowfocus; sleep 0.3
        for key in $keys; do
            case $key in
                t:*) xdotool type --delay 30 "${key#t:}" ;;
                c:*) xdotool mousemove ${key#c:} click 1 ;;
                *) xdotool key "$key" ;;
            esac
            sleep 0.7
        done
        sleep 0.5; import -window root "$out/$name.png"
        kill $window; wait $window 2>/dev/null || true'
    echo "$out/$name.png"
}

coast=$bundles/coast-041.varaq
for lang in fa en; do
    for theme in light dark; do
        at=$lang-$theme
        shot "start-$at" none $lang $theme ""
        shot "verified-$at" checked $lang $theme "$coast"
        shot "pinned-$at" pinned $lang $theme "$coast"
        shot "unknown-$at" none $lang $theme "$bundles/stranger.varaq" t:1234
        for file in forged partial damaged few impostor note; do
            shot "$file-$at" checked $lang $theme "$bundles/$file.varaq"
        done
        shot "strip-$at" none $lang $theme "$bundles/stranger.varaq" Tab Return
        shot "front-$at" checked $lang $theme "$coast" Return
        shot "article-$at" checked $lang $theme "$coast" Return j Return
        shot "article-below-$at" checked $lang $theme "$coast" Return j Return space
        shot "find-$at" checked $lang $theme "$coast" Return j j Return ctrl+f t:the
        shot "keys-$at" checked $lang $theme "$coast" question
        shot "files-$at" checked $lang $theme "$coast" ctrl+o
    done
done
