# attack 76: a public directory with an accent in its name, and a folder with the same name in another normal form
# defence: what some file system takes for the public directory is guarded as it; the policy's own spelling is the one that is released to
. "$CASES/lib.sh"
nfc=$(printf 'publi\303\251') nfd=$(printf 'publie\314\201')
as zhao.lei withdraw "$ONE" --reason moved --yes >/dev/null
decided "s|public: public/|public: $nfc/|"
git rm -q -r --cached public && rm -r public && git commit -q -m Moved
as zhao.lei release "$TWO" --yes
git add -A && git commit -q -m Publish && pushed main review/ledger
review hook install >/dev/null
echo '# the other form'
mkdir -p "$nfd" && echo 'nobody has reviewed this' >"$nfd/x.md" && git add "$nfd"
show 'git commit -q -m Elsewhere'
git commit -q --no-verify -m Elsewhere
pushed main
git reset -q --hard HEAD~1
audited
echo '# the other form in the policy: what is public now would be nowhere'
decided "s|public: $nfc/|public: $nfd/|"
pushed main review/ledger
audited
