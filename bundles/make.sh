#!/usr/bin/env bash
# Packs and signs the samples anew, with fresh keys that are deleted at once: nobody can
# sign as these publishers afterwards. Writes the new codes into bundles/README.md.
#
#   bash bundles/make.sh        needs cargo, python3 and b3sum; VARAQ may name a ready program
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT
varaq=${VARAQ:-}
if [ -z "$varaq" ]; then
    cargo build --release --quiet -p varaq-cli
    varaq=${CARGO_TARGET_DIR:-$here/../target}/release/varaq
fi

code_of() { grep -m1 '^code ' "$1" | cut -d' ' -f2-; }
note() { sed -i "s/^| $1 |.*/| $1 | $(code_of "$2") |/" README.md; }

# Trusted by whoever takes samples.contact: two of three sign.
"$varaq" publisher new "$keys/samples" --signers 3 --threshold 2 --no-passphrase \
    --name en="Varaq samples" --name fa="نمونه‌های ورق" --name ckb="نموونەکانی وەرەق" \
    --name ar="عيّنات ورق" --name az="Varaq nümunələri" --name ru="Образцы «Варака»"
rm -f samples.varaq unknown.varaq altered.varaq damaged.varaq partial.varaq
"$varaq" pack articles -o samples.varaq --allow author --publisher "$keys/samples" --number 1 --day 2026-11-20 \
    --lang fa --title "نمونه‌های ورق · Varaq samples"
"$varaq" sign samples.varaq --key "$keys/samples/signer-1.key"
"$varaq" sign samples.varaq --key "$keys/samples/signer-2.key"
cp "$keys/samples/publisher.contact" samples.contact
note samples samples.contact

# A publisher whom nobody knows.
"$varaq" publisher new "$keys/stranger" --signers 1 --threshold 1 --no-passphrase \
    --name en="The Wall Paper" --name fa="روزنامهٔ دیواری"
"$varaq" pack stranger -o unknown.varaq --publisher "$keys/stranger" --number 7 --day 2026-11-21 \
    --lang en --title "The Wall Paper"
"$varaq" sign unknown.varaq --key "$keys/stranger/signer-1.key"
cp "$keys/stranger/publisher.contact" "$keys/stranger.contact"
note stranger "$keys/stranger.contact"

for how in altered damaged partial; do
    python3 spoil.py samples.varaq "$how" "$how.varaq"
done
ls -l -- *.varaq
