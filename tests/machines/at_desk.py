#!/usr/bin/env python3
"""at_desk.py [--twice] PERSON KEY PAGE FIELD=VALUE... - one form sent at the desk, and signed on the page of confirmation.

A desk of its own is started for it, and ended.  --twice sends the confirmation two times at once.  The status is 0 when it was
signed (by one of the two), 1 when a page refused, 3 when the desk was gone."""
import http.client
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request


def fields(page):
    """The form as a browser sends it when nothing was typed; files are left out."""
    form = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page))
    for name in re.findall(r'<(?:textarea|input|select)(?: type="(?:text|date)")? id="[^"]*" name="([^"]*)"', page):
        form.setdefault(name, "")
    form.update(re.findall(r'<select id="[^"]*" name="([^"]*)">\s*<option value="([^"]*)"', page))
    return form


def main():
    twice, words = sys.argv[1] == "--twice", [w for w in sys.argv[1:] if w != "--twice"]
    person, key, page, given = words[0], words[1], words[2], words[3:]
    desk = subprocess.Popen(["review", "desk", "--person", person, "--key", key], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            text=True, errors="replace")
    said, found = "", None
    for line in desk.stdout:
        said += line
        found = re.match(r"(http://127\.0\.0\.1:\d+/[0-9a-f]{16}/)enter\?token=([0-9a-f]{64})$", line.strip())
        if found:
            break
    if not found:
        print(said)
        return 3 if desk.wait() < 0 else 1
    base = found.group(1)
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(), urllib.request.ProxyHandler({}))

    def ask(name, form=None):
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(base + name, data, {"Origin": base.rsplit("/", 2)[0]} if data else {})
        try:
            with opener.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()

    def step(name, form):
        status, text = ask(name, form)
        if status != 200:
            print(name, status, re.sub(r"<[^>]*>|\s+", " ", text))
            raise SystemExit(1)
        return text

    try:
        step("enter?token=" + found.group(2), None)
        form = fields(step(page, None))
        form.update(g.split("=", 1) for g in given)
        last = fields(step(page.split("?")[0], form))
        answers = [None] * (2 if twice else 1)

        def sign(i):
            try:
                answers[i] = ask("sign", last)
            except (OSError, http.client.HTTPException) as error:
                answers[i] = (0, str(error))

        threads = [threading.Thread(target=sign, args=(i,)) for i in range(len(answers))]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        signed = [a for a in answers if a[0] == 200 and "Signed, and in the ledger." in a[1]]
        if not signed:
            print([(a[0], re.sub(r"<[^>]*>|\s+", " ", a[1])) for a in answers])
        return 0 if len(signed) == 1 else 3 if any(a[0] == 0 for a in answers) else 1
    except (OSError, http.client.HTTPException) as error:
        print("the desk is gone:", error)
        return 3
    finally:
        desk.terminate()
        desk.wait()


sys.exit(main())
