# people.sh - who signs with what; for office.sh and lib.sh.
KEYS=$OFFICE/keys

line() { cut -d' ' -f1,2 "$KEYS/$1.pub"; }
fingerprint() { ssh-keygen -lf "$KEYS/$1.pub" | cut -d' ' -f2; }

# an agent of our own, when the first signature is wanted; it ends with the case
agent() {
	[ -n "${SSH_AUTH_SOCK:-}" ] && return
	eval "$(ssh-agent -s)" >/dev/null
	trap 'kill "$SSH_AGENT_PID"' EXIT
	ssh-add -q "$KEYS/zhao.lei" "$KEYS/wang.wei" "$KEYS/li.na" "$KEYS/zhang.min" "$KEYS/li.na-spare"
}

# as PERSON COMMAND...: review COMMAND, signed by that person
as() {
	agent
	who=$1
	shift
	review "$@" --person "$who" --key "agent:$(fingerprint "$who")"
}

# a case with one clean document
submitted() {
	mkdir -p "$(dirname "$1")"
	[ -f "$1" ] || printf 'Opening hours of the service window: 9 to 17.\n' >"$1"
	git add "$1" && git commit -q -m 'Add a document' && as zhao.lei submit "$1" --title "${2:-Opening hours}"
}

# approved CASE: all three stages
approved() {
	as wang.wei approve "$1" --opinion 'no objection' &&
		as li.na approve "$1" --opinion 'no objection' &&
		as zhang.min approve "$1" --opinion 'may be published'
}
