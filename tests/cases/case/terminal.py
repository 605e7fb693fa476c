"""terminal.py ANSWERS COMMAND... - run it at a terminal of its own and type; print how it ended.

ANSWERS are typed one a line, each when a question waits, separated by "|"; "^C" and "^D" are typed as
such; at "^W" two seconds are waited and the time is told.  With SEEN in the environment, also say which of its "|"-separated texts were on the screen."""
import os, pty, select, signal, sys, time

answers, command = sys.argv[1].split("|") if sys.argv[1] else [], sys.argv[2:]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
screen, typed = b"", 0
while True:
    ready = select.select([terminal], [], [], 20)[0]
    if not ready:
        os.kill(pid, signal.SIGKILL)
        print("nothing for twenty seconds; the screen ended with:", screen[-300:])
        break
    try:
        piece = os.read(terminal, 65536)
    except OSError:
        break
    if not piece:
        break
    screen += piece
    # a question is a line that is not ended and stays so
    waits = not screen.endswith(b"\n") and not select.select([terminal], [], [], 0.3)[0]
    if waits and typed < len(answers) and answers[typed] == "^W":
        time.sleep(2)
        print("waited until", int(time.time()))
        typed += 1
    if waits and typed < len(answers):
        answer = {"^C": b"\x03", "^D": b"\x04"}.get(answers[typed], answers[typed].encode() + b"\n")
        os.write(terminal, answer)
        typed += 1
status = os.waitpid(pid, 0)[1]
for text in os.environ.get("SEEN", "").split("|"):
    if text:
        print("%s: %s" % (text, "seen" if text.encode() in screen else "not seen"))
if os.WIFSIGNALED(status):
    print("ended by", signal.Signals(os.WTERMSIG(status)).name)
else:
    print("status", os.WEXITSTATUS(status))
