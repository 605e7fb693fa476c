# Others are faster, several times: what is going to happen is told once, and then what is new.
. "$CASES/lib.sh"
with_desk
# a git before whose first three pushes from the desk the bureau pushes
real=$(command -v git)
bureau=$PWD/../bureau
mkdir ../late
cat >../late/git <<G
#!/bin/sh
case " \$* " in *' push '*) ;; *) exec "$real" "\$@" ;; esac
round=\$(cat "$PWD/../late/round")
if [ "\$round" -lt 3 ]; then
	echo \$((round + 1)) >"$PWD/../late/round"
	(
		unset GIT_DIR
		export PATH="$PATH" XDG_STATE_HOME="$HOME/.state-bureau" REVIEW_PASSPHRASE_FILE="$REVIEW_PASSPHRASE_FILE"
		cd "$bureau" && sh -c '. ../late/submit' >../late/said 2>&1
	)
fi
exec "$real" "\$@"
G
chmod +x ../late/git
cat >../late/submit <<'S'
n=$(cat ../late/round)
printf 'Opening hours of window %s.\n' "$n" >"drafts/trade/b$n.md"
git add drafts && git commit -q -m 'Add a document' && review submit "drafts/trade/b$n.md" --title "From the bureau, $n" &&
	review sync
S
mkdir -p ../bureau/drafts/trade
echo 0 >../late/round
submitted drafts/trade/d.md 'From the desk' >/dev/null
as wang.wei approve "$(date +%Y)-0001" --opinion 'no objection' >/dev/null
PATH="$PWD/../late:$PATH" review sync --yes >../said 2>&1
echo "ended with $?:"
cat ../said
review log --all | sed 's/.* title/title/'
review audit | tail -n 1
