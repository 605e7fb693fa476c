# attack 47: the working file, the staged one and the committed one differ
# defence: what is scanned, submitted and signed is the staged blob; a differing working file stops it
. "$CASES/lib.sh"
echo 'clean' >drafts/trade/w.md && git add drafts
echo '机密★5年' >drafts/trade/w.md
show 'as zhao.lei submit drafts/trade/w.md --title Working 2>&1 | grep ^review'
echo '# the other way round'
git add drafts && echo 'clean' >drafts/trade/w.md
show 'as zhao.lei submit drafts/trade/w.md --title Working 2>&1 | grep ^review'
review hook install >/dev/null
show 'git commit -q -m Working 2>&1 | tail -n 1'
