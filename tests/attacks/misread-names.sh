# attack 71: a branch or a tag that a person, git or a file system takes for the ledger: look-alike letters, characters nobody sees
# defence: a server takes no name that reads as the ledger's, none with characters that are not shown, and no tag that ends in it
. "$CASES/lib.sh"
echo '# a Cyrillic letter; a zero-width one, that HFS+ does not see; an order turned around'
pushed "main:refs/heads/review/ledg$(printf '\320\265')r"
unseen() { pushed "$1" | tail -n +2; }
unseen "main:refs/heads/review/led$(printf '\342\200\214')ger"
unseen "main:refs/heads/$(printf '\342\200\256')regdel/weiver"
unseen "main:refs/Rev$(printf '\342\200\213')iew/documents/2026-0001/1"
echo '# git log origin/review/ledger would show the tag'
pushed "$(at 4):refs/tags/origin/review/ledger"
echo '# no room for the ledger'
git init -q --bare ../new.git && (cd ../new.git && review hook install >/dev/null)
git remote set-url origin ../new.git
pushed main:refs/heads/review
pushed main:refs/heads/review/ledger/x
echo '# these are other names'
git remote set-url origin ../server.git
for name in refs/heads/reviews/ledger refs/heads/review/ledgers refs/heads/外貿/review refs/tags/ledger; do pushed "main:$name"; done
