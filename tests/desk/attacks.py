"""attacks.py BUILD OFFICE - what a page elsewhere, a program on this machine or a broken browser may send to
the desk, and the status each is refused with.  At the end the ledger is what it was and the desk answers."""
import atexit, re, socket, sys, threading, time

from office import Office

office = Office(sys.argv[1], sys.argv[2])
atexit.register(office.close)
failures = []


def check(what, got, want):
    wanted = want if isinstance(want, tuple) else (want,)
    if got not in wanted:
        failures.append("%s: %s, not %s" % (what, got, want))


def raw(data, wait=8):
    """Send bytes, read to the end; the whole answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as s:
        answer = b""
        try:
            s.sendall(data)
            while True:
                piece = s.recv(65536)
                if not piece:
                    break
                answer += piece
        except (ConnectionError, socket.timeout):
            pass
        return answer


def status(answer):
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", answer)
    return int(found.group(1)) if found else 0


def request(method, path, headers=(), body=b"", host=None, version="HTTP/1.1"):
    lines = ["%s %s %s" % (method, path, version)]
    if host != "":
        lines.append("Host: " + (host or authority))
    lines += list(headers)
    if body:
        lines.append("Content-Length: %d" % len(body))
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def get(path, *headers, **more):
    return status(raw(request("GET", path, headers, **more)))


def post(page, body, *headers, kind="application/x-www-form-urlencoded", origin=True, cookie=True):
    sent = ["Content-Type: " + kind] if kind else []
    sent += ["Origin: " + base] if origin else []
    sent += [entered] if cookie else []
    return status(raw(request("POST", prefix + page, sent + list(headers), body)))


office.write("drafts/trade/a.md", "Opening hours: 9 to 17. Call 13812345678.\n")
office.add()
office.run("review", "submit", "drafts/trade/a.md", "--title", "Hours", "--yes")
before = office.entries()
process, found = office.desk("wang.wei")
port, prefix, token = int(found.group(2)), found.group(3), found.group(4)
authority = "127.0.0.1:%d" % port
base = "http://" + authority

# a listener on this machine's loopback address and no other
with open("/proc/net/tcp") as table:
    listeners = {line.split()[1] for line in table if line.split()[3] == "0A"}
check("listens on", [a for a in listeners if a.endswith(":%04X" % port)], ["0100007F:%04X" % port])

# before anybody entered
check("no cookie", get(prefix + "inbox"), 403)
check("no cookie, style", get(prefix + "style"), 403)
check("cookie made up", get(prefix + "inbox", "Cookie: desk=" + "0" * 64), 403)
check("no token", get(prefix + "enter"), 403)
check("token made up", get(prefix + "enter?token=" + "0" * 64), 403)
check("token cut", get(prefix + "enter?token=" + token[:63]), 403)
check("token posted", status(raw(request("POST", prefix + "enter", ["Origin: " + base], b"token=" + token.encode()))), 405)
check("token, other name", get(prefix + "enter?token=" + token, host="desk.example:%d" % port), 421)
answer = raw(request("GET", prefix + "enter?token=" + token))
check("token", status(answer), 303)
cookie = re.search(rb"Set-Cookie: (desk=[0-9a-f]{64}); Path=(/[0-9a-f]{16}/); HttpOnly; SameSite=Strict\r\n", answer)
if not cookie:
    raise SystemExit("no cookie in %r" % answer)
check("path of the cookie", cookie.group(2).decode(), prefix)
entered = "Cookie: " + cookie.group(1).decode()
check("token used again", get(prefix + "enter?token=" + token), 403)
answer = raw(request("GET", prefix + "inbox", [entered]))
check("entered", status(answer), 200)
for header in (b"Content-Security-Policy: default-src 'none'", b"X-Content-Type-Options: nosniff", b"X-Frame-Options: DENY",
               b"Cache-Control: no-store", b"Referrer-Policy: same-origin", b"Connection: close"):
    check("header " + header.decode(), header in answer, True)
check("no script", b"<script" in answer, False)
check("nothing from elsewhere", re.search(rb"(?:src|href|action)=\"(?:https?:)?//", answer), None)

# other names and origins: DNS rebinding, a page elsewhere, another port of this machine
for name in ("localhost:%d" % port, "127.0.0.1", "127.0.0.1:1", "rebound.example:%d" % port, "127.0.0.1.example:%d" % port,
             "[::1]:%d" % port, "0.0.0.0:%d" % port, authority + ".", "127.1:%d" % port):
    check("Host " + name, get(prefix + "inbox", entered, host=name), 421)
check("no Host", get(prefix + "inbox", entered, host=""), 400)
check("no Host, 1.0", status(raw(request("GET", prefix + "inbox", [entered], host="", version="HTTP/1.0"))), 421)
check("two Hosts", get(prefix + "inbox", entered, "Host: evil.example"), (400, 421))
for origin in ("http://evil.example", "null", "http://127.0.0.1:1", "https://" + authority, base + ".evil.example", base + "/"):
    check("Origin " + origin, get(prefix + "inbox", entered, "Origin: " + origin), 403)
check("two Origins", get(prefix + "inbox", entered, "Origin: " + base, "Origin: http://evil.example"), 403)
check("from another site", get(prefix + "inbox", entered, "Sec-Fetch-Site: cross-site"), 403)
check("from another port", get(prefix + "inbox", entered, "Sec-Fetch-Site: same-site"), 403)
check("typed in", get(prefix + "inbox", entered, "Sec-Fetch-Site: none"), 200)

# paths
for path in ("/", "/inbox", "//" + prefix[1:] + "inbox", prefix + "../inbox", prefix + "../../etc/passwd", prefix + "%2e%2e/etc/passwd",
             prefix + "inbox/", prefix + "case/../inbox", prefix + "INBOX", prefix + ".", prefix + "inbox%00", prefix + "inbox;a",
             prefix + "in%62ox%2f", prefix.upper() + "inbox", base + prefix + "inbox", "http://evil.example" + prefix + "inbox",
             "/0123456789abcdef/inbox", prefix + "a" * 21, prefix + "nothing", prefix + "favicon.ico"):
    check("path " + path, get(path, entered), (400, 404))
for path in ("case?id=../../etc/passwd", "case?id=", "case", "case?id=%00", "decide?id=2026-0001&decision=sign", "timeline?id=%ff"):
    check(path, get(prefix + path, entered), (200, 400, 404) if path.startswith("timeline") else (400, 404))
for method in ("PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "HEAD", "BREW"):
    check(method, status(raw(request(method, prefix + "inbox", [entered]))), (400, 405))
check("post to a page that takes none", post("inbox", b"token=x"), (403, 404))

# forms
case = office.run("review", "inbox").replace("*", " ").split()[0].encode()
secret = re.search(rb'name="token" value="([0-9a-f]{64})"', raw(request("GET", prefix + "decide?id=" + case.decode() + "&decision=return", [entered])))
secret = b"token=" + secret.group(1)
good = b"&id=" + case + b"&decision=return&opinion=no"
check("no token of the form", post("decide", good[1:]), 403)
check("another token", post("decide", b"token=" + b"0" * 64 + good), 403)
check("the cookie as token", post("decide", b"token=" + entered[-64:].encode() + good), 403)
check("form without Origin", post("decide", secret + good, origin=False), 403)
check("form without cookie", post("decide", secret + good, cookie=False), 403)
check("form from elsewhere", post("decide", secret + good, "Origin: http://evil.example"), 403)
check("a good one is shown", post("decide", secret + good), 200)
check("signing what was not shown", post("sign", secret + b"&number=77"), 409)
check("signing nothing", post("sign", secret), 409)
check("JSON", post("decide", b'{"token":1}', kind="application/json"), 415)
check("plain text", post("decide", secret + good, kind="text/plain"), 415)
check("no type", post("decide", secret + good, kind=None), 415)
check("multipart without boundary", post("decide", b"x", kind="multipart/form-data"), (400, 415))
check("multipart cut", post("decide", b"--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nabc",
                            kind="multipart/form-data; boundary=b"), (400, 403, 415))
check("not UTF-8", post("decide", secret + b"&opinion=%ff%fe"), 400)
check("a NUL", post("decide", secret + b"&opinion=a%00b"), 400)
check("many fields", post("decide", secret + b"&a=1" * 2000), 413)
check("much text", post("decide", secret + b"&opinion=" + b"a" * 300000), 413)
check("a long name", post("decide", secret + b"&" + b"n" * 5000 + b"=1"), (400, 413))
check("a large body", status(raw(request("POST", prefix + "decide", [
    entered, "Origin: " + base, "Content-Type: application/x-www-form-urlencoded", "Content-Length: 90000000"]))), 413)
check("a huge body", status(raw(request("POST", prefix + "decide", [
    entered, "Origin: " + base, "Content-Type: application/x-www-form-urlencoded", "Content-Length: 99999999999999999999"]))), (400, 413))
chunk = b"10000\r\n" + b"a" * 65536 + b"\r\n"
check("chunks without end", status(raw(request("POST", prefix + "decide", [
    entered, "Origin: " + base, "Content-Type: multipart/form-data; boundary=b", "Transfer-Encoding: chunked"]) + chunk * 400)), (0, 400, 413))
check("a long header", get(prefix + "inbox", entered, "X-Long: " + "a" * 60000), (0, 413, 431))
check("a long address", get(prefix + "case?id=" + "a" * 60000, entered), (0, 414, 431))
check("many arguments", get(prefix + "case?" + "&".join("a%d=1" % i for i in range(1500)), entered), (0, 413, 414, 431))

# bytes that are no request, and requests behind a request
def send_garbage(garbage):
    check("garbage %r" % garbage[:12], status(raw(garbage)), (0, 400, 404, 421, 505))


threads = [threading.Thread(target=send_garbage, args=(garbage,)) for garbage in (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"\x00" * 200, b"GET\r\n\r\n", b"\r\n" * 50, b"HELO desk\r\n\r\n",
    b"GET " + prefix.encode() + b"inbox HTTP/9.9\r\n\r\n")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
answer = raw(request("GET", prefix + "inbox", [entered]) * 3 + b"\x00garbage\r\n\r\n")
check("one answer a connection", answer.count(b"HTTP/1.1 "), 1)


# slow ones: a head, a form, or nothing at all
def trickle(data, closed):
    begun = time.monotonic()
    with socket.create_connection(("127.0.0.1", port)) as s:
        s.settimeout(1)
        try:
            for i in range(30):
                if i < len(data):
                    s.sendall(data[i:i + 1])
                try:
                    if not s.recv(100):
                        break
                except socket.timeout:
                    pass
        except ConnectionError:
            pass
    closed.append(time.monotonic() - begun)


closed, threads = [], []
for data in [b"", b"GET " + prefix.encode() + b"inbox HTTP/1.1\r\nHost: x",
             request("POST", prefix + "decide", [entered, "Origin: " + base, "Content-Type: application/x-www-form-urlencoded"], b"a" * 50)[:-50]] * 2:
    threads.append(threading.Thread(target=trickle, args=(data, closed)))
    threads[-1].start()
idle = []
for i in range(60): # more than there are places for; some are turned away at once
    try:
        idle.append(socket.create_connection(("127.0.0.1", port), timeout=2))
    except OSError:
        break
for s in idle:
    s.close()
for thread in threads:
    thread.join()
check("slow ones are closed", max(closed) < 16, True)
check("the desk still answers", get(prefix + "inbox", entered), 200)
check("entries", office.entries(), before)
process.terminate()
check("ends when told to", process.wait(20), 0)
print("\n".join(failures) if failures else "every attack was refused")
sys.exit(1 if failures else 0)
