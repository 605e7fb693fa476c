#!/usr/bin/env python3
"""faults.py REVIEW FAULTY OFFICE [SEED] - every command that writes, on a disk that fails and beside itself.

Each command is run from one state, again and again: the disk is full, or returns errors, or the process is killed, from the
Nth call on that changes the disk (FAULTY, faulty.c); and twice at the same time.  Afterwards the ledger is good, nothing is
doubled, nothing is in the way, and what was not done can be done.  N is drawn, by SEED; with REVIEW_SOAK set every N is tried."""
import errno
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

REVIEW, FAULTY, OFFICE = (os.path.abspath(p) for p in sys.argv[1:4])
SEED = int(sys.argv[4]) if len(sys.argv) > 4 else 1
SOAK = bool(os.environ.get("REVIEW_SOAK"))
DRAWN = 1
NAMES = ["zhao.lei", "wang.wei", "li.na", "zhang.min"]
failures, runs = [], 0


class Office:
    """Copies of a small office, and its people's keys in an agent."""

    def __init__(self, root):
        self.root, self.places = root, 0
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        home = root + "/home"
        os.makedirs(home)
        self.env.update(HOME=home, XDG_CONFIG_HOME=home + "/.config", LC_ALL="C.UTF-8", SSH_AUTH_SOCK=root + "/agent",
                        GIT_CONFIG_NOSYSTEM="1", PATH=os.path.dirname(REVIEW) + ":" + self.env["PATH"])
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

    def place(self, like=None, server=True):
        """A copy of `like`, or of the office: a machine with a repository, and the server beside it where it is needed."""
        self.places += 1
        at = f"{self.root}/{self.places}"
        if like:
            shutil.copytree(like, at, symlinks=True, ignore=None if server else shutil.ignore_patterns("server.git"))
        else:
            os.makedirs(at)
            for name in ("bureau", "server.git"):
                shutil.copytree(f"{OFFICE}/{name}", f"{at}/{name}", symlinks=True)
            shutil.copytree(OFFICE + "/state", at + "/state")
        return at

    def words(self, line):
        """"PERSON: words": that person's; "$": the shell's."""
        if line.startswith("$ "):
            return ["sh", "-c", line[2:]]
        who, _, rest = line.partition(": ")
        words = [REVIEW] + [w.replace("_", " ") if w.startswith("'") else w for w in rest.split()]
        words = [w.strip("'") for w in words]
        return words + (["--person", who, "--key", "agent:" + self.prints[who]] if who else [])

    def start(self, at, line, fault=None, count=None):
        env = dict(self.env, XDG_STATE_HOME=at + "/state", XDG_CACHE_HOME=at + "/cache")
        if fault or count:
            env["LD_PRELOAD"] = FAULTY
        if fault:
            env["FAULT_AT"], env["FAULT_ERRNO"] = str(fault[0]), str(fault[1])
        if count:
            env["FAULT_COUNT"] = count
        return subprocess.Popen(self.words(line), cwd=at + "/bureau", env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True, errors="replace")

    def run(self, at, line, **how):
        global runs
        runs += 1
        child = self.start(at, line, **how)
        out, _ = child.communicate()
        return child.returncode, out


# name; what is done before; the command; how many entries it adds; what finishes it, if not the command itself
ALLOW = "zhao.lei: rules allow --rule cn-secret-mark --text '绝密★10年' --reason 'a_lesson' --until SOON"
DRAFT = "$ sed -i 's/^registrars: .*/registrars: [zhao.lei, wang.wei]/' .review/policy.yaml"
COMMANDS = [
    ("submit", ["$ echo text >drafts/trade/d.md && git add drafts && git commit -q -m D"],
     "zhao.lei: submit drafts/trade/d.md --title D", 1, None),
    ("approve", [], "wang.wei: approve THREE --opinion 'no_objection'", 1, None),
    ("return", [], "wang.wei: return THREE --opinion 'more'", 1, None),
    ("consult", [], "wang.wei: consult THREE --opinion 'content?' --to Northgate", 1, None),
    ("answer", ["wang.wei: consult THREE --opinion 'content?' --to Northgate"],
     "zhao.lei: answer THREE --outcome consent --note 'by_letter'", 1, None),
    ("file", [], "zhao.lei: file ONE --register 7", 1, None),
    ("release", [], "zhao.lei: release TWO --yes", 2, "zhao.lei: release TWO --resume --yes"),
    ("withdraw", [], "zhao.lei: withdraw ONE --reason 'a_mistake' --yes", 1, "zhao.lei: withdraw ONE --reason 'a_mistake' --yes"),
    ("rules publish", ["$ printf 'review-rules: 1\\npack: own\\ntitle: {en: Own, zh: 自定}\\nrules:\\n  - id: own-word\\n    title: {en: Word, zh: 词}\\n    ground: third-party\\n    action: review\\n    match: {keywords: [Northgate]}\\n    examples: {match: [Northgate], pass: [Southgate]}\\n' >.review/rules/own.yaml"], "zhao.lei: rules publish --yes", 1, None),
    ("rules allow", [], ALLOW, 0, None),
    ("policy propose", [DRAFT], "zhang.min: policy propose --yes", 1, None),
    ("policy endorse", [DRAFT, "zhang.min: policy propose --yes"], "li.na: policy endorse --yes", 1, None),
    ("key compromise", [], "zhang.min: key compromise WANG --since 9 --reason 'stolen' --yes", 1, None),
    ("checkpoint", [], "zhao.lei: checkpoint", 0, None),
    ("witness", [], "zhao.lei: witness tower", 0, None),
    ("hook install", [], ": hook install", 0, None),
    ("sync", ["wang.wei: approve THREE --opinion 'no_objection'"], ": sync", 0, None),
]


