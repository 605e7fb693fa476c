#!/usr/bin/env python3
"""po/update.py [--check]: bring po/review.pot and every po/*.po up to the sources.

Messages are found where they are used: arguments of _(), N_(), P_() and of the functions that refuse
(err_set() and its neighbours), the help in option tables, and the summaries in the command table.
--check changes nothing and fails when a translation misses a message, has one that is no longer
there, or is marked fuzzy."""
import errno, os, pathlib, re, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent
KEYWORDS = ['_', 'N_', 'P_:1,2', 'C_:1c,2', 'err_set:3', 'err_hint:2', 'err_errno:2', 'err_context:2', 'yaml_complain:4']
FLAGS = ['_:1:pass-c-format', 'P_:1:pass-c-format', 'P_:2:pass-c-format', 'err_set:3:c-format', 'err_hint:2:c-format',
         'err_errno:2:c-format', 'err_context:2:c-format', 'yaml_complain:4:c-format', 'mem_format:1:c-format',
         'buf_addf:2:c-format']
TEXT = r'"((?:[^"\\]|\\.)*)"'
# Rows of tables whose last text is shown: options, commands with their summary, the words of the ledger.
ROWS = [re.compile(r'\b(?:TEXT|TEXT_OPT|WORD)\(' + TEXT + r'[,)]'),
        re.compile(r'\bVALUE\(' + TEXT + r', VALUE_DATE_OPT\)'),
        re.compile(r'\[ENTRY_\w+\] = \{' + TEXT),
        re.compile(r'\{"[^"]+", OPTION_\w+, [^"]*(?:NULL|' + TEXT + r'), ' + TEXT + r'\}'),
        re.compile(r'\bFIELD\("[^"]+", \w+, ' + TEXT + r', ' + TEXT + r'\)'),
        re.compile(r'^\t\{"[^"]+", ' + TEXT + r', ' + TEXT + r', \w+, run_\w+\}', re.M)]


# Places in documents, and why one was not read in full, are recorded in English and shown in parts
# (language_pieces()): texts in the context "part", with %s for whatever name or number stands there.
READERS = ('reader zip xml office compound binary art word excel slides mail outlook ole pdf rtf archive image formats '
           'cleaner poppler ocr extract').split()
TOLD = re.compile(r'\b(?:flow_open|flow_at|reader_(?:observe|text|bytes|part|inside|binary|picture|undecided|removed|kept)|image_text'
                  r'|document_(?:observe|undecided)|walk_place|mem_format|set_label|set_place)\((?:[^"();]|\([^"()]*\))*?((?:' + TEXT + r'\s*)+)')
REASONS = re.compile(r'\b(?:undecided = mem_\w+\(|not_looked_at\([^"]*|add_task\([^"]*|err_set\(err, ERR_\w+, )' + TEXT)
# The tables of words that places are made of, and what is put together from more than one text.
TABLES = {
    'rtf/destinations.c': r'\b(?:STORY|LINE)\("[^"]*", (?:\w+, )?' + TEXT,
    'office/parts.c': r'\{"[^"]*", ' + TEXT + r', FLOW', 'office/ofd_text.c': r'\{"[^"]*", ' + TEXT + r', FLOW',
    'pdf/canvas.c': r'(?m)^\t' + TEXT + ',$',
    'pdf/annotation.c': r'\{"[^"]*", ' + TEXT + r', FLOW', 'image/field.c': r'\{\d+, ' + TEXT + r'\}',
    'ole/properties.c': r'\[\d+\] = ' + TEXT, 'extract/islands.c': r'\[ISLAND_\w+\] = ' + TEXT,
    'extract/text_flows.c': r'add_made\(doc, index, ' + TEXT,
}
MORE_PARTS = ['comment by %s', 'comment by %s at %s in %s', 'comment by %s in %s', 'annotation %s by %s', 'tracked change by %s', '%s by %s',
              '%s marks of tracked changes', '%s pieces of hidden text', '%s marks of editing sessions', '%s XML comments', '%s (%s parts)', '%s blocks of EXIF',
              '%s comments in the picture',
              '%s matched by a keyword', '%s matched by its pattern', '%s matched by the way the text is hidden', 'once folded it is %s bytes',
              'view line', 'view running', 'view verbatim', 'in body', 'in body %s', 'in header %s', 'in footer %s', 'in filename', 'in metadata %s',
              'in comment %s', 'in hidden %s', 'in message', 'check %s', 'check none', '%s until %s', 'no rule in force says what that means',
              'font', 'read as %s in part', 'read as %s in pieces', 'header %s', 'sheet at byte %s', 'paragraph', 'page', 'line %s']
