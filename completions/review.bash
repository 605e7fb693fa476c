# bash completion for review: the program says what may come next, this shows it.
_review() {
	local current=${COMP_WORDS[COMP_CWORD]} answer
	[[ $current == = ]] && current=
	COMPREPLY=()
	while IFS= read -r answer; do
		case $answer in
		:files)
			compopt -o filenames 2>/dev/null
			mapfile -t COMPREPLY < <(compgen -f -- "$current")
			;;
		:folders)
			compopt -o filenames 2>/dev/null
			mapfile -t COMPREPLY < <(compgen -d -- "$current")
			;;
		*) COMPREPLY+=("${answer%%$'\t'*}") ;;
		esac
	done < <(review completion -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _review review
