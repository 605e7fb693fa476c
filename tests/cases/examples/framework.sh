# The pre-commit framework, with the hooks of this repository.
command -v pre-commit >/dev/null 2>&1 || { echo 'there is no pre-commit'; exit 77; }
. "$CASES/lib.sh"
mkdir -p drafts/trade ../hooks
export PRE_COMMIT_HOME="$HOME/pre-commit" PRE_COMMIT_COLOR=never
cp "$SOURCE/.pre-commit-hooks.yaml" ../hooks
(cd ../hooks && git init -q . && git add .pre-commit-hooks.yaml && git commit -q -m 'Hooks' && git tag v0.1.0)
sed "s#https://git.example.invalid/review.git#$(cd ../hooks && pwd)#" "$SOURCE/examples/pre-commit-config.yaml" >.pre-commit-config.yaml
pre-commit validate-manifest "$SOURCE/.pre-commit-hooks.yaml" && pre-commit validate-config "$SOURCE/examples/pre-commit-config.yaml"
git add .pre-commit-config.yaml
show 'pre-commit install'
echo '机密★5年' >drafts/trade/a.md
show 'git add drafts && git commit -q -m "Add a plan"' | grep -v '^\[INFO\]'
echo 'clean' >drafts/trade/a.md
show 'git add drafts && git commit -q -m "Add a 机密★5年 plan"'
show 'git commit -q -m "Add a plan"'
