# attack 79: a pack with objects twice, or with some that nothing leads to; push options
# defence: what a reference leads to is judged, however often it came; options are not kept. Not prevented: what nothing leads to stays until git's housekeeping, for those who know its name
. "$CASES/lib.sh"
git -C ../server.git config receive.advertisePushOptions true
cat >../send.py <<'P'
import hashlib, struct, subprocess, sys, zlib
objects = []
def add(number, kind, data, times=2):
    n, head = len(data) >> 4, bytearray([number << 4 | len(data) & 15])
    while n:
        head[-1] |= 0x80
        head.append(n & 0x7f)
        n >>= 7
    objects.extend([bytes(head) + zlib.compress(data)] * times)
    return hashlib.sha1(b"%s %d\0" % (kind, len(data)) + data).hexdigest()
text, beside = sys.argv[1].encode() + b"\n", sys.argv[2].encode() + b"\n"
main, public = (subprocess.run(["git", "rev-parse", r], capture_output=True, text=True, check=True).stdout.strip() for r in ("main", "main:public"))
drafts = add(2, b"tree", b"100644 n.md\0" + bytes.fromhex(add(3, b"blob", text)))
tree = add(2, b"tree", b"40000 drafts\0" + bytes.fromhex(drafts) + b"40000 public\0" + bytes.fromhex(public))
commit = add(1, b"commit", f"tree {tree}\nparent {main}\nauthor T <t@example.invalid> 1700000000 +0000\ncommitter T <t@example.invalid> 1700000000 +0000\n\nTwice\n".encode())
add(3, b"blob", beside, 1)
pack = b"PACK" + struct.pack(">II", 2, len(objects)) + b"".join(objects)
line = lambda s: b"%04x" % (len(s) + 4) + s
asked = line(b"%s %s refs/heads/twice\0report-status push-options" % (b"0" * 40, commit.encode())) + b"0000" + line(beside) + b"0000"
said = subprocess.run(["git", "receive-pack", "../server.git"], input=asked + pack + hashlib.sha1(pack).digest(), capture_output=True)
print(said.stderr.decode().strip())
print("taken" if b"ok refs/heads/twice" in said.stdout else "not taken")
P
echo '# a secret, twice'
python3 ../send.py '绝密★10年' 'plain text'
echo '# a secret that nothing leads to, and as an option'
python3 ../send.py 'plain text' '绝密★10年'
loose=$(echo '绝密★10年' | git hash-object --stdin)
echo "kept: $(git -C ../server.git cat-file -t "$loose")"
git clone -q --no-local ../server.git ../reader && echo "in a clone: $(git -C ../reader cat-file -t "$loose" 2>&1 | cut -d: -f1)"
git fetch -q ../server.git "$loose" 2>/dev/null && echo 'given to who asks for it by its name'
git -C ../server.git prune --expire=now
echo "after git prune: $(git -C ../server.git cat-file -t "$loose" 2>&1 | cut -d: -f1)"
