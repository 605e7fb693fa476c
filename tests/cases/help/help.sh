# Help is made from the command table.
review help; echo "(exit status $?)"
review approve --help; echo "(exit status $?)"
review help nothing; echo "(exit status $?)"
review --version | sed 's/[0-9.]*$/VERSION/'
