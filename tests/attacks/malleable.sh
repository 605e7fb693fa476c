# attack 35: a second signature is made from a good one, without the key
# defence: one encoding of everything: what was read is written again and compared
. "$CASES/lib.sh"
entry=$(recorded)
git cat-file commit "$entry" >../raw
wrapped() { python3 - "$1" ../raw <<'P'
import base64, sys
how, raw = sys.argv[1], open(sys.argv[2], "rb").read()
head, rest = raw.split(b"gpgsig -----BEGIN SSH SIGNATURE-----\n", 1)
armor, rest = rest.split(b" -----END SSH SIGNATURE-----\n", 1)
blob = bytearray(base64.b64decode(armor.replace(b"\n ", b"").strip()))
width, order = 70, 2**252 + 27742317777372353535851937790883648493
if how == "columns":
    width = 64
if how == "order":
    blob[-32:] = (int.from_bytes(blob[-32:], "little") + order).to_bytes(32, "little")
if how == "behind":
    blob += b"\0"
text = base64.b64encode(bytes(blob))
lines = b"".join(b" " + text[i:i + width] + b"\n" for i in range(0, len(text), width))
sys.stdout.buffer.write(head + b"gpgsig -----BEGIN SSH SIGNATURE-----\n" + lines + b" -----END SSH SIGNATURE-----\n" + rest)
P
}
for how in columns order behind; do
	echo "# $how"
	refused "$(wrapped $how | git hash-object -t commit -w --literally --stdin)"
done
echo '# text behind the armor'
refused "$(altered "$entry" 's/^ -----END.*/&\n more/')"
