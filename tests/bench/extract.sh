#!/bin/sh
# extract.sh - how fast documents are read, beside what else reads them here; a Markdown table.
#
# Every program reads the same files on one core, in turn, five times; medians.  One that is not installed is named so.
# `review` gives each document a process and a sandbox of its own, and scans what it reads by all shipped rules;
# the others only print text.
set -eu
work=$(mktemp -d "${TMPDIR:-/tmp}/review-extract-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
here=$(cd "$(dirname "$0")" && pwd)
export HOME="$work" XDG_CACHE_HOME="$work/cache" GIT_CONFIG_NOSYSTEM=1
count=${REVIEW_BENCH_DOCUMENTS:-200}
python3 "$here/documents.py" "$work" "$count"

now() { date +%s%N; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
# all on one core: what several of them would gain is not asked here, and waking another one costs as much as a small document
command -v taskset >/dev/null 2>&1 && pin='taskset -c 0' || pin=
once() { t=$(now); $pin sh -c "$1" >/dev/null 2>&1 || :; echo $((($(now) - t) / 1000)); }

# row KIND PROGRAM COMMAND FILES: microseconds a file, and files a second; `base` is review's
row() {
	if ! command -v "${3%% *}" >/dev/null 2>&1; then
		echo "| $1 | $2 | not installed here | | |"
		return
	fi
	: >"$work/times"
	for i in 1 2 3 4 5; do once "$3" >>"$work/times"; done
	t=$(median <"$work/times")
	[ "$2" = review ] && base=$((t / $4))
	awk -v k="$1" -v p="$2" -v t="$t" -v n="$4" -v b="$base" \
		'BEGIN { printf "| %s | %s | %.2f ms | %.0f | %.2f |\n", k, p, t / n / 1000, n * 1e6 / t, t / n / b }'
}

peak() { { command time -f %M sh -c "$1" >/dev/null; } 2>&1 | tail -n 1; }

each() { echo "find '$work/$1' -type f -exec $2 {} \;"; }
pdfs=$(find "$work/pdf" -type f | wc -l)
echo '| files | program | a file | files/s | time, review = 1 |'
echo '|---|---|---|---|---|'
review scan --jobs 1 "$work/docx/0000.docx" >/dev/null 2>&1 || : # what is compiled is in the cache
row docx review "review scan --jobs 1 '$work/docx'" "$count"
command -v docx2txt >/dev/null && row docx docx2txt "$(each docx docx2txt)" "$count" || row docx docx2txt docx2txt 1
command -v ugrep+ >/dev/null && row docx "ugrep+ (filters)" "ugrep+ -r -c '绝密|机密' '$work/docx'" "$count" || row docx "ugrep+ (filters)" ugrep+ 1
row docx "LibreOffice, one process" "soffice --headless --convert-to txt:Text --outdir '$work/txt' '$work'/docx/00[0-4]*.docx" 50
row PDF review "review scan --jobs 1 '$work/pdf'" "$pdfs"
command -v pdftotext >/dev/null && row PDF pdftotext "$(each pdf 'pdftotext -q')" "$pdfs" || row PDF pdftotext pdftotext 1
soffice --headless --convert-to doc --outdir "$work/doc" "$work"/docx/00[0-4]*.docx >/dev/null 2>&1 || :
docs=$(find "$work/doc" -type f 2>/dev/null | wc -l)
if [ "$docs" -gt 0 ]; then
	row doc review "review scan --jobs 1 '$work/doc'" "$docs"
	command -v catdoc >/dev/null && row doc catdoc "$(each doc 'catdoc -d utf-8')" "$docs" || row doc catdoc catdoc 1
fi
# an empty document costs what a process and its sandbox cost
mkdir -p "$work/empty"
i=0
while [ $i -lt "$count" ]; do printf 'GIF89a' >"$work/empty/$i.gif"; i=$((i + 1)); done
row "6 bytes of GIF" review "review scan --jobs 1 '$work/empty'" "$count"
if command time -f %M true >/dev/null 2>&1; then
	echo
	echo "Peak memory of the largest process, \`review scan --jobs 1\`: docx $(peak "review scan --jobs 1 '$work/docx'") KiB, PDF $(peak "review scan --jobs 1 '$work/pdf'") KiB."
fi
# the sandbox alone, with the reader of review-extract and none of its caller
if command -v sandbox >/dev/null 2>&1; then
	ways() { LD_BIND_NOW=1 $pin sandbox 40 "$@" | cut -f 3 | paste -s -d ' '; }
	echo
	echo '| CPU, ms a file | in one process | in a child | in a child in the cage | the sandbox | of it, a child that only ends |'
	echo '|---|---:|---:|---:|---:|---:|'
	{
		echo "6 bytes of GIF: $(ways "$work/empty/0.gif")"
		echo "docx: $(ways "$work"/docx/000*.docx)"
		echo "PDF, the first reader: $(ways "$work"/pdf/000*.pdf)"
	} | awk -F ': ' '{ split($2, v, " "); printf "| %s | %.2f | %.2f | %.2f | %.2f | %.2f |\n", $1, v[1], v[2], v[3], v[3] - v[1], v[4] }'
fi
