"""peers.py - the same rules for other tools, as far as each can take them.

No other tool folds text, decodes, or has `near`, `unless` and checks: they are given the patterns
alone.  A tool without look-around is given a pattern without the look-arounds at its two ends, which
finds more and is no harder; what it still refuses is left out, and counted.
"""
import glob
import os
import re
import shutil
import subprocess
from dataclasses import dataclass

ENV = dict(os.environ, LC_ALL='C.UTF-8')


def rules_of(folder):
    """(id, pattern) of every rule with a pattern or keywords, from our own packs."""
    found = []
    for path in sorted(glob.glob(os.path.join(folder, '*.yaml'))):
        rule = None
        for line in open(path, encoding='utf-8'):
            if match := re.match(r'  - id: (\S+)', line):
                rule = match[1]
            elif match := re.match(r"      pattern: '(.*)'$", line):
                found.append((rule, match[1].replace("''", "'")))
            elif match := re.match(r'      keywords: \[(.*)\]$', line):
                words = re.findall(r"'((?:[^']|'')*)'", match[1])
                found.append((rule, '(?i:' + '|'.join(re.escape(word).replace(r'\ ', ' ') for word in words) + ')'))
    return found


def class_end(pattern, at):
    """Behind the class that opens at `at`."""
    at += 2 if pattern[at + 1] == '^' else 1
    at += 1 if pattern[at] == ']' else 0
    while pattern[at] != ']':
        at += 2 if pattern[at] == '\\' else 1
    return at + 1


def pieces(pattern):
    """Top-level pieces: groups, classes, escapes, single characters."""
    at = 0
    while at < len(pattern):
        begin = at
        if pattern[at] == '[':
            at = class_end(pattern, at)
        elif pattern[at] == '(':
            depth = 0
            while True:
                c = pattern[at]
                at = class_end(pattern, at) if c == '[' else at + (2 if c == '\\' else 1)
                depth += (c == '(') - (c == ')')
                if depth == 0:
                    break
        else:
            at += 2 if pattern[at] == '\\' else 1
        yield pattern[begin:at]


def without_ends(pattern):
    """Without the look-arounds at the beginning and at the end of each alternative."""
    alternatives = [[]]
    for piece in pieces(pattern):
        if piece == '|':
            alternatives.append([])
        else:
            alternatives[-1].append(piece)
    for parts in alternatives:
        while parts and re.match(r'\(\?<?[!=]', parts[0]):
            parts.pop(0)
        while parts and re.match(r'\(\?<?[!=]', parts[-1]):
            parts.pop()
    return '|'.join(''.join(parts) for parts in alternatives)


def has_wide_class(pattern):
    """A class with characters beyond ASCII: to a tool of bytes it means something else."""
    return any(not piece.isascii() for piece in re.findall(r'\[(?:\\.|[^\]\\])*\]', pattern))


@dataclass
class Peer:
    name: str
    argv: list          # what runs it over a corpus, whose path comes last
    taken: int = 0
    version: str = ''


def yara_regex(pattern):
    if has_wide_class(pattern) or not without_ends(pattern).strip():
        return None
    return without_ends(pattern).replace('(?:', '(').replace('/', '\\/')


def yara_rules(rules):
    """Each rule as a rule of yara."""
    for name, pattern in rules:
        if (regex := yara_regex(pattern)) is not None:
            yield f'rule {name.replace("-", "_")} {{ strings: $a = /{regex}/ condition: $a }}\n'


def gitleaks_rules(rules):
    for name, pattern in rules:
        yield f"[[rules]]\nid = \"{name}\"\ndescription = \"{name}\"\nregex = '''{without_ends(pattern)}'''\n"


def limited(seconds):
    """What takes longer, or more than two gigabytes, is ended."""
    return ['prlimit', f'--cpu={seconds}', f'--as={2 << 30}', '--']


def taken(items, joined, argv, work):
    """Those a tool accepts: all, or of those it accepts alone as many as it takes together."""
    empty, path = os.path.join(work, 'nothing'), os.path.join(work, 'some')
    open(empty, 'w').write('nothing\n')

    def accepts(some):
        open(path, 'w', encoding='utf-8').write(joined(some))
        run = subprocess.run(limited(2) + argv(path) + [empty], env=ENV, capture_output=True)
        return run.returncode in (0, 1) and b'rror' not in run.stderr
    if not accepts(items):
        items = [item for item in items if accepts([item])]
    while items and not accepts(items):  # together they may be too large
        items = items[:-1]
    return items


# ugrep's own engine is not here: of these patterns it makes automata for minutes.
# name, program, how its rules are made, options, and how a file of rules is given
TOOLS = [
    ('ripgrep -P', 'rg', lambda rules: [p for _, p in rules], ['-P', '-n', '-o', '-j1', '--no-heading', '-uu'], '-f'),
    ('grep -P', 'grep', lambda rules: [p for _, p in rules], ['-P', '-n', '-o', '-r'], '-f'),
    ('ugrep -P', 'ugrep', lambda rules: [p for _, p in rules], ['-P', '-n', '-o', '-J1', '-r'], '-f'),
    ('ripgrep', 'rg', lambda rules: [without_ends(p) for _, p in rules], ['-n', '-o', '-j1', '--no-heading', '-uu'], '-f'),
    ('yara', 'yara', lambda rules: list(yara_rules(rules)), ['-w', '-s', '-r', '-p', '1'], None),
    ('gitleaks', 'gitleaks', lambda rules: list(gitleaks_rules(rules)), ['detect', '--no-git', '--no-banner', '-v'], '-c'),
]


def peers(packs, work):
    """Every tool that is here, with the rules it takes; and the names of those that are not."""
    rules = [(name, pattern) for name, pattern in rules_of(packs) if not re.search(r'\\[1-9]', pattern)]
    here, absent = [], []
    for name, program, made, options, flag in TOOLS:
        if not shutil.which(program):
            absent.append(name)
            continue
        source = ['--source'] if program == 'gitleaks' else []

        def joined(items, alone=name == 'grep -P'):  # one pattern is all that grep -P takes
            return ('|'.join(f'(?:{item})' for item in items) if alone else '\n'.join(items)) + '\n'

        def argv(path, program=program, options=options, flag=flag, source=source):
            return [program] + options + ([flag] if flag else []) + [path] + source

        items, path = taken(made(rules), joined, argv, work), os.path.join(work, name.replace(' ', ''))
        open(path, 'w', encoding='utf-8').write(joined(items))
        version = subprocess.run([program, 'version' if program == 'gitleaks' else '--version'], capture_output=True, text=True)
        here.append(Peer(name, argv(path), len(items), version.stdout.split('\n')[0]))
    return here, absent, len(rules_of(packs))
