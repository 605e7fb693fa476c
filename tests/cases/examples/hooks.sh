# husky and lefthook: the lines they would run, at the place they would run them.
. "$CASES/lib.sh"
mkdir -p drafts/trade
git config core.hooksPath .husky/_
mkdir -p .husky/_
cp "$SOURCE"/examples/husky/* .husky/
# what husky puts there: each hook runs the file of its name with sh -e
for hook in pre-commit pre-merge-commit commit-msg pre-push; do
	printf '#!/bin/sh\nexec sh -e ".husky/%s" "$@"\n' $hook >.husky/_/$hook
	chmod +x .husky/_/$hook
done
echo '机密★5年' >drafts/trade/a.md
show 'git add drafts && git commit -q -m "Add a plan"'
echo 'clean' >drafts/trade/a.md
show 'git add drafts && git commit -q -m "Add a 机密★5年 plan"'
show 'git commit -q -m "Add a plan"'
git init -q --bare ../server.git && git remote add origin ../server.git
show 'git push -q origin HEAD:main'
git checkout -q -b other && echo '机密★5年' >drafts/trade/b.md && git add . && git commit -q --no-verify -m 'Add another'
show 'git push -q origin HEAD:main'
git checkout -q - && echo 'more' >drafts/trade/c.md && git add . && git commit -q -m 'Add a third'
show 'git merge -q --no-edit other'
python3 -c 'import yaml' 2>/dev/null || { echo 'there is no YAML for python' >&2; exit 77; }
python3 -B - "$SOURCE/examples/lefthook.yml" <<'P'
import sys, yaml
for hook, what in yaml.safe_load(open(sys.argv[1])).items():
    print(hook, *[c["run"] for c in what["commands"].values()], sep=": ")
P
