# The help of every command, in the order of the table.
for command in $(review completion -- '' | grep -v '^--' | cut -f 1); do
	echo "== $command"
	review "$command" --help || echo "(exit status $?)"
done