# Whatever else of two words and more stands in a room that reads documents, and the titles of formats.
PHRASE = re.compile(r'"([A-Za-z][A-Za-z0-9/\'-]*(?:,? [A-Za-z0-9/\'-]+)+)"')
NO_PHRASE = re.compile(r'^This |^version |format 3$|^reported number|^extraneous|^[A-Z]\w+ (?:User|Native|Document|Log|Names|Data\w*)$|^Microsoft|^a row |(?:poll|signalfd) failed')
COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|/\*.*?\*/', re.S) # "xl/*" in a string begins none
FORMATS = re.compile(r'FORMAT_\w+, ' + TEXT + r'|\*title = ' + TEXT)
UNDECIDED = re.compile(r'title: \{en: "?([^"{}]*?)"?, zh: [^}]*\}(?:(?!title:).)*?action: undecided', re.S)
WORDS = re.compile(r'static const char \*const (?:attributes|outcomes)\[\] = \{([^}]*)\}')
# What the system says when it refuses; the C library's own translations are not used.
SYSTEM = [os.strerror(n) for n in (errno.ENOENT, errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EEXIST, errno.EISDIR,
          errno.ENOTDIR, errno.EROFS, errno.EIO, errno.EMFILE, errno.ELOOP, errno.ENAMETOOLONG, errno.EDQUOT,
          errno.ENOTEMPTY, errno.EPIPE, errno.ECONNREFUSED, errno.EXDEV, errno.EFBIG, errno.EINVAL, errno.ENXIO, errno.ENOMEM,
          errno.EBUSY, errno.EAGAIN, errno.EINTR, errno.ETIMEDOUT, errno.ECONNRESET, errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.ENFILE,
          errno.ENOEXEC, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK, errno.ETXTBSY, errno.ESTALE, errno.ENODEV, errno.EBADF, errno.E2BIG)]

# What libyaml and PCRE2 say about a policy or a rule somebody is writing.
FOREIGN = r'''could not find expected ':' | did not find expected ',' or ']' | did not find expected ',' or '}' | did not find expected '-' indicator
did not find expected <document start> | did not find expected alphabetic or numeric character | did not find expected comment or line break
did not find expected hexdecimal number | did not find expected key | did not find expected node content | did not find expected whitespace or line break
block sequence entries are not allowed in this context | mapping keys are not allowed in this context | mapping values are not allowed in this context
found a tab character that violates indentation | found a tab character where an indentation space is expected | found character that cannot start any token
found unexpected ':' | found unexpected document indicator | found unexpected end of stream | found unknown escape character | found undefined tag handle
found undefined alias | found unknown directive name | found invalid Unicode character escape code | control characters are not allowed | input is too long
unable to find trailer dictionary while recovering damaged file | can't find PDF header | can't find startxref | file is damaged
unable to find page tree | invalid password | xref not found | expected trailer dictionary | Attempting to reconstruct cross-reference table
incomplete UTF-8 octet sequence | invalid leading UTF-8 octet | invalid trailing UTF-8 octet | invalid Unicode character | invalid length of a UTF-8 sequence
incomplete UTF-16 character | unexpected low surrogate area | incomplete UTF-16 surrogate pair | found duplicate %YAML directive | found incompatible YAML document
\ at end of pattern | unrecognized character follows \ | numbers out of order in {} quantifier | number too big in {} quantifier | missing terminating ] for character class
range out of order in character class | quantifier does not follow a repeatable item | unrecognized character after (? or (?- | missing closing parenthesis
unmatched closing parenthesis | missing ) after (?# comment | missing closing parenthesis for condition | reference to non-existent subpattern
lookbehind assertion is not fixed length | lookbehind assertion is too long | lookbehind is too complicated | unknown POSIX class name | unknown property after \P or \p
POSIX named classes are supported only within a class | POSIX collating elements are not supported | unrecognized character after (?P
syntax error in subpattern name (missing terminator?) | two named subpatterns have the same name (PCRE2_DUPNAMES not set) | subpattern name expected
subpattern name must start with a non-digit | regular expression is too large | parentheses are too deeply nested'''


