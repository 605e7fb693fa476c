"""office.py - a copy of the office for the desk's tests, and desks to speak to."""
import os, re, shutil, signal, subprocess, tempfile, urllib.error, urllib.parse, urllib.request


class Office:
    """`build` has the programs, `made` is the office the cases start from."""

    def __init__(self, build, made):
        self.work = tempfile.mkdtemp(prefix="review-desk.")
        home = os.path.join(self.work, "home")
        os.mkdir(home)
        shutil.copytree(os.path.join(made, "config"), os.path.join(home, ".config"))
        self.bureau = os.path.join(self.work, "bureau")
        shutil.copytree(os.path.join(made, "bureau"), self.bureau, symlinks=True)
        self.env = {
            "PATH": os.path.join(build, "src") + ":" + os.environ["PATH"], "HOME": home, "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "XDG_CONFIG_HOME": os.path.join(home, ".config"), "XDG_STATE_HOME": os.path.join(home, ".state"),
            "XDG_CACHE_HOME": os.path.join(home, ".cache"), "GIT_CONFIG_NOSYSTEM": "1", "TERM": "dumb",
            "GIT_CONFIG_GLOBAL": os.path.join(home, ".gitconfig"),
            "REVIEW_PASSPHRASE_FILE": os.path.join(home, ".config", "passphrase"),
        }
        with open(self.env["GIT_CONFIG_GLOBAL"], "w") as config:
            config.write("[user]\n\tname = Test\n\temail = test@example.invalid\n")
        self.desks = []

    def run(self, *words):
        return subprocess.run(words, cwd=self.bureau, env=self.env, check=True, capture_output=True, text=True).stdout

    def write(self, path, text):
        path = os.path.join(self.bureau, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def add(self):
        self.run("git", "add", ".")
        self.run("git", "commit", "-q", "-m", "Add documents")

    def entries(self):
        return int(self.run("git", "rev-list", "--count", "review/ledger"))

    def desk(self, person, *more):
        """Start one; returns the process and the address it printed."""
        process = subprocess.Popen(["review", "desk", "--person", person, *more], cwd=self.bureau, env=self.env,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.desks.append(process)
        said = ""
        for line in process.stdout:
            said += line
            found = re.match(r"(http://127\.0\.0\.1:(\d+)(/[0-9a-f]{16}/))enter\?token=([0-9a-f]{64})$", line.strip())
            if found:
                process.stdout.readline()
                return process, found
        raise SystemExit("the desk did not begin: " + said)

    def close(self):
        for process in self.desks:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(20)
        shutil.rmtree(self.work, ignore_errors=True)


class Visitor:
    """Asks one desk for pages and sends forms, without a browser; (status, page) each time."""

    def __init__(self, base):
        self.base = base
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(), urllib.request.ProxyHandler({}))

    def ask(self, page, form=None):
        data = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(self.base + page, data, {"Origin": self.base.rsplit("/", 2)[0]} if form else {})
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()


class Checks:
    """What was got against what was wanted; end() prints what differed, or `good`, and gives the exit status."""

    def __init__(self):
        self.failures = []

    def __call__(self, what, got, want):
        if got != want:
            self.failures.append("%s: %r, not %r" % (what, got, want))

    def end(self, good):
        print("\n".join(self.failures) if self.failures else good)
        return 1 if self.failures else 0
