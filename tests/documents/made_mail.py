"""Mail: messages, web archives and mailboxes, byte by byte, with a word of its own in each hiding place."""
import base64
import quopri
import struct

from made import besides, made, refused, seen


def b64(data):
    return base64.encodebytes(data if isinstance(data, bytes) else data.encode())


def qp(text):
    return quopri.encodestring(text.encode())


def crlf(data):
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def message(body, *headers):
    lines = ["From: a@example.org", "To: b@example.org", "Subject: notice", "MIME-Version: 1.0", *headers]
    head = b"".join((h if isinstance(h, bytes) else h.encode()) + b"\n" for h in lines)
    return head + b"\n" + (body if isinstance(body, bytes) else body.encode())


def parts(boundary, *items, before=b"", behind=b"", end=True):
    out = before + (b"\n" if before else b"")
    for headers, body in items:
        out += b"--" + boundary.encode() + b"\n" + headers.encode() + (b"\n" if headers else b"") + b"\n"
        out += (body if isinstance(body, bytes) else body.encode()) + b"\n"
    return out + (b"--" + boundary.encode() + b"--\n" if end else b"") + behind


def multi(kind, *items, boundary="b1", **more):
    return message(parts(boundary, *items, **more), f'Content-Type: multipart/{kind}; boundary="{boundary}"')


def word(charset, text, how="B", label=None):
    data = text.encode(charset)
    body = base64.b64encode(data).decode() if how == "B" else "".join("=%02X" % b for b in data)
    return f"=?{label or charset}?{how}?{body}?="


TEXT = "Content-Type: text/plain; charset=utf-8"


def headers():
    m = message("see kehu-2001\n", "Bcc: kehu-2002@example.org", "X-Note: kehu-2003", "Received: from kehu-2004 by x",
                "Message-ID: <kehu-2005@example.org>", "X-Kehu-2006: y", "Comments: a\n kehu-2007",
                "Reply-To: =?utf-8?Q?kehu-2008?= <x@example.org>")
    yield made("eight.eml", message("写着客户二零零九\n", TEXT, "Content-Transfer-Encoding: 8-bit"), seen("写着客户二零零九", kind="body"))
    yield made("headers.eml", m, seen("kehu-2001", kind="body"), seen("kehu-2002", "header Bcc", "metadata"),
               seen("kehu-2003", "header X-Note"), seen("kehu-2004", "header Received"), seen("kehu-2005", "header Message-ID"),
               seen("Kehu-2006", "header X-Kehu-2006"), seen("kehu-2007", "header Comments"),
               seen("kehu-2008", "header Reply-To", "header"), besides("properties"))
    yield made("crlf.eml", crlf(m), seen("kehu-2001"), seen("kehu-2002", "header Bcc"), seen("kehu-2007", "header Comments"))
    yield made("cr.eml", m.replace(b"\n", b"\r"), seen("kehu-2001", kind="body"), seen("kehu-2002", "header Bcc"))
    yield made("late.eml", b"\xef\xbb\xbf\r\n" + m, seen("kehu-2001", kind="body"), seen("kehu-2002", "header Bcc"))
    raw = "X-Unit: 客户二千零一".encode("gb18030")
    yield made("eightbit.eml", message(b"x", raw, "X-Utf: 客户二千零二"), seen("客户二千零一", "header X-Unit"), seen("客户二千零二", "header X-Utf"))
    yield made("eightbit-claimed.eml", message("привет 2003".encode("koi8-r"), "X-Unit: секрет".encode("koi8-r"),
                                               "Content-Type: text/plain; charset=koi8-r"),
               seen("секрет", "header X-Unit"), seen("привет 2003", kind="body"))


