"""office.py - a real little repository: people, a ledger, hooks; and what its commands cost."""
import os
import shutil
import subprocess

from measure import Run, in_turn

PEOPLE = ('zhao.lei', 'wang.wei', 'li.na', 'zhang.min')


class Office:
    def __init__(self, work, source):
        self.root = os.path.join(work, 'office')
        self.bureau, self.server = os.path.join(self.root, 'bureau'), os.path.join(self.root, 'server.git')
        os.makedirs(self.root)
        self.cache = os.path.join(self.root, 'cache')
        self.env = {name: value for name, value in os.environ.items() if not name.startswith(('GIT_', 'XDG_'))}
        self.env |= {'HOME': self.root, 'XDG_CONFIG_HOME': self.root + '/config', 'XDG_STATE_HOME': self.root + '/state',
                     'XDG_CACHE_HOME': self.cache, 'GIT_CONFIG_NOSYSTEM': '1', 'GIT_CONFIG_GLOBAL': self.root + '/gitconfig',
                     'REVIEW_PASSPHRASE_FILE': self.root + '/passphrase'}
        self.env.pop('SSH_AUTH_SOCK', None)
        with open(self.root + '/passphrase', 'w') as out:
            out.write('correct horse battery\n')
        with open(self.root + '/gitconfig', 'w') as out:
            out.write('[user]\nname = Bench\nemail = bench@example.invalid\n[init]\ndefaultBranch = main\n')
        self.open(source)

    def call(self, *argv, cwd=None):
        done = subprocess.run(argv, cwd=cwd or self.bureau, env=self.env, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f'bench: {" ".join(argv)}: {done.stderr}')
        return done.stdout

    def open(self, source):
        with open(os.path.join(source, 'samples', 'policy.yaml'), encoding='utf-8') as file:
            policy = file.read()
        self.call('git', 'init', '-q', self.bureau, cwd=self.root)
        for person in PEOPLE:
            self.call('review', 'key', 'new', person)
            policy = policy.replace(f'KEY-OF-{person}', self.call('review', 'key', 'show', person).strip())
        with open(self.root + '/policy.yaml', 'w', encoding='utf-8') as out:
            out.write(policy)
        self.call('git', 'config', 'review.person', 'zhao.lei')
        self.call('review', 'init', '--policy', '../policy.yaml', '--hooks')
        self.call('git', 'add', '.review')
        self.call('git', 'commit', '-q', '-m', 'start')
        self.call('git', 'clone', '-q', '--bare', '.', self.server)
        self.hook = os.path.join(self.server, 'hooks', 'pre-receive')
        shutil.copy(os.path.join(source, 'hooks', 'pre-receive'), self.hook)
        os.chmod(self.hook, 0o755)
        self.call('git', 'remote', 'add', 'server', self.server)

    def stage(self, count, path):
        """`count` small documents, in the index."""
        with open(path, encoding='utf-8') as file:
            text = file.read(200000)
        os.makedirs(os.path.join(self.bureau, 'drafts', 'trade'), exist_ok=True)
        for i in range(count):
            with open(os.path.join(self.bureau, f'drafts/trade/notice-{i}.md'), 'w', encoding='utf-8') as out:
                out.write(f'{i}\n' + text[i * 4000:i * 4000 + 4000])
        self.call('git', 'add', 'drafts')

    def cold(self):
        shutil.rmtree(self.cache, ignore_errors=True)

    def hooks(self, rounds):
        """pre-commit over what is staged, and a push, each with and without compiled rules at hand."""
        env = self.env
        commit = Run('pre-commit, 10 small files', ['review', 'hook', 'pre-commit'], self.bureau, env)
        commit_cold = Run('pre-commit, 10 small files, cold', ['review', 'hook', 'pre-commit'], self.bureau, env, self.cold)
        diff = Run('git diff --cached', ['git', 'diff', '--cached'], self.bureau, env)
        empty = Run('true, a program that does nothing', ['/bin/true'], self.bureau, env)
        version = Run('review version: libraries found and bound', ['review', 'version'], self.bureau, env)
        in_turn([empty, version, diff, commit, commit_cold], rounds)
        self.call('git', 'commit', '-q', '--no-verify', '-m', 'ten notices')

        def back():
            self.call('git', 'update-ref', 'refs/heads/main', 'main~1', cwd=self.server)

        def back_cold():
            back()
            self.cold()
        self.call('git', 'push', '-q', 'server', 'main')
        push = ['git', 'push', '-q', 'server', 'main']
        with_hook = Run('push of 10 small files, pre-receive', push, self.bureau, env, back)
        cold = Run('push of 10 small files, pre-receive, cold', push, self.bureau, env, back_cold)
        bare = Run('push without the hook', push, self.bureau, env, back)
        in_turn([with_hook, cold], rounds)
        os.rename(self.hook, self.hook + '.aside')
        in_turn([bare], rounds)
        return [empty, version, diff, commit, commit_cold, bare, with_hook, cold]

    def ledger(self, rounds, entries):
        """A ledger of so many entries: audit and inbox, and what stock git takes for the same."""
        self.call('review', 'submit', 'drafts/trade/notice-0.md', '--title', 'Hours')
        case = next(word for word in self.call('review', 'inbox').split() if word != '*')
        for number in range(entries):
            self.call('review', 'file', case, '--register', str(number + 1))
        self.call('review', 'audit', '--kit', '../kit')
        signers = f'gpg.ssh.allowedSignersFile={self.root}/kit/allowed_signers'
        runs = [Run('git log --show-signature', ['git', '-c', signers, 'log', '--show-signature', 'review/ledger'], self.bureau, self.env),
                Run('review audit', ['review', 'audit'], self.bureau, self.env),
                Run('git log', ['git', 'log', 'review/ledger'], self.bureau, self.env),
                Run('review inbox', ['review', 'inbox'], self.bureau, self.env)]
        return in_turn(runs, rounds)
