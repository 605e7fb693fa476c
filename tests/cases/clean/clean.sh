# A copy without what is hidden; what was taken out is said, the original stays as it was.
python3 "$SOURCE/tests/documents/hidden.py" .
sha256sum notice.* picture.* >before
for f in notice.docx notice.odt picture.png picture.jpg; do
	echo "\$ review clean $f"
	review clean $f
	echo "(exit status $?)"
done
sha256sum --quiet -c before && echo 'the originals are what they were'

# Nothing that is there is written over; nothing that cannot be cleaned is written at all.
review clean notice.docx; echo "(exit status $?)"
echo text >plain.txt; review clean plain.txt; echo "(exit status $?)"
head -c 400 notice.docx >cut.docx; review clean cut.docx; echo "(exit status $?)"; ls cut.*
review clean; echo "(exit status $?)"
cp notice.docx "the notice$(printf '\033[A').docx"
review clean the*.docx; echo "(exit status $?)"
review clean the*.docx 2>&1 | grep hint

# Visible text is what it was, changes accepted; other programs read the copy too.
python3 - <<'P'
import re, sys, zipfile
for name in ("notice.clean.docx", "notice.clean.odt"):
    z = zipfile.ZipFile(name)
    print(name, "bad entry:", z.testzip(), "entries:", " ".join(z.namelist()))
    part = "word/document.xml" if name.endswith("docx") else "content.xml"
    print(re.sub("<[^>]*>", "", z.read(part).decode()).split("\n", 1)[-1])
P
