"""crafted.py - one entry, crafted in thirty-one ways, in the eyes of git, ssh-keygen, git fsck and review.

Each is one commit behind the ledger.  The first is good, and everybody must say so.  What stock tools
say of the others is a second opinion: that they accept what a stranger made of a good entry, and do
not agree with each other, is why entries are read by a parser of our own.
"""
import os, subprocess, sys

sys.path.insert(0, os.path.dirname(__file__))
import forge

ORDER = 2**252 + 27742317777372353535851937790883648493
KEY, OTHER = "made", "li.na"
words = ["person=wang.wei", "signer=made", "type=file-record"]
payload = forge.build(words)[0]
header = lambda blob, **how: forge.header_of(forge.armor(blob, **how))
signed = lambda data, **how: forge.insert(data, header(forge.sshsig(KEY, data, **how)))
good_blob = forge.sshsig(KEY, payload)
good_header = header(good_blob)
good = forge.insert(payload, good_header)
END = b" -----END SSH SIGNATURE-----\n"
BEGIN = b"gpgsig -----BEGIN SSH SIGNATURE-----\n"


def over(old, new):
    """An insider's: changed first, then signed."""
    assert old in payload
    return signed(payload.replace(old, new, 1))


def twin(old, new):
    """A stranger's: a good entry, changed."""
    assert old in good
    return good.replace(old, new, 1)


def second_in_payload():
    inner = forge.insert(payload, good_header)
    return forge.insert(inner, header(forge.sshsig(KEY, inner)))


def shifted(proof):
    return proof[:32] + (int.from_bytes(proof[32:], "little") + ORDER).to_bytes(32, "little")


who = payload.split(b"\nauthor ", 1)[1].split(b"\n", 1)[0]
other = who.replace(b"wang.wei", b"li.na")
RECORDED = ("git version 2.39", "OpenSSH_9.2")  # whose opinions stand behind each name: git, ssh-keygen, fsck
variants = [
    ("good", "gkf", good),
    ("the same gpgsig twice", "g-f", twin(END, END + good_header)),
    ("a bogus second gpgsig", "g-f", twin(END, END + b"gpgsig bogus\n")),
    ("a signature over a payload with a gpgsig", "g-f", second_in_payload()),
    ("two armors in one gpgsig", "gkf", twin(END, END + good_header.replace(b"gpgsig ", b" "))),
    ("gpgsig in the message", "--f", payload.replace(b"\n\n", b"\n\n" + good_header + b"\n", 1)),
    ("an unsigned gpgsig-sha256", "g-f", twin(END, END + b"gpgsig-sha256 junk\n")),
    ("an unsigned gpgsigX", "g-f", twin(END, END + b"gpgsigX hidden\n")),
    ("gpgsig before the committer", "gk-", payload.replace(b"\ncommitter", b"\n" + good_header + b"committer", 1)),
    ("a NUL and text at the end", "---", good + b"\0hidden\n"),
    ("a NUL inside, signed", "gk-", over(b"register: 7", b"register: 7\0")),
    ("64 columns", "gkf", forge.insert(payload, header(good_blob, width=64))),
    ("one line", "gkf", forge.insert(payload, header(good_blob, width=10000))),
    ("armor with CR LF", "--f", forge.insert(payload, header(good_blob, end="\r\n"))),
    ("text before the armor", "--f", twin(b"gpgsig ", b"gpgsig x\n ")),
    ("a byte behind the signature", "--f", forge.insert(payload, header(good_blob + b"\0"))),
    ("text behind the armor", "gkf", twin(END, END + b" more\n")),
    ("the reserved field used", "gkf", signed(payload, reserved="x")),
    ("sha256", "gkf", signed(payload, hash_name="sha256")),
    ("namespace file", "--f", signed(payload, space="file")),
    ("namespace git, NUL, x", "--f", signed(payload, space="git\0x")),
    ("another key", "--f", forge.insert(payload, forge.header_of(forge.sign(OTHER, payload)))),
    ("no signature", "--f", payload),
    ("S + L", "gkf", signed(payload, change=shifted)),
    ("encoding, signed", "gkf", over(b"\n\n", b"\nencoding latin-1\n\n")),
    ("mergetag, signed", "gkf", over(b"\n\n", b"\nmergetag object " + b"5" * 40 + b"\n type commit\n\n")),
    ("an unknown header, signed", "gkf", over(b"\n\n", b"\nreviewer li.na\n\n")),
    ("two committers, signed", "gkf", over(b"\ncommitter ", b"\ncommitter " + other + b"\ncommitter ")),
    ("two authors, signed", "gk-", over(b"\nauthor ", b"\nauthor " + other + b"\nauthor ")),
    ("another author, signed", "gkf", over(b"\nauthor " + who, b"\nauthor " + other)),
    ("an upper-case tree, signed", "gkf", over(forge.EMPTY_TREE.encode(), forge.EMPTY_TREE.upper().encode())),
]