def words():
    gb = "机密函".encode("gb2312")
    cut = ["=?GB2312?B?" + base64.b64encode(b).decode() + "?=" for b in (gb[:3], gb[3:])]
    joined = base64.b64encode("客户二千零三十".encode()).decode()
    yield made("words.eml", message(
        "x", "X-A: " + word("gb2312", "机") + " " + word("gb2312", "密函"), "X-B: " + " ".join(cut), "X-C: " + "\n ".join(cut),
        "X-D: " + word("utf-8", "kehu-2010", "Q") + word("utf-8", "kehu-2011", "B"),
        'X-E: "' + word("big5", "客戶二千") + '" <a@example.org>', "X-F: " + word("shift_jis", "顧客2012", "Q"),
        "X-G: =?utf-8?Q?kehu_2013 with space?=", "X-H: =?utf-8*zh?B?" + base64.b64encode("客户二千零一十四".encode()).decode() + "?=",
        "X-I: " + word("iso-2022-jp", "顧客２０１５"), f"X-J: =?utf-8?B?{joined[:7]}?= =?utf-8?B?{joined[7:]}?=",
        "X-K: ke\\hu-2016", "X-L: " + word("utf-8", "ke", "Q") + "\n\t" + word("utf-8", "hu-2017", "Q")),
        seen("机密函", "header X-A"), seen("机密函", "header X-B"), seen("机密函", "header X-C"), seen("kehu-2010kehu-2011", "header X-D"),
        seen("客戶二千", "header X-E"), seen("顧客2012", "header X-F"), seen("kehu 2013 with space", "header X-G"),
        seen("客户二千零一十四", "header X-H"), seen("顧客２０１５", "header X-I"), seen("客户二千零三十", "header X-J"),
        seen("kehu-2016", "header X-K"), seen("kehu-2017", "header X-L"), seen("=?GB2312?B?", "header X-B, as written"))
    lie = message("x", "X-A: " + word("gb18030", "客户二千零一十八", label="us-ascii"), "X-B: " + word("gb18030", "客户二千零一十九", label="utf-8"))
    yield made("lies.eml", lie, seen("客户二千零一十八", "header X-A, encoded words"), seen("客户二千零一十九", "header X-B, encoded words"))
    yield made("odd-charset.eml", message("x", "X-A: =?x-unknown?Q?kehu-2034?="), seen("kehu-2034", "header X-A"))
    yield made("unknown-charset.eml", message("x", "X-A: =?x-secret?B?gYKDhA==?="), refused("charset not known: x-secret"))


def names():
    file = "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; "
    for n, (how, name) in enumerate([
            ('filename="kehu-2020.txt"', "kehu-2020.txt"),
            ("filename*=utf-8'zh'%E5%AE%A2%E6%88%B7-2021.txt", "客户-2021.txt"),
            ("filename*0=\"kehu\"; filename*1=\"-2022.txt\"", "kehu-2022.txt"),
            ("filename*1*=%E6%88%B7-2023.txt; filename*0*=gb18030''%BF%CD; filename*2=\"x\"", None),
            ("filename*0*=gb18030''%BF%CD%BB; filename*1*=%A7-2024.txt", "客户-2024.txt"),
            ('filename="' + word("gb18030", "客户-2025.txt") + '"', "客户-2025.txt"),
            ('filename="' + word("utf-8", "客户-", "Q") + " " + word("utf-8", "2026.txt", "Q") + '"', "客户-2026.txt"),
            ('filename="k\\e\\hu-2027.txt"', "kehu-2027.txt"),
            ("filename=kehu-2028 two words.txt", "kehu-2028 two words.txt"),
            ('filename="plain.txt"; filename*=utf-8\'\'kehu-2029.txt', "kehu-2029.txt")]):
        wants = [seen(name, kind="filename"), seen(name, "attachment " + name)] if name else []
        yield made(f"name{n}.eml", multi("mixed", (TEXT, "x"), (file + how, b64(f"kehu-203{n}"))), seen(f"kehu-203{n}"), besides("attachment"), *wants)
    yield made("name-type.eml", multi("mixed", ('Content-Type: text/plain; name="kehu-2040.txt"', "kehu-2041")),
               seen("kehu-2040.txt", kind="filename"), seen("kehu-2041"))


