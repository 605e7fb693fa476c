"""measure.py - commands run in turn, and what each run cost.

Processor time is what counts: a machine is never alone, and a core's second is the same whoever waits
for it.  What is compared is run in turn, and each ratio is the median of the ratios of its rounds.
"""
import os
import statistics
import subprocess
import time
from dataclasses import dataclass, field


@dataclass
class Cost:
    cpu: float      # seconds, user and system, of the command and its children
    wall: float     # seconds
    memory: int     # bytes, the largest resident set; never below that of this program
    status: int


@dataclass
class Run:
    """A command with all its rounds."""
    name: str
    argv: list
    cwd: str = None
    env: dict = None
    before: object = None   # called before each round
    costs: list = field(default_factory=list)

    def once(self):
        if self.before:
            self.before()
        # a file, not /dev/null: some tools stop at the first match when nobody reads on
        with open(os.environ['BENCH_OUT'], 'w+b') as out:
            began = time.perf_counter()
            child = subprocess.Popen(self.argv, cwd=self.cwd, env=self.env, stdin=subprocess.DEVNULL,
                                     stdout=out, stderr=subprocess.STDOUT)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            wall = time.perf_counter() - began
            out.seek(max(0, out.seek(0, os.SEEK_END) - 4096))
            said = out.read()
        if b'review: error: ' in said:   # a command that refuses to run is fast, and measures nothing
            raise SystemExit(f'bench: {" ".join(self.argv)}: {said.decode(errors="replace")}')
        self.costs.append(Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024, child.returncode))
        return self

    def median(self, what):
        return statistics.median(getattr(cost, what) for cost in self.costs)

    @property
    def cpu(self):
        return self.median('cpu')

    @property
    def wall(self):
        return self.median('wall')

    @property
    def memory(self):
        return max(cost.memory for cost in self.costs)


def in_turn(runs, rounds=3, warm=True):
    """Each run once in each round; a first round, which fills caches, is not counted."""
    for run in runs if warm else []:
        run.once()
        run.costs.clear()
    for _ in range(rounds):
        for run in runs:
            run.once()
    return runs


def ratio(run, base, what='cpu'):
    """How many times as much `run` takes as `base`: the median over rounds."""
    return statistics.median(getattr(a, what) / max(getattr(b, what), 1e-6) for a, b in zip(run.costs, base.costs))


def table(head, rows):
    """Lines of a Markdown table; the first column is text, the others are figures."""
    lines = ['| ' + ' | '.join(head) + ' |', '|' + '---|' + '---:|' * (len(head) - 1)]
    lines += ['| ' + ' | '.join(str(cell) for cell in row) + ' |' for row in rows]
    return '\n'.join(lines)
