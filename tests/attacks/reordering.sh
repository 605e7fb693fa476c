# attack 12: entries are put in another order; a stage is signed before those ahead of it
# defence: numbers and digests bind the order; the policy's stages are signed in theirs
. "$CASES/lib.sh"
first=$(altered "$(at 10)" "s/^parent .*/parent $(at 8)/")
echo '# the second approval before the first'
refused "$(altered "$(at 9)" "s/^parent .*/parent $first/")"
echo '# the last stage signed first'
show "as zhang.min approve $THREE --opinion 'may be published'"
echo '# by hand'
refused "$(signed_third person=zhang.min 'swap=stage: initial=>stage: deputy-director')"
