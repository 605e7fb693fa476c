#!/bin/sh
# table.sh ATTACKS DOCUMENT - the table of attacks, from the heads of the cases; DOCUMENT has to be it.
#
# UPDATE=1 writes DOCUMENT instead.
set -eu
attacks=$1 document=$2

rows() {
	for case in "$attacks"/*.sh; do
		grep -q '^# attack [0-9]' "$case" || continue
		number=$(sed -n 's/^# attack \([0-9]*\): .*/\1/p' "$case")
		attack=$(sed -n 's/^# attack [0-9]*: //p' "$case")
		defence=$(sed -n 's/^# defence: //p' "$case")
		name=$(basename "$case" .sh)
		printf '%s\t| %s | %s | %s | [%s](../tests/attacks/%s.out) |\n' "$number" "$number" "$attack" "$defence" "$name" "$name"
	done | sort -s -n | cut -f2-
}

page() {
	cat <<-'P'
		# Attacks, defences, tests

		<!-- Written by tests/attacks/table.sh from the heads of tests/attacks/*.sh; UPDATE=1 writes it anew. -->

		Each row is a program anyone can run: it makes a copy of a small office with a ledger of twelve entries and a server,
		builds the attack with stock git, raw objects, ssh-keygen or a colleague's key, and shows the refusal and its exit
		status, word for word. `ctest -R attack` runs all of them; the last column leads to what each prints. Most have a
		control: the same thing without what is wrong with it is accepted.

		| # | attack | defence | test |
		|---|---|---|---|
	P
	rows
	cat <<-'P'

		[crafted-commits](../tests/attacks/crafted-commits.out) tries one entry crafted in thirty-one ways on git, ssh-keygen
		and git fsck beside this program. The opinions of the stock tools are those of git 2.39 and OpenSSH 9.2.

		## Not defended, or not here

		| # | attack | how it stands |
		|---|---|---|
		| 21 | a stolen key signs until its theft is known | not prevented. `review key compromise` says from which entry on it is not believed: what it granted stops counting, and the audit names what is public by it |
		| 59 | everybody a policy asks for agrees to publish what must not be | not prevented, and never deniable: every one of them has signed |

		A second name (hard link) for a published file is not noticed; other bytes behind it are, by every audit. Somebody who can write
		to the public directory can change it until the next audit: give that right to registrars only. An officer's
		clock is believed up to a day ahead of the server's.
	P
}

if [ "${UPDATE:-}" = 1 ]; then
	page >"$document"
else
	page | diff -u "$document" -
fi
