# Names a file system would take for each other, files that lie in the way, links on the path.
. "$CASES/lib.sh"
c=$(submitted drafts/trade/Notice.md)
approved "$c" && review release "$c" >/dev/null
c2=$(submitted drafts/trade/notice.md Second)
approved "$c2"
show "review release $c2"
c3=$(submitted drafts/trade/other.md Third)
approved "$c3"
echo 'somebody put this here' >public/trade/other.md
show "review release $c3"
rm public/trade/other.md; mkdir public/trade/OTHER.md
show "review release $c3"
rmdir public/trade/OTHER.md
c4=$(submitted drafts/trade/deep/x.md Fourth)
approved "$c4"
ln -s /tmp public/trade/deep
show "review release $c4"
rm public/trade/deep
show "review release $c4"
n=$(entries)
c5=$(submitted drafts/RELEASES.md Fifth 2>&1)
echo "$c5"
ls -A . | grep staging
show 'review audit | tail -n 1'
