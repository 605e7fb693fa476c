"""terminal.py [interrupt] COMMAND...: run it on a terminal of its own, and say what its progress line did.

The terminal is both of its outputs. With `interrupt`, Ctrl-C is typed as soon as the line is there."""
import os, pty, re, signal, subprocess, sys

interrupt = sys.argv[1] == 'interrupt'
command = sys.argv[2:] if interrupt else sys.argv[1:]
LINE = re.compile(rb'\r\x1b\[K([^\r\n\x1b]+)(?=\r\x1b\[K)')
parent, child = pty.openpty()


def lead():
    os.setsid()
    import fcntl, termios
    fcntl.ioctl(child, termios.TIOCSCTTY, 0)


process = subprocess.Popen(command, stdin=child, stdout=child, stderr=child, preexec_fn=lead, close_fds=True)
os.close(child)
seen, typed = b'', False
while True:
    try:
        piece = os.read(parent, 65536)
    except OSError:
        break
    if not piece:
        break
    seen += piece
    if interrupt and not typed and LINE.search(seen):
        os.write(parent, b'\x03')
        typed = True
status = process.wait()
lines = LINE.findall(seen)
rest = seen[seen.rfind(b'\r\x1b[K') + 4:] if lines else seen
print('line:', re.sub(r'[0-9]+(\.[0-9]+)?', 'N', lines[-1].decode().replace('^C', '')) if lines else 'none')
print('behind it:', 'nothing' if not rest.replace(b'^C', b'').strip() else 'the line' if lines and rest[:6] == lines[0][:6] else 'the answer')
print('status:', signal.Signals(-status).name if status < 0 else status)
