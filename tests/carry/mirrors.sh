#!/usr/bin/env bash
# Mirrors on loopback with the programs that people run: a folder of bundles is listed, served
# by nginx, fetched by aria2 (Metalink whose first mirror is dead, then torrent with a web
# seed) and by transmission, checked, spoilt on the mirror, and refused; and rsync carries
# the next state of a file for about what has changed in it.
#
#   tests/carry/mirrors.sh VARAQ FOLDER
#
# VARAQ is the program, FOLDER is empty and ours. Prints one line for each thing that was
# shown; ends with `not tested here: …` if a program is missing. Nothing leaves 127.0.0.1.
set -euo pipefail
varaq=$(realpath "$1")
here=$(realpath "$2")
bundles=$(realpath "$(dirname "$0")/../../bundles")
cd "$here"
export VARAQ_HOME=$here/home LC_ALL=C.UTF-8 HOME=$here
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy ALL_PROXY

for program in nginx aria2c transmission-cli rsync; do
    command -v "$program" >/dev/null || PATH=$PATH:/usr/sbin
    command -v "$program" >/dev/null || { echo "not tested here: $program is missing"; exit 0; }
done

started=()
trap 'for id in "${started[@]}"; do kill "$id" 2>/dev/null || true; done; wait 2>/dev/null || true' EXIT
die() { echo "failed: $*"; exit 1; }
same() { cmp -s "$1" "$2" || die "$1 and $2 differ"; }

# Two ports that nobody has: of nginx, and of a mirror that is dead.
free_port() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }
port=$(free_port)
dead=$(free_port)

# --- the origin ---------------------------------------------------------------
mkdir -p origin/archive
cp "$bundles/samples.varaq" 'origin/samples.varaq'
cp "$bundles/unknown.varaq" 'origin/archive/a b + نان.varaq'
cp "$bundles/altered.varaq" origin/altered.varaq
"$varaq" -q trust add "$bundles/samples.contact" >/dev/null
"$varaq" publisher key mirror.key --role signer --no-passphrase >mirror.pub 2>/dev/null
list() {
    "$varaq" -q catalog origin --base-url "http://127.0.0.1:$dead/" --mirror "http://127.0.0.1:$port/" --key mirror.key
}
code=0; list >list.log 2>&1 || code=$?
[ "$code" = 20 ] || die "the altered bundle should be left out with code 20, found $code: $(cat list.log)"
grep -q altered.varaq origin/catalog.atom && die "the altered bundle is listed"
rm origin/altered.varaq
list >/dev/null
find origin -name 'catalog.*' -printf '%f %i %T@\n' | sort >before
list >/dev/null
find origin -name 'catalog.*' -printf '%f %i %T@\n' | sort >after
same before after
echo "catalog: only authentic bundles listed, and nothing written again"

if command -v ssh-keygen >/dev/null; then
    "$varaq" -v catalog origin --base-url "http://127.0.0.1:$dead/" --mirror "http://127.0.0.1:$port/" \
        --key mirror.key 2>&1 | sed -n 's/^varaq: for ssh-keygen: //p' >signers
    for name in catalog.atom catalog.meta4; do
        ssh-keygen -q -Y verify -f signers -I mirror -n varaq-catalog-v1 -s "origin/$name.sig" <"origin/$name" ||
            die "ssh-keygen refuses $name"
    done
    echo "ssh-keygen: both signatures hold"
fi

# --- nginx --------------------------------------------------------------------
cp -r origin mirror
cat >nginx.conf <<EOF
daemon off;
master_process off;
pid $here/nginx.pid;
error_log $here/nginx.log;
events {}
http {
    access_log off;
    client_body_temp_path $here/t1; proxy_temp_path $here/t2; fastcgi_temp_path $here/t3;
    uwsgi_temp_path $here/t4; scgi_temp_path $here/t5;
    types { application/atom+xml atom; application/metalink4+xml meta4; application/x-bittorrent torrent; }
    default_type application/octet-stream;
    server { listen 127.0.0.1:$port; root $here/mirror; }
}
EOF
nginx -p "$here" -c "$here/nginx.conf" >nginx.out 2>&1 &
started+=($!)
for _ in $(seq 50); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
    sleep 0.1
done

# --- aria2, Metalink ------------------------------------------------------------
aria=(aria2c --no-conf --quiet --allow-overwrite=true --max-tries=2 --retry-wait=0 --connect-timeout=2
    --timeout=5 --disable-ipv6 --file-allocation=none --enable-dht=false --enable-dht6=false
    --enable-peer-exchange=false --bt-enable-lpd=false --listen-port="$(free_port)" --seed-time=0 --follow-torrent=false)
mkdir got
"${aria[@]}" -d got "http://127.0.0.1:$port/catalog.atom" "http://127.0.0.1:$port/catalog.atom.sig" -Z ||
    die "aria2 cannot fetch the catalogue"
"${aria[@]}" -d got --follow-metalink=mem "http://127.0.0.1:$port/catalog.meta4" || die "aria2 and the Metalink"
"${aria[@]}" -d got --follow-metalink=false "http://127.0.0.1:$port/catalog.meta4"
same origin/samples.varaq got/samples.varaq
same 'origin/archive/a b + نان.varaq' 'got/archive/a b + نان.varaq'
"$varaq" catalog got --check --signer mirror.pub >check.log || die "the fetched folder: $(cat check.log)"
"$varaq" -q check got --json >/dev/null || die "the fetched bundles"
echo "aria2: the Metalink's files came from the second mirror, the first is dead"

