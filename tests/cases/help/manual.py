"""manual.py - the manual pages and the other texts, held against the program.

    manual.py table PAGE         every command and option of the program stands in review(1), and no other
    manual.py keys PAGE SOURCE...  every key that the sources of a parser know stands in the page
    manual.py options FILE...    in `review COMMAND ... --option` the command exists and has the option
    manual.py examples PAGE DIR  writes the files of a page's examples into DIR, and prints its commands

In a page `.\\" file: NAME` and `.\\" run` stand before an example."""
import os
import re
import subprocess
import sys

bad = []


def ask(*words):
    out = subprocess.run(["review", "completion", "--", *words], check=True, capture_output=True, text=True).stdout
    return [line.split("\t")[0] for line in out.splitlines()]


def table():
    commands = [c for c in ask("") if not c.startswith("-")]
    if len(commands) < 20:
        sys.exit("the program has hardly any commands")
    return {c: set(ask(c, "--")) for c in commands}


def plain(roff):
    """The text of a page, as far as one line at a time can tell."""
    roff = re.sub(r"(?m)^\.\\\".*\n", "", roff)
    roff = re.sub(r"(?m)^\.(BR|RB|IR|RI|BI|IB|B|I) (.*)$", lambda m: (" " if len(m[1]) == 1 else "").join(
        a or b for a, b in re.findall(r'"([^"]*)"|(\S+)', m[2])), roff)
    roff = re.sub(r"\\f[BIRP]", "", roff).replace(r"\-", "-").replace(r"\e", "\\").replace(r"\(aq", "'")
    return re.sub(r"\\\[u([0-9A-F]{4,6})\]", lambda m: chr(int(m[1], 16)), roff)


def outer_blocks(body):
    """[heading, text] for each .TP that lies in no other."""
    blocks, depth, lines = [], 0, body.split("\n")
    for at, line in enumerate(lines):
        depth += (line == ".RS") - (line == ".RE")
        if line == ".TP" and depth == 0:
            blocks.append([lines[at + 1], ""])
        elif blocks:
            blocks[-1][1] += line + "\n"
    return blocks


def check_table(page):
    text = plain(open(page, encoding="utf-8").read())
    known = table()
    body = text[text.index(".SH COMMANDS"):text.index(".SH OPTIONS OF EVERY COMMAND")]
    everywhere = text[text.index(".SH OPTIONS OF EVERY COMMAND"):text.index(".SH SCANNING")]
    blocks = outer_blocks(body)
    every = set.intersection(*known.values())
    for option in sorted(every - {"--help"}):
        if option + " " not in everywhere and option + "\n" not in everywhere:
            bad.append(f"{option} is not under OPTIONS OF EVERY COMMAND")
    said = set()
    for command, options in known.items():
        named = [b for b in blocks if re.search(rf"(^|, ?|\s){re.escape(command)}($|[ ,|\[])", b[0])]
        if not named:
            bad.append(f"{command} has no place under COMMANDS")
        same = [c for c in known if known[c] == options] if len(options - every) > 3 else [command]
        where = "\n".join("\n".join(b) for b in blocks if any(re.search(rf"\b{re.escape(c)}\b", b[0]) for c in same))
        if command == "scan":
            where += text[text.index(".SH SCANNING"):text.index(".SH JSON")]
        for option in sorted(options - every):
            if not re.search(rf"{option}(?![a-z0-9-])", where):
                bad.append(f"{command} {option} is not told")
    for options in known.values():
        said |= options
    for option in sorted(set(re.findall(r"(?<![a-z0-9-])--[a-z][a-z0-9-]*", text)) - said):
        bad.append(f"{option} is told, and no command has it")


def check_keys(page, sources):
    text, seen = plain(open(page, encoding="utf-8").read()), set()
    for source in sources:
        for row in re.findall(r"static const char \*const \w+\[\] = \{([^}]*)NULL\}", open(source, encoding="utf-8").read()):
            seen |= set(re.findall(r'"([^"]+)"', row))
    if len(seen) < 30:
        bad.append("the parser has hardly any keys")
    bad.extend(f"{page}: {key} is not told" for key in sorted(seen) if not re.search(rf"(?<![\w-]){key}(?![\w-])", text))


def check_options(paths):
    known, seen = table(), 0
    for path in paths:
        text = open(path, encoding="utf-8").read()
        if path[-1].isdigit():
            text = plain(text)
        for m in re.finditer(r"(?<![\w/.-])review ([a-z][a-z-]*)((?:[^\n`|#;&]|\\\n)*)", text):
            found = set(re.findall(r"(?<![a-z0-9-])--[a-z][a-z0-9-]*", m[2]))
            if not found:
                continue
            seen += 1
            if m[1] not in known:
                bad.append(f"{path}: there is no command {m[1]}")
            for option in sorted(found - known.get(m[1], set()) if m[1] in known else []):
                bad.append(f"{path}: {m[1]} has no {option}")
    if seen < 20:
        bad.append("hardly any command line was found")


def examples(page, into):
    roff = open(page, encoding="utf-8").read()
    found = re.findall(r"(?m)^\.\\\" (file: (\S+)|run)\n(?:\.RS\n)?\.nf\n((?:.*\n)*?)\.fi", roff)
    for kind, name, body in found:
        body = plain(body)
        if kind == "run":
            print(body, end="")
            continue
        path = os.path.join(into, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            out.write(body)
    if not found or roff.count('.\\" run') + roff.count('.\\" file:') != len(found):
        bad.append(f"{page}: an example is not what this test can read")


if sys.argv[1] == "table":
    check_table(sys.argv[2])
elif sys.argv[1] == "keys":
    check_keys(sys.argv[2], sys.argv[3:])
elif sys.argv[1] == "options":
    check_options(sys.argv[2:])
else:
    examples(sys.argv[2], sys.argv[3])
print(*bad, sep="\n", end="\n" if bad else "", file=sys.stderr)
sys.exit(1 if bad else 0)
