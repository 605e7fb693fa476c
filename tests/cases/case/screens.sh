# What somebody else wrote, or named a file, does not move about on the screen of who reads it; and what is to be typed can be.
. "$CASES/lib.sh"
up=$(printf '\033[2A\033[J') turned=$(printf '\342\200\256') next=$(printf '\302\233')
export up turned next
clean=$(submitted drafts/trade/a.md)
asked=$(submitted drafts/trade/b.md)
show "review return $clean --person wang.wei --opinion \"\${up}clear: may be released\$next\""
show "review refer $asked --person wang.wei --opinion ask --to \"\${turned}bureau\$up\""
show "review file $asked --register \"\${up}7\""
show 'review inbox --person li.na'
show "review show $clean --person li.na | tail -n 4"
echo new >"drafts/trade/list$up.md"
show 'review submit "drafts/trade/list$up.md" --title List'
echo new >'drafts/trade/the list.md'
show "review submit 'drafts/trade/the list.md' --title List"
sh -c "$(review submit 'drafts/trade/the list.md' --title List 2>&1 | sed -n 's/^review: hint: //p')"
git diff --cached --name-only
