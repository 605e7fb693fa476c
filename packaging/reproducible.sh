#!/bin/sh
# reproducible.sh - build the packages twice, from copies in folders of different names and lengths,
# under another umask, locale and time zone, and compare them byte by byte.
set -eu
cd "$(dirname "$0")/.."
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct)}"
export SOURCE_DATE_EPOCH
unset CMAKE_C_COMPILER_LAUNCHER # what a cache hands out was built somewhere else
work=$(mktemp -d "${TMPDIR:-/tmp}/review-reproducible.XXXXXX")
trap 'rm -rf "$work"' EXIT

place=another/and-longer/place
for copy in one $place; do # both now: somebody may go on working here
	mkdir -p "$work/$copy"
	git archive HEAD | tar -x -C "$work/$copy" -f -
done

build() {
	sh "$work/$1/packaging/pack.sh" >"$work/log" || { cat "$work/log"; exit 1; }
}
(umask 022; LC_ALL=C TZ=UTC build one)
(umask 077; LC_ALL=C.UTF-8 TZ=Asia/Shanghai build $place)
(cd "$work/one/build/package" && sha256sum ./*.deb) >"$work/sums"
[ -s "$work/sums" ]
cat "$work/sums"
cd "$work/$place/build/package"
sha256sum --quiet -c "$work/sums" && echo 'both builds gave the same bytes'
