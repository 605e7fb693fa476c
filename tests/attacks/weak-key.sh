# attack 30: a weak key is enrolled: one whose signatures anybody can make
# defence: keys of small order, short RSA keys and old kinds are refused when a policy is read
. "$CASES/lib.sh"
enrolled() { sed "s|\"$(line wang.wei)\"|\"$1\"|" .review/policy.yaml >../p.yaml && show 'review policy check ../p.yaml'; }
point() { printf 'ssh-ed25519 %s' "$({ printf '\0\0\0\013ssh-ed25519\0\0\0\040'; printf "$1"; head -c $((32 - $2)) /dev/zero; } | base64 -w0)"; }
echo '# the identity, and its other spelling; zero; the point of order two is all ones'
enrolled "$(point '\001' 1)"
enrolled "$(printf 'ssh-ed25519 %s' "$({ printf '\0\0\0\013ssh-ed25519\0\0\0\040\001'; head -c 30 /dev/zero; printf '\200'; } | base64 -w0)")"
enrolled "$(point '' 0)"
enrolled "$(printf 'ssh-ed25519 %s' "$({ printf '\0\0\0\013ssh-ed25519\0\0\0\040\354'; head -c 30 /dev/zero | tr '\0' '\377'; printf '\177'; } | base64 -w0)")"
echo '# short RSA'
openssl genrsa -out ../rsa 2048 2>/dev/null && chmod 600 ../rsa
enrolled "$(ssh-keygen -y -f ../rsa | cut -d' ' -f1,2)"
echo '# kinds nobody should use'
enrolled 'ssh-dss AAAAB3NzaC1kc3MAAAAA'
enrolled 'ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAAAA'
