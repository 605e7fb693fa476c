#!/bin/sh
# run-case.sh SOURCE BUILD [attacks/]office|<topic>/<name> - run one case in a folder of its own.
#
# A case is a shell script; what it prints, with digests, times and paths made equal, must be its
# .out file.  UPDATE=1 writes the .out instead: read the difference before you commit it.  A case that
# cannot run here says why and ends with 77.
set -eu
source=$1 build=$2 case=$3
cases=$source/tests/cases office=$build/tests/office
case $case in
attacks/*) cases=$source/tests/attacks office=$build/tests/attacks case=${case#attacks/} ;;
esac

work=$(mktemp -d "${TMPDIR:-/tmp}/review-case.XXXXXX")
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
export CASES="$cases" SOURCE="$source" OFFICE="$office"
export PATH="$build/src:$PATH" HOME="$work/home" LC_ALL=C.UTF-8 TZ=UTC TERM=dumb
export XDG_CONFIG_HOME="$work/home/.config" XDG_STATE_HOME="$work/home/.state"
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL="$work/home/.gitconfig" ASAN_OPTIONS=detect_leaks=1
unset SSH_AUTH_SOCK REVIEW_PASSPHRASE_FILE GIT_DIR GIT_INDEX_FILE LANG LC_MESSAGES || :
mkdir -p "$HOME"
cat >"$GIT_CONFIG_GLOBAL" <<-'G'
	[user]
		name = Test
		email = test@example.invalid
	[init]
		defaultBranch = main
	[advice]
		detachedHead = false
	G

if [ "$case" = office ]; then
	rm -rf "$office"
	mkdir -p "$office"
	cd "$work"
	sh "$cases/office.sh" >"$office/log" 2>&1 || { cat "$office/log"; exit 1; }
	exit 0
fi

# the day where the sample office is, whose policy says +08:00
office() { TZ=UTC-8 date "$@"; }

# what differs from run to run: long hexadecimal names, times, fingerprints, folders; how fast a machine signs
mask() {
	sed -E -e '/^(remark  )?[0-9]+ approvals came within [0-9]+ seconds/d' -e '/[0-9]+ 条签批距上一步不足/d' -e "s#$work#WORK#g" -e "s#$source#SOURCE#g" \
		-e 's/20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z/TIME/g' \
		-e 's/20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} (UTC|[+-][0-9]{2}:[0-9]{2})/TIME/g' \
		-e 's/SHA256:[A-Za-z0-9+\/]{43}/SHA256:FINGERPRINT/g' \
		-e 's/AAAA[A-Za-z0-9+\/=]{40,}/AAAAKEY/g' \
		-e 's/\b([0-9a-f]{8} ){7}[0-9a-f]{8}\b/LEDGER-ID/g' \
		-e 's/\b[0-9a-f]{64}\b/DIGEST/g' -e 's/\b[0-9a-f]{40}\b/COMMIT/g' \
		-e 's/\b[0-9a-f]{12}\b/SHORT/g' -e 's/\b[0-9a-f]{8}\b/FINDING/g' -e 's/\b[0-9a-f]{7}\b/ABBREV/g' -e 's/ssh-ABBREV/ssh-ed25519/g' \
		-e 's/(\bopen    |; due |; due today, )20[0-9]{2}-[0-9]{2}-[0-9]{2}/\1DATE/' \
		-e 's/(deadline  *due |deadline  *due today, )20[0-9]{2}-[0-9]{2}-[0-9]{2}/\1DATE/' -e 's/(overdue since .*, by )[0-9]+ working days?/\1N working days/' \
		-e "s/$(office +%Y)-([0-9]{4})/YEAR-\1/g" -e "s/$(office +%Y-%m-%d)/TODAY/g" -e "s/$(date -u +%Y-%m-%d)/TODAY/g"
}

cd "$work"
status=0
sh "$cases/$case.sh" >"$work/out.raw" 2>&1 || status=$?
if [ "$status" = 77 ]; then
	cat "$work/out.raw"
	exit 77
fi
mask <"$work/out.raw" >"$work/out"
[ "$status" = 0 ] || echo "(the case ended with $status)" >>"$work/out"
if [ "${UPDATE:-}" = 1 ]; then
	cp "$work/out" "$cases/$case.out"
	exit 0
fi
diff -u "$cases/$case.out" "$work/out"
