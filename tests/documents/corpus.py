#!/usr/bin/env python3
"""corpus.py REVIEW DIR [FORMAT...] - documents with a word in each hiding place, and what `review text` sees.

Makes the documents of every module made_<format>.py into DIR, has them read, once as they are and once inside
a ZIP, and holds what was told against what must be told.  Prints what is missing, and counts for each format.
"""
import glob
import importlib
import io
import json
import os
import subprocess
import sys
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
from made import Besides, Refused, Seen, Without  # noqa: E402


def pieces(flow):
    """The flow cut at its places: (place, text)."""
    spans = flow["places"]
    text = flow["text"].encode()
    starts = [s["start"] for s in spans] + [len(text)]
    yield flow["place"], text[:starts[0]].decode()
    for span, start, end in zip(spans, starts, starts[1:]):
        yield span["place"], text[start:end].decode()


def stands(want, told, within):
    for flow in told["flows"]:
        if want.kind not in ("", flow["kind"]) or want.text not in flow["text"]:
            continue
        for place, text in pieces(flow):
            # a word in pieces may cross places: where it begins decides
            first = want.text[:1] if want.text not in text else want.text
            if first in text and want.place in place and within in place + flow["place"]:
                return True
    return False


def missing(document, told, within=""):
    refusals = [e for e in document.expect if isinstance(e, Refused)]
    undecided = told["undecided"] or ""
    for want in document.expect:
        if isinstance(want, Seen):
            if not stands(want, told, within):
                yield f"not seen: {want.text} at {want.place or 'any place'} {want.kind}"
        elif isinstance(want, Besides):
            if not any(o["what"] == want.what and want.place in o["place"] for o in told["besides"]):
                yield f"not observed: {want.what} {want.place}"
        elif isinstance(want, Without):
            if any(o["what"] == want.what and want.place in o["place"] for o in told["besides"]):
                yield f"observed: {want.what} {want.place}"
        elif want.why not in undecided:
            yield f"not refused with '{want.why}' but '{undecided}'"
    if not refusals and undecided:
        yield f"undecided: {undecided}"


def read(review, paths):
    run = subprocess.run([review, "text", "--format", "json", *paths], capture_output=True, check=False)
    told = [json.loads(line) for line in run.stdout.splitlines()]
    if len(told) != len(paths) or run.returncode not in (0, 3):
        sys.exit(f"review text: status {run.returncode}, {len(told)} of {len(paths)} answers\n{run.stderr.decode()}")
    return told


def nested(document, path):
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w", zipfile.ZIP_DEFLATED) as z:
        info = zipfile.ZipInfo(document.name, (1980, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        z.writestr(info, document.data)
    with open(path, "wb") as f:
        f.write(inside.getvalue())


def try_format(review, where, name):
    documents = list(importlib.import_module(f"made_{name}").documents())
    folder = os.path.join(where, name)
    os.makedirs(folder, exist_ok=True)
    plain, boxed = [], []
    for number, document in enumerate(documents):
        home = os.path.join(folder, str(number))
        os.makedirs(home, exist_ok=True)
        plain.append(os.path.join(home, document.name))
        boxed.append(os.path.join(home, "box.zip"))
        with open(plain[-1], "wb") as f:
            f.write(document.data)
        nested(document, boxed[-1])
    wanted = failed = 0
    for way, paths in (("alone", plain), ("in a ZIP", boxed)):
        for document, told in zip(documents, read(review, paths)):
            lacks = list(missing(document, told, "" if way == "alone" else document.name))
            wanted += len(document.expect)
            failed += len(lacks)
            for lack in lacks:
                print(f"{name}: {document.name}, {way}: {lack}")
    print(f"{name}: {len(documents)} documents, {wanted} expectations, {failed} missed")
    return failed, wanted


def main():
    review, where = sys.argv[1:3]
    names = sys.argv[3:] or sorted(os.path.basename(p)[5:-3] for p in glob.glob(os.path.join(HERE, "made_*.py")))
    results = [try_format(review, where, name) for name in names]
    sys.exit(1 if not results or any(f for f, _ in results) or not all(w for _, w in results) else 0)


main()
