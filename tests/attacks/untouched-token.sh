# attack 42: a program uses a plugged-in security key while its owner is away
# defence: the signature has to say that the token was touched
. "$CASES/lib.sh"
entry() { recorded person=zhang.min signer=token "$@"; }
accepted "$(entry flags=1)"
refused "$(entry flags=0)"
refused "$(entry flags=4)"
