# The walk-through of `make demo`, word for word.
TMPDIR="$PWD" sh "$SOURCE/samples/demo.sh" | sed -E 's#WORK/[^ ]*review-demo\.[A-Za-z0-9]+#HOME#g; s#review-demo\.[A-Za-z0-9]+#DEMO#g'
