# attack 78: the index names a tree that holds more than its entries; a hook is shown the entries, and git commits the tree
# defence: the server judges what was committed, whatever a desk was shown
. "$CASES/lib.sh"
review hook install >/dev/null
git checkout -q -b lie
mkdir -p drafts/office && echo 'plain text' >drafts/office/p.md && git add drafts && git write-tree >/dev/null
cp .git/index ../entries
echo 'nobody has reviewed this' >public/trade/x.md && git add public && git write-tree >/dev/null
python3 - <<-'P'
	import hashlib, struct
	a, b = open("../entries", "rb").read(), open(".git/index", "rb").read()
	def tree(d):
	    at = d.index(b"TREE")
	    return at, at + 8 + struct.unpack(">I", d[at + 4:at + 8])[0]
	(start, end), (from_, to) = tree(a), tree(b)
	said = b[from_ + 8:to]
	said = b"\0%d" % struct.unpack(">I", a[8:12]) + said[said.index(b" "):]
	d = a[:start] + b"TREE" + struct.pack(">I", len(said)) + said + a[end:-20]
	open(".git/index", "wb").write(d + hashlib.sha1(d).digest())
P
rm public/trade/x.md
echo "in the index: $(git ls-files public | tr '\n' ' ')"
show 'git commit -q -m "A draft"'
echo "committed: $(git ls-tree -r --name-only HEAD public | tr '\n' ' ')"
pushed lie
