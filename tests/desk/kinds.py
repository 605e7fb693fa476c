"""kinds.py BUILD OFFICE - many findings of one kind are cleared in the browser with one reason, and what is said of a
single one goes before it."""
import atexit, os, re, sys

from office import Checks, Office, Visitor

MANY = 420
office = Office(sys.argv[1], sys.argv[2])
atexit.register(office.close)
check = Checks()
def fields(page):
    """The form as a browser sends it when nothing was typed; files are left out."""
    form = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page))
    form.update((name, "") for name in re.findall(r'<textarea id="[^"]*" name="([^"]*)"', page))
    return form


office.write("drafts/trade/few.md", "Front desk 13812345671, see draft.\n\nWindow 13812345672.\n\nArchive 13812345673.\n")
parts = ["drafts/trade/many/%02d.md" % part for part in range(MANY // 7)]
for part, path in enumerate(parts):
    office.write(path, "".join("Window 138%02d5671%02d.\n\n" % (part, n) for n in range(7)))
office.add()
office.run("review", "submit", "drafts/trade/few.md", "--title", "Few", "--yes")
office.run("review", "submit", *parts, "--title", "Many", "--yes")
few, many = sorted(re.findall(r"\d{4}-\d{4}", office.run("review", "inbox")))[:2]
process, found = office.desk("wang.wei")
ask = Visitor(found.group(1)).ask
check("entered", ask("enter?token=" + found.group(4))[0], 200)

page = ask("decide?id=%s&decision=approve" % few)[1]
form = fields(page)
single = [name for name in form if re.fullmatch(r"clear-[0-9a-f]{64}", name)]
check("fields of single findings", len(single), 3)
check("fields of kinds", [name for name in form if name.startswith("clear-all-")], ["clear-all-pi-mobile"])
check("how many", "All 3 findings of one kind: " in page, True)
status, page = ask("decide", dict(form, **{"clear-all-pi-mobile": "office numbers", single[1]: "the window", "opinion": "no objection"}))
check("is shown", (status, page.count("office numbers"), page.count("the window")), (200, 2, 1))
status, page = ask("sign", fields(page))
check("signed", (status, "Signed, and in the ledger." in page), (200, True))
check("cleared", office.run("review", "show", few).count("office numbers"), 2)

page = ask("decide?id=%s&decision=approve" % many)[1]
form = fields(page)
check("not more fields than a form may have", sum(name.startswith("clear-") for name in form), 401)
check("the others are shown", page.count("<fieldset>"), MANY)
check("and named", page.count("too many to clear one by one"), MANY - 400)
status, page = ask("decide", dict(form, **{"clear-all-pi-mobile": "office numbers", "opinion": "no objection"}))
check("all are shown", (status, page.count("office numbers")), (200, MANY))
check("all are signed", ask("sign", fields(page))[0], 200)
check("the verdict", "Section head" in office.run("review", "show", many), True)
process.terminate()
check("ends when told to", process.wait(20), 0)
sys.exit(check.end("one reason for all of a kind"))
