#!/usr/bin/env python3
"""faults.py REVIEW FAULTY OFFICE [SEED [NAME...]] - every command that writes, on a disk that fails and beside itself.

Each command is run from one state, again and again: the disk is full, or returns errors, or the process is killed, from the
Nth call on that changes the disk (FAULTY, faulty.c); the power fails at that call, or when the command is done; and twice at
the same time.  Afterwards the ledger is good, nothing is doubled, nothing is in the way, what was said to be done is done, and
what was not done can be done.  N is drawn, by SEED; with REVIEW_SOAK=1 every N is
tried, and with REVIEW_SOAK=2/3 every third from the second on: so that it can be done in parts, side by side.

What a power cut leaves (journalling file systems, which git counts on, too): of a file that was not synced the bytes that were
written since are missing, or half of them are, or they are zeros; names are as they were at any moment since anything was last
synced.

Which commands write is in COMMANDS and READS, and all that `review help` has are in one of them."""
import errno
import os
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

REVIEW, FAULTY, OFFICE = (os.path.abspath(p) for p in sys.argv[1:4])
SEED = int(sys.argv[4]) if len(sys.argv) > 4 else 1
ONLY = sys.argv[5:]
SOAK = os.environ.get("REVIEW_SOAK")
FIRST, STEP = (int(n) for n in f"{SOAK or 1}/1".split("/")[:2])
HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = ["zhao.lei", "wang.wei", "li.na", "zhang.min"]
KILLED, CUT = 0, -1
HANGS = 600 # seconds: a thousand times what the slowest takes
HOWS = [errno.ENOSPC, errno.EIO, KILLED, CUT]
failures, locks, runs = [], {}, 0


class Fault:
    """From call `at` on (0: never) it goes wrong as `how` says."""

    def __init__(self, at, how):
        self.at, self.how = at, how

    def __str__(self):
        what = {KILLED: "killed", CUT: "power cut"}.get(self.how) or errno.errorcode[self.how]
        return f"{what} at call {self.at}" if self.at else f"{what} when done"


