"""precision.py [DIR] - what the shipped rules find where there is nothing to find.

DIR holds documents nobody has to protect; without one it is the distribution's manuals (benign.sh).
Prints findings per rule per 10 MB, and each `block` finding.  Ends with 1 when there is one `block`
finding per 10 MB or more.  `review` is taken from PATH.
"""
import collections
import json
import os
import subprocess
import sys

from measure import table

HERE = os.path.dirname(os.path.abspath(__file__))


def manuals():
    folder = os.path.join(os.path.dirname(os.path.dirname(HERE)), 'build', 'benign')
    if subprocess.run(['sh', os.path.join(HERE, 'benign.sh'), folder]).returncode != 0:
        sys.exit('precision: no documents to look at; name a folder of some')
    return os.path.join(folder, 'text')


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else manuals()
    scan = subprocess.Popen(['review', 'scan', '--format', 'jsonl', folder], stdout=subprocess.PIPE, text=True)
    files = size = 0
    found, blocks, undecided = collections.Counter(), [], []
    for line in scan.stdout:
        told = json.loads(line)
        files += 1
        size += told.get('size') or 0
        if told.get('undecided'):
            undecided.append((told['path'], told['undecided']))
        for finding in told['findings']:
            found[finding['action'], finding['rule']] += 1
            if finding['action'] == 'block':
                blocks.append((told['path'], finding))
    if files == 0:
        sys.exit(f'precision: nothing in {folder}')
    tens = size / 1e7
    rows = [(rule, action, count, f'{count / tens:.2f}') for (action, rule), count in found.most_common()]
    print(f'{files:,} files, {size / 1e6:.0f} MB; {len(blocks)} block findings, {len(blocks) / tens:.2f} per 10 MB; {len(undecided)} files undecided\n')
    print(table(['rule', 'action', 'findings', 'per 10 MB'], rows))
    for path, finding in blocks:
        print(f'\nblock: {os.path.relpath(path, folder)}:{finding["line"]}: {finding["rule"]}: {finding["excerpt"]}', end='')
    for path, why in undecided:
        print(f'\nundecided: {os.path.relpath(path, folder)}: {why}', end='')
    print()
    sys.exit(1 if len(blocks) >= tens else 0)


if __name__ == '__main__':
    main()