# --- torrents -------------------------------------------------------------------
"$varaq" -q torrent mirror/samples.varaq --web-seed "http://127.0.0.1:$dead/" --web-seed "http://127.0.0.1:$port" >torrent.log
mkdir by-torrent
timeout 40 "${aria[@]}" -d by-torrent mirror/samples.varaq.torrent || die "aria2 and the torrent"
same origin/samples.varaq by-torrent/samples.varaq
echo "aria2: the torrent's file came from its web seed"

mkdir by-transmission tr
cat >tr/settings.json <<'EOF'
{ "bind-address-ipv4": "127.0.0.1", "bind-address-ipv6": "::1", "dht-enabled": false, "lpd-enabled": false,
  "pex-enabled": false, "utp-enabled": false, "port-forwarding-enabled": false }
EOF
printf '#!/bin/sh\ntouch "%s/finished"\n' "$here" >finish; chmod +x finish
transmission-cli -g "$here/tr" -w by-transmission -p "$(free_port)" -M -er -f "$here/finish" \
    mirror/samples.varaq.torrent >transmission.log 2>&1 &
started+=($!)
for _ in $(seq 300); do [ ! -e finished ] || break; sleep 0.1; done
[ -e finished ] || die "transmission did not finish: $(tail -c 300 transmission.log)"
same origin/samples.varaq by-transmission/samples.varaq
"$varaq" -q check by-transmission >/dev/null || die "what transmission fetched"
echo "transmission: the torrent's file came from its web seed"

# --- the mirror changes a byte ----------------------------------------------------
printf '\x5a' | dd of=mirror/samples.varaq bs=1 seek=60000 conv=notrunc status=none
cmp -s origin/samples.varaq mirror/samples.varaq && die "nothing was spoilt"
mkdir spoilt
"${aria[@]}" -d spoilt --follow-metalink=mem "http://127.0.0.1:$port/catalog.meta4" 2>/dev/null && die "aria2 took a spoilt file"
[ ! -e spoilt/samples.varaq ] || [ -e spoilt/samples.varaq.aria2 ] || die "aria2 calls the spoilt file whole"
mkdir by-wget
"${aria[@]}" -d by-wget "http://127.0.0.1:$port/samples.varaq"
code=0; "$varaq" -q check by-wget >/dev/null || code=$?
[ "$code" -ge 20 ] || die "check passes a spoilt file: $code"
code=0; "$varaq" catalog mirror --check --signer mirror.pub >check.log || code=$?
[ "$code" -ge 20 ] && grep -q '^altered .* samples.varaq' check.log || die "catalog --check: $code $(cat check.log)"
echo "a flipped byte on the mirror: refused by aria2, by check ($code) and by catalog --check"

# --- rsync ------------------------------------------------------------------------
# Bytes that rsync sends to make $2 out of $1.
sent() {
    rm -rf remote; mkdir remote
    cp "$1" remote/issue.varaq
    rsync --stats --no-whole-file --checksum "$2" remote/issue.varaq |
        sed -n 's/^Literal data: \([0-9,]*\) bytes/\1/p' | tr -d ,
    cmp -s "$2" remote/issue.varaq || die "rsync made something else"
}
# A file of which 2,000 bytes are others, as when a copy is mended.
size=$(stat -c %s origin/samples.varaq)
cp origin/samples.varaq mended.varaq
dd if=/dev/urandom of=mended.varaq bs=1 seek=$((size / 2)) count=2000 conv=notrunc status=none
literal=$(sent mended.varaq origin/samples.varaq)
[ "$literal" -lt 5000 ] || die "rsync sent $literal bytes for 2000"
echo "rsync: $literal of $size bytes sent for 2000 that are others"

# The next issue of an archive: every picture again, and one article more.
"$varaq" pack --help >/dev/null 2>&1 || exit 0
"$varaq" -q publisher new desk --name en=Desk --signers 1 --threshold 1 --no-passphrase >/dev/null 2>&1
mkdir -p one/articles
python3 - <<'EOF'
import random, struct, zlib
chance, side = random.Random(7), 160
def part(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
for number in range(12):
    rows = b"".join(b"\0" + bytes(chance.randrange(256) for _ in range(3 * side)) for _ in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")
    open(f"one/{number}.png", "wb").write(png)
    text = " ".join(chance.choice(["lamp", "bread", "street", "river", "window"]) for _ in range(300))
    open(f"one/{number}.md", "w").write(f"---\ntitle: Article {number}\n---\n\n![A picture]({number}.png)\n\n{text}\n")
EOF
cp -r one two
printf -- '---\ntitle: One more\n---\n\nWords that were not there before.\n' >two/more.md
for issue in one two; do
    number=$([ $issue = one ] && echo 1 || echo 2)
    "$varaq" -q pack $issue -o $issue.varaq --publisher desk --number "$number" --day "2026-11-2$number" \
        --lang en --title "Issue $number" >/dev/null 2>&1 || die "pack $issue"
    "$varaq" -q sign $issue.varaq --key desk/signer-1.key >/dev/null || die "sign $issue"
done
size=$(stat -c %s two.varaq)
literal=$(sent one.varaq two.varaq)
[ "$literal" -lt $((size / 4)) ] || die "rsync sent $literal of $size bytes for one article more"
echo "rsync: $literal of $size bytes sent for the next issue with one article more"
