# A finding known to be harmless is said to be so openly: by name, until a day, through the ledger.
. "$CASES/lib.sh"
SOON=$(TZ=UTC-8 date -d '+100 days' +%F) LATE=$(TZ=UTC-8 date -d '+400 days' +%F) MOST=$(date -u -d '+366 days' +%F) LAST=$(TZ=UTC-8 date -d '+366 days' +%F)
GONE=$(TZ=UTC-8 date -d '-3 days' +%F)
export SOON LATE GONE
shown() { show "$@" | sed -e "s/$SOON/SOON/g" -e "s/$LATE/LATE/g" -e "s/$MOST/MOST/g" -e "s/$LAST/MOST/g" -e "s/$GONE/GONE/g"; }
text='机密★10年'
export text

shown 'review rules allowed'
shown 'review rules allow --rule cn-secret-mark --text "$text"'
shown 'review rules allow --rule cn-secret-mrk --text "$text" --reason "a lesson" --until $SOON'
shown 'review rules allow --rule cn-secret-mark --text "$text" --reason "a lesson" --until $LATE'
shown 'review rules allow --rule cn-secret-mark --text "$text" --reason "a lesson" --until $GONE'
shown 'review rules allow --rule cn-secret-mark --text "$text" --reason "a lesson" --until soon'
shown 'review rules allow --rule cn-secret-mark --text " " --reason "a lesson" --until $SOON'
shown 'review rules allow --rule cn-secret-mark --text "$text" --reason "a lesson" --until $SOON --path ../x'
ls .review

# the text as somebody copied it: full width, spaced out; its digest is that of what the rule reads
shown 'review rules allow --rule cn-secret-mark --text "机 密 ★ １０ 年" --reason "quotes the marking: a '"'"'lesson'"'"'" --until $SOON --path drafts/training/'
shown 'cat .review/allow.yaml'
[ "$(printf %s "$text" | sha256sum | cut -c1-64)" = "$(sed -n 's/.*text-sha-256: //p' .review/allow.yaml)" ] || echo 'another digest'
grep -q 机密 .review/allow.yaml && echo 'the text is in the file'
shown 'review rules allow --rule cn-secret-mark --text "$text" --reason again --until $SOON --path drafts/training'
shown 'review rules allowed'
shown 'review rules check'
shown 'review rules publish --person wang.wei'
shown 'review rules publish --note "a training notice"'
shown 'review rules allowed'
shown 'review audit | grep -v ^ledger'
shown 'review audit --format json | sed -n "/allowances/,/]/p"'

# the same mark where it is allowed is a note, elsewhere it blocks; a comment in the document allows nothing
mkdir -p drafts/training
echo '机密 ★ 10年 <!-- review: allow cn-secret-mark -->' >drafts/training/lesson.md
echo '机密★10年' >drafts/other.md
shown 'review scan drafts/training drafts/other.md'

# one more, already expired: it may stand there, allows nothing, and the audit says so
cat >>.review/allow.yaml <<Y
  - rule: us-export-control
    text-sha-256: $(printf x | sha256sum | cut -c1-64)
    reason: the law itself
    person: li.na
    until: $GONE
Y
shown 'review rules publish'
shown 'review rules allowed'
shown 'review audit | grep -v ^ledger'

# what cannot be published
sed -i "s/$GONE/$LATE/" .review/allow.yaml
shown 'review rules publish'
sed -i "s/$LATE/2027-13-01/" .review/allow.yaml
shown 'review rules check'
cp .review/allow.yaml .review/rules/
shown 'review rules check 2>&1 | sed "s#$PWD/##g"'
rm .review/rules/allow.yaml

# what cannot be appended to stays as it is, and so does a reason that would read otherwise
printf 'review-allow: 1\nallow: [{rule: cn-secret-mark, text-sha-256: %064d,\n  reason: r, person: li.na, until: %s}]\n' 0 "$SOON" >.review/allow.yaml
cp .review/allow.yaml before
shown 'review rules allow --rule cn-secret-mark --text "$text" --reason "a lesson" --until $SOON'
cmp before .review/allow.yaml
rm .review/allow.yaml
shown 'review rules allow --rule cn-secret-mark --text "$text" --reason "$(printf "a\302\205lesson")" --until $SOON'
ls .review
printf 'review-allow: 1\nallow: {}\n' >.review/allow.yaml
shown 'review rules allow --rule cn-secret-mark --text "$text" --reason "a lesson" --until $SOON'
rm .review/allow.yaml
shown 'review rules publish'
shown 'review rules allowed'
