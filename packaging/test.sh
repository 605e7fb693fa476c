#!/bin/sh
# test.sh DIR - install the packages of DIR in a clean Debian, use them as people would, remove them.
#
# As root: a Debian is made with debootstrap (KEEP=FOLDER keeps it there, and takes it from there the
# next time).  SUITE and MIRROR say which and from where.
set -eu
packages=$(cd "$1" && pwd)
suite=${SUITE:-bookworm} mirror=${MIRROR:-http://deb.debian.org/debian}
[ "$(id -u)" = 0 ] || { echo 'test.sh: debootstrap and chroot want root' >&2; exit 1; }
work=$(mktemp -d "${TMPDIR:-/tmp}/review-package.XXXXXX")
root=$work/root
trap 'umount "$root/proc" 2>/dev/null || :; rm -rf "$work"' EXIT

clean=${KEEP:-$work/clean}
[ -e "$clean/bin/sh" ] || debootstrap --variant=minbase "$suite" "$clean" "$mirror" >"$work/log" 2>&1 || { tail "$work/log"; exit 1; }
cp -a "$clean" "$root"
cp "$packages"/*.deb "$root/tmp"
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp "$(dirname "$0")/use.sh" "$root/tmp"
mount -t proc proc "$root/proc"
in_root() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$root" "$@"; }

in_root sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends git bash' >"$work/log" 2>&1 || { tail "$work/log"; exit 1; }
in_root find / -xdev -path /proc -prune -o -path /tmp -prune -o -path /var -prune -o -print | sort >"$work/before"
in_root dpkg-query -W -f '${Package}\n' | sort >"$work/packages-before"

install() { in_root sh -c "apt-get install -y -qq --no-install-recommends $*" >"$work/log" 2>&1 || { tail "$work/log"; exit 1; }; }
install '/tmp/review_*.deb'
if in_root dpkg-query -W -f '${Package}\n' | grep -E '^(libmicrohttpd|libgnutls30|review-desk|libtesseract)' | sort | comm -13 "$work/packages-before" - | grep .; then
	echo 'the package review brings what only the desk or pictures need' >&2
	exit 1
fi
in_root review desk 2>&1 | grep -q 'apt install review-desk'
install '/tmp/*.deb'
echo 'installed'
in_root dpkg --verify review
in_root useradd --create-home clerk
in_root su clerk -c 'cd && sh /tmp/use.sh'
in_root userdel --remove clerk 2>/dev/null

new=$(in_root dpkg-query -W -f '${Package}\n' | sort | comm -13 "$work/packages-before" -)
in_root apt-get purge -y -qq $new >"$work/log" 2>&1 || { tail "$work/log"; exit 1; }
in_root find / -xdev -path /proc -prune -o -path /tmp -prune -o -path /var -prune -o -print | sort >"$work/after"
left=$(comm -13 "$work/before" "$work/after" | grep -E '/review|_review' || :)
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
echo 'removed, nothing is left behind'
