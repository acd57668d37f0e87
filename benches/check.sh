#!/usr/bin/env bash
# Whole checks beside the rivals, each a process of its own, in one run: one long bundle and a folder of 1,000.
#
#   benches/check.sh [DIR]      DIR holds what `VARAQ_EXPORT=DIR cargo bench -p varaq-carry --bench folder` wrote; made if it is not there
#
# Needs: b3sum, zimwriterfs and zimcheck (zim-tools), minisign, zip, unzip, GNU time. VARAQ names the binary (default: target/release/varaq), RUNS the runs (9).
# The rivals get the attachments of the long bundle as they are. Rows of one table take turns, so that a busy moment meets all of them; files are in the page cache.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
varaq=${VARAQ:-${CARGO_TARGET_DIR:-$here/target}/release/varaq}
runs=${RUNS:-9}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export VARAQ_HOME="$work/home"
data=${1:-$work/data}
[ -d "$data/many" ] || VARAQ_EXPORT="$data" cargo bench -q --manifest-path "$here/Cargo.toml" -p varaq-carry --bench folder

# table COMMAND...: each command a row, in turns; medians of CPU seconds, of wall seconds, and the best wall; the most memory
table() {
  local round n
  for round in $(seq "$runs"); do
    n=0
    for command in "$@"; do
      n=$((n + 1))
      /usr/bin/time -a -o "$work/row$n" -f '%U %S %e %M' bash -c "$command" >/dev/null 2>"$work/err" || { cat "$work/err" >&2; echo "failed: $command" >&2; exit 1; }
    done
  done
  n=0
  for command in "$@"; do
    n=$((n + 1))
    awk '{ print $1 + $2 }' "$work/row$n" | sort -n >"$work/cpu"
    awk '{ print $3 }' "$work/row$n" | sort -n >"$work/wall"
    awk '{ print $4 / 1024 }' "$work/row$n" | sort -n >"$work/mem"
    middle=$(((runs + 1) / 2))
    printf '  %-58s cpu %6.2f s   wall %6.2f s (best %5.2f)   %5.0f MiB\n' "${command//$work\//}" \
      "$(sed -n "${middle}p" "$work/cpu")" "$(sed -n "${middle}p" "$work/wall")" "$(head -1 "$work/wall")" "$(tail -1 "$work/mem")"
    rm "$work/row$n"
  done
}

ln -s "$data" "$work/d"
cd "$work"
mkdir zim
cp d/raw/*.bin zim/
echo '<!doctype html><title>index</title>' >zim/index.html
printf 'iVBORw0KGgoAAAANSUhEUgAAADAAAAAwCAAAAAByaaZbAAAAGklEQVR4nO3BAQ0AAADCoPdPbQ43oAAAAHgbCUAAAV6qVZkAAAAASUVORK5CYII=' | base64 -d >zim/icon.png
zimwriterfs -w index.html -I icon.png -l eng -t bench -d bench -c bench -p bench zim out.zim >/dev/null 2>&1 || echo "  no ZIM: zimwriterfs failed"
rm -r zim
zip -q -0 out.zip d/raw/*.bin
minisign -G -W -p key.pub -s key.sec >/dev/null
minisign -S -s key.sec -m out.zip >/dev/null
cat d/long.varaq d/many/*.varaq out.zip >/dev/null

echo "== one bundle, $(stat -L -c %s d/long.varaq) bytes"
rows=("$varaq -q check d/long.varaq" "b3sum d/long.varaq" "b3sum --no-mmap d/long.varaq"
  "minisign -V -q -p key.pub -m out.zip && unzip -tqq out.zip")
[ ! -f out.zim ] || rows+=("zimcheck -C out.zim")
table "${rows[@]}"
echo "== a folder of $(ls d/many | wc -l), $(cat d/many/*.varaq | wc -c) bytes"
table "$varaq -q check d/many" "b3sum d/many/*.varaq" "b3sum --no-mmap d/many/*.varaq"