CALL = re.compile(r'\b(?:_|N_|P_|err_set|err_hint|err_errno|err_context|yaml_complain)\((?:[^;"]|"(?:[^"\\]|\\.)*")*?\);')


# What commands and options take: "CASE [--html FILE]"; shown with these words in the reader's language.
TAKES = [re.compile(r'^\t\{"[^"]+", ' + TEXT + r', "[^"]*", \w+, run_\w+\}', re.M), re.compile(r'OPTION_\w+, [^"]*' + TEXT + r', "'),
         re.compile(r'\bFIELD\("[^"]+", \w+, ' + TEXT)]


def cut_texts():
    """Texts put together with a macro: xgettext would take a part for the whole."""
    for source in sorted(TOP.glob('src/*/*.c')):
        text = source.read_text(encoding='utf-8')
        for call in CALL.finditer(text):
            bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', call.group(0))
            if re.search(r'""\s*[A-Z]\w{2,}\b|\b[A-Z][A-Z_]{2,}\s*""', bare):
                yield f'{source.relative_to(TOP)}: a text with a macro in it: {" ".join(call.group(0).split())[:100]}'


def pieces(told):
    """The parts of a place or a reason, with %s for every name and number; not those that are nothing else."""
    told = re.sub(r'%-?[0-9]*(?:\.\d+|\.\*)?(?:hh|h|ll|l|z)?[diuxXsc]', '%s', told).replace('%%', '%')
    parts = [re.sub(r'^(?:%s)+(?! )', '', part) for part in re.split(r': |; |, | > ', told)]
    return [p for p in parts if re.search('[a-z]{3}', p) and not re.search(r'%s[%/]|[%/.]%s|^[.!/]', p)]


def parts():
    """All parts of places and reasons there are."""
    found = set(MORE_PARTS)
    for room in READERS:
        for source in sorted(TOP.glob(f'src/{room}/*.c')):
            for match in TOLD.finditer(source.read_text(encoding='utf-8')):
                found.update(pieces(''.join(re.findall(TEXT, match.group(1)))))
    for room in [*READERS, 'text', 'serve', 'wire']:
        for source in TOP.glob(f'src/{room}/*.c'):
            text = COMMENT.sub(lambda m: m.group(1) or '', source.read_text(encoding='utf-8'))
            found.update(piece for phrase in PHRASE.findall(text) if not NO_PHRASE.search(phrase) for piece in pieces(phrase))
    for pair in FORMATS.findall((TOP / 'src/format/format.c').read_text(encoding='utf-8')):
        found.update(piece for title in pair if title for piece in pieces(title))
    for source in [*TOP.glob('src/extract/*.c'), *TOP.glob('src/text/*.c'), *TOP.glob('src/wire/*.c'), *TOP.glob('src/scan/*.c'),
                   TOP / 'src/cli/scan_batch.c', TOP / 'src/cli/gate.c']:
        for match in REASONS.finditer(source.read_text(encoding='utf-8')):
            found.update(pieces(match.group(1)))
    for name, row in TABLES.items():
        rows = {word for word in re.findall(row, (TOP / 'src' / name).read_text(encoding='utf-8')) if word}
        found |= {piece for word in rows for piece in pieces(word)}
        found |= {f'{word} %s' for word in rows} if name.startswith('office') else set()
        found |= {f'%s characters {word}' for word in rows} if name == 'pdf/canvas.c' else set()
    return sorted(found)