def accepted(*command, data=b""):
    return subprocess.run(command, input=data, capture_output=True).returncode == 0


def by_keygen(data):
    """As an auditor does it by hand: the first gpgsig header is the signature, the rest is signed."""
    head, message = data.split(b"\n\n", 1)
    lines, armor, rest, inside = head.split(b"\n"), [], [], False
    for line in lines:
        inside = line.startswith(b" ") if inside else line.startswith(b"gpgsig ") and not armor
        (armor if inside else rest).append(line)
    open("../armor", "wb").write(b"\n".join(line.removeprefix(b"gpgsig ").removeprefix(b" ") for line in armor) + b"\n")
    return accepted("ssh-keygen", "-Y", "verify", "-f", "../signers", "-I", "wang.wei@review.invalid", "-n", "git",
                    "-s", "../armor", data=b"\n".join(rest) + b"\n\n" + message)


def by_review(commit):
    forge.git("update-ref", "refs/heads/review/ledger", commit)
    run = subprocess.run(["review", "audit"], capture_output=True, text=True)
    what = [line.strip() for line in run.stdout.splitlines()]
    at = what.index("VIOLATION") if "VIOLATION" in what else -1
    return run.returncode == 0, f"{what[at + 2]} (exit status {run.returncode})" if at >= 0 else 'good'


def recorded_tools():
    git = forge.git("--version").decode()
    ssh = subprocess.run(["ssh", "-V"], capture_output=True, text=True).stderr
    return git.startswith(RECORDED[0]) and ssh.startswith(RECORDED[1])


def main():
    mark = lambda yes: "yes" if yes else "-"
    tip = forge.git("rev-parse", "review/ledger").decode().strip()
    with open("../signers", "w") as out:
        out.write('wang.wei@review.invalid namespaces="git" ' + open(forge.key_path(KEY) + ".pub").read())
    written = [(name, opinion, data, forge.write(data)) for name, opinion, data in variants]
    faults = subprocess.run(["git", "fsck", "--strict", "--no-dangling"], capture_output=True, text=True).stderr
    same_tools, passed = recorded_tools(), 0
    print(f"{'':42} git  ssh-keygen  fsck  review")
    for name, opinion, data, commit in written:
        git = accepted("git", "-c", "gpg.ssh.allowedSignersFile=../signers", "verify-commit", commit)
        told = (git, by_keygen(data), f" in commit {commit}" not in faults)
        recorded = tuple(letter in opinion for letter in "gkf")
        # other versions may think otherwise of what is crafted, but not of what is good, foreign or unsigned
        if told != recorded and (same_tools or name in ("good", "another key", "no signature")):
            print(f"not what is recorded: {told}")
        ours, why = by_review(commit)
        forge.git("update-ref", "refs/heads/review/ledger", tip)
        passed += ours
        print(f"{name:42} {mark(recorded[0]):4} {mark(recorded[1]):11} {mark(recorded[2]):5} {mark(ours):5}  {why}")
    count = lambda letter: sum(letter in opinion for _, opinion, _, _ in written)
    print(f"{len(written)} crafted; accepted by git {count('g')}, by ssh-keygen {count('k')}, by git fsck --strict "
          f"{count('f')}, by review {passed}")


main()
