#!/bin/sh
# shape.sh SOURCE BUILD - the figures of the house: how long functions and files are, how deep, how
# much is said.  Aims, printed; what is far outside of them fails.
src=$1 build=$2 bad=0
cd "$src" || exit 1

awk '
FNR == 1 { files++; if (lines > 500) { print long_name ": " lines " lines, 500 at most"; bad = 1 } long_name = FILENAME; lines = 0 }
{ lines++; all++ }
/^[[:space:]]*(\/\*|\*|\/\/)/ || /\*\/[[:space:]]*$/ { comments++ }
/^\{/ { start = FNR }
/^\}[[:space:]]*$/ { if (start) { n = FNR - start - 1; f[++count] = n; if (n > 60) { print FILENAME ":" start ": " n " lines in one function, 60 at most"; bad = 1 } start = 0 } }
END {
	for (i = 1; i <= count; i++) for (j = i; j > 1 && f[j] < f[j-1]; j--) { t = f[j]; f[j] = f[j-1]; f[j-1] = t }
	printf "%d files, %d lines, %d functions: median %d lines, longest %d; comments %.0f %%\n",
		files, all, count, f[int((count + 1) / 2)], f[count], 100 * comments / all
	if (f[int((count + 1) / 2)] > 15) { print "median function above 15 lines"; bad = 1 }
	if (count < 100) { print "hardly any functions were found"; bad = 1 }
	exit bad
}' src/*/*.c || bad=1

awk 'FNR == 1 { if (n > 150) { print f ": " n " lines in a door, 150 at most"; bad = 1 } n = 0; f = FILENAME } { n++ } END { exit bad }' src/*/*.h || bad=1

# nesting and parameters, by the compiler'"'"'s own eyes
clang-tidy -p "$build" --quiet --checks='-*,readability-function-size' \
	--config='{CheckOptions: [{key: readability-function-size.LineThreshold, value: 64},
		{key: readability-function-size.NestingThreshold, value: 4},
		{key: readability-function-size.ParameterThreshold, value: 8}]}' \
	src/*/*.c >"$build/shape.txt" 2>/dev/null
grep -E 'warning:' "$build/shape.txt" && bad=1
exit $bad
