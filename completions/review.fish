# fish completion for review: the program says what may come next, this shows it.
function __review_complete
	set -l before (commandline -opc)
	set -l current (commandline -ct)
	set -l answers (review completion -- $before[2..-1] "$current" 2>/dev/null)
	switch "$answers[1]"
		case :files :folders
			set -l front (string match -r -- '^--[^=]*=' "$current")
			for path in (__fish_complete_path (string replace -r -- '^--[^=]*=' '' "$current"))
				printf '%s%s\n' "$front" $path
			end
		case '*'
			test -n "$answers[1]"; and printf '%s\n' $answers
	end
end
complete -c review -f -a '(__review_complete)'
