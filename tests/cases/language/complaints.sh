# Complaints put together from several texts: none of them may stay English inside a Chinese one.
. "$CASES/lib.sh"
export LANGUAGE=zh_CN
mend() { sed "$1" .review/policy.yaml >bad.yaml; show "review policy check bad.yaml 2>&1 | sed -n 1p"; }
echo '# 制度'
mend 's/^root: .*/root: wang.wei/'
mend 's/^stages:/stages: {}\nstaegs:/'
mend 's/^office: .*/office: [a]/'
mend 's/people: 1, scope: section/people: [1], scope: section/'
mend 's/^sections:/sections: {a: b: c}/'
mend 's/^zones:/\tzones:/'
mend 's/^root:.*/root: {people: [wang.wei]/'
mend 's/^office: .*/office: "\\q"/'
mend 's/keys: \["ssh-ed25519 [^"]*"\]/keys: [[a]]/'
mend 's/ssh-ed25519 [^"]*/ssh-ed25519 AAAA/'
mend 's/ssh-ed25519 [^"]*/ssh-dss AAAA/'
printf 'review-policy: 1\n---\nreview-policy: 1\n' >bad.yaml
show "review policy check bad.yaml 2>&1 | sed -n 1p"
echo '# 规则'
mkdir rules
pack() {
	printf "review-rules: 1\npack: p\ntitle: {en: P, zh: 包}\nrules:\n  - id: r\n    title: {en: R, zh: 规则}\n    ground: process\n    action: review\n    match: {pattern: '%s'}\n    examples: {match: [%s], pass: [b]}\n" "$1" "$2" >rules/p.yaml
	show "review rules test --rules rules 2>&1 | sed -n 1p"
}
pack '(内部' 内部
pack '[内部' 内部
pack '*' 内部
pack '(?R)内' 内部
pack '内|' 内部
pack 内部 公开
printf 'review-rules: 1\npack: p\ntitle: {en: P, zh: 包}\nrules:\n  - id: r\n    title: {en: R, zh: 规则}\n    ground: process\n    action: review\n    match: {keywords-file: words.txt}\n    examples: {match: [内部], pass: [b]}\n' >rules/p.yaml
printf '内部\n内部\n' >rules/words.txt
show 'review rules check --rules rules'
printf '\377\n' >rules/words.txt
show 'review rules check --rules rules'
echo '# 命中的依据，准许的理由，提交说明'
mkdir -p drafts/trade && printf '密级：机密★1年\n联系电话：13812345678\n' >drafts/trade/a.md
show "review scan --explain drafts/trade/a.md | grep 依据"
printf '机密★1年\n' >message
show 'review hook commit-msg message'
echo '# 清理副本，认不出的格式'
printf 'plain text\n' >plain.txt
show 'review clean plain.txt'
printf 'SQLite format 3\0' >a.db
show 'review scan a.db | sed -n 1p'
printf '%%PDF-1.7\n%%EOF\n' >broken.pdf
show 'review scan broken.pdf | sed -n 1p'
echo '# ssh-agent 中不能使用的密钥'
eval "$(ssh-agent)" >/dev/null
ssh-keygen -q -t rsa -b 2048 -N '' -C 短密钥 -f weak && ssh-add -q weak
show 'review key list | grep 短密钥'
f=$(ssh-keygen -lf weak.pub | cut -d' ' -f2)
git config review.key "agent:$f"
show 'review inbox --person wang.wei >/dev/null; review key | sed -n 1,3p'
kill "$SSH_AGENT_PID"
