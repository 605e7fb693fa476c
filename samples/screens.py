"""screens.py [--check] PAGE... - type the commands of samples/README.md and put what they print into
the pages' ```console blocks, or, with --check, say where a page shows something else.

Other pages quote: each command they show has to stand in samples/README.md too."""
import datetime
import difflib
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
WEEK = os.path.join(HERE, "README.md")
BLOCK = re.compile(r"```console\n(.*?)```", re.S)
MARK = "\x1e"
OFFICE = datetime.timezone(datetime.timedelta(hours=8))  # the timezone of samples/policy.yaml


def commands(text):
    return [line[2:] for block in BLOCK.findall(text) for line in block.splitlines() if line.startswith("$ ")]


def settle(text, folder):
    """What differs from run to run, made equal: ids, keys, times, days, the year in a case's number."""
    today = datetime.datetime.now(OFFICE).date()
    text = text.replace(folder, "/tmp/week")
    text = re.sub(r"\b([0-9a-f]{8} ){7}[0-9a-f]{8}\b", "…", text)
    text = re.sub(r"SHA256:[A-Za-z0-9+/]{43}", "SHA256:…", text)
    text = re.sub(r"\b[0-9a-f]{64}\b|(?<![0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{12}\b", "…", text)
    text = re.sub(r"(?m)\bentry (\d+) \([0-9a-f]+\)", r"entry \1 (…)", text)
    text = re.sub(r"\b20\d\d-\d\d-\d\dT[0-9:]{8}Z", "…", text)
    text = re.sub(r"\b20\d\d-\d\d-\d\d \d\d:\d\d \+08:00", "…", text)
    text = re.sub(rf"\b{today.year}-(\d{{4}})\b", r"2026-\1", text)
    text = re.sub(r"\bdue 20\d\d-\d\d-\d\d, .*", "due …", text)
    return re.sub(r"\b20\d\d-\d\d-\d\d\b", lambda m: "…" if m[0] >= str(today) else m[0], text)


def typed(week):
    """Each command of the week with what it printed, in one shell."""
    folder = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"review-week-{os.getpid()}")
    todo = commands(week)
    year = str(datetime.datetime.now(OFFICE).year)
    script = ""
    for command in todo:
        real = re.sub(r"\b2026-(\d{4})\b", year + r"-\1", command.replace("/tmp/week", folder))
        script += f"{real}\nstatus=$?; [ $status = 0 ] || echo \"(exit status $status)\"; printf '{MARK}'\n"
    try:
        out = subprocess.run(["sh"], input=f"exec 2>&1\n{script}", stdout=subprocess.PIPE, text=True, check=False,
                             cwd=os.path.dirname(HERE), env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "", "TZ": "UTC"}).stdout
    finally:
        subprocess.run(["chmod", "-R", "u+w", folder], check=False)
        shutil.rmtree(folder, ignore_errors=True)
    parts = settle(out, folder).split(MARK)
    if len(parts) != len(todo) + 1:
        sys.exit(f"{len(todo)} commands gave {len(parts) - 1} answers; the last: {parts[-1]}")
    return list(zip(todo, parts))


def filled(text, answers, path):
    """The week itself has every command in its order; a page that quotes has the last of its name."""
    each = iter(answers) if commands(text) == [command for command, _ in answers] else None
    last = dict(answers)

    def block(match):
        out = ""
        for line in match[1].splitlines():
            if not line.startswith("$ "):
                continue
            if line[2:] not in last:
                sys.exit(f"{path}: the week has no command '{line[2:]}'")
            out += line + "\n" + (next(each)[1] if each else last[line[2:]])
        return f"```console\n{out}```"

    return BLOCK.sub(block, text)


def main():
    check = sys.argv[1] == "--check"
    with open(WEEK, encoding="utf-8") as f:
        answers = typed(f.read())
    if len(answers) < 30:
        sys.exit("hardly any commands were found")
    wrong = False
    for path in sys.argv[2 if check else 1:]:
        with open(path, encoding="utf-8") as f:
            was = f.read()
        now = filled(was, answers, path)
        wrong |= now != was
        if check:
            sys.stdout.writelines(difflib.unified_diff(was.splitlines(True), now.splitlines(True), path, "what it prints"))
        else:
            with open(path, "w", encoding="utf-8") as f:
                f.write(now)
    sys.exit(1 if check and wrong else 0)


main()
