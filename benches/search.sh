#!/usr/bin/env bash
# Search as a person at a terminal gets it: one new process for each question, `varaq search` on a shelf and `zimsearch`
# on a ZIM of the same articles. Prints the median of nine runs in milliseconds, the pair in turn.
#
#   bash benches/search.sh [ARTICLES]        needs zim-tools, and the corpora beside the clone
set -euo pipefail
cd "$(dirname "$0")/.."
articles=${1:-11241}
for program in zimwriterfs zimsearch; do
    command -v "$program" >/dev/null || { echo "not measured here: $program is missing"; exit 0; }
done
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
VARAQ_KEEP=$home VARAQ_BUILD_ONLY=1 VARAQ_ARTICLES=$articles \
    cargo bench --quiet -p varaq-shelf --features library --bench search
[ -d "$home/pages" ] || exit 0
cargo build --quiet --release -p varaq-cli --locked
cp bundles/articles/pictures/*.png "$home/pages/" 2>/dev/null || true
picture=$(basename "$(ls "$home"/pages/*.png | head -n 1)")
start=$(date +%s.%N)
zimwriterfs --welcome=0.html --illustration="$picture" --language=eng --title=bench --description=bench \
    --name=bench --creator=bench --publisher=bench "$home/pages" "$home/bench.zim" >/dev/null
echo "zimwriterfs with index: $(echo "$(date +%s.%N) - $start" | bc) s, $(stat -c %s "$home/bench.zim") bytes"
du -cb "$home"/bundles/*.varaq "$home/index.sqlite" | tail -n 1 | sed 's/total/bytes of bundles and index/'

# took COMMAND…: milliseconds
took() {
    local from
    from=$(date +%s%N)
    "$@" >/dev/null 2>&1 || true
    echo $((($(date +%s%N) - from) / 10000))
}
export VARAQ_HOME=$home
echo "| question | varaq search, ms | zimsearch, ms |"
echo "|---|---|---|"
for question in the government "internet shutdown" ایران خبر; do
    ours=() theirs=()
    for _ in 1 2 3 4 5 6 7 8 9; do
        ours+=("$(took target/release/varaq search "$question")")
        theirs+=("$(took zimsearch "$home/bench.zim" "$question")")
    done
    median() { printf '%s\n' "$@" | sort -n | sed -n 5p | awk '{ printf "%.1f", $1 / 100 }'; }
    echo "| $question | $(median "${ours[@]}") | $(median "${theirs[@]}") |"
done