class Office:
    """Copies of a small office, and its people's keys in an agent."""

    def __init__(self, root):
        self.root, self.places = root, 0
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        home = root + "/home"
        os.makedirs(home)
        os.makedirs(root + "/bin")
        self.env.update(HOME=home, LC_ALL="C.UTF-8", SSH_AUTH_SOCK=root + "/agent", GIT_CONFIG_NOSYSTEM="1",
                        REVIEW_PASSPHRASE_FILE=root + "/passphrase", KEYS=root + "/keys")
        with open(root + "/passphrase", "w", encoding="ascii") as f:
            f.write("a passphrase of some length\n")
        self.watch_git()
        self.agent = subprocess.Popen(["ssh-agent", "-D", "-a", root + "/agent"], stdout=subprocess.DEVNULL)
        while not os.path.exists(root + "/agent"):
            if self.agent.poll() is not None:
                raise SystemExit(f"ssh-agent: {self.agent.returncode}")
        shutil.copytree(OFFICE + "/keys", root + "/keys")
        subprocess.run(["git", "config", "--global", "user.email", "t@example.invalid"], env=self.env, check=True)
        subprocess.run(["git", "config", "--global", "user.name", "Test"], env=self.env, check=True)
        self.prints = {}
        for name in NAMES:
            subprocess.run(["ssh-add", "-q", f"{root}/keys/{name}"], env=self.env, check=True)
            said = subprocess.run(["ssh-keygen", "-lf", f"{root}/keys/{name}.pub"], capture_output=True, text=True, check=True)
            self.prints[name] = said.stdout.split()[1]

    def watch_git(self):
        """review starts git with few variables; the disk has to fail under that, too."""
        with open(self.root + "/bin/git", "w", encoding="ascii") as f:
            f.write(f'#!/bin/sh\n. {self.root}/fault\nexec {shutil.which("git")} "$@"\n')
        os.chmod(self.root + "/bin/git", 0o755)
        open(self.root + "/fault", "w", encoding="ascii").close()
        self.env["PATH"] = self.root + "/bin:" + os.path.dirname(REVIEW) + ":" + self.env["PATH"]

    def place(self, like=None):
        """A copy of `like`, or of the office: a machine with a repository, and the server beside it."""
        self.places += 1
        at = f"{self.root}/{self.places}"
        if like:
            shutil.copytree(like, at, symlinks=True)
        else:
            os.makedirs(at)
            for name in ("bureau", "server.git"):
                shutil.copytree(f"{OFFICE}/{name}", f"{at}/{name}", symlinks=True)
            shutil.copytree(OFFICE + "/state", at + "/state")
        return at

    def words(self, line):
        """"PERSON: words": that person's; "PERSON at PAGE: fields": the same at the desk; "$": the shell's."""
        if line.startswith("$ "):
            return ["sh", "-c", line[2:]]
        who, _, rest = line.partition(": ")
        who, _, page = who.partition(" at ")
        key = ["agent:" + self.prints[who]] if who else []
        if page:
            twice = ["--twice"] if page.startswith("twice ") else []
            return [sys.executable, "-B", HERE + "/at_desk.py"] + twice + [who] + key + [page.split(" ")[-1]] + shlex.split(rest)
        return [REVIEW] + shlex.split(rest) + (["--person", who, "--key"] + key if who else [])

    def start(self, at, line, where="bureau", fault=None):
        env = dict(self.env, XDG_STATE_HOME=at + "/state", XDG_CACHE_HOME=at + "/cache", XDG_CONFIG_HOME=at + "/config")
        ours = {}
        if fault:
            os.makedirs(at + "/fault/kept")
            with open(at + "/fault/calls", "wb") as f:
                f.write(bytes(8))
            ours = {"LD_PRELOAD": FAULTY, "FAULT_DIR": at + "/fault", "FAULT_ROOT": at}
            if fault.at:
                ours.update(FAULT_AT=str(fault.at), FAULT_ERRNO=str(max(fault.how, 0)))
        with open(self.root + "/fault", "w", encoding="ascii") as f:
            f.write("".join(f"export {k}={v}\n" for k, v in ours.items()))
        return subprocess.Popen(self.words(line), cwd=f"{at}/{where}", env=dict(env, **ours), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True)

    def run(self, at, line, where="bureau", fault=None):
        global runs
        runs += 1
        child = self.start(at, line, where, fault)
        try:
            out, _ = child.communicate(timeout=HANGS)
        except subprocess.TimeoutExpired:
            end_all(child.pid)
            out = child.communicate()[0] + f"\nit did not end in {HANGS} s\n"
        if fault:
            end_all(child.pid)
            open(self.root + "/fault", "w", encoding="ascii").close()
        return child.returncode, out

    def git(self, at, where, *words):
        return subprocess.run(["git", "-C", f"{at}/{where}", *words], env=self.env, capture_output=True, text=True, check=False).stdout


def end_all(session):
    """What a command left running ends with the power."""
    try:
        while True:
            os.killpg(session, signal.SIGKILL)
            time.sleep(0.01)
    except ProcessLookupError:
        pass


def calls_of(at):
    with open(at + "/fault/calls", "rb") as f:
        return int.from_bytes(f.read(8), sys.byteorder)


def unsynced(at):
    """From what faulty.c said: {inode: how many bytes of it are safe}, and the changes of names since the last sync."""
    short, names = {}, []
    with open(at + "/fault/log", encoding="utf-8", errors="surrogateescape") as f:
        for line in f:
            what, _, rest = line.rstrip("\n").partition(" ")
            if what == "W":
                inode, size = map(int, rest.split())
                short[inode] = min(size, short.get(inode, size))
            elif what == "S":
                short.pop(int(rest.split()[0]), None)
                names = []
            else:
                names.append((what, rest.split("\t")))
    return short, names


def undo(what, paths):
    """A change of a name that never came to the disk."""
    path, kept = paths[0], paths[-1]
    if what == "M" and os.path.isdir(path) and not os.path.islink(path):
        os.rmdir(path)
    elif what == "M":
        os.unlink(path)
    elif what == "D":
        os.mkdir(path)
    elif what == "R":
        os.rename(paths[1], path)
    if what in "RU" and kept != "-":
        os.rename(kept, paths[1] if what == "R" else path)


