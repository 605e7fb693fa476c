# Many files: named by a list, answered in its order, and one status for all.
mkdir in
for i in 1 2 3 4 5 6 7 8 9; do printf 'opening hours, page %s\n' $i >in/$i.txt; done
printf '机密★10年\n' >in/3.txt
printf '身份证号11010519491231002X\n' >'in/4 a
b.txt'
head -c 300000 /dev/zero | tr '\0' x >in/0.txt # the largest is scanned first
brief() { jq -c '[.path, .undecided != null, [.findings[].rule]]'; }
list='in/9.txt in/3.txt in/0.txt in/1.txt'

printf '%s\0' $list 'in/4 a
b.txt' | review scan --files0-from - --format jsonl --jobs 4 >out; echo "exit $?"
brief <out
for jobs in 1 2 3 8; do
	printf '%s\0' $list 'in/4 a
b.txt' | review scan --files0-from - --format jsonl --jobs $jobs | cmp - out && echo "the same with $jobs"
done
echo '# nothing found; found; not decided; both; not there'
printf 'in/1.txt\0in/2.txt\0' | review scan --files0-from - >/dev/null; echo "exit $?"
printf 'in/1.txt\0in/3.txt\0' | review scan --files0-from - >/dev/null; echo "exit $?"
printf 'a\001b' >in/b.bin
printf 'in/1.txt\0in/b.bin\0' | review scan --files0-from - >/dev/null; echo "exit $?"
printf 'in/b.bin\0in/3.txt\0' | review scan --files0-from - >/dev/null; echo "exit $?"
printf 'in/1.txt\0in/none.txt\0' | review scan --files0-from - --format jsonl | brief; echo "exit $?"
printf 'in/1.txt' >list && review scan --files0-from list --format jsonl | brief
printf '' | review scan --files0-from -; echo "exit $?"
printf 'in/1.txt\0\0' | review scan --files0-from -; echo "exit $?"
review scan in/1.txt --files0-from list; echo "exit $?"
