# attack 56: a clock is set back or ahead, or the time zone plays a part
# defence: position decides; dated appointments look at the latest time before, too; days by the offset of the policy in force, never by the machine's zone
. "$CASES/lib.sh"
decided "/wang.wei:/,/may:/s/may: .*/may: [{acting: initial, from: $(TZ=UTC-8 date -d '-20 days' +%F), until: $(TZ=UTC-8 date -d '-10 days' +%F)}]/"
past=$(TZ=UTC-8 date -d '-15 days' +%s)
echo '# an appointment that is over'
show "as wang.wei approve $THREE --opinion 'no objection' 2>&1 | grep ^review"
echo '# with a clock set back'
refused "$(signed_third policy=2 "time=$past")"
echo '# another zone'
refused "$(recorded person=zhang.min policy=2 time=1795415400 'author=zhang.min <zhang.min@review.invalid> 1795415400 +0800')"
echo '# a clock set ahead, on the server'
planted "$(printf 'case: %s\nround: 1\nsubmit: %s\nregister: 7\nnote: -\n' "$THREE" "$(id_of 12)" |
	forged person=zhang.min type=file-record policy=2 "time=$(TZ=UTC-8 date -d '+40 days' +%s)")"
pushed review/ledger
review audit | sed -nE 's/^(remark  an entry is dated) [^,]*/\1 .../p'