def cut_power(at, dice):
    """Make the disk what it would be after the power failed now; says what was done to it."""
    if not os.path.exists(at + "/fault/log"):
        return ""
    short, names = unsynced(at)
    back = dice.choice([0, len(names), dice.randint(0, len(names))])
    for what, paths in reversed(names[len(names) - back:]):
        undo(what, paths)
    how, told = dice.choice(["missing", "half", "zeros"]), [f"{back} of {len(names)} names"]
    shutil.rmtree(at + "/fault/kept")
    for folder, _, files in os.walk(at):
        for name in files:
            path = folder + "/" + name
            sb = os.lstat(path)
            safe = short.get(sb.st_ino, sb.st_size)
            if safe >= sb.st_size or folder == at + "/fault":
                continue
            told.append(f"{path[len(at):]}: {how} from {safe} of {sb.st_size}")
            os.truncate(path, safe + (sb.st_size - safe) // 2 if how == "half" else safe)
            if how == "zeros":
                os.truncate(path, sb.st_size)
    return "; ".join(told) + "\n"


def own_pack(word):
    return ("$ printf 'review-rules: 1\\npack: own\\ntitle: {en: Own, zh: 自定}\\nrules:\\n  - id: own-word\\n    title: {en: Word, zh: 词}\\n"
            f"    ground: third-party\\n    action: review\\n    match: {{keywords: [{word}]}}\\n    examples: {{match: [{word}], pass: [Southgate]}}\\n' "
            ">.review/rules/own.yaml")


# what is done before
STAGED = "$ echo text >drafts/trade/d.md && git add drafts && git commit -q -m D"
DRAFT = "$ sed -i 's/^registrars: .*/registrars: [zhao.lei, wang.wei]/' .review/policy.yaml"
ASKED = "wang.wei: consult THREE --opinion 'content?' --to Northgate"
NEW = "$ mkdir ../new && cd ../new && git init -q . && cp ../../policy.yaml ../founding.yaml"
SERVER = "$ cd ../server.git && review hook install --server && git -C ../bureau push -q origin review/ledger 'refs/review/documents/*'"
SECOND = "$ git clone -q --no-local ../server.git ../second && cd ../second && git remote set-url origin ../server.git"
APPROVED = "wang.wei: approve THREE --opinion 'no objection'"
PICTURE = ("$ python3 -c \"import struct, zlib; c = lambda k, d: struct.pack('>I', len(d)) + k + d + struct.pack('>I', zlib.crc32(k + d)); "
           "open('p.png', 'wb').write(b'\\x89PNG\\r\\n\\x1a\\n' + c(b'IHDR', struct.pack('>IIBBBBB', 1, 1, 8, 0, 0, 0, 0)) + c(b'tEXt', b'Author\\0Zhao') + "
           "c(b'IDAT', zlib.compress(b'\\0\\0')) + c(b'IEND', b''))\"")


class Command:
    """name: the command of `review help`, and behind a comma what is special; before: what is done first; line: the command.
    adds: how many entries it adds; again: what finishes it when it was begun, if not the command itself; where: the folder;
    done: a line that shows that it is done."""

    def __init__(self, name, before, line, adds=0, again=None, where="bureau", done=None):
        self.name, self.before, self.line, self.adds = name, before, line, adds
        self.again, self.where, self.done, self.calls = again, where, done, 0

    def named(self, meanings):
        def mean(text):
            for word, meaning in meanings.items():
                text = text and text.replace(word, meaning)
            return text
        self.before = [mean(b) for b in self.before]
        self.line, self.again, self.done = mean(self.line), mean(self.again), mean(self.done)
        if self.name.startswith(("sync", "init")):
            self.again = self.line
        return self


COMMANDS = [
    Command("init", [NEW], "zhao.lei: init --policy ../founding.yaml --hooks", 1, where="new",
            done="$ git config review.ledger && test -s .review/policy.yaml && review rules check && review hook install"),
    Command("key new", [], ": key new anna", done="$ review key show anna && test $(grep -c END ../config/review/keys/anna.pem) = 1"),
    Command("key compromise", [], "zhang.min: key compromise WANG --since 9 --reason stolen --yes", 1),
    Command("clean", [PICTURE, "$ review clean p.png --output ../clean.png; test $? = 1"], "$ review clean p.png; test $? = 1", done="$ cmp p.clean.png ../clean.png"),
    Command("submit", [STAGED], "zhao.lei: submit drafts/trade/d.md --title D", 1),
    Command("desk, submit", [STAGED], "zhao.lei at submit: title=D author=Zhao file=drafts/trade/d.md", 1),
    Command("approve", [], APPROVED, 1),
    Command("desk, approve", [], "wang.wei at decide?id=THREE&decision=approve: opinion=no", 1),
    Command("desk, answer", [ASKED], "zhao.lei at answer?id=THREE: outcome=consent 'note=by letter'", 1),
    Command("desk, file", [], "zhao.lei at file?id=ONE: register=7", 1),
    Command("desk, release", [], "zhao.lei at release?id=TWO: ", 2, "zhao.lei: release TWO --resume --yes"),
    Command("desk, withdraw", [], "zhao.lei at withdraw?id=ONE: 'reason=a mistake'", 1, "zhao.lei: withdraw ONE --reason 'a mistake' --yes"),
    Command("return", [], "wang.wei: return THREE --opinion more", 1),
    Command("refuse", [], "wang.wei: refuse THREE --opinion no --ground third-party --until SOON", 1),
    Command("redact", [], "wang.wei: redact THREE --opinion names --ground third-party", 1),
    Command("on-request", [], "wang.wei: on-request THREE --opinion no --ground process", 1),
    Command("postpone", [], "wang.wei: postpone THREE --opinion later --until SOON", 1),
    Command("refer", [], "wang.wei: refer THREE --opinion 'content?' --to Northgate", 1),
    Command("consult", [], ASKED, 1),
    Command("answer", [ASKED], "zhao.lei: answer THREE --outcome consent --note 'by letter'", 1),
    Command("file", [], "zhao.lei: file ONE --register 7", 1),
    Command("release", [], "zhao.lei: release TWO --yes", 2, "zhao.lei: release TWO --resume --yes", done="$ test -s public/trade/b.md"),
    Command("withdraw", [], "zhao.lei: withdraw ONE --reason 'a mistake' --yes", 1, "zhao.lei: withdraw ONE --reason 'a mistake' --yes",
            done="$ ! test -e public/trade/a.md"),
    Command("rules publish", [own_pack("Northgate")], "zhao.lei: rules publish --yes", 1),
    Command("rules allow", [], "zhao.lei: rules allow --rule cn-secret-mark --text '绝密★10年' --reason 'a lesson' --until SOON",
            done="$ grep -q lesson .review/allow.yaml && review rules check"),
    Command("policy propose", [DRAFT], "zhang.min: policy propose --yes", 1),
    Command("policy endorse", [DRAFT, "zhang.min: policy propose --yes"], "li.na: policy endorse --yes", 1),
    Command("checkpoint", [], "zhao.lei: checkpoint"),
    Command("witness", [], "zhao.lei: witness tower", done="$ git cat-file -t refs/review/witness/tower"),
    Command("hook install", [], ": hook install", done="$ review hook install"),
    Command("hook install, server", ["$ rm ../server.git/hooks/*"], ": hook install --server", where="server.git",
            done="$ review hook install --server && test $(git config core.fsync) = committed"),
    Command("hook pre-receive", [SERVER, "$ rm -r ../cache/* ../server.git/review* || true", APPROVED],
            "$ git -c core.fsync=committed push -q origin review/ledger",
            done="$ test $(git -C ../server.git rev-parse review/ledger) = $(git rev-parse review/ledger)"),
    Command("sync", [SERVER, APPROVED], ": sync", done="$ test $(git -C ../server.git rev-parse review/ledger) = $(git rev-parse review/ledger)"),
    Command("sync, first", [SERVER, SECOND], ": sync", None, where="second",
            done="$ test $(git -C ../server.git rev-parse review/ledger) = $(git rev-parse review/ledger) && review show THREE"),
    Command("sync, receiving", [SERVER, SECOND, "$ cd ../second && review sync", APPROVED, STAGED, "zhao.lei: submit drafts/trade/d.md --title D", ": sync"],
            ": sync", None, where="second", done="$ test $(git -C ../server.git rev-parse review/ledger) = $(git rev-parse review/ledger)"),
    Command("sync, both", [SERVER, SECOND, "$ cd ../second && review sync", APPROVED, ": sync",
                           "$ cd ../second && rm -r ../state && review file ONE --register 7 --person zhao.lei --key agent:ZHAO"],
            ": sync --yes", None, where="second",
            done="$ test $(git -C ../server.git rev-parse review/ledger) = $(git rev-parse review/ledger)"),
    Command("sync, bundle", [], ": sync --bundle ../b", done="$ rm -rf ../c && git init -q --bare ../c && git -C ../c fetch -q ../b 'refs/*:refs/*' && git -C ../c fsck"),
    Command("sync, from", [SERVER, SECOND, "$ cd ../second && review sync", APPROVED, ": sync --bundle ../b"], ": sync --from ../b", None,
            where="second", done="$ test $(git -C ../bureau rev-parse review/ledger) = $(git rev-parse review/ledger)"),
    Command("show", [], ": show ONE --html ../one.html", done="$ tail -n 1 ../one.html | grep -q '</html>'"),
    Command("audit", [": audit --kit ../kept"], ": audit --kit ../kit", again="$ rm -rf ../kit && review audit --kit ../kit", done="$ diff -r ../kit ../kept"),
    Command("inbox", ["$ rm -rf ../cache"], ": inbox --all", done="$ review inbox --all | grep THREE"),
    Command("scan", ["$ rm -rf ../cache"], ": scan drafts", done="$ review scan drafts"),
]
READS = ["key list", "key show", "key enroll", "text", "log", "calendar", "rules check", "rules test", "rules list", "rules explain",
         "rules allowed", "policy show", "policy check", "policy diff", "policy history", "hook pre-commit", "hook commit-msg", "hook pre-push",
         "completion", "help", "version"]


def listed(office, at):
    """Every command of `review help`, with each of its first words where it has some."""
    for name in re.findall(r"^  ([a-z-]+)  ", office.run(at, ": help")[1], re.MULTILINE):
        words = re.match(r"usage: review \S+ \[?([a-z-]+(?:\|[a-z-]+)+)\]?(?: |$)", office.run(at, f": help {name}")[1])
        yield from [f"{name} {w}" for w in words.group(1).split("|")] if words else [name]


def check_lists(office, at):
    known = {c.name.split(",")[0] for c in COMMANDS} | set(READS)
    for name in set(listed(office, at)) ^ known:
        failures.append(f"{name}: in `review help` and in neither of COMMANDS and READS, or the other way round")


def entries(office, at, where):
    count = office.git(at, where, "rev-list", "--count", "refs/heads/review/ledger").strip()
    return int(count) if count else 0


def keep_server(at):
    """What review sync tells whoever keeps a server: git's receive-pack, killed or on a full disk, leaves its locks of references.
    A lock that was not made there and by git stays, and is in the way."""
    refs, log = at + "/server.git/refs/", at + "/fault/log"
    if os.path.exists(log):
        with open(log, encoding="utf-8", errors="surrogateescape") as f:
            made = [line[2:].rstrip("\n").split("\t") for line in f if line[0] == "M"]
        for path in {os.path.normpath(path) for path, maker in made if maker in ("git", "git-receive-pack")}:
            if path.startswith(refs) and path.endswith(".lock") and os.path.exists(path):
                os.unlink(path)
                locks[path[len(refs):]] = locks.get(path[len(refs):], 0) + 1


def check(office, at, c, what, base, status, out):
    """After whatever happened: finished, good, once, and nothing in the way."""
    def fail(why, said=""):
        failures.append(f"{c.name}, {what}: {why}\n{said}\n--- it said:\n{out}")
        return False

    if status not in (0, 1, 2, 3, -9, 137) + ((128,) if " push " in c.line else ()) or "it did not end in" in out:
        return fail(f"status {status}")
    more = entries(office, at, c.where) - base
    if status == 0 and more != c.adds:
        return fail(f"status 0, {more} entries more")
    undone = more < c.adds or (c.adds == 0 and status != 0)
    if status == 0 and c.done and office.run(at, c.done, c.where)[0] != 0:
        return fail("said to be done, and is not", office.run(at, c.done, c.where)[1])
    keep_server(at)
    if undone or (c.again and status != 0):
        begun = more > 0 or c.name == "audit"
        again, said = office.run(at, c.again if c.again and begun else c.line, c.where)
        if undone and again != 0 and "this is allowed already" not in said and "exists already" not in said and "there is a key already" not in said:
            return fail(f"cannot be done afterwards: {again}", said)
        more = entries(office, at, c.where) - base
    elif c.name.startswith("sync, "): # the next one clears what was left in the waiting room
        office.run(at, c.line, c.where)
    if more != c.adds:
        return fail(f"{more} entries more, not {c.adds}")
    if c.done:
        again, said = office.run(at, c.done, c.where)
        if again != 0:
            return fail("is not done afterwards", said)
    good, said = office.run(at, ": audit", c.where) if c.where != "server.git" else (0, "")
    if good != 0:
        return fail(f"audit {good}", said)
    find = "$ find . ../server.git -name '*.lock' | grep -v 'index.lock\\|/review-\\|refs/remotes/'; ls -A public 2>/dev/null | grep -v '^RELEASES$\\|^trade$'"
    left = office.run(at, find, c.where)[1]
    if left: # the lock of a reference is cleared up by whoever moves the next one
        office.run(at, "zhao.lei: witness tower", c.where)
        left = office.run(at, find, c.where)[1]
    return not left or fail("left behind", left)


def one(office, dice, c, base, before, fault):
    at = office.place(base)
    status, out = office.run(at, c.line, c.where, fault)
    told = cut_power(at, dice) if fault.how == CUT else ""
    if not check(office, at, c, str(fault), before, status, out):
        failures[-1] += told
        if os.environ.get("FAULTS_KEEP"):
            failures[-1] += f"kept: {at}\n"
            return
    shutil.rmtree(at)


def faults(office, dice, c, base):
    at, before = office.place(base), entries(office, base, c.where)
    status, out = office.run(at, c.line, c.where, Fault(0, CUT))
    most = calls_of(at)
    c.calls = most
    if c.adds is None:
        c.adds = entries(office, at, c.where) - before
    if status != 0 or not check(office, at, c, "undisturbed", before, status, out):
        failures.append(f"{c.name}: {status}\n{out}")
        return
    shutil.rmtree(at)
    one(office, dice, c, base, before, Fault(0, CUT))
    for n in range(FIRST, most + 1, STEP) if SOAK else [dice.randint(1, max(most, 1))]:
        for how in HOWS if SOAK else [dice.choice(HOWS)]:
            one(office, dice, c, base, before, Fault(n, how))


def race(office, c, base):
    at = office.place(base)
    line = c.line.replace(" at ", " at twice ", 1) if c.name.startswith("desk") else c.line
    children = [office.start(at, line, c.where) for _ in range(2 if line == c.line else 1)]
    outs = [child.communicate()[0] for child in children]
    done = [child.returncode for child in children]
    more = entries(office, at, c.where) - entries(office, base, c.where)
    good, out = office.run(at, ": audit", c.where) if c.where != "server.git" else (0, "")
    want = c.adds if c.name.startswith(("sync", "init")) else c.adds * done.count(0)
    if any(d not in (0, 1, 3) for d in done) or 0 not in done or more != want or good != 0:
        failures.append(f"{c.name}, beside itself: {done}, {more} entries more, audit {good}\n" + "\n".join(outs) + out)
    shutil.rmtree(at)


def main():
    root = tempfile.mkdtemp(prefix="review-faults.")
    office = Office(root)
    dice = random.Random(SEED)
    try:
        shutil.copy(OFFICE + "/policy.yaml", root + "/policy.yaml")
        first = office.place()
        for where in ("bureau", "server.git"): # half of all the time was copying a folder for each object
            office.git(first, where, "repack", "-adq")
        check_lists(office, first)
        cases = [w for w in office.run(first, ": inbox --all")[1].split() if w.endswith(("-0001", "-0002", "-0003"))]
        meanings = {"ONE": min(cases), "TWO": sorted(cases)[1], "THREE": max(cases), "WANG": office.prints["wang.wei"],
                    "ZHAO": office.prints["zhao.lei"], "SOON": time.strftime("%Y-%m-%d", time.gmtime(time.time() + 300 * 86400))}
        for c in [c.named(meanings) for name in ONLY or [None] for c in COMMANDS if name in (None, c.name)]:
            base, began = office.place(first), time.monotonic()
            for step in c.before:
                status, out = office.run(base, step)
                if status != 0:
                    failures.append(f"{c.name}: {step}: {status}\n{out}")
            faults(office, dice, c, base)
            race(office, c, base)
            shutil.rmtree(base)
            if ONLY or SOAK:
                print(f"{c.name}: {c.calls} calls, {runs} runs so far, {time.monotonic() - began:.1f} s, {len(failures)} failures", flush=True)
        print(f"faults: seed {SEED}, {len(COMMANDS)} commands, {runs} runs; git's locks on a server: {locks}")
    finally:
        office.agent.terminate()
        office.agent.wait()
        if not os.environ.get("FAULTS_KEEP"):
            shutil.rmtree(root, ignore_errors=True)
    for failure in failures if SOAK else failures[:30]:
        print("FAILED:", failure)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
