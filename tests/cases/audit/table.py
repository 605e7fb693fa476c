# table.py FILE - a CSV as a spreadsheet reads it: some columns of the rows that people wrote.
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8-sig", newline="")))
for row in rows:
    assert None not in row and None not in row.values(), row
    assert not any(cell[:1] in "=+-@" for cell in row.values() if cell), row
    if row["record"] in ("clearance", "file", "deadline") or row["type"] in ("submit", "withdraw"):
        print(" | ".join(row[k] for k in ("record", "seq", "type", "person", "place", "text")))
