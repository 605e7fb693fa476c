# attack 31: another algorithm, hash or purpose than agreed
# defence: each key type has one signature algorithm; hash sha512 and namespace git, nothing else
. "$CASES/lib.sh"
accepted "$(recorded)"
refused "$(recorded hash=sha256)"
refused "$(recorded signer=made hash=sha256)"
refused "$(recorded namespace=file)"
refused "$(recorded signer=made namespace=git2)"
refused "$(recorded signer=made namespace=)"
