"""run.py [--only PART] [--big GIGABYTES] [--entries NUMBER] [--benign DIR] [--out FILE] - figures, not verdicts.

Prints Markdown, and writes it to FILE.  Each comparison is made in one run, commands in turn;
figures of a machine are its own, ratios less so.  `review` is taken from PATH.
"""
import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time

import long_ledger
import office
import peers
import prose
from measure import Run, in_turn, ratio, table

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
ROUNDS, OFTEN = 3, 16
PARTS = ('throughput', 'against', 'dictionary', 'scaling', 'memory', 'hooks', 'ledger', 'documents')
GIB = 1 << 30


def size_of(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names)


def scan(name, paths, *options, env=None, before=None, fmt='jsonl'):
    return Run(name, ['review', 'scan', '--format', fmt, *options, *paths], env=env, before=before)


def ms(seconds):
    return f'{seconds * 1e3:.1f}'


def mb(count):
    return f'{count / 1e6:.0f}'


class Bench:
    def __init__(self, work, args):
        self.work, self.args, self.lines = work, args, []
        self.nothing = self.path('nothing.md')
        open(self.nothing, 'w').write('nothing\n')

    def path(self, name):
        return os.path.join(self.work, name)

    def say(self, *lines):
        self.lines += lines
        print('\n'.join(lines), flush=True)

    def made(self, name, language, megabytes, words=None):
        """In a process of its own: what this one keeps in memory counts against what it starts."""
        path = self.path(name)
        if not os.path.exists(path):
            subprocess.run([sys.executable, os.path.join(HERE, 'prose.py'), path, language, str(megabytes)] +
                           ([words] if words else []), check=True)
        return path

    def throughput(self):
        """MB a second of one core, plain text and real documents; starting up is told apart."""
        corpora = [('made prose, Chinese', self.made('zh.txt', 'zh', 32)), ('made prose, English', self.made('en.txt', 'en', 32))]
        corpora += self.benign
        start = scan('start', [self.nothing], '--jobs', '1')
        runs = [scan(name, [path], '--jobs', '1', fmt='text') for name, path in corpora]
        in_turn([start] + runs, ROUNDS)
        rows = [[run.name, mb(size_of(path)), f'{size_of(path) / 1e6 / (run.cpu - start.cpu):.0f}', f'{size_of(path) / 1e6 / run.wall:.0f}']
                for run, (_, path) in zip(runs, corpora)]
        self.say('', '## Throughput, one core, all shipped rules', '',
                 table(['corpus', 'MB', 'MB per CPU second', 'MB per second elapsed'], rows), '',
                 f'Starting, with compiled rules at hand: {ms(start.cpu)} ms of CPU, not counted in the third column.')

    def against(self):
        """The same rules and corpora given to others."""
        tools, absent, count = peers.peers(os.path.join(SOURCE, 'rules'), self.work)
        corpora = [('made prose', self.made('peers.txt', 'mixed', 4))] + self.benign[:1]
        self.say('', '## Against other tools, one core', '',
                 f'The patterns of the {count} rules that have one, as far as each takes them; `review` uses all rules, folds, decodes, '
                 'judges context and checks, and reports all of it.  CPU seconds without those of starting on an empty file; '
                 'each ratio is the median of paired rounds.  '
                 f'`review` is given the corpus {OFTEN} times over, because once is too short to be measured.')
        for name, path in corpora:
            runs = [scan('review', [path] * OFTEN, '--jobs', '1')]
            runs += [Run(tool.name, peers.limited(120) + tool.argv + [path], env=peers.ENV) for tool in tools]
            starts = [scan('review', [self.nothing], '--jobs', '1')]
            starts += [Run(tool.name, tool.argv + [self.nothing], env=peers.ENV) for tool in tools]
            in_turn(starts, ROUNDS)
            in_turn(runs, ROUNDS, warm=False)
            for run, start in zip(runs, starts):
                for cost in run.costs:
                    cost.cpu = (cost.cpu - start.cpu) / (OFTEN if run is runs[0] else 1)
            rows = [[run.name, tool.taken if tool else 'all', ms(start.cpu)] +
                    ([f'{size_of(path) / 1e6 / run.cpu:.1f}', f'{ratio(run, runs[0]):.1f}'] if tool is None or all(c.status in (0, 1) for c in run.costs)
                     else ['stopped', f'status {run.costs[-1].status}'])  # what refuses is fast, and what is ended has no end
                    for run, start, tool in zip(runs, starts, [None] + tools)]
            self.say('', f'{name}, {size_of(path) / 1e6:.1f} MB:', '',
                     table(['tool', 'rules taken', 'start, ms', 'MB per CPU second', 'times review'], rows))
        self.say('', 'Versions: ' + '; '.join(f'{tool.name}: {tool.version}' for tool in tools) + '.')
        if absent:
            self.say(f'Not here, so not measured: {", ".join(absent)}.')

    def dictionary(self):
        """Keyword files that grow, besides the shipped rules."""
        rows, base = [], None
        counts = [100, 1000, 10000, 100000]
        text = None
        for count in counts:
            words, rules = self.path(f'words.{count}'), self.path(f'rules.{count}')
            subprocess.run([sys.executable, os.path.join(HERE, 'prose.py'), words, 'keywords', str(count)], check=True)
            text = text or self.made('dictionary.txt', 'mixed', 32, words)
            shutil.copytree(os.path.join(SOURCE, 'rules'), rules)
            shutil.copy(words, os.path.join(rules, 'words.txt'))
            with open(words, encoding='utf-8') as file:
                first = file.readline().strip()
            with open(os.path.join(rules, 'words.yaml'), 'w', encoding='utf-8') as out:
                out.write(WORDS_PACK.replace('FIRST', first))
            cache = self.path(f'cache.{count}')
            env = dict(os.environ, XDG_CACHE_HOME=cache)
            cold = scan('cold', [self.nothing], '--jobs', '1', '--rules', rules, env=env,
                        before=lambda cache=cache: shutil.rmtree(cache, ignore_errors=True))
            start = scan('start', [self.nothing], '--jobs', '1', '--rules', rules, env=env)
            run = scan('scan', [text], '--jobs', '1', '--rules', rules, env=env)
            others = [Run('rg -F', ['rg', '-F', '-i', '-n', '-o', '-j1', '-f', words, text], env=peers.ENV)] if shutil.which('rg') else []
            in_turn([cold], 1, warm=False)
            in_turn([start, run] + others, ROUNDS)
            for cost in run.costs:
                cost.cpu -= start.cpu
            base = base or run
            rows.append([f'{count:,}', ms(cold.cpu), ms(start.cpu), f'{size_of(text) / 1e6 / run.cpu:.0f}',
                         f'{1 / ratio(run, base):.2f}', f'{size_of(text) / 1e6 / others[0].cpu:.0f}' if others else '-',
                         mb(run.memory)])
        self.say('', '## Dictionary growth, one core', '', f'The shipped rules and a file of keywords, over {mb(size_of(text))} MB of made prose.', '',
                 table(['keywords', 'compiling, ms', 'starting, ms', 'MB per CPU second', 'of that with 100', 'ripgrep -F -i, keywords only', 'memory, MB'],
                       rows))

    def scaling(self):
        """All cores over many files; and GNU parallel."""
        folder = self.path('many')
        os.makedirs(folder)
        subprocess.run(['split', '-n', 'l/64', '--additional-suffix=.md', self.made('many.txt', 'mixed', 60), os.path.join(folder, 'part.')],
                       check=True)
        names = self.path('names')
        with open(names, 'wb') as out:
            out.write(b''.join(os.path.join(folder, name).encode() + b'\0' for name in sorted(os.listdir(folder))))
        cores = os.cpu_count()
        runs = [scan('one thread', [folder], '--jobs', '1'), scan(f'a thread a core ({cores})', [folder])]
        if shutil.which('parallel'):
            runs.append(Run(f'GNU parallel, {cores} at a time', ['sh', '-c', 'parallel --will-cite -0 --pipe -N 16 -j ' + str(cores) +
                            ' "review scan --files0-from - --jobs 1 --format jsonl" <"$1"', 'sh', names], env=os.environ))
        in_turn(runs, ROUNDS)
        rows = [[run.name, ms(run.wall), ms(run.cpu), f'{1 / ratio(run, runs[0], "wall"):.2f}'] for run in runs]
        self.say('', '## All cores', '', f'{mb(size_of(folder))} MB in 64 files.', '', table(['', 'elapsed, ms', 'CPU, ms', 'times as fast'], rows))

    def memory(self):
        small, large = self.made('small.md', 'mixed', 0.01), self.path('large.md')
        runs = [scan('one file of 10 kB', [small], '--jobs', '1')]
        many = self.path('small')
        os.makedirs(many)
        text = open(small, 'rb').read()
        for i in range(5000):
            open(os.path.join(many, f'{i}.md'), 'wb').write(text)
        runs.append(scan('5,000 files of 10 kB', [many]))
        in_turn(runs, 1, warm=False)
        rows = [[run.name, mb(run.memory), '-', ms(run.wall)] for run in runs]
        if shutil.disk_usage(self.work).free < 2 * self.args.big * GIB:
            self.say('', f'No room for a file of {self.args.big} GB: skipped.')
        else:
            part = self.made('part.txt', 'mixed', 32)
            with open(large, 'wb') as out:
                for _ in range(max(1, round(self.args.big * 1e9 / size_of(part)))):
                    shutil.copyfileobj(open(part, 'rb'), out, 1 << 20)
            anonymous, wall = anonymous_memory(['review', 'scan', '--format', 'jsonl', large], self.path('out'))
            rows.append([f'one file of {size_of(large) / 1e9:.1f} GB', '-', mb(anonymous), ms(wall)])
            os.unlink(large)
        self.say('', '## Memory', '', table(['', 'largest resident set, MB', 'of its own, MB', 'elapsed, ms'], rows), '',
                 'A large file is mapped: its pages count as resident as long as nobody else wants the memory.  '
                 'What a program has of its own is the rest.')

    def hooks(self):
        plain = self.path('plain.txt')
        prose.write(plain, 'mixed', 300000, marks=0)
        place = office.Office(self.work, SOURCE)
        place.stage(10, plain)
        rows = [[run.name, ms(run.wall), ms(run.cpu)] for run in place.hooks(7)]
        self.say('', '## Hooks', '', table(['', 'elapsed, ms', 'CPU, ms'], rows), '', 'Cold: no compiled rules at hand.  A push is all of git, both sides.')
        runs = place.ledger(3, 60)
        rows = [[run.name, ms(run.wall), ms(run.cpu)] for run in runs]
        self.say('', '## A ledger of 60 entries and some', '', table(['', 'elapsed, ms', 'CPU, ms'], rows))

    def ledger(self):
        """A long ledger: a full audit beside its bare signature checks, and beside stock git; views that remember."""
        if not shutil.which('ledger_maker'):
            self.say('', 'No ledger_maker on PATH: the long ledger is not measured.')
            return
        self.say('', '## A long ledger', '')
        self.say(*long_ledger.lines(self.path('ledger'), self.args.entries))

    def documents(self):
        """Documents that are more than text, beside other readers of them."""
        env = dict(os.environ, REVIEW_BENCH_DOCUMENTS='50')
        done = subprocess.run(['sh', os.path.join(HERE, 'extract.sh')], env=env, capture_output=True, text=True)
        self.say('', '## Reading documents', '', done.stdout.strip() or 'not measured: ' + done.stderr.strip())

    def run(self):
        self.benign = benign(self.args.benign)
        for part in PARTS:
            if self.args.only in (None, part):
                getattr(self, part)()


