#!/bin/sh
# reproducible.sh - build the packages twice, from copies in folders of different names and lengths,
# under another umask, locale and time zone, and compare them byte by byte.
set -eu
cd "$(dirname "$0")/.."
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct)}"
export SOURCE_DATE_EPOCH
work=$(mktemp -d "${TMPDIR:-/tmp}/review-reproducible.XXXXXX")
trap 'rm -rf "$work"' EXIT

build() {
	mkdir -p "$work/$1"
	git ls-files -z --cached | tar -c --null -T - -f - | tar -x -C "$work/$1" -f -
	(cd "$work/$1" && cmake --preset package >"$work/log" && cmake --build --preset package >"$work/log" &&
		cd build/package && cpack --config CPackConfig.cmake >"$work/log") || { cat "$work/log"; exit 1; }
}
(umask 022; LC_ALL=C TZ=UTC build one)
(umask 077; LC_ALL=C.UTF-8 TZ=Asia/Shanghai build another/and-longer/place)
(cd "$work/one/build/package" && sha256sum ./*.deb) >"$work/sums"
[ -s "$work/sums" ]
cat "$work/sums"
cd "$work/another/and-longer/place/build/package"
sha256sum --quiet -c "$work/sums" && echo 'both builds gave the same bytes'
