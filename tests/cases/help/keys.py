"""keys.py SHELL COMPLETIONS LINE... - type each line into an interactive shell and print what the
line has become: \\t is the tab key."""
import os
import pty
import re
import select
import sys
import time

shell, completions, lines = sys.argv[1], sys.argv[2], sys.argv[3:]
START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"],
             "PS1=; bind 'set show-all-if-ambiguous off'; bind 'set bell-style none'; "
             "bind 'set enable-bracketed-paste off'; bind 'set page-completions off'; "
             f". {completions}/review.bash; show() {{ printf '\\n<<%s>>\\n' \"$READLINE_LINE\"; READLINE_LINE=; }}; "
             "bind -x '\"\\C-g\": show'"),
    "zsh": (["zsh", "-f", "-i"],
            f"PS1=; unsetopt zle_bracketed_paste prompt_sp list_beep; fpath=({completions} $fpath); "
            "autoload -Uz compinit; compinit -u -D; show() { print; print -r -- \"<<$BUFFER>>\"; BUFFER=; }; "
            "zle -N show; bindkey '^G' show"),
}


def until(fd, wanted, seconds=20):
    """All that is printed until the pattern is there."""
    seen, end = b"", time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([fd], [], [], 0.2)[0]:
            try:
                seen += os.read(fd, 65536)
            except OSError:
                break
        found = re.search(wanted, seen, re.S)
        if found:
            return found
    sys.exit(f"{shell} did not answer; it printed: {seen!r}")


command, setup = START[shell]
pid, fd = pty.fork()
if pid == 0:
    os.environ.update(TERM="dumb", COLUMNS="200")
    os.execvp(command[0], command)
os.write(fd, setup.encode() + b"; echo rea''dy\n")
until(fd, rb"\nready\r?\n")
for line in lines:
    os.write(fd, line.replace("\\t", "\t").encode() + b"\x07")
    found = until(fd, rb"<<(.*?)>>")
    print(found[1].decode().replace("\r", "").replace("\n", ""))
os.write(fd, b"exit\n")
os.close(fd)
os.waitpid(pid, 0)
