# Two desks and a server behind HTTP: stock git http-backend, with a name and a password.
backend=$(git --exec-path)/git-http-backend
[ -x "$backend" ] || { echo 'skipped: this git has no http-backend'; exit 77; }
[ -x "$(git --exec-path)/git-remote-http" ] || { echo 'skipped: this git does not speak HTTP'; exit 77; }
. "$CASES/lib.sh"
git init -q --bare ../server.git
git -C ../server.git config http.receivepack true
XDG_STATE_HOME="$HOME/.state-server" XDG_CACHE_HOME="$HOME/.cache-server" \
	python3 -B "$CASES/sync/http_server.py" "$(cd .. && pwd)" ../port &
trap 'kill $!' EXIT
tries=0
until [ -f ../port ]; do
	tries=$((tries + 1)) && [ $tries -lt 100 ] || exit 1
	sleep 0.1
done
place=http://SERVER/server.git URL=http://127.0.0.1:$(cat ../port)/server.git
export GIT_TERMINAL_PROMPT=0
git config --global credential.helper "store --file=$HOME/credentials"
echo "http://desk:hours@127.0.0.1:$(cat ../port)" >"$HOME/credentials"
. "$CASES/two_desks.sh"
echo '# a wrong password'
sed -i 's/hours/days/' "$HOME/credentials"
show 'review sync' | quiet
echo '# nobody is there'
kill $! && wait $! 2>/dev/null
trap - EXIT
show 'review sync' | sed -E 's/port [0-9]+( after [0-9]+ ms)?/port N/' | quiet
