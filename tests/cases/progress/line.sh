# A line about long work: on a terminal, taken back at the end and when interrupted; nowhere else.
mkdir long
# long enough for half a second, whatever this machine is
size=4
while :; do
	for n in 1 2 3 4 5 6 7 8; do head -c ${size}00000 /dev/zero | tr '\0' '7' | fold -w 37 >long/$n.txt; done
	start=$(date +%s%N)
	review scan long >/dev/null 2>&1
	[ $(($(date +%s%N) - start)) -gt 2000000000 ] && break
	size=$((size * 2))
done
run() { python3 "$CASES/progress/terminal.py" "$@" | sed 's/, about N s left//; s/, findings N//; s/, N MB//'; }
echo '# on a terminal'
TERM=xterm run review scan long
LANGUAGE=zh_CN TERM=xterm run review scan long | sed 's/，约剩 N 秒//; s/，命中 N//; s/，N MB//'
echo '# interrupted'
TERM=xterm run interrupt review scan long
echo '# on a terminal that cannot take a line back'
TERM=dumb run review scan long
echo '# in a pipe'
TERM=xterm review scan long 2>&1 >/dev/null | wc -c
