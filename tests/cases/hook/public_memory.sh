# A server reads what lies in public/ once; it judges all of it at every push.
. "$CASES/lib.sh"
git init -q --bare ../server.git
(cd ../server.git && review hook install >/dev/null)
git remote add origin ../server.git
push() { git push -q "$@" 2>&1 | grep -vE '^(error: failed|To )' | sed -E 's/^remote: //; s/ +$//; s/^ ! \[remote rejected\].*/REJECTED/' | grep -v '^$'; }
note() { git commit -q --no-verify --allow-empty -m "$1"; }
export XDG_CACHE_HOME="$HOME/server" # of whoever runs the hook
memory() { ls "$XDG_CACHE_HOME"/review/public-*; }
remembered() { python3 -c 'import sys; print(bytes.fromhex(sys.argv[2]) in open(sys.argv[1], "rb").read())' "$(memory)" "$1"; }
c=$(submitted drafts/trade/a.md) && approved "$c" && review release "$c" >/dev/null && git add public && note 'Publish'
push origin main review/ledger
blob=$(git rev-parse main:public/trade/a.md) before=$(git rev-parse main)
note 'Nothing' && push origin main
echo "remembered when it was there before the push: $(remembered "$blob")"
echo '# not read again: it is away, and nobody asks for it; without the memory somebody does'
object=../server.git/objects/$(echo "$blob" | sed 's,^..,&/,')
mv "$object" ../away
note 'Nothing again' && push origin main
file=$(memory) && mv "$file" ../kept && note 'Once more' && push origin main
mv ../kept "$file" && mv ../away "$object" && push origin main
echo '# the same bytes elsewhere, and as a program'
cp public/trade/a.md public/trade/b.md && git add public && note 'Another place' && push origin main
git reset -q --hard HEAD~1
chmod +x public/trade/a.md && git add public && note 'Another mode' && push origin main
git reset -q --hard HEAD~1
echo '# other bytes: read, refused, and not remembered, by a push or by a hook that is told of another past'
echo 'Closing hours' >public/trade/a.md && git add public && note 'Other bytes' && push origin main
other=$(git rev-parse main:public/trade/a.md)
git -C ../server.git fetch -q ../bureau main
echo "$(git rev-parse main) $(git rev-parse main) refs/heads/main" | (cd ../server.git && review hook pre-receive 2>&1)
echo "remembered: $(remembered "$other")"
echo '# a forged memory: these bytes, by the name of those'
cp "$file" ../kept
python3 - "$file" "$blob" "$other" <<'P'
import sys
path, old, new = sys.argv[1], *map(bytes.fromhex, sys.argv[2:])
data = open(path, 'rb').read()
at = data.index(old)
open(path, 'wb').write(new + data[at + 20:at + 64] + data[data.rindex(b'review-blobs v1'):])
P
push origin main
cp ../kept "$file" && truncate -s -64 "$file" && push origin main
cp ../kept "$file" && git reset -q --hard HEAD~1
echo '# withdrawn: it may not stay, come back, or begin a branch'
review withdraw "$c" --reason 'a wrong hour' >/dev/null && push origin review/ledger
git checkout -q HEAD -- public && note 'It stays' && push origin main
git reset -q --hard HEAD~1 && git rm -rq public && note 'It goes' && push origin main
push -f origin "$before:main"
push origin "$before:refs/heads/new"
git -C ../server.git for-each-ref --format='%(refname) %(subject)' refs/heads
