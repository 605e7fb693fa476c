"""forge.py - entries made by hand, by somebody who need not be who the entry says.

forge.py key NAME [sk]          a key whose signatures are made here: raw Ed25519, or as a security key
forge.py entry WORD=VALUE...    an entry behind `parent`, its own lines on standard input

Words of `entry`: person, signer (a key of the office), type, and whatever binds the entry to its
place: parent, seq, prev, ledger, policy, rules, time, key, tree.  like=COMMIT takes lines and bodies
of that entry; each swap=FROM=>TO changes its lines; header=LINE adds a signed header; namespace=,
hash= and flags= say how it is signed.  In own lines {FILE} is a body: digest and size.
"""
import base64, hashlib, os, struct, subprocess, sys, time

OFFICE = os.environ["OFFICE"]
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
PREFIX = bytes.fromhex("302a300506032b6570032100")  # an Ed25519 public key in DER, RFC 8410


def run(*command, data=b""):
    return subprocess.run(command, input=data, check=True, capture_output=True).stdout


def git(*command, data=b""):
    return run("git", "--no-replace-objects", *command, data=data)


def raw(commit):
    return git("cat-file", "commit", commit)


def entry_id(data):
    return hashlib.sha256(b"commit %d\0" % len(data) + data).hexdigest()


def write(data):
    return git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", data=data).decode().strip()


def string(data):
    data = data.encode() if isinstance(data, str) else data
    return struct.pack(">I", len(data)) + data


def key_path(name):
    return os.path.join(OFFICE, "keys", name)


def key_blob(name):
    return base64.b64decode(open(key_path(name) + ".pub").read().split()[1])


def fingerprint(name):
    return "SHA256:" + base64.b64encode(hashlib.sha256(key_blob(name)).digest()).decode().rstrip("=")


def make_key(name, kind=""):
    pem = key_path(name) + ".pem"
    run("openssl", "genpkey", "-algorithm", "ed25519", "-out", pem)
    public = run("openssl", "pkey", "-in", pem, "-pubout", "-outform", "DER")
    assert public.startswith(PREFIX)
    algorithm = "sk-ssh-ed25519@openssh.com" if kind == "sk" else "ssh-ed25519"
    blob = string(algorithm) + string(public[len(PREFIX):]) + (string("ssh:") if kind == "sk" else b"")
    with open(key_path(name) + ".pub", "w") as out:
        out.write(f"{algorithm} {base64.b64encode(blob).decode()} {name}\n")


def sign_raw(name, message):
    path = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"forge-{os.getpid()}")
    with open(path, "wb") as out:
        out.write(message)
    try:
        return run("openssl", "pkeyutl", "-sign", "-rawin", "-inkey", key_path(name) + ".pem", "-in", path)
    finally:
        os.unlink(path)


def armor(blob, width=70, end="\n"):
    text = base64.b64encode(blob).decode()
    lines = [text[i:i + width] for i in range(0, len(text), width)]
    return end.join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----"]) + end


def sshsig(name, payload, space="git", reserved="", hash_name="sha512", change=lambda proof: proof, flags=1):
    """PROTOCOL.sshsig, by a key made here; what stands in the reserved field is not signed."""
    algorithm = key_blob(name)[4:4 + struct.unpack(">I", key_blob(name)[:4])[0]]
    digest = hashlib.new(hash_name, payload).digest()
    message = b"SSHSIG" + string(space) + string("") + string(hash_name) + string(digest)
    behind = b""
    if algorithm.startswith(b"sk-"):
        behind = struct.pack(">BI", flags, 7)
        message = hashlib.sha256(b"ssh:").digest() + behind + hashlib.sha256(message).digest()
    proof = string(algorithm) + string(change(sign_raw(name, message))) + behind
    return (b"SSHSIG" + struct.pack(">I", 1) + string(key_blob(name)) + string(space) + string(reserved) +
            string(hash_name) + string(proof))


def sign(name, payload, space="git", hash_name="sha512", flags=1):
    if os.path.exists(key_path(name) + ".pem"):
        return armor(sshsig(name, payload, space=space, hash_name=hash_name, flags=flags))
    return run("ssh-keygen", "-Y", "sign", "-q", "-f", key_path(name), "-n", space, "-O", f"hashalg={hash_name}",
               data=payload).decode()


