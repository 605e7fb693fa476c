# Every command of samples/README.md prints what that page, and README.md, show.
# `python3 samples/screens.py samples/README.md README.md` writes the screens anew.
TMPDIR="$PWD" python3 -B "$SOURCE/samples/screens.py" --check "$SOURCE/samples/README.md" "$SOURCE/README.md" && echo 'the screens are true'
