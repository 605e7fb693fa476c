# lib.sh - what cases share.  `. "$CASES/lib.sh"` gives a copy of the office: $PWD is its repository,
# with keys of zhao.lei (submits, registrar), wang.wei, li.na, zhang.min, and a ledger of one entry.
cp -R "$OFFICE/config" "$HOME/.config"
cp -R "$OFFICE/bureau" bureau
cd bureau
export REVIEW_PASSPHRASE_FILE="$HOME/.config/passphrase"

# show COMMAND...: run it as typed, with what it prints and an exit status that is not 0
show() {
	printf '$ %s\n' "$*"
	sh -c "$*" 2>&1
	status=$?
	[ $status = 0 ] || echo "(exit status $status)"
}

# entries: how many the ledger has; unchanged COUNT: say so when it is not
entries() { git rev-list --count review/ledger; }

as() { who=$1; shift; review "$@" --person "$who"; }

# a case with one clean document, submitted as 2026-0001 or what comes next; prints its number
submitted() {
	mkdir -p "$(dirname "$1")"
	[ -f "$1" ] || printf 'Opening hours of the service window: 9 to 17.\n' >"$1"
	git add "$1" && git commit -q -m 'Add a document' &&
		review submit "$1" --title "${2:-Opening hours}" | sed -n 's/^case \([0-9-]*\),.*/\1/p'
}

# at bureau, at desk: each desk is a machine of its own
at() { export XDG_STATE_HOME="$HOME/.state-$1"; cd "../$1" || exit 1; }

# a server, and a second desk beside the bureau; both have the ledger
with_desk() {
	git init -q --bare ../server.git
	git remote add origin ../server.git
	at bureau
	review sync >/dev/null && git init -q ../desk
	at desk
	git remote add origin ../server.git
	git config review.person zhao.lei
	review sync >/dev/null
}

# approved CASE: all three stages, quietly
approved() {
	as wang.wei approve "$1" --opinion 'no objection' >/dev/null &&
		as li.na approve "$1" --opinion 'no objection' >/dev/null &&
		as zhang.min approve "$1" --opinion 'may be published' >/dev/null
}