WORDS_PACK = """review-rules: 1
pack: words
title: {en: Names of projects, zh: 项目名称}
rules:
  - id: project-name
    title: {en: A project's name, zh: 项目名称}
    ground: internal-affairs
    action: review
    clearance: section-head
    match:
      keywords-file: words.txt
    examples: {match: ['FIRST'], pass: ['opening hours']}
"""


def anonymous_memory(argv, out):
    """The most a command had of its own, in bytes, looked at twenty times a second; and how long it took."""
    most, began = 0, time.perf_counter()
    with open(out, 'wb') as file:
        child = subprocess.Popen(argv, stdout=file)
        while child.poll() is None:
            try:
                for line in open(f'/proc/{child.pid}/status'):
                    if line.startswith('RssAnon:'):
                        most = max(most, int(line.split()[1]) * 1024)
            except OSError:
                pass
            time.sleep(0.05)
    return most, time.perf_counter() - began


def benign(folder):
    """Corpora of real documents: (name, path), the smallest first."""
    if subprocess.run(['sh', os.path.join(HERE, 'benign.sh'), folder]).returncode != 0:
        return []
    text = os.path.join(folder, 'text')
    parts = [('manual pages, Chinese', 'manpages-zh/usr/share/man/zh_CN/man1'), ('HTML, Chinese: a handbook', 'debian-reference-zh-cn'),
             ('HTML, English: help of an office suite', 'libreoffice-help-en-us')]
    return [(name, os.path.join(text, path)) for name, path in parts if os.path.isdir(os.path.join(text, path))]


def machine():
    model = next((line.split(':')[1].strip() for line in open('/proc/cpuinfo') if line.startswith('model name')), platform.processor())
    version = subprocess.run(['review', 'version'], capture_output=True, text=True).stdout.split('\n')[0]
    return (f'{model}, {os.cpu_count()} cores; {platform.system()} {platform.machine()}; '
            f'load when begun {os.getloadavg()[0]:.1f}; {version}; {time.strftime("%Y-%m-%d", time.gmtime())}')


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument('--only', choices=PARTS)
    options.add_argument('--big', type=float, default=2)
    options.add_argument('--entries', type=int, default=20000)
    options.add_argument('--benign', default=os.path.join(SOURCE, 'build', 'benign'))
    options.add_argument('--out')
    args = options.parse_args()
    work = tempfile.mkdtemp(prefix='review-bench.')
    os.environ['BENCH_OUT'] = os.path.join(work, 'out')
    os.environ['XDG_CACHE_HOME'] = os.path.join(work, 'cache')
    bench = Bench(work, args)
    try:
        bench.say('# Figures', '', machine())
        bench.run()
        if args.out:
            with open(args.out, 'w', encoding='utf-8') as out:
                out.write('\n'.join(bench.lines) + '\n')
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == '__main__':
    main()
