# Policies that would give too much, or nothing: refused with the place in the file.
. "$CASES/lib.sh"
cp .review/policy.yaml good
with() {
	sed "$1" good >bad.yaml
	show 'review policy check bad.yaml'
}
with 's/threshold: 2/threshold: 0/'
with 's/threshold: 2/threshold: 4/'
with 's/people: \[zhang.min, li.na, zhao.lei\]/people: []/'
with 's/people: \[zhang.min, li.na, zhao.lei\]/people: [zhang.min, nobody]/'
with 's/may: \[{stage: initial}\]/may: [{stage: initial, section: trades}]/'
with 's/may: \[{stage: initial}\]/may: [{acting: initial}]/'
with 's/may: \[{stage: initial}\]/may: [{acting: initial, from: 2026-12-15, until: 2026-12-01}]/'
with 's/may: \[{stage: initial}\]/may: [{acting: initial, from: 2026-02-30, until: 2026-12-01}]/'
with 's/may: \[{stage: deputy-director}\]/may: [{stage: deputy-director, section: trade}]/'
with 's/^keepers:/keeper:/'
with "s|keys: \[.*\]|keys: [\"$(review key show li.na 2>/dev/null)\"]|"
with '0,/keys: \[/s|keys: \[.*\]|keys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]|'
with '0,/keys: \[/s|keys: \[.*\]|keys: []|'
ssh-keygen -q -t rsa -b 2048 -N '' -f rsa
with "0,/keys: \[/s|keys: \[.*\]|keys: [\"$(cut -d' ' -f1,2 rsa.pub)\"]|"
ssh-keygen -q -t ecdsa -b 384 -N '' -f ec
with "0,/keys: \[/s|keys: \[.*\]|keys: [\"$(cut -d' ' -f1,2 ec.pub)\"]|"
with "$(printf 's|drafts/trade/|drafts/cafe\314\201/|')"
with "$(printf 's|drafts/trade/|drafts/caf\303\251/|')"
with 's/^people:/keys: {security-keys-only: true}\npeople:/'
with 's/^people:/keys: {pin: true}\npeople:/'
show 'review policy diff bad.yaml'
show 'review policy diff nowhere.yaml'
show 'review policy endorse'
show 'review policy change'
echo "entries: $(entries)"
