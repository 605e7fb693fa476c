"""remembered.py BUILD OFFICE - what the desk shows from what this account verified before, and what it asks the whole
ledger for; and that nothing which happens to either ends it."""
import atexit, glob, os, re, sys

from office import Checks, Office, Visitor

office = Office(sys.argv[1], sys.argv[2])
atexit.register(office.close)
check = Checks()
office.write("drafts/trade/a.md", "Opening hours: 9 to 17.\n")
office.add()
office.run("review", "submit", "drafts/trade/a.md", "--title", "Hours", "--yes")
case = office.run("review", "inbox").replace("*", " ").split()[0]
process, found = office.desk("wang.wei")
ask = Visitor(found.group(1)).ask
shown = ["inbox", "case?id=" + case, "decide?id=%s&decision=return" % case, "releases", "release?id=" + case, "withdraw?id=" + case,
         "answer?id=" + case, "file?id=" + case, "submit?id=" + case]
whole = ["timeline", "statistics", "audit"]

check("entered", ask("enter?token=" + found.group(4))[0], 200)
pages = {page: ask(page) for page in shown}
for page in shown + whole:
    check(page, (pages[page] if page in pages else ask(page))[0], 200)
token = re.search(r'name="token" value="([0-9a-f]{64})"', pages[shown[2]][1]).group(1)
form = {"token": token, "id": case, "decision": "return", "opinion": "no"}
status, page = ask("decide", form)
check("a form is sent", status, 200)
number = re.search(r'name="number" value="(\d+)"', page).group(1)

# an entry that was verified long ago is gone: what is shown was verified, what acts is not allowed
first = office.run("git", "rev-list", "--max-parents=0", "review/ledger").strip()
object_file = os.path.join(office.bureau, ".git/objects", first[:2], first[2:])
os.rename(object_file, object_file + ".gone")
for page in shown:
    check(page + ", as before", ask(page), pages[page])
for page in whole:
    check(page + ", the first entry is gone", "object not found" in ask(page)[1], True)
for page, sent in (("decide", form), ("sign", {"token": token, "number": number})):
    status, said = ask(page, sent)
    check(page + " is sent, the first entry is gone", status >= 400 and "object not found" in said, True)

# and what is remembered is damaged: refused, and the desk goes on
state, = glob.glob(os.path.join(office.env["XDG_CACHE_HOME"], "review/state-*"))
with open(state, "rb") as file:
    good = file.read()


def damage():
    with open(state, "wb") as file:
        file.write(bytes([good[0] ^ 1]) + good[1:]) # the first part is the first byte


for page in shown:
    damage()
    status, said = ask(page)
    check(page + ", nothing to show it from", status >= 400 and "object not found" in said and "review audit" in said, True)
os.rename(object_file + ".gone", object_file)
for page in shown:
    damage()
    check(page + ", made again", ask(page), pages[page])
status, page = ask("decide", form)
check("a form is sent again", status, 200)
number = re.search(r'name="number" value="(\d+)"', page).group(1)
check("and signed", ask("sign", {"token": token, "number": number})[0], 200)
check("what was signed is shown", "Returned" in ask("case?id=" + case)[1] or "return" in ask("case?id=" + case)[1], True)
process.terminate()
check("ends when told to", process.wait(20), 0)
sys.exit(check.end("shown from memory, signed from the whole ledger"))