def structure():
    yield made("mixed.eml", multi("mixed", (TEXT + "\nX-Part: kehu-2050\nContent-Description: kehu-2051", "kehu-2052"),
                                  (TEXT + "\nContent-Transfer-Encoding: base64", b64("kehu-2053")),
                                  ("", "kehu-2054"), before=b"kehu-2055", behind=b"kehu-2056\n"),
               seen("kehu-2050", "part 1 > header X-Part"), seen("kehu-2051", "part 1 > header Content-Description"),
               seen("kehu-2052", "part 1", "body"), seen("kehu-2053", "part 2", "body"), seen("kehu-2054", "part 3", "body"),
               seen("kehu-2055", "before the first part", "hidden"), seen("kehu-2056", "behind the parts", "hidden"),
               besides("hidden-text", "before the first part"), besides("appended-data", "behind the parts"))
    yield made("across.eml", multi("mixed", (TEXT, "a\nke"), (TEXT, "hu-2190\nb")), seen("ke\nhu-2190", "part 1", "body"))
    page = "Content-Type: text/html"
    yield made("pages.eml", multi("mixed", (page, "<p>ke</p>"), (page, "<p>hu-2191</p>"), (TEXT, "ke"), (page, "<p>hu-2192</p>")),
               seen("ke\nhu-2191", "part 1.html", "body"), seen("ke\nhu-2192", "part 3", "body"))
    yield made("sheet.mht", multi("related", (page + "\nContent-Location: http://kehu/a.html", "<p>kehu-<i class=x>not</i>2193</p>"),
                                  ("Content-Type: text/css\nContent-Location: cid:a@b", "p, .x { display: none }")),
               seen("kehu-2193", "a.html", "body"), seen("display: none", "part 2, cid:a@b.css", "body"))
    yield made("after.eml", multi("mixed", (TEXT, "x"), behind=b"--b1\n\nkehu-2057\n--b1--\n"), seen("kehu-2057", "part 2", "body"))
    inner = parts("b2", ("Content-Type: text/plain", "kehu-2058"), ("Content-Type: text/html", "<p>kehu</b>-2059<p>"))
    yield made("alternative.eml", multi("mixed", ('Content-Type: multipart/alternative; boundary="b2"', inner), (TEXT, "kehu-2060")),
               seen("kehu-2058", "part 1.1"), seen("kehu-2059", "part 1.2.html"), seen("kehu-2060", "part 2"))
    yield made("html.eml", message("<div>kehu<span>-2061</span></div><img src=http://tracker.example/kehu-2062><script>1</script>",
                                   "Content-Type: text/html"),
               seen("kehu-2061", "body.html"), seen("kehu-2062"), besides("external-link", "http://tracker.example"), besides("script"))
    nested = message("kehu-2063", "X-Inner: kehu-2064")
    yield made("nested.eml", multi("mixed", ("Content-Type: message/rfc822", nested),
                                   ("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64", b64(nested.replace(b"2063", b"2065")))),
               seen("kehu-2063", "part 1", "body"), seen("kehu-2064", "part 1 > header X-Inner"), seen("kehu-2065", "part 2", "body"),
               besides("embedded-object", "part 1"))
    yield made("digest.eml", multi("digest", ("", nested)), seen("kehu-2064", "part 1 > header X-Inner"))
    yield made("attached.eml", multi("mixed", ('Content-Type: application/octet-stream; name="fw.eml"\nContent-Transfer-Encoding: base64',
                                               b64(b"Subject: kehu-2066\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
                                                   + b64("kehu-2067")))), seen("kehu-2066", "fw.eml > header Subject"), seen("kehu-2067"))
    yield made("mismatch.eml", multi("mixed", ("Content-Type: application/pdf; name=kehu-2042.pdf", "kehu-2043")),
               seen("kehu-2043", "attachment kehu-2042.pdf"), besides("name-mismatch", "kehu-2042.pdf"))
    yield made("report.eml", multi("report", (TEXT, "x"), ("Content-Type: message/delivery-status", "Reporting-MTA: dns; kehu-2068"),
                                   ("Content-Type: text/rfc822-headers", "Subject: kehu-2069\nFrom: x\n")),
               seen("kehu-2068", "part 2"), seen("kehu-2069", "part 3"))
    yield made("box.eml", multi("mixed", ('Content-Type: multipart/mixed; boundary=b11', parts("b11", (TEXT, "kehu-2070"))), (TEXT, "kehu-2071")),
               seen("kehu-2070", "part 1.1"), seen("kehu-2071", "part 2"))
    yield made("external.eml", multi("mixed", ('Content-Type: message/external-body; access-type=URL; URL="ftp://kehu-2072/"',
                                               "Content-Type: image/png\n\nkehu-2073")),
               seen("kehu-2072"), seen("kehu-2073"), besides("external-link", "part 1"))


