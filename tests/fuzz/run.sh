#!/bin/sh
# run.sh DIRECTORY SECONDS - each libFuzzer target for so long; new finds stay in build/.
set -eu
dir=$1 seconds=$2 corpus=$(cd "$(dirname "$0")/corpus" && pwd)
for target in "$dir"/*_fuzz; do
	name=$(basename "$target" _fuzz)
	mkdir -p "$dir/found/$name"
	echo "fuzz $name, $seconds s"
	"$target" -max_total_time="$seconds" -rss_limit_mb=4096 -timeout=20 -print_final_stats=1 \
		-artifact_prefix="$dir/found/" "$dir/found/$name" "$corpus/$name" 2>"$dir/$name.log" ||
		{ tail -40 "$dir/$name.log"; exit 1; }
	grep -E 'stat::(number_of_executed_units|average_exec_per_sec)' "$dir/$name.log"
done
