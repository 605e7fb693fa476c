# The end of a page is the end of a line to a rule: a pattern within one line stops there, in the midst of a page and at
# its end alike; one that may reach over the end of a line, and one of the running view, goes on.
mkdir rules && cat >rules/office.yaml <<'Y'
review-rules: 1
pack: office
title: {en: Words of the office, zh: 本单位词语}
rules:
  - {id: in-line, title: {en: In a line, zh: 行内}, ground: state-secret, action: block, match: {pattern: '^第\d+号卷宗$'},
     examples: {match: ['第12号卷宗'], pass: ["第12号\n卷宗"]}}
  - {id: over-lines, title: {en: Over lines, zh: 跨行}, ground: state-secret, action: block, match: {pattern: '^第\d+号\s卷宗$'},
     examples: {match: ["第12号\n卷宗"], pass: ['第12号卷宗']}}
  - {id: running, title: {en: Running, zh: 连读}, ground: state-secret, action: block, view: running, match: {pattern: '第\d+号卷宗'},
     examples: {match: ['第12号卷宗', "第12号\n卷宗"], pass: ['卷宗']}}
Y
cat >make.py <<'P'
import sys
sys.path.insert(0, sys.argv[1])
import made_ofd

for name, pages in (("one.ofd", ("第12号卷宗",)), ("two-lines.ofd", ("第12号\n卷宗",)), ("two-pages.ofd", ("第12号", "卷宗"))):
    with open(name, "wb") as f:
        f.write(made_ofd.ofd([made_ofd.page("".join(map(made_ofd.text, page.split("\n")))) for page in pages]))
P
python3 -B make.py "$SOURCE/tests/documents"
review scan --rules rules --format json ./*.ofd | jq -r '.files[] | .path, (.findings[] | "  " + .rule + ": " + .place)'