def tables(folder):
    """The rows of tables as a C source of their own, in a file xgettext can read."""
    lines = [f'N_("{text}");' for text in SYSTEM + [w.replace('\\', '\\\\') for w in re.split(r'\s*[|\n]\s*', FOREIGN)]] + [f'C_("part", "{text}");' for text in parts()]
    for source in sorted(TOP.glob('src/*/*.c')):
        text = source.read_text(encoding='utf-8')
        for row in ROWS:
            for match in row.finditer(text):
                lines += [f'N_("{match.group(match.lastindex)}");'] if match.group(match.lastindex) else []
        if source.parent.name == 'cli':
            lines += [f'N_("{word}");' for row in TAKES for match in row.finditer(text) for word in re.findall('[A-Z]+', match.group(1))]
        for match in WORDS.finditer(text):
            lines += [f'N_("{word}");' for word in re.findall(TEXT, match.group(1))]
    for pack in sorted(TOP.glob('rules/*.yaml')):
        lines += [f'N_("{title}");' for title in UNDECIDED.findall(pack.read_text(encoding='utf-8'))]
    path = pathlib.Path(folder) / 'tables.c'
    path.write_text('\n'.join(lines) + '\n', encoding='utf-8')
    return path


def extract(into, folder):
    sources = [str(s.relative_to(TOP)) for s in sorted(TOP.glob('src/*/*.c'))]
    command = ['xgettext', '--language=C', '--from-code=UTF-8', '--no-location', '--sort-output', '--no-wrap',
               '--package-name=review', '--msgid-bugs-address=', '--add-comments=translators:', '--keyword',
               *[f'--keyword={k}' for k in KEYWORDS], *[f'--flag={f}' for f in FLAGS], '-o', str(into), *sources, 'src/base/language.h',
               str(tables(folder))]
    subprocess.run(command, cwd=TOP, check=True)
    text = re.sub(r'"POT-Creation-Date: [^"]*"\n', '', into.read_text(encoding='utf-8'))
    into.write_text(text.replace('charset=CHARSET', 'charset=UTF-8'), encoding='utf-8')


def messages(path):
    """msgid, behind its context if it has one -> (msgstr, flags) of a .po file."""
    out = {}
    for block in path.read_text(encoding='utf-8').split('\n\n'):
        lines = [l for l in block.split('\n') if not l.startswith('#~')]
        flags = ' '.join(l for l in lines if l.startswith('#,'))
        fields, name = {}, None
        for line in lines:
            head = re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) "', line)
            if head:
                name = head.group(1)
                fields[name] = ''
            if head or (line.startswith('"') and name):
                fields[name] += re.search(TEXT, line).group(1)
        if 'msgid' in fields:
            out[' | '.join([fields[f] for f in ('msgctxt', 'msgid') if f in fields])] = (fields.get('msgstr', fields.get('msgstr[0]', '')), flags)
    return out


def check(pot, po):
    wanted, have, bad = messages(pot), messages(po), []
    for message in wanted:
        if message and message not in have:
            bad.append(f'missing: {message}')
        elif message and not have[message][0]:
            bad.append(f'not translated: {message}')
        elif message and 'fuzzy' in have[message][1]:
            bad.append(f'fuzzy: {message}')
    bad += [f'no longer used: {message}' for message in have if message not in wanted]
    for line in bad:
        print(f'{po.name}: {line}')
    return not bad


def main():
    good = True
    with tempfile.TemporaryDirectory() as folder:
        fresh = pathlib.Path(folder) / 'review.pot'
        extract(fresh, folder)
        for line in cut_texts():
            print(line)
            good = False
        translations = sorted(HERE.glob('*.po'))
        if '--check' in sys.argv:
            print(f'{len(messages(fresh)) - 1} messages')
            return 0 if good and all([check(fresh, po) for po in translations]) and len(messages(fresh)) > 500 else 1
        for po in translations:
            subprocess.run(['msgmerge', '--quiet', '--update', '--backup=none', '--no-fuzzy-matching', '--sort-output',
                            '--no-wrap', str(po), str(fresh)], check=True)
            subprocess.run(['msgattrib', '--no-obsolete', '--no-wrap', '--sort-output', '-o', str(po), str(po)], check=True)
            good = check(fresh, po) and good
    return 0 if good else 1


sys.exit(main())
