# attack 68: a message in a charset that its commit names and nobody would guess; git shows it decoded
# defence: the server scans it as that charset, too; one that cannot be read is undecided
. "$CASES/lib.sh"
# written CHARSET HEADER: a message in CHARSET, of which the commit says HEADER
written() {
	echo "# $2"
	{ git cat-file commit main | sed -e '/^$/,$d' -e "s/^committer.*/&\nencoding $2/" && echo && printf '机密★5年\n' | iconv -f utf-8 -t "$1"; } |
		git hash-object -t commit -w --stdin --literally >../commit
	git log -1 --format=%s "$(cat ../commit)" | grep -c '机密★5年'
	pushed "$(cat ../commit):refs/heads/written" | grep -v '^ \|^$\|^warning'
}
written JOHAB JOHAB || :
written EUC-KR ks_c_5601-1987
written EUC-TW EUC-TW
echo '# said to be in it, and nothing hidden'
{ git cat-file commit main | sed -e '/^$/,$d' -e 's/^committer.*/&\nencoding GB18030/' && echo && printf '营业时间\n' | iconv -f utf-8 -t GB18030; } |
	git hash-object -t commit -w --stdin >../commit
pushed "$(cat ../commit):refs/heads/written"
echo '# more of them than anybody writes: each would be a scan of the whole message'
{ git cat-file commit main | sed -e '/^$/,$d' -e 's/^committer.*/&\nencoding EUC-KR\nencoding GB18030\nencoding BIG5/' && echo && echo 'opening hours'; } |
	git hash-object -t commit -w --stdin --literally >../commit
pushed "$(cat ../commit):refs/heads/several" | grep -v '^ \|^$\|^warning'
