# attack 73: whoever may sign appends an entry of a type that nobody here knows, so that what was changed in public is not named
# defence: such an entry ends what is known, not what was known: the public directory is held against what stands before it
. "$CASES/lib.sh"
planted "$(recorded type=override)"
all() {
	echo '$ review audit'
	status=0
	review audit >"$HOME/audit" 2>&1 || status=$?
	sed -n '/^\(VIOLATION\|UNDECIDED\)/,/so:/p; /^audit: /p' "$HOME/audit"
	echo "(exit status $status)"
}
echo '# nothing was changed'
all
echo '# a released file was, and another one was put beside it'
echo 'nobody has reviewed this' >>public/trade/a.md
echo 'nobody has reviewed this' >public/trade/x.md
all
