# lib.sh - what attacks share.  `. "$CASES/lib.sh"` gives copies of the office: $PWD is its repository,
# with ../server.git as origin and ../other, another office's; and what this machine has seen of them.
. "$CASES/people.sh"
export PYTHONDONTWRITEBYTECODE=1
cp -R "$OFFICE/bureau" "$OFFICE/server.git" "$OFFICE/other" .
cp -R "$OFFICE/state" "$XDG_STATE_HOME"
cd bureau

# show COMMAND...: run it as typed, with what it prints and an exit status that is not 0
show() {
	printf '$ %s\n' "$*"
	status=0
	(eval "$*") 2>&1 || status=$?
	[ $status = 0 ] || echo "(exit status $status)"
}

# forged WORD=VALUE... <own lines: the entry's commit (forge.py says which words)
forged() { python3 "$CASES/forge.py" entry "$@"; }

# altered COMMIT SED...: that object's bytes, changed without a key
altered() {
	of=$1
	shift
	git cat-file commit "$of" | sed "$@" | git hash-object -t commit -w --stdin --literally
}

# planted COMMIT: it is the ledger's end now, as by somebody with a shell on this machine
planted() { git update-ref refs/heads/review/ledger "$1"; }

# audited: the first problem the audit names, and its exit status
audited() {
	echo '$ review audit'
	status=0
	review audit >"$HOME/audit" 2>&1 || status=$?
	sed -n '/^\(VIOLATION\|UNDECIDED\)/,/so:/p; /^audit: good/p; /^review: /p' "$HOME/audit" | head -n 4
	echo "(exit status $status)"
}

# refused COMMIT: planted as the ledger's end, every command refuses it and the audit names it
refused() {
	planted "$1"
	show 'review inbox'
	audited
	git update-ref refs/heads/review/ledger "$TIP"
}

# pushed REF...: to the server, with what its hook says; who attacks has no hook of a desk
pushed() {
	printf '$ git push %s\n' "origin $*"
	status=0
	git push -q --no-verify origin "$@" >"$HOME/push" 2>&1 || status=$?
	sed -E -e '/^(error: failed|To )/d' -e 's/^remote: //; s/ +$//' -e 's/^ ! (\[remote rejected\]).*/\1/' -e '/^$/d' "$HOME/push"
	[ $status = 0 ] || echo "(exit status $status)"
}

# accepted COMMIT: the control: the same attack without its one wrong thing is a good entry
accepted() {
	planted "$1"
	XDG_STATE_HOME=$HOME/strange review inbox >"$HOME/inbox" 2>&1 && echo 'accepted' || cat "$HOME/inbox"
	rm -rf "$HOME/strange"
	git update-ref refs/heads/review/ledger "$TIP"
}

# the office as it was made: commit and entry id of entry SEQ, and what it says; name_of any COMMIT
TIP=$(git rev-parse review/ledger)
at() { awk -v seq="$1" '$1 == seq { print $2 }' "$OFFICE/entries"; }
id_of() { awk -v seq="$1" '$1 == seq { print $3 }' "$OFFICE/entries"; }
name_of() { { printf 'commit %s\0' "$(git cat-file -s "$1")" && git cat-file commit "$1"; } | sha256sum | cut -c1-64; }
value() { git cat-file commit "$(at "$1")" | sed -n "s/^$2: //p"; }
ONE=$(value 2 case)
TWO=${ONE%1}2 THREE=${ONE%1}3

# signed_third WORD=VALUE...: wang.wei's approval of case 3, as he would write it
signed_third() {
	forged "like=$(at 9)" person=wang.wei "swap=$TWO=>$THREE" "swap=$(id_of 8)=>$(id_of 12)" \
		'swap=b.md=>c.md' "swap=$(value 9 scan)=>$(value 12 scan | cut -d' ' -f1)" "$@"
}

# recorded WORD=VALUE... [<lines]: the plainest entry there is, a filing of case 3 by wang.wei
recorded() {
	printf 'case: %s\nround: 1\nsubmit: %s\nregister: 7\nnote: -\n' "$THREE" "$(id_of 12)" |
		forged person=wang.wei type=file-record "$@"
}

# released_second WORD=VALUE...: zhao.lei's release of case 2, as he would write it
released_second() {
	git cat-file blob "$(at 8):$(value 8 scan | cut -d' ' -f1)" >../scan
	forged "like=$(at 6)" "swap=$ONE=>$TWO" "swap=$(id_of 2)=>$(id_of 8)" 'swap=a.md=>b.md' \
		"swap=scan: $(value 6 scan)=>scan: {../scan}" "$@"
}

# decided SED...: the policy, so changed, is proposed by zhang.min and endorsed by li.na
decided() {
	sed -i "$@" .review/policy.yaml
	as zhang.min policy propose >/dev/null && as li.na policy endorse | tail -n 1
	TIP=$(git rev-parse review/ledger)
}
