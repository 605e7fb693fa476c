"""long_ledger.py - what a ledger of many entries costs, in ratios made in one run.

The ledger is made by ledger_maker: six entries a case, each one a policy allows.  `signatures` reads all
of them first and then does nothing but check the signatures: its figure is of the checks alone, by OpenSSL 3 and by
libsodium, which the audit uses.  A ratio is the median of pairs, each audit with the checks right before it.  Stock git starts a process or two for each signature, so it is given the newest thousand entries only.
"""
import os
import statistics
import subprocess

from measure import Run, in_turn, table

LIBRARIES = {'OpenSSL': 'openssl', 'libsodium': 'sodium'}
NEWEST = 1000
ROUNDS = 3


def environment(root):
    return dict(os.environ, XDG_STATE_HOME=os.path.join(root, 'state'), XDG_CACHE_HOME=os.path.join(root, 'cache'),
                GIT_CONFIG_NOSYSTEM='1', HOME=root)


def bare_checks(repository, env, library, threads=1):
    """Seconds elapsed, and of processor, for the signature checks of all entries."""
    said = subprocess.run(['signatures', repository, str(threads), library], env=env, capture_output=True, text=True, check=True).stdout.split()
    return float(said[1]), float(said[2])


def lines(root, entries):
    repository = os.path.join(root, 'office')
    os.makedirs(repository)
    env = environment(root)
    subprocess.run(['ledger_maker', repository, str(entries)], env=env, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(['git', 'repack', '-adq'], cwd=repository, env=env, check=True)
    subprocess.run(['review', 'audit', '--kit', os.path.join(root, 'kit')], cwd=repository, env=env, check=True,
                   stdout=subprocess.DEVNULL)
    signers = f'gpg.ssh.allowedSignersFile={root}/kit/allowed_signers'
    audit = Run('review audit, everything', ['review', 'audit'], repository, env)
    git = Run(f'git log --show-signature, the newest {NEWEST:,}',
              ['git', '-c', signers, 'log', '--show-signature', f'-{NEWEST}', 'review/ledger'], repository, env)
    plain = Run('git log, no signatures', ['git', 'log', 'review/ledger'], repository, env)
    views = [Run('review inbox, verified before', ['review', 'inbox'], repository, env),
             Run('review show, verified before', ['review', 'show', '2026-0100'], repository, env),
             Run('review log, the newest hundred', ['review', 'log'], repository, env),
             Run('review hook pre-commit, nothing staged', ['review', 'hook', 'pre-commit'], repository, env),
             Run('review version', ['review', 'version'], repository, env)]
    bare, together = {name: [] for name in LIBRARIES}, {name: [] for name in LIBRARIES}
    for _ in range(ROUNDS):
        for name in LIBRARIES:
            bare[name].append(bare_checks(repository, env, LIBRARIES[name])[1])
            together[name].append(bare_checks(repository, env, LIBRARIES[name], os.cpu_count())[0])
        in_turn([audit, git, plain], 1, warm=False)
    in_turn(views, ROUNDS)
    of_git = statistics.median(g.cpu / NEWEST / (a.cpu / entries) for g, a in zip(git.costs, audit.costs))
    rows = [[run.name, f'{run.cpu * 1e3:.0f}', f'{run.wall * 1e3:.0f}'] for run in [audit, git, plain] + views]
    checks = [[f'signature checks alone, {name}', f'{statistics.median(bare[name]):.2f}', f'{statistics.median(together[name]):.2f}',
               f'{statistics.median(cost.cpu / check for cost, check in zip(audit.costs, bare[name])):.2f}',
               f'{statistics.median(cost.wall / check for cost, check in zip(audit.costs, together[name])):.2f}']
              for name in LIBRARIES]
    return [f'{entries:,} entries, packed, one {os.cpu_count()}-core machine.', '',
            table(['', 'CPU, ms', 'elapsed, ms'], rows), '',
            table(['', 'CPU, s', 'elapsed on all cores, s', 'CPU of the audit, times', 'its elapsed time, times'], checks), '',
            f'For each entry, git takes {of_git:.0f} times as long as the audit.']
