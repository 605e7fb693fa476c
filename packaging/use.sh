#!/bin/sh
# use.sh - what test.sh does as an ordinary user of a machine where only the packages are installed.
set -eu
export REVIEW_PASSPHRASE_FILE="$HOME/passphrase"
echo 'correct horse battery' >"$REVIEW_PASSPHRASE_FILE"
git config --global user.name Clerk
git config --global user.email clerk@example.invalid
git config --global init.defaultBranch main
review --version
for file in man1/review.1 man5/review-rules.5 man5/review-policy.5 man5/review-ledger.5; do
	gzip -t "/usr/share/man/$file.gz"
done
[ -s /usr/share/doc/review/copyright ] && [ -s /usr/share/doc/review/FORMAT.md ]
/bin/bash -c '. /usr/share/bash-completion/completions/review
COMP_WORDS=(review appr) COMP_CWORD=1; _review; [ "${COMPREPLY[*]}" = approve ]'
for policy in /usr/share/review/policies/*.yaml; do
	review policy check "$policy" >/dev/null
done
review rules test --rules /usr/share/review/rules | tail -n 1

# an office of one, from the first key to the audit; the policy is the skeleton with one stage
review key new ling >/dev/null
git init -q office && cd office
git config review.person ling
cat >../policy.yaml <<P
review-policy: 1
office: {en: Office}
zones: {strip: drafts/, candidates: ["drafts/**"]}
sections: {all-of-it: {title: {en: All}, paths: ["drafts/**"]}}
stages: [{id: reader, title: {en: Reader}}]
separation: {submitter-may-sign: true}
people:
  ling: {name: Ling, keys: ["$(review key show ling 2>/dev/null)"], may: [{submit: all}, {stage: reader}]}
root: {people: [ling], threshold: 1}
keepers: {rules: [ling]}
registrars: [ling]
P
review init --policy ../policy.yaml --hooks >/dev/null
mkdir drafts
echo 'Opening hours: 9 to 17.' >drafts/hours.md
git add . && git commit -q -m 'Begin'
case=$(review submit drafts/hours.md --title 'Hours' | sed -n 's/^case \([^,]*\),.*/\1/p')
review approve "$case" --opinion 'fine' --yes >/dev/null
review release "$case" >/dev/null
[ "$(cat public/hours.md)" = 'Opening hours: 9 to 17.' ]
review audit --rescan | tail -n 1

# the desk, as far as its address
review desk >../desk 2>&1 &
desk=$!
for second in 1 2 3 4 5 6 7 8 9 10; do
	grep -q '^http://127.0.0.1:' ../desk && break
	sleep 1
done
kill "$desk"
grep -o '^http://127.0.0.1:' ../desk

# a mark stops at the hook; documents are read by the programs in libexec
echo '机密★5年' >drafts/plan.md
git add drafts/plan.md
status=0; git commit -q -m 'Add a plan' 2>/dev/null || status=$?
[ $status = 1 ] && echo 'the hook refused'
git rm -q -f drafts/plan.md
printf '%s\n' '%PDF-1.4' '1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj' '2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj' \
	'3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>> endobj' \
	'4 0 obj <</Length 52>> stream' 'BT /F1 12 Tf 20 100 Td (TOP SECRET//NOFORN) Tj ET   ' 'endstream endobj' \
	'5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj' 'trailer <</Root 1 0 R/Size 6>>' '%%EOF' >../page.pdf
review text ../page.pdf | grep -o 'TOP SECRET//NOFORN' | head -n 1