def texts():
    yield made("qp.eml", message(qp("客户二千零八十，kehu-2081"), TEXT, "Content-Transfer-Encoding: quoted-printable"),
               seen("客户二千零八十，kehu-2081", kind="body"))
    yield made("qp-lax.eml", message("ke=68u-2082 a=b ke=\nhu-2083=  \n-2084", TEXT, "Content-Transfer-Encoding: Quoted-Printable"),
               seen("kehu-2082"), seen("kehu-2083-2084"), seen("a=b"))
    for n, charset in enumerate(["gb18030", "big5", "shift_jis", "utf-16", "iso-2022-jp", "koi8-r", "euc-kr"]):
        text = ["客户二千", "客戶二千", "顧客二千", "客户二千", "顧客二千", "секрет двадцать", "고객이천"][n]
        yield made(f"charset{n}.eml", message(b64(text.encode(charset)), f"Content-Type: text/plain; charset={charset}",
                                              "Content-Transfer-Encoding: base64"), seen(text, kind="body"))
    yield made("lie.eml", message("客户二千零八十五".encode("gb18030"), "Content-Type: text/plain; charset=us-ascii"), seen("客户二千零八十五"))
    yield made("flowed.eml", message("ke \nhu-2086 \nnext\n", "Content-Type: text/plain; format=flowed; delsp=yes"),
               seen("kehu-2086", "as shown", "body"))
    yield made("invitation.eml", message("BEGIN:VCALENDAR\nSUMMARY:ke\n hu-2087\nEND:VCALENDAR\n", "Content-Type: text/calendar"),
               seen("kehu-2087", "as shown"))
    yield made("enriched.eml", message("<bold>ke</bold>hu-2088", "Content-Type: text/enriched"), seen("kehu-2088"))
    uu = b"begin 644 kehu-2089.txt\n" + b"".join(__import__("binascii").b2a_uu(b"kehu-2090\n") for _ in range(1)) + b"`\nend\n"
    yield made("uu.eml", message(b"see\n" + uu + b"kehu-2091\n"), seen("kehu-2089.txt", kind="filename"),
               seen("kehu-2090", "attachment kehu-2089.txt"), seen("kehu-2091"), besides("attachment", "kehu-2089.txt"))
    yield made("uu-part.eml", multi("mixed", ("Content-Type: application/x-any; name=a.txt\nContent-Transfer-Encoding: x-uuencode", uu)),
               seen("kehu-2090", "attachment a.txt"))
    yield made("begin.eml", message("begin 644 of them\nand so on\n"), seen("begin 644 of them"))
    data = bytes((b + 42) & 255 for b in "客户 kehu-2092".encode())
    yenc = b"".join(bytes([61, (b + 64) & 255]) if b in (0, 10, 13, 61) else bytes([b]) for b in data)
    yield made("yenc.eml", message(b"=ybegin line=128 size=%d name=kehu-2093.txt\n%s\n=yend size=%d\n" % (len(data), yenc, len(data))),
               seen("客户 kehu-2092", "attachment kehu-2093.txt"))
    key = b64(b"\x99\x00\x0dkehu-2094 <a@example.org>").decode()
    yield made("key.eml", message(f"-----BEGIN PGP PUBLIC KEY BLOCK-----\nVersion: 1\n\n{key}=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n"),
               seen("kehu-2094", "PGP key"))
    yield made("clearsigned.eml", message("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nkehu-2095\n"), seen("kehu-2095"), besides("signature"))


def der(tag, data, indefinite=False):
    if indefinite:
        return bytes([tag, 0x80]) + data + b"\0\0"
    size = len(data)
    length = bytes([size]) if size < 128 else b"\x82" + struct.pack(">H", size)
    return bytes([tag]) + length + data


def cms(content, last=2, chunks=False):
    oid = der(6, bytes.fromhex("2a864886f70d0107") + bytes([last]))
    inner = der(0x24, der(4, content[:9]) + der(4, content[9:]), True) if chunks else der(4, content)
    encap = der(0x30, der(6, bytes.fromhex("2a864886f70d010701")) + der(0xA0, inner, chunks), chunks)
    signed = der(0x30, der(2, b"\1") + der(0x31, b"") + encap + der(0xA0, der(0x0C, b"kehu-2100")), chunks)
    return der(0x30, oid + der(0xA0, signed, chunks), chunks)


def secured():
    head = "Content-Type: application/pkcs7-mime; smime-type={}; name=smime.p7m\nContent-Transfer-Encoding: base64"
    content = b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + b64("kehu-2101")
    for n, chunks in enumerate((False, True)):
        yield made(f"opaque{n}.eml", message(b64(cms(content, 2, chunks)), head.format("signed-data")), seen("kehu-2101", "signed", "body"),
                   seen("kehu-2100", "signature", "hidden"), besides("signature"))
    yield made("enveloped.eml", message(b64(cms(b"x", 3)), head.format("enveloped-data")), refused("encrypted (S/MIME)"))
    yield made("lying-type.eml", message(b64(cms(b"x", 3)), head.format("signed-data")), refused("encrypted (S/MIME)"))
    yield made("odd-p7m.eml", message(b64(b"odd"), head.format("signed-data")), refused("S/MIME that cannot be taken apart"))
    yield made("signed.eml", multi("signed", (TEXT, "kehu-2102"), ("Content-Type: application/pgp-signature", "-----BEGIN PGP SIGNATURE-----\n")),
               seen("kehu-2102"), besides("signature"))
    yield made("pgp-mime.eml", multi("encrypted", ("Content-Type: application/pgp-encrypted", "Version: 1"), (TEXT, "x")), refused("encrypted (PGP/MIME)"))
    yield made("pgp.eml", message("> -----BEGIN PGP MESSAGE-----\n"), refused("encrypted (PGP)"))


