# attack 72: an auditor is handed a repository whose configuration names another folder, or that is another account's
# defence: the audit says which public directory it compared when core.worktree is set; a foreign repository is neither read nor taken for none
[ "$(id -u)" = 0 ] || { echo 'only root can give files away'; exit 77; }
. "$CASES/lib.sh"
mkdir ../clean && cp -R public ../clean && echo 'Nobody has reviewed this.' >public/x.md
git config core.worktree "$PWD/../clean"
show 'review audit | tail -n 2'
git config --unset core.worktree
audited
rm public/x.md
echo '# another account'
chown -R 65534 .
show 'review audit'
echo '# a hook that git runs there all the same'
echo '绝密★10年' >drafts/trade/z.md
export GIT_DIR=$PWD/.git
git add drafts
show 'review hook pre-commit'
show 'review scan --staged'
