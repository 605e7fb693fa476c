"""outcomes.py DIR... - how reading ends for real documents, a line of a Markdown table for each DIR.

Each file is read by a `review text` of its own, so that one that ends badly is seen as such: whole; undecided,
for a reason in the document; its reader broken, out of time or out of memory; or, worst, `review` itself ended
in a way it does not promise.  Reasons follow the table, most frequent first; what became of each file goes to
standard error, a line each.  Two are read at a time.  `review` is taken from PATH.
Ends with 1 when a reader broke or `review` did.
"""
import collections
import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

OURS = 300 # seconds, beyond any limit of the program's own
BAD = ['its reader', 'it took longer', 'it needs more memory', 'it took too long']


def outcome(path):
    start = time.monotonic()
    try:
        ran = subprocess.run(['review', 'text', '--format', 'json', path], capture_output=True, timeout=OURS)
    except subprocess.TimeoutExpired:
        return 'review', 'did not end', OURS
    took = time.monotonic() - start
    try:
        told = json.loads(ran.stdout)
    except ValueError:
        return 'review', 'ended with %d: %s' % (ran.returncode, ran.stderr.decode(errors='replace').strip()[:200]), took
    if ran.returncode != (3 if told['undecided'] else 0):
        return 'review', 'ended with %d' % ran.returncode, took
    if told['undecided'] is None:
        return 'whole', '', took
    bad = [word for word in BAD if word in told['undecided']]
    return ('broken' if bad else 'undecided'), told['undecided'], took


def files_of(folder):
    for where, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            yield os.path.join(where, name)


def general(reason):
    """Without what differs from document to document."""
    return re.sub(r'\d+', 'N', reason.split(': ')[-1])[:90]


def main():
    reasons, bad, read = collections.Counter(), [], ThreadPoolExecutor(2)
    print('| documents | files | read whole | undecided | reader broke or was stopped | longest | in all |')
    print('|---|---|---|---|---|---|---|', flush=True)
    for folder in sys.argv[1:]:
        count, times, paths = collections.Counter(), [], list(files_of(folder))
        for path, (how, why, took) in zip(paths, read.map(outcome, paths)):
            print('%s\t%.1f\t%s\t%s' % (how, took, path, why), file=sys.stderr, flush=True)
            count[how] += 1
            times.append(took)
            reasons[general(why)] += how == 'undecided'
            if how in ('broken', 'review'):
                bad.append((path, how, why))
        print('| %s | %d | %d | %d | %d | %.1f s | %.0f s |' % (
            os.path.basename(folder.rstrip('/')), sum(count.values()), count['whole'], count['undecided'],
            count['broken'] + count['review'], max(times, default=0), sum(times)), flush=True)
    print()
    for reason, times in reasons.most_common(40):
        if times > 0:
            print('%6d  %s' % (times, reason))
    for path, how, why in bad:
        print('%s: %s: %s' % (how, path, why))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
