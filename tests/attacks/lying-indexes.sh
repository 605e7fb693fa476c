# attack 77: the files by which git finds objects sooner lie: a commit-graph without parents, an index of packs with other places
# defence: parents are read from the entry's own bytes, and each object is hashed: a wrong place is a wrong object
. "$CASES/lib.sh"
# lie FILE PROGRAM: its bytes, changed, with a good checksum; d is the file, a chunk is (name, from, to)
lie() {
	chmod u+w "$1"
	python3 - "$1" "$2" <<-'P'
		import hashlib, struct, sys
		d = bytearray(open(sys.argv[1], "rb").read())
		def chunks(head, count):
		    at = [(bytes(d[head + 12 * i:head + 4 + 12 * i]), struct.unpack(">Q", d[head + 4 + 12 * i:head + 12 + 12 * i])[0]) for i in range(count + 1)]
		    return {name: (start, end) for (name, start), (_, end) in zip(at, at[1:])}
		def turn(start, step, count):
		    was = [bytes(d[start + step * i:start + step * (i + 1)]) for i in range(count)]
		    d[start:start + step * count] = b"".join(was[1:] + was[:1])
		exec(sys.argv[2])
		d[-20:] = hashlib.sha1(bytes(d[:-20])).digest()
		open(sys.argv[1], "wb").write(d)
	P
}
# which object stands in the place of another depends on their names
judged() { audited | sed -E 's/git object.* (is of another type|hash mismatch .*)$/git object: it is another one/'; }
git commit-graph write --reachable 2>/dev/null
lie .git/objects/info/commit-graph 'start, end = chunks(8, d[6])[b"CDAT"]
for at in range(start, end, 36): struct.pack_into(">II", d, at + 20, 0x70000000, 0x70000000)'
echo "git counts $(git rev-list --count review/ledger)"
judged
rm .git/objects/info/commit-graph
git repack -adq && git multi-pack-index write 2>/dev/null
lie .git/objects/pack/multi-pack-index 'start, end = chunks(12, d[6])[b"OOFF"]; turn(start, 8, (end - start) // 8)'
judged
rm .git/objects/pack/multi-pack-index
echo '# without it'
judged
lie .git/objects/pack/pack-*.idx 'n = struct.unpack(">I", d[1028:1032])[0]; turn(1032 + 24 * n, 4, n)'
judged
