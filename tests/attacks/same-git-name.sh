# attack 43: other bytes under the same git name (a SHA-1 collision)
# defence: documents, bodies and entries are bound by SHA-256; git's names are trusted for nothing
. "$CASES/lib.sh"
echo '# other bytes where the tree says the signed body is'
echo 'review-policy: 1' >../p.yaml && other=$(git hash-object -w ../p.yaml)
record=$(value 12 scan | cut -d' ' -f1)
tree=$(printf '100644 blob %s\t%s\n' "$other" "$record" | git mktree)
again="like=$(at 12)"
accepted "$(forged "$again" 'swap=round: 1=>round: 2')"
refused "$(forged "$again" 'swap=round: 1=>round: 2' "tree=$tree")"
echo '# a kept document of other bytes'
git update-ref -d "refs/review/documents/$THREE/1"
echo other >drafts/trade/c.md && git add drafts
when='1970-01-01T00:00:00Z'
git update-ref "refs/review/documents/$THREE/1" "$(printf 'review-documents v1\n' | GIT_AUTHOR_DATE=$when GIT_COMMITTER_DATE=$when git commit-tree "$(git write-tree)")"
show "as wang.wei approve $THREE --opinion 'no objection' 2>&1 | grep ^review"
audited
