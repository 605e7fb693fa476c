"""trees.py BLOB - trees that git fsck would not pass, each with a name for the case."""
import subprocess, sys

blob = bytes.fromhex(sys.argv[1])


def write(*records):
    data = b"".join(mode + b" " + name + b"\0" + oid for mode, name, oid in records)
    return subprocess.run(["git", "hash-object", "-t", "tree", "-w", "--literally", "--stdin"], input=data, check=True,
                          capture_output=True).stdout


plain = bytes.fromhex(write((b"100644", b"x", blob)).decode().strip())
for title, records in {
    "twice": [(b"100644", b"a", blob), (b"100644", b"a", blob)],
    "dots": [(b"40000", b"..", plain)],
    "git": [(b"40000", b".git", plain)],
    "slash": [(b"100644", b"public/x", blob)],
    "unsorted": [(b"100644", b"b", blob), (b"100644", b"a", blob)],
    "body": [(b"100644", b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", blob)],
}.items():
    print(title, write(*records).decode().strip())
