# attack 60: what the server's hook remembers of the ledger is damaged, cut short, edited, another's, or gone
# defence: it is believed only under the seal of the server's account, and only of entries that are in the ledger; else all is verified anew
. "$CASES/lib.sh"
export XDG_CACHE_HOME="$HOME/server" # of whoever runs the hook; the desk here has none
forgery=$(signed_third signer=stranger)
good=$(signed_third)
trial() { pushed "$forgery:review/ledger" | sed "s/^\\\$ git push.*/\$ git push of a forged entry, $1/"; }
memory() { ls "$XDG_CACHE_HOME"/review/state-*; }
trial 'remembering nothing'
file=$(memory)
cp "$file" ../right
for what in 'as it was' 'people edited, so that it would be a good one' 'a case edited' 'a byte less' 'a byte more' 'empty'; do
	cp ../right "$file"
	case $what in
	people*) sed -i "s#$(line wang.wei)#$(line stranger)#g" "$file" ;;
	'a case'*) sed -i 's/Opening hours/Closing hours/' "$file" ;;
	*less) truncate -s -1 "$file" ;;
	*more) printf x >>"$file" ;;
	empty) : >"$file" ;;
	esac
	trial "$what"
done
echo '# of another ledger, sealed by the same account'
(cd ../other && review inbox >/dev/null)
for other in $(memory); do [ "$other" = "$file" ] || cp "$other" "$file"; done
trial 'of another ledger'
echo '# of another account: its seal is by another key'
cp ../right "$file"
head -c 32 /dev/zero >../key && mv "$XDG_STATE_HOME/review/cache-key" ../own-key && install -m 600 ../key "$XDG_STATE_HOME/review/cache-key"
trial "of another account"
rm -rf "$XDG_CACHE_HOME" && : >"$XDG_CACHE_HOME"
trial 'where nothing can be remembered'
rm -rf "$XDG_CACHE_HOME"
echo '# the control: what is good passes, whatever is remembered; and is remembered when it stands'
mkdir -p "$XDG_CACHE_HOME/review" && printf x >"$file"
pushed "$good:review/ledger"
git -C ../server.git rev-list --count review/ledger
