# What was compiled is kept, and believed only as it was written.
export XDG_CACHE_HOME="$PWD/cache"
printf '机密★10年 SECRET//NOFORN\n' >a.md
scan() { review scan a.md --format jsonl | jq -c '[.findings[].rule]'; }
kept() { find cache -type f 2>/dev/null | head -n 1; } # none where nothing is kept
sum() { f=$(kept); [ -n "$f" ] && sha256sum <"$f"; }

scan
first=$(sum); file=$(kept)
[ -z "$file" ] || stat -c %a "$file" "$(dirname "$file")" | tr '\n' ' ' | grep -qx '600 700 ' || echo 'others may read it'
again() {
	scan
	[ "$(sum)" = "$first" ] || echo "it is not what it was"
}
echo '# one byte of it is changed'
[ -z "$file" ] || printf 'X' | dd of="$file" bs=1 seek=5000 conv=notrunc 2>/dev/null
again
echo '# it is cut'
[ -z "$file" ] || truncate -s 1000 "$file"
again
echo '# it is empty'
[ -z "$file" ] || : >"$file"
again
echo '# another one, whole, under its name'
mkdir one && cp "$SOURCE/rules/tlp.yaml" one
XDG_CACHE_HOME="$PWD/other" review scan a.md --rules one
other=$(find other -type f 2>/dev/null | head -n 1)
[ -z "$other" ] || cp "$other" "$file"
again
echo '# a link to another place'
[ -z "$file" ] || { mv "$file" elsewhere && ln -s "$PWD/elsewhere" "$file"; }
scan
echo '# anybody could have written it'
[ -z "$file" ] || { rm -f "$file" && scan >/dev/null && printf 'X' | dd of="$file" bs=1 seek=5000 conv=notrunc 2>/dev/null && chmod 666 "$file"; }
scan
echo '# there is no place for it'
XDG_CACHE_HOME=/proc/none scan
