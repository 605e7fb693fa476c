# attack 34: a NUL, behind which each reader sees something else
# defence: no NUL and no CR anywhere in an entry
. "$CASES/lib.sh"
entry=$(recorded)
echo '# behind the end, without a key'
{ git cat-file commit "$entry" && printf '\0hidden\n'; } >../raw
refused "$(git hash-object -t commit -w --literally ../raw)"
echo '# in a value'
git cat-file commit "$entry" | sed 's/^register: 7/register: 7@8/' | tr '@' '\0' | sed 's/wang.wei\x00review/wang.wei@review/g' >../raw
refused "$(git hash-object -t commit -w --literally ../raw)"
echo '# line ends of another system, signed'
cr=$(printf '\r')
refused "$(recorded "swap=note: -=>note: -$cr")"