def header_of(text, name="gpgsig"):
    return (name + " " + text.rstrip("\n").replace("\n", "\n ") + "\n").encode()


def insert(payload, header):
    head, message = payload.split(b"\n\n", 1)
    return head + b"\n" + header + b"\n" + message


def payload_of(data):
    """An entry without its signature."""
    head, message = data.split(b"\n\n", 1)
    return head[:head.index(b"\ngpgsig ") + 1] + b"\n" + message


def fields(data):
    lines = data.split(b"\n\n", 1)[1].decode().splitlines()
    return dict(line.split(": ", 1) for line in lines if ": " in line)


def own_lines(data):
    lines = data.split(b"\n\n", 1)[1].decode().splitlines(True)
    first = next(i for i, line in enumerate(lines) if line.startswith("key: ")) + 1
    return "".join(lines[first:-1])


def bodies(own, records):
    """{FILE} becomes digest and size, and a record of the tree."""
    while "{" in own:
        before, rest = own.split("{", 1)
        path, after = rest.split("}", 1)
        data = open(path, "rb").read()
        digest = hashlib.sha256(data).hexdigest()
        records[digest] = git("hash-object", "-w", "--stdin", data=data).decode().strip()
        own = f"{before}{digest} {len(data)}{after}"
    return own


def records_of(commit):
    lines = git("ls-tree", commit).decode().splitlines()
    return {line.split("\t")[1]: line.split()[2] for line in lines}


def tree_of(records):
    if not records:
        return EMPTY_TREE
    text = "".join(f"100644 blob {oid}\t{name}\n" for name, oid in sorted(records.items()))
    return git("mktree", data=text.encode()).decode().strip()


def build(words):
    """The payload of an entry, unsigned."""
    get = lambda key, value: ([value] + [w[len(key) + 1:] for w in words if w.startswith(key + "=")])[-1]
    parent = git("rev-parse", get("parent", "review/ledger")).decode().strip()
    before, like = raw(parent), get("like", "")
    last, records = fields(before), {}
    seconds = int(get("time", str(int(time.time()))))
    if like:
        own, records = own_lines(raw(like)), records_of(like)
    else:
        own = sys.stdin.read()
    for word in words:
        if word.startswith("swap="):
            old, new = word[5:].split("=>", 1)
            if old not in own:
                sys.exit(f"forge: '{old}' is not in the entry")
            own = own.replace(old, new)
    own = bodies(own, records)
    kept = {line.split(": ", 1)[1].split(" ")[0] for line in own.splitlines() if ": " in line}
    records = {name: oid for name, oid in records.items() if name in kept}
    person = get("person", "zhao.lei")
    ledger = last["ledger"] if last["ledger"].strip("0") else entry_id(before)
    who = f"{person} <{person}@review.invalid> {seconds} +0000"
    message = [("ledger", get("ledger", ledger)), ("seq", get("seq", str(int(last["seq"]) + 1))),
               ("prev", get("prev", entry_id(before))),
               ("time", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))),
               ("type", get("type", fields(raw(like))["type"] if like else "")),
               ("policy", get("policy", last["policy"])), ("rules", get("rules", last["rules"])),
               ("person", person), ("key", get("key", fingerprint(get("signer", person))))]
    text = f"tree {get('tree', tree_of(records))}\nparent {parent}\n"
    text += f"author {get('author', who)}\ncommitter {get('committer', who)}\n"
    text += "".join(word[7:] + "\n" for word in words if word.startswith("header="))
    text += "\nreview-ledger v1\n" + "".join(f"{key}: {value}\n" for key, value in message) + own
    return (text + "end: review-ledger v1\n").encode(), get("signer", person), get


def entry(words):
    payload, signer, get = build(words)
    text = sign(signer, payload, get("namespace", "git"), get("hash", "sha512"), int(get("flags", "1")))
    return write(insert(payload, header_of(text)))


if __name__ == "__main__":
    if sys.argv[1] == "key":
        make_key(*sys.argv[2:])
    else:
        print(entry(sys.argv[2:]))
