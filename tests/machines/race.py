#!/usr/bin/env python3
"""race.py REVIEW writers|clones [COUNT [SEED]] - many hands on one ledger.

writers: eight processes submit to one repository, and some are killed with SIGKILL on the way.
clones:  four clones, each a machine of its own, submit and synchronise with one bare repository in
         random order, and some commands are killed.

Every document has a title of its own.  At the end each title is in the ledger exactly once, its
documents are where they belong, all machines have the same ledger, and the audit is good: nothing
lost, nothing doubled.  COUNT is the number of submissions; with REVIEW_SOAK set they are 1,000 each."""
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

REVIEW, MODE = os.path.abspath(sys.argv[1]), sys.argv[2]
COUNT = int(sys.argv[3]) if len(sys.argv) > 3 else 1000 if os.environ.get("REVIEW_SOAK") else {"writers": 40, "clones": 12}[MODE]
SEED = int(sys.argv[4]) if len(sys.argv) > 4 else random.SystemRandom().randrange(10**6)
SAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../samples/policy.yaml")
KILLED = 0.2
failures = []
killed = 0
cut_short = 0  # submissions among them
tried = 0


def run(words, cwd, env, check=True):
    done = subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True)
    if check and done.returncode != 0:
        raise SystemExit(f"{' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def environment(root, machine):
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    home = os.path.join(root, "home")
    env.update(HOME=home, XDG_CONFIG_HOME=home + "/.config", XDG_CACHE_HOME=home + "/.cache", LC_ALL="C.UTF-8",
               XDG_STATE_HOME=f"{home}/.state-{machine}", SSH_AUTH_SOCK=root + "/agent", GIT_CONFIG_NOSYSTEM="1",
               PATH=os.path.dirname(REVIEW) + ":" + env["PATH"])
    return env


def agent_of(root):
    """One person's key, in an agent so that signing costs little; whoever starts it ends it."""
    agent = subprocess.Popen(["ssh-agent", "-D", "-a", root + "/agent"], stdout=subprocess.DEVNULL)
    while not os.path.exists(root + "/agent"):
        if agent.poll() is not None:
            raise SystemExit(f"ssh-agent: {agent.returncode}")
        time.sleep(0.01)
    return agent


def office(root):
    """One repository with a ledger."""
    env = environment(root, "desk0")
    os.makedirs(env["HOME"])
    with open(SAMPLE, encoding="utf-8") as f:
        policy = f.read()
    for person in sorted(set(re.findall(r"KEY-OF-([a-z.]+)", policy))):
        run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", person, "-f", f"{root}/{person}"], root, env)
        with open(f"{root}/{person}.pub", encoding="ascii") as f:
            policy = policy.replace("KEY-OF-" + person, " ".join(f.read().split()[:2]))
    with open(root + "/policy.yaml", "w", encoding="utf-8") as f:
        f.write(policy)
    run(["ssh-add", "-q", root + "/zhao.lei"], root, env)
    fingerprint = run(["ssh-keygen", "-lf", root + "/zhao.lei.pub"], root, env).stdout.split()[1]
    for words in (["user.name", "Test"], ["user.email", "test@example.invalid"], ["init.defaultBranch", "main"],
                  ["review.person", "zhao.lei"], ["review.key", "agent:" + fingerprint]):
        run(["git", "config", "--global"] + words, root, env)
    desk = root + "/desk0"
    run(["git", "init", "-q", desk], root, env)
    run(["review", "init", "--policy", root + "/policy.yaml"], desk, env)


def documents(desk, env, titles):
    os.makedirs(desk + "/drafts/trade", exist_ok=True)
    for title in titles:
        with open(f"{desk}/drafts/trade/{title}.txt", "w", encoding="ascii") as f:
            f.write(f"Opening hours of window {title}.\n")
    run(["git", "add", "drafts"], desk, env)


def told(words, desk, env, dice):
    """Run a command, perhaps kill it on the way; None: it was killed, else its status."""
    global killed, tried
    tried += 1
    child = subprocess.Popen([REVIEW] + words, cwd=desk, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             stdin=subprocess.DEVNULL, text=True, start_new_session=True)
    if dice.random() < KILLED:
        time.sleep(dice.random() * 0.4)
        if child.poll() is None:
            killed += 1
            if dice.random() < 0.5:
                os.killpg(child.pid, signal.SIGKILL)  # the whole machine
            else:
                child.kill()                          # what git does goes on alone
        child.wait()
        return None, ""
    out, _ = child.communicate()
    return child.returncode, out


def titles_of(desk, env):
    log = run(["review", "log", "--all"], desk, env).stdout
    return [m.group(1) for m in re.finditer(r" submit .* title (\S+)", log)]


def unlock(server, out):
    """A push killed while git wrote there leaves git's lock: the remote's administrator does as the hint says."""
    lock = re.search(r"did not take the push: (\S+\.lock) is in the way", out)
    if lock and os.path.dirname(os.path.join(server, os.path.relpath(lock[1], server))).startswith(server + "/refs"):
        try:
            if time.time() - os.stat(lock[1]).st_mtime > 2:
                os.unlink(lock[1])
        except FileNotFoundError:
            pass
    return lock is not None


def submit(desk, env, title, dice):
    """Until it is in the ledger; what it said when it failed is kept for the last failure."""
    global cut_short
    for _ in range(60):
        status, out = told(["submit", f"drafts/trade/{title}.txt", "--title", title, "--yes"], desk, env, dice)
        cut_short += status is None
        if status == 0 or (status is None and title in titles_of(desk, env)):
            return
        if status is not None and (status != 3 or "moved by somebody else" not in out):
            failures.append(f"submit {title}: {status} {out}")
            return
    failures.append(f"submit {title}: never")


def guarded(work):
    def outer(*args):
        try:
            work(*args)
        except BaseException as e:  # a thread must not die unseen
            failures.append(f"{work.__name__}: {e}")
    return outer


def together(work, many):
    threads = [threading.Thread(target=guarded(work), args=a) for a in many]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


def check(desk, env, titles):
    seen = titles_of(desk, env)
    for title in titles:
        if seen.count(title) != 1:
            failures.append(f"{desk}: {title} is in the ledger {seen.count(title)} times")
    if len(seen) != len(titles):
        failures.append(f"{desk}: {len(seen)} submissions, not {len(titles)}")
    audit = run(["review", "audit"], desk, env, check=False)
    missing = re.search(r"not kept here: (\d+)", audit.stdout)
    if audit.returncode != 0:
        failures.append(f"{desk}: audit {audit.returncode}\n{audit.stdout}{audit.stderr}")
    return int(missing.group(1)) if missing else 0


def writers(root):
    env, desk = environment(root, "desk0"), root + "/desk0"
    mine = {w: [f"w{w}-{i}" for i in range(COUNT // 8)] for w in range(8)}
    titles = [t for ts in mine.values() for t in ts]
    documents(desk, env, titles)

    def write(w):
        dice = random.Random(SEED * 100 + w)
        for title in mine[w]:
            submit(desk, env, title, dice)

    together(write, [(w,) for w in mine])
    missing = check(desk, env, titles)
    if missing > cut_short:  # one killed between its entry and its documents can be without them; nobody else
        failures.append(f"{missing} documents are missing, {cut_short} submissions were killed")
    return titles, [desk]


def clones(root):
    server, names = root + "/server.git", [f"desk{i}" for i in range(4)]
    envs = {n: environment(root, n) for n in names}
    run(["git", "init", "-q", "--bare", server], root, envs["desk0"])
    for n in names:
        if n != "desk0":
            run(["git", "init", "-q", f"{root}/{n}"], root, envs[n])
        run(["git", "remote", "add", "origin", server], f"{root}/{n}", envs[n])
        run(["review", "sync"], f"{root}/{n}", envs[n])
    mine = {n: [f"{n}-{i}" for i in range(COUNT // 4)] for n in names}
    titles = [t for ts in mine.values() for t in ts]

    def work(n):
        dice, desk = random.Random(f"{SEED} {n}"), f"{root}/{n}"
        documents(desk, envs[n], mine[n])
        for title in mine[n]:
            submit(desk, envs[n], title, dice)
            while dice.random() < 0.6:
                status, out = told(["sync", "--yes"], desk, envs[n], dice)
                # forty times others were faster, or a lock was left there: nothing was pushed, and it may be asked again
                if status not in (None, 0) and not (status == 3 and ("went on while this was being pushed" in out or unlock(server, out))):
                    failures.append(f"{n}: sync {status} {out}")

    together(work, [(n,) for n in names])
    for n in names * 2:
        done = run(["review", "sync", "--yes"], f"{root}/{n}", envs[n], check=False)
        if unlock(server, done.stderr):
            done = run(["review", "sync", "--yes"], f"{root}/{n}", envs[n])
        said = done.stderr
        if done.returncode != 0:
            failures.append(f"{n}: last sync {done.returncode} {said}")
        if "is not the document that was submitted" in said:
            failures.append(f"{n}: {said}")
    tips = {run(["git", "rev-parse", "review/ledger"], d, envs["desk0"]).stdout for d in [server] + [f"{root}/{n}" for n in names]}
    if len(tips) != 1:
        failures.append("the machines have different ledgers")
    for n in names:
        missing = check(f"{root}/{n}", envs[n], titles)
        if missing > cut_short:
            failures.append(f"{n}: {missing} documents are missing, {cut_short} submissions were killed")
        left = run(["git", "for-each-ref", "refs/review/incoming"], f"{root}/{n}", envs[n]).stdout
        if left:
            failures.append(f"{n}: left behind: {left}")
    return titles, names


def main():
    root = tempfile.mkdtemp(prefix="review-race.")
    started = time.time()
    agent = None
    try:
        agent = agent_of(root)
        office(root)
        titles, desks = (writers if MODE == "writers" else clones)(root)
        print(f"{MODE}: seed {SEED}, {len(titles)} submissions, {tried} commands, {killed} killed, {len(desks)} repositories, "
              f"{time.time() - started:.0f} s")
    finally:
        if agent is not None:
            agent.terminate()
            agent.wait()
        shutil.rmtree(root, ignore_errors=True)
    for failure in failures[:20]:
        print("FAILED:", failure)
    sys.exit(1 if failures else 0)


main()
