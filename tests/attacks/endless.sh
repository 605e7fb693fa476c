# attack 57: more than anybody can read: an endless entry, body, line or archive
# defence: every size that comes from input has a limit; what is larger is undecided
. "$CASES/lib.sh"
echo '# a line'
refused "$(recorded "swap=note: -=>note: $(head -c 5000 /dev/zero | tr '\0' x)")"
echo '# an entry'
{ git cat-file commit "$(recorded)" && head -c 300000 /dev/zero | tr '\0' '\n'; } >../raw
refused "$(git hash-object -t commit -w --literally ../raw)"
echo '# a body'
head -c 16777217 /dev/zero >../body
refused "$(forged "like=$(at 12)" 'swap=round: 1=>round: 2' "swap=scan: $(value 12 scan)=>scan: {../body}")"
echo '# an archive of a thousand times its size'
python3 - <<'P'
import zipfile
with zipfile.ZipFile("drafts/trade/z.zip", "w", zipfile.ZIP_DEFLATED) as z:
    for i in range(8):
        z.writestr(f"{i}.txt", b"\0" * (16 << 20))
P
git add drafts
show 'review scan --staged | tail -n 1'
