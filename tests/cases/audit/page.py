# page.py FILE - the text of a page, a line for each heading and each row; markup must nest.
import html.parser, sys
VOID = {"meta", "br"}
class Page(html.parser.HTMLParser):
    stack, line = [], []
    def end(self):
        text = " ".join(" | ".join(self.line).split())
        if text: print(text)
        self.line.clear()
    def handle_starttag(self, tag, attrs):
        if tag in ("tr", "h1", "h2", "p", "li"): self.end()
        if tag in ("td", "th"): self.line.append("")
        if tag not in VOID: self.stack.append(tag)
    def handle_endtag(self, tag):
        assert self.stack.pop() == tag, tag
    def handle_data(self, data):
        if self.stack and self.stack[-1] not in ("style", "title"):
            if not self.line: self.line.append("")
            self.line[-1] += data.replace("\n", " ")
page = Page()
page.feed(open(sys.argv[1], encoding="utf-8").read())
page.end()
assert not page.stack
