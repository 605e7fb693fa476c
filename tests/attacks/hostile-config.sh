# attack 54: the repository's configuration or the environment runs programs or shows another repository
# defence: git is never run; configuration is not trusted; the ledger is known by its id
. "$CASES/lib.sh"
printf '#!/bin/sh\ntouch %s/ran\n' "$HOME" >../run && chmod +x ../run
for key in core.fsmonitor core.sshCommand core.editor core.pager gpg.program gpg.ssh.program diff.external \
	filter.x.clean filter.x.smudge filter.x.process credential.helper; do
	git config "$key" "$PWD/../run"
done
echo '* filter=x diff=x' >.git/info/attributes
agent
review inbox >/dev/null && review scan drafts >/dev/null && as zhao.lei release "$TWO" | head -n 1
[ -e "$HOME/ran" ] && echo 'a program of the configuration ran' || echo 'nothing was run'
