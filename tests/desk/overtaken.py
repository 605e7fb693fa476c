"""overtaken.py BUILD OFFICE - a page of confirmation that the ledger has overtaken: what it showed is signed, or nothing."""
import atexit, os, re, sys

from office import Checks, Office, Visitor

office = Office(sys.argv[1], sys.argv[2])
atexit.register(office.close)
check = Checks()
public = os.path.join(office.bureau, "public/trade/a.md")


def approve():
    for person in ("wang.wei", "li.na", "zhang.min"):
        office.run("review", "approve", case, "--person", person, "--opinion", "no objection", "--yes")


def another_round(text):
    office.write("drafts/trade/a.md", text)
    office.add()
    office.run("review", "submit", "drafts/trade/a.md", "--case", case, "--title", "Hours", "--yes")
    approve()


def shown(page, **fields):
    """The page of confirmation, as the form that its button sends."""
    status, text = ask(page, {"token": token, "id": case, **fields})
    check(page + " is shown", status, 200)
    return {"token": token, "number": re.search(r'name="number" value="(\d+)"', text).group(1)}


def refused(what, form):
    before = office.entries()
    status, text = ask("sign", form)
    check(what, (status, "no longer to be signed" in text), (409, True))
    check(what + ", entries", office.entries(), before)


office.write("drafts/trade/a.md", "Opening hours: 9 to 17.\n")
office.add()
office.run("review", "submit", "drafts/trade/a.md", "--title", "Hours", "--yes")
case = office.run("review", "inbox").replace("*", " ").split()[0]
approve()
process, found = office.desk("zhao.lei")
ask = Visitor(found.group(1)).ask
check("entered", ask("enter?token=" + found.group(4))[0], 200)
token = re.search(r'name="token" value="([0-9a-f]{64})"', ask("release?id=" + case)[1]).group(1)

form = shown("release")
another_round("Opening hours: 10 to 16.\n")
refused("a release of other bytes than were shown", form)
check("nothing is public", os.path.exists(public), False)
check("what is shown now is released", ask("sign", shown("release"))[0], 200)
with open(public, encoding="utf-8") as file:
    check("these bytes", file.read(), "Opening hours: 10 to 16.\n")

form = shown("withdraw", reason="an error")
another_round("Opening hours: 10 to 17.\n")
office.run("review", "release", case, "--yes")
refused("a withdrawal of another release than was shown", form)
check("it stays public", os.path.exists(public), True)
check("what is shown now is taken down", ask("sign", shown("withdraw", reason="an error"))[0], 200)
check("it is gone", os.path.exists(public), False)
process.terminate()
check("ends when told to", process.wait(20), 0)
sys.exit(check.end("what was shown was signed, and nothing else"))
