# Two desks and a server behind a real sshd, on this machine and for this test only.
sshd=$(PATH="$PATH:/usr/sbin:/sbin" command -v sshd) || { echo 'skipped: there is no sshd here (openssh-server)'; exit 77; }
. "$CASES/lib.sh"
git init -q --bare ../server.git
mkdir -m 700 ../ssh
ssh-keygen -q -t ed25519 -N '' -f ../ssh/host && ssh-keygen -q -t ed25519 -N '' -f ../ssh/login
folder=$(cd ../ssh && pwd) port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
echo "restrict $(cat ../ssh/login.pub)" >../ssh/authorized
cat >../ssh/config <<C
Port $port
ListenAddress 127.0.0.1
HostKey $folder/host
AuthorizedKeysFile $folder/authorized
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
SetEnv PATH=$PATH HOME=$HOME XDG_STATE_HOME=$HOME/.state-server XDG_CACHE_HOME=$HOME/.cache-server LC_ALL=C.UTF-8
C
[ "$(id -u)" != 0 ] || mkdir -p /run/sshd
"$sshd" -D -e -f "$folder/config" 2>"$folder/log" &
trap 'kill $!' EXIT
export GIT_SSH_COMMAND="ssh -F none -i $folder/login -o IdentitiesOnly=yes -o UserKnownHostsFile=$folder/known -o BatchMode=yes"
echo "[127.0.0.1]:$port $(cut -d' ' -f1,2 ../ssh/host.pub)" >../ssh/known
place=ssh://SERVER/server.git URL=ssh://$(id -un)@127.0.0.1:$port$(cd ../server.git && pwd)
tries=0
until git ls-remote -q "$URL" >/dev/null 2>"$folder/said"; do
	tries=$((tries + 1))
	[ $tries -lt 20 ] || { echo "skipped: sshd lets nobody in here: $(tail -n 1 "$folder/log")"; exit 77; }
	sleep 0.2
done
. "$CASES/two_desks.sh"
echo '# a host that is not who it was'
echo "[127.0.0.1]:$port $(cut -d' ' -f1,2 "$folder/login.pub")" >"$folder/known"
show 'review sync'
echo '# nobody is there'
kill $! && wait $! 2>/dev/null
trap - EXIT
show 'review sync' | sed "s/port $port/port N/" | quiet
