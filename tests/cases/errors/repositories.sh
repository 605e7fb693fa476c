# Repositories of kinds that are not read, or not in full: said why, and what to type.
. "$CASES/lib.sh"
# libgit2 1.5 looks for names of extensions by a regular expression, and does not free what it was matched with.
export ASAN_OPTIONS=detect_leaks=0
git init -q --object-format=sha256 ../wide
(cd ../wide && show review init && show review inbox)
echo '# formats and extensions that are not known here'
git init -q ../odd
for odd in 'core.repositoryformatversion 2' 'extensions.refStorage reftable' 'extensions.worktreeConfig true' 'extensions.compatObjectFormat sha256' 'extensions.frobnicate yes'; do
	printf '[core]\n\trepositoryformatversion = 1\n' >../odd/.git/config
	git config --file ../odd/.git/config $odd
	(cd ../odd && show review inbox)
done
echo '# the index'
mkdir -p drafts/trade && echo clean >drafts/trade/a.md && git add drafts
git update-index --split-index
show review hook pre-commit
git update-index --no-split-index
git commit -q --no-verify -m 'A document'
git sparse-checkout init --cone --sparse-index 2>/dev/null && git sparse-checkout set .review 2>/dev/null
show review hook pre-commit
git sparse-checkout init --no-sparse-index 2>/dev/null
show review hook pre-commit
git sparse-checkout disable
echo '# to be added later: not in this commit'
mkdir -p public && echo later >public/a.md && git add -N public/a.md
show review hook pre-commit
git add public/a.md
show review hook pre-commit
echo '# a partial clone'
git config uploadpack.allowFilter true
git clone -q --no-checkout --filter=blob:none "file://$PWD" ../partial
cd ../partial && git update-ref refs/heads/review/ledger origin/review/ledger
show review inbox 2>&1 | sed 's/body [0-9a-f]*:/body:/'
git -c remote.origin.fetch='+refs/heads/*:refs/remotes/origin/*' fetch -q --refetch --no-filter
show review inbox