def entries(office, at):
    return int(office.run(at, "$ git rev-list --count refs/heads/review/ledger")[1])


def check(office, at, name, what, base, adds, status, line, finish):
    """After whatever happened: finished, good, once, and nothing in the way."""
    def fail(why, out=""):
        failures.append(f"{name}, {what}: {why}\n{out}")
        return False

    if status not in (0, 1, 2, 3, -9):
        return fail(f"status {status}")
    more = entries(office, at) - base
    if status == 0 and more != adds:
        return fail(f"status 0, {more} entries more")
    if more < adds or (adds == 0 and status != 0):
        again, out = office.run(at, finish if finish and more > 0 else line)
        if again != 0 and "this is allowed already" not in out:
            return fail(f"cannot be done afterwards: {again}", out)
        more = entries(office, at) - base
    elif finish and status != 0:
        office.run(at, finish)
    if more != adds:
        return fail(f"{more} entries more, not {adds}")
    good, out = office.run(at, ": audit")
    if good != 0:
        return fail(f"audit {good}", out)
    left = office.run(at, "$ find .git -name '*.lock' | grep -v 'index.lock\\|/review-'; ls -A public | grep -v '^RELEASES$\\|^trade$'")[1]
    return not left or fail("left behind", left)


def faults(office, dice, name, base, line, adds, finish):
    at = office.place(base)
    status, out = office.run(at, line, count=at + "/count")
    before = entries(office, base)
    if status != 0 or (SOAK and not check(office, at, name, "undisturbed", before, adds, status, line, finish)):
        failures.append(f"{name}: {status}\n{out}")
        return
    with open(at + "/count", encoding="ascii") as f:
        most = int(f.read())
    shutil.rmtree(at)
    places = range(1, most + 1) if SOAK else sorted(dice.sample(range(1, most + 1), min(DRAWN, most)))
    for n in places:
        for how in (errno.ENOSPC, errno.EIO, 0) if SOAK else (dice.choice([errno.ENOSPC, errno.EIO, 0]),):
            at = office.place(base)
            status, out = office.run(at, line, fault=(n, how))
            if not check(office, at, name, f"call {n} of {most}, {errno.errorcode.get(how, 'killed')}", before, adds, status, line, finish):
                failures.append(out)
            shutil.rmtree(at)


def race(office, name, base, line, adds, finish):
    at = office.place(base)
    children = [office.start(at, line) for _ in range(2)]
    outs = [c.communicate()[0] for c in children]
    done = [c.returncode for c in children]
    more = entries(office, at) - entries(office, base)
    good, out = office.run(at, ": audit")
    if any(d not in (0, 1, 3) for d in done) or 0 not in done or (adds and more != adds * done.count(0)) or (not adds and more) or good != 0:
        failures.append(f"{name}, beside itself: {done}, {more} entries more, audit {good}\n" + "\n".join(outs) + out)
    shutil.rmtree(at)


def main():
    root = tempfile.mkdtemp(prefix="review-faults.")
    office = Office(root)
    dice = random.Random(SEED)
    try:
        first = office.place()
        cases = [c for c in office.run(first, ": inbox --all")[1].split() if c.endswith(("-0001", "-0002", "-0003"))]
        named = {"ONE": min(cases), "TWO": sorted(cases)[1], "THREE": max(cases), "WANG": office.prints["wang.wei"],
                 "SOON": time.strftime("%Y-%m-%d", time.gmtime(time.time() + 300 * 86400))}
        for name, setup, line, adds, finish in COMMANDS:
            for word, meaning in named.items():
                setup = [s.replace(word, meaning) for s in setup]
                line, finish = line.replace(word, meaning), finish and finish.replace(word, meaning)
            base = office.place(first, name == "sync")
            for step in setup:
                status, out = office.run(base, step)
                if status != 0:
                    failures.append(f"{name}: {step}: {status}\n{out}")
            faults(office, dice, name, base, line, adds, finish)
            race(office, name, base, line, adds, finish)
            shutil.rmtree(base)
        print(f"faults: seed {SEED}, {len(COMMANDS)} commands, {runs} runs")
    finally:
        office.agent.terminate()
        office.agent.wait()
        shutil.rmtree(root, ignore_errors=True)
    for failure in failures[:30]:
        print("FAILED:", failure)
    sys.exit(1 if failures else 0)


main()