def damaged():
    yield made("base64.eml", message(b64("kehu-2110") + b"kehu-2111!\n", TEXT, "Content-Transfer-Encoding: base64"),
               refused("damaged base64"), seen("kehu-2110"), seen("kehu-2111", "as sent", "hidden"))
    yield made("encoding.eml", message("x", "Content-Transfer-Encoding: x-secret"), refused("transfer encoding not known: x-secret"))
    yield made("no-boundary.eml", message("kehu-2112", "Content-Type: multipart/mixed"), refused("names no boundary"), seen("kehu-2112"))
    yield made("other-boundary.eml", message("kehu-2113", "Content-Type: multipart/mixed; boundary=b1"), refused("a multipart without its boundary"), seen("kehu-2113"))
    yield made("no-end.eml", multi("mixed", (TEXT, "kehu-2114"), end=False), refused("a multipart that does not end"), seen("kehu-2114"))
    yield made("partial.eml", message("kehu-2115", "Content-Type: message/partial; id=x; number=1; total=2"), refused("split"), seen("kehu-2115"))
    yield made("packed.eml", message("x", "Content-Encoding: br"), refused("content encoding not known: br"))
    yield made("two-types.eml", message("kehu-2116", "Content-Type: text/plain", "Content-Type: text/html"), refused("two headers Content-Type"))
    yield made("line.eml", message("x", "kehu 2117 without a name", "X-More: y"), refused("a line that is no field"), seen("kehu 2117"))
    yield made("uu-cut.eml", message(b"begin 644 a\n" + __import__("binascii").b2a_uu(b"kehu")), refused("uuencode that does not end"))
    yield made("yenc-part.eml", message(b"=ybegin part=1 line=128 size=1 name=a\n=ypart begin=1 end=1\nA\n=yend size=1\n"), refused("split (yEnc)"))
    yield made("binhex.eml", message("(This file must be converted with BinHex 4.0)\n"), refused("BinHex"))
    yield made("charset.eml", message(b"\x81\x82\x83", "Content-Type: text/plain; charset=x-secret"), refused("charset not known: x-secret"))


def archives():
    page = "<html><body>ke<i>hu-2120</i><img src=cid:1></body></html>"
    yield made("page.mht", multi("related", ("Content-Type: text/html\nContent-Location: file:///C:/Users/kehu-2121/page.htm\n"
                                             "Content-Transfer-Encoding: quoted-printable", qp(page)),
                                 ("Content-Type: text/javascript\nContent-Location: http://x.example/a.js", "kehu-2124"),
                                 ("Content-Type: text/css\nContent-Location: http://x.example/kehu-2122.css?a", "p { content: 'kehu-2123' }")),
               seen("kehu-2120", "page.htm"), seen("kehu-2121", "header Content-Location"), seen("kehu-2122.css", kind="filename"), seen("kehu-2123"),
               seen("kehu-2124", "a.js"), besides("script", "a.js"))


def boxes():
    first = message("kehu-2130\n\n>From kehu-2131\n>>From kehu-2132\nFrom here on kehu-2133\n")
    second = multi("mixed", (TEXT + "\nContent-Transfer-Encoding: base64", b64("kehu-2134")), (TEXT, "\nFrom kehu-2135 on\n"))
    box = b"From kehu-2136@x Mon Jan  1 00:00:00 2024\n" + first + b"\nFrom b@x Mon Jan  1 00:00:00 2024\n>From kehu-2137\n" + second
    wants = [seen("kehu-2130", "message 1", "body"), seen("From kehu-2131", "message 1"), seen(">From kehu-2132", "message 1"),
             seen("kehu-2133", "message 1"), seen("kehu-2134", "message 2 > part 1"), seen("kehu-2135", "message 2 > part 2"),
             seen("kehu-2136", "message 1 > envelope"), seen("kehu-2137", "message 2")]
    yield made("all.mbox", box, *wants)
    yield made("all-crlf.mbox", crlf(box), *wants)


def documents():
    for group in (headers, words, names, structure, texts, secured, damaged, archives, boxes):
        yield from group()
