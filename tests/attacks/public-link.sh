# attack 50: a link in the public directory leads a release elsewhere
# defence: paths are opened beneath the public directory without following links
. "$CASES/lib.sh"
mkdir ../elsewhere && mv public/trade ../kept && ln -s ../../elsewhere public/trade
show "as zhao.lei release $TWO"
ls ../elsewhere
audited
rm public/trade && mv ../kept public/trade
echo '# a link in the place of the file'
ln -s ../../../elsewhere/b.md public/trade/b.md
show "as zhao.lei release $TWO"
ls ../elsewhere
