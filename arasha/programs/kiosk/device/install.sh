#!/bin/sh
# Makes a stock Debian 12 machine a terminal, from this folder: docs/howto/kiosk.md
set -eu

usage() {
  cat <<'TEXT'
./install.sh --pin FILE --trust DIR --gateway URL --address IP --port N --public-url URL [OPTIONS]

  --pin FILE        the root of trust that this terminal pins: 1.root.json, from the ceremony's medium
  --trust DIR       a copy of the root of trust that names this build
  --gateway URL     the relay in this place, http://10.0.7.2:8006, or the gateway, https://…
  --address IP      its address, the only one this machine will speak to
  --port N          its port
  --public-url URL  the public door, printed on slips
  --more "WORDS"    more words for the terminal's program, as --pin SHA256 of the gateway's certificate
  --into DIR        into a folder (a mounted disk, a trial) instead of this machine
  --no-packages     Debian's packages are there already, or this is a trial
TEXT
  exit "$1"
}

say() { printf 'install: %s\n' "$*"; }
fail() {
  printf 'install: %s\n' "$*" >&2
  exit 1
}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
pin='' trust='' gateway='' address='' port='' public_url='' more='' into='' packages=yes
while [ $# -gt 0 ]; do
  case $1 in
    --no-packages) packages=no; shift; continue ;;
    -h | --help) usage 0 ;;
    --pin | --trust | --gateway | --address | --port | --public-url | --more | --into)
      [ $# -ge 2 ] || usage 2 ;;
    *) usage 2 ;;
  esac
  case $1 in
    --pin) pin=$2 ;;
    --trust) trust=$2 ;;
    --gateway) gateway=$2 ;;
    --address) address=$2 ;;
    --port) port=$2 ;;
    --public-url) public_url=$2 ;;
    --more) more=$2 ;;
    --into) into=$2 ;;
  esac
  shift 2
done
for given in "$pin" "$trust" "$gateway" "$address" "$port" "$public_url"; do
  [ -n "$given" ] || usage 2
done

# What goes into files that programs read must be one plain word.
for word in "$gateway" "$public_url" "$address" "$port"; do
  case $word in
    *[!A-Za-z0-9:/._~-]*) fail "this is no plain address: $word" ;;
  esac
done
case $address in *[!0-9.]*) fail "the address is four numbers with dots between: $address" ;; esac
case $port in *[!0-9]*) fail "the port is a number: $port" ;; esac
case $more in
  *[!A-Za-z0-9:/._\ =-]*) fail "--more holds words that nobody needs: $more" ;;
esac

[ "$(id -u)" = 0 ] || fail "become root first: sudo $0 …"
root=${into:-/}
root=${root%/}
# shellcheck source=/dev/null
. "$root/etc/os-release"
[ "${ID:-}${VERSION_ID:-}" = debian12 ] || fail "this is not Debian 12"
[ -n "$into" ] || mountpoint -q /var/lib/arasha ||
  fail "/var/lib/arasha must be a partition of its own, encrypted: see docs/howto/kiosk.md"

# What follows in Python runs from this folder: two people compare this line first.
say "SHA-256 of the manifest: $(sha256sum "$here/manifest.json" | cut -d' ' -f1)"
say "compare it with what 'arasha kiosk verify' said on a machine that you trust"

if [ "$packages" = yes ]; then
  [ -z "$into" ] || fail "with --into, install the packages of packages.txt yourself, and add --no-packages"
  say "Debian's packages"
  wanted=$(sed -n 's/^+ //p' "$here/packages.txt")
  unwanted=$(sed -n 's/^- //p' "$here/packages.txt")
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q
  # shellcheck disable=SC2086  # a list of words
  apt-get install -q -y --no-install-recommends $wanted
  for name in $unwanted; do
    if dpkg -s "$name" >/dev/null 2>&1; then
      apt-get purge -q -y "$name"
    fi
  done
fi

say "users without a password"
add_user() {
  grep -q "^$1:" "$root/etc/passwd" || {
    groupadd ${into:+--prefix "$into"} --system "$1"
    useradd ${into:+--prefix "$into"} --system --gid "$1" --no-create-home --home-dir /nonexistent \
      --shell /usr/sbin/nologin "$1"
  }
}
add_user arasha
add_user kiosk
for group in audio video render input; do
  if [ -z "$into" ] && grep -q "^$group:" /etc/group; then
    usermod -a -G "$group" kiosk
  fi
done

say "where this terminal stands"
umask 022
mkdir -p "$root/etc/arasha/usb.d" "$root/var/lib/arasha"
printf 'GATEWAY=%s\nPUBLIC_URL=%s\nMORE=%s\n' "$gateway" "$public_url" "$more" >"$root/etc/arasha/place.conf"
printf 'define relay = %s\ndefine relay_port = %s\n' "$address" "$port" >"$root/etc/arasha/relay.nft"
cp "$pin" "$root/etc/arasha/root.json"
chmod 600 "$root"/etc/usbguard/*.conf 2>/dev/null || true

say "the build, its signatures, and the system's links into it"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for wheel in "$here"/wheels/*.whl; do
  python3 -I -m zipfile -e "$wheel" "$scratch/lib"
done
mkdir -p "$scratch/bin"
cp "$here/bin/arasha" "$scratch/bin/arasha"
"$scratch/bin/arasha" kiosk apply "$here" --root "$pin" --trust "$trust" --to /opt/arasha \
  --system "${into:-/}" || fail "the build was not applied; nothing of it runs"

say "no swap, and a root that is only read"
if [ -z "$into" ]; then
  swapoff -a
fi
awk '$1 !~ /^#/ && $3 == "swap" { next }
     $1 !~ /^#/ && $2 == "/" && $4 !~ /(^|,)ro(,|$)/ { sub(/^rw,/, "", $4); $4 = $4 ",ro,noatime" }
     { print }' "$root/etc/fstab" >"$root/etc/fstab.new"
mv "$root/etc/fstab.new" "$root/etc/fstab"
if [ -z "$into" ] && command -v update-initramfs >/dev/null; then
  update-initramfs -u # what modules may not load, also before the disk is read
fi

say "done. What is left: the device's key and its enrolment (docs/howto/kiosk.md), then reboot"
