#!/usr/bin/env bash
# Packs real folders with varaq and with the rivals in one run, and prints sizes, CPU seconds, peak memory and check times.
#
#   benches/compare.sh FOLDER...        each FOLDER holds Markdown articles and their pictures
#
# Needs: zimwriterfs and zimcheck (zim-tools), cmark-gfm, zstd, b3sum, GNU time, convert (imagemagick). VARAQ names the binary (default: target/release/varaq).
# The rivals get what varaq kept: the articles as `varaq extract` writes them, turned into plain HTML, with the same pictures.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
varaq=${VARAQ:-${CARGO_TARGET_DIR:-$here/target}/release/varaq}
runs=${RUNS:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export VARAQ_HOME="$work/home"

# timed NAME COMMAND...: one row "NAME cpu wall MiB", the median of $runs by CPU
timed() {
  local name=$1; shift
  : >"$work/times"
  for _ in $(seq "$runs"); do
    /usr/bin/time -a -o "$work/times" -f '%U %S %e %M' "$@" >/dev/null 2>"$work/err" || { cat "$work/err" >&2; echo "failed: $name" >&2; return 1; }
    [ -z "${AFTER:-}" ] || eval "$AFTER"
  done
  awk '{ print $1 + $2, $3, $4 / 1024 }' "$work/times" | sort -n | awk -v n="$name" '{ r[NR] = $0 } END { split(r[int((NR + 1) / 2)], f, " "); printf "  %-34s cpu %8.2f s   wall %8.2f s   peak %6.0f MiB\n", n, f[1], f[2], f[3] }'
}
size() { printf '  %-34s %12d bytes\n' "$1" "$(stat -c %s "$2")"; }

"$varaq" publisher new "$work/desk" --name en="Bench" --signers 1 --threshold 1 --no-passphrase >/dev/null 2>&1
convert -size 48x48 xc:white "$work/icon.png"

for source in "$@"; do
  name=$(basename "$source")
  echo "== $name"
  bundle="$work/$name.varaq"
  AFTER="mv '$work/out.varaq' '$bundle'" RUNS=$runs timed "varaq pack" "$varaq" -q pack "$source" -o "$work/out.varaq" --publisher "$work/desk" --number 1 --day 2026-01-01 \
    --allow author --allow email --allow phone --allow path --allow watermark
  cp "$bundle" "$work/signed.varaq"
  "$varaq" -q sign "$work/signed.varaq" --key "$work/desk/signer-1.key" >/dev/null
  mv "$work/signed.varaq" "$bundle"
  rm -f "$work/desk/"*ledger*
  "$varaq" -q extract --untrusted "$bundle" "$work/$name.md" >/dev/null 2>&1

  # the same content for the rivals: HTML with pictures, and the text alone
  mkdir -p "$work/$name.html" "$work/$name.text"
  (cd "$work/$name.md" && find . -type f ! -name '*.md' -exec cp --parents {} "$work/$name.html" \;)
  (cd "$work/$name.md" && find . -name '*.md') | while read -r page; do
    out=${page%.md}.html
    mkdir -p "$work/$name.html/$(dirname "$out")" "$work/$name.text/$(dirname "$out")"
    { printf '<!doctype html><meta charset=utf-8><title>%s</title>\n' "$(basename "$out" .html)"; cmark-gfm -e table -e footnotes "$work/$name.md/$page"; } >"$work/$name.html/$out"
    cp "$work/$name.html/$out" "$work/$name.text/$out"
  done
  for tree in html text; do
    cp "$work/icon.png" "$work/$name.$tree/icon.png"
    echo '<!doctype html><title>index</title>' >"$work/$name.$tree/index.html"
    AFTER="mv '$work/out.zim' '$work/$name.$tree.zim'" timed "zimwriterfs -j ($tree)" zimwriterfs -j -J 2 -w index.html -I icon.png -l eng -t bench -d bench -c bench -p bench "$work/$name.$tree" "$work/out.zim"
  done
  tar -C "$work/$name.text" -cf "$work/$name.tar" .
  AFTER= timed "zstd -19 --long=27 (text)" zstd -q -f -19 --long=27 "$work/$name.tar" -o "$work/$name.tar.zst"

  size "varaq, whole" "$bundle"
  "$varaq" --json info "$bundle" 2>/dev/null | sed 's/^/  /'
  size "zim, whole" "$work/$name.html.zim"
  size "zim, text" "$work/$name.text.zim"
  size "tar.zst, text" "$work/$name.tar.zst"

  AFTER= timed "varaq check" "$varaq" -q check "$bundle"
  AFTER= timed "zimcheck -C" zimcheck -C "$work/$name.html.zim"
  AFTER= timed "b3sum" b3sum "$bundle"
  AFTER= timed "varaq show 1 (new process)" "$varaq" -q show --untrusted "$bundle" 1
  rm -rf "$work/$name".*
done
