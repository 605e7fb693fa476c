# attack 53: a submodule, a symbolic link or a pointer to bytes kept elsewhere instead of a document
# defence: only plain files are documents; a link or a submodule is undecided, a pointer is its own few bytes
. "$CASES/lib.sh"
ln -s /etc/passwd drafts/trade/link && git add drafts
show 'as zhao.lei submit drafts/trade/link --title Link'
git update-index --add --cacheinfo "160000,$(git rev-parse HEAD),drafts/trade/module"
show 'review scan --staged'
review hook install >/dev/null
show 'git commit -q -m Odd 2>&1 | tail -n 1'
echo '# by hand'
refused "$(signed_third 'swap=100644=>120000')"
