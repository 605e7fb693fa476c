"""walk.py BUILD OFFICE - a whole case in a real browser, from submit to release and down again, by clicking;
then the same pages in Chinese.  Screenshots are kept in BUILD/tests/desk."""
import atexit, os, re, sys

from browser import TAB, Browser, needed
from office import Office

needed()
build, made = sys.argv[1:3]
pictures = os.path.join(build, "tests", "desk")
os.makedirs(pictures, exist_ok=True)
office = Office(build, made)
atexit.register(office.close)
shown = 0


def want(what, is_so):
    if not is_so:
        browser.photograph(os.path.join(pictures, "failed.png"))
        raise AssertionError(what + "\n" + browser.url() + "\n" + browser.text("body"))


def keep(name):
    global shown
    shown += 1
    browser.photograph(os.path.join(pictures, "%02d-%s.png" % (shown, name)))


# every field has a label, one heading begins the page, no id is twice, nothing is scripted or from elsewhere
FAULTS = """
const faults = [], ids = new Set();
for (const field of document.querySelectorAll('input:not([type=hidden]), textarea, select'))
  if (!field.labels.length || !field.labels[0].textContent.trim()) faults.push('no label: ' + field.name);
if (document.querySelectorAll('h1').length !== 1) faults.push('headings of the first level');
if (document.querySelectorAll('main').length !== 1 || !document.querySelector('nav[aria-label]')) faults.push('landmarks');
if (!document.documentElement.lang) faults.push('no language');
let level = 1;
for (const h of document.querySelectorAll('h1, h2, h3, h4')) {
  const next = Number(h.tagName[1]);
  if (next > level + 1) faults.push('heading skipped: ' + h.textContent);
  level = next;
}
for (const th of document.querySelectorAll('th')) if (!th.scope) faults.push('th without scope: ' + th.textContent);
for (const e of document.querySelectorAll('[id]')) { if (ids.has(e.id)) faults.push('twice: ' + e.id); ids.add(e.id); }
if (document.querySelectorAll('script, img, iframe, object').length) faults.push('more than text');
for (const e of document.querySelectorAll('[href], [src], [action]'))
  if (new URL(e.href || e.src || e.action).origin !== location.origin) faults.push('elsewhere: ' + e.outerHTML);
if (getComputedStyle(document.querySelector('nav ul')).listStyleType !== 'none') faults.push('no style');
return faults;
"""


def look(name, picture=True):
    faults = browser.run(FAULTS)
    want("%s: %s" % (name, faults), faults == [])
    if picture:
        keep(name)


def enter(person):
    browser.go(office.desk(person)[1].group(0))
    want(person + " enters", browser.title() == "Inbox - review")


def sign(picture=False):
    browser.submit("main form button")
    want("a page of confirmation", "Exactly this will be signed" in browser.text())
    before = office.entries()
    look("confirm", picture)
    shown_text = browser.text("#signed")
    browser.submit("main form button")
    want("it was signed", "Signed, and in the ledger." in browser.text())
    want("entries", office.entries() > before)
    return shown_text


def approve(person, opinion, *clears):
    enter(person)
    look("inbox", clears != ())
    browser.link(case)
    look("case", clears != ())
    browser.link("Approve, and clear findings")
    for reason in clears:
        browser.type("fieldset textarea", reason)
    browser.type("#opinion", opinion)
    look("decide", clears != ())
    text = sign(clears != ())
    want("the opinion is shown before it is signed: " + text, opinion in text and person in text)


office.write("drafts/trade/hours.md", "Opening hours of the service window: 9 to 17.\nCall 13812345678 <b>now</b>.\n")
office.add()
browser = Browser(office.work, "en")
try:
    enter("zhao.lei")
    browser.run("document.activeElement.blur()")
    browser.press([TAB])
    want("the keyboard begins at the way to the content", browser.run("return document.activeElement.className") == "skip")
    browser.link("Submit")
    want("files to tick", "drafts/trade/hours.md" in browser.text())
    browser.click("#file-0")
    browser.type("#title", "Opening hours")
    browser.type("#author", "Zhao Lei")
    browser.set_date("#formed", "2026-11-20")
    look("submit")
    sign()
    case = re.search(r"id=([0-9-]+)", browser.url()).group(1)
    registrar = browser.url().split("case?")[0]
    text = browser.text()
    want("masked: " + text, "13812345678" not in text and "<b>now</b>" in text)
    browser.link("Show what the rules stop, on this screen")
    want("shown when asked for", "13812345678" in browser.text("#documents ~ pre"))

    approve("wang.wei", "no objection", "the number of the service window")
    approve("li.na", "no objection")
    approve("zhang.min", "may be published")

    browser.go(registrar + "case?id=" + case)
    want("clear", "Clear: it may be released." in browser.text())
    browser.link("Release")
    look("release")
    sign()
    with open(os.path.join(office.bureau, "public/trade/hours.md")) as file:
        want("the bytes are public", "13812345678 <b>now</b>" in file.read())
    for place in ("Releases", "Timeline", "Statistics", "Audit"):
        browser.link(place)
        look(place.lower())
    want("the audit is good", "Good: every signature" in browser.text())
    made = browser.text("main time")
    browser.link("Timeline")
    browser.link("Audit")
    want("the same ledger is not audited twice", browser.text("main time") == made)
    browser.go(registrar + "case?id=" + case)
    browser.link("Record the filing number")
    browser.type("#register", "2026-31")
    sign()
    want("filed", "2026-31" in browser.text("#form ~ table"))
    browser.go(registrar + "withdraw?id=" + case)
    browser.type("#reason", "replaced by new hours")
    look("withdraw")
    sign()
    want("taken down", not os.path.exists(os.path.join(office.bureau, "public/trade/hours.md")))

    # what does not go is said on a page, and nothing is signed
    before = office.entries()
    browser.go(registrar + "decide?id=" + case + "&decision=return")
    want("no stage of hers", "holds no stage" in browser.text())
    look("refused")
    want("nothing was signed", office.entries() == before)
    complaints = [c for c in browser.complaints() if "409" not in c]
    want("the browser complains: %s" % complaints, complaints == [])
finally:
    browser.close()

try:
    browser = Browser(office.work, "zh-CN")
    browser.go(office.desk("wang.wei")[1].group(0))
    want("the inbox in Chinese", browser.text("h1") == "待办" and browser.run("return document.documentElement.lang") == "zh-CN")
    look("inbox-zh")
    browser.link(case)
    for words in ("基本情况", "文件正文", "各环节审查意见", "信息员初审", "科室负责人审核", "分管局领导审批", "同意公开", "外贸科", "主动公开", "拟稿人"):
        want(words, words in browser.text())
    look("case-zh")
    for place in ("发布", "台账", "统计", "审计", "送审"):
        browser.link(place)
        look(place)
finally:
    browser.close()
print("%d pages seen, kept in %s" % (shown, pictures))
