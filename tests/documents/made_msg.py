"""Messages saved by Outlook: a compound file written stream by stream, with a word of its own in each property."""
import struct

from made import besides, made, refused, seen

SECTOR, MINI = 512, 64
END, FREE, FATSECT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(tree):
    """A compound file ([MS-CFB], version 3) of {name: bytes or {...}}."""
    entries = [["Root Entry", 5, 0xFFFFFFFF, 0, 0]]
    mini, sectors, fat = b"", [], []

    def chain(data):
        start = len(sectors)
        count = (len(data) + SECTOR - 1) // SECTOR
        for i in range(count):
            sectors.append(data[i * SECTOR:(i + 1) * SECTOR].ljust(SECTOR, b"\0"))
            fat.append(start + i + 1 if i + 1 < count else END)
        return start if count else END

    minifat = []
    right = {}

    def add(children):
        nonlocal mini
        first, before = 0xFFFFFFFF, None
        for name in sorted(children, key=lambda n: (len(n), n.upper())):
            data = children[name]
            index = len(entries)
            entries.append([name, 2, 0xFFFFFFFF, END, 0])
            if before is None:
                first = index
            else:
                right[before] = index
            before = index
            if isinstance(data, dict):
                entries[index][1] = 1
                entries[index][3] = 0
                entries[index][2] = add(data)
                continue
            entries[index][4] = len(data)
            if len(data) >= 4096:
                entries[index][3] = chain(data)
            elif data:
                entries[index][3] = len(mini) // MINI
                count = (len(data) + MINI - 1) // MINI
                base = len(minifat)
                minifat.extend(base + i + 1 if i + 1 < count else END for i in range(count))
                mini += data.ljust(count * MINI, b"\0")
        return first

    entries[0][2] = add(tree)
    entries[0][3], entries[0][4] = chain(mini), len(mini)
    minifat_start = chain(struct.pack(f"<{len(minifat)}I", *minifat).ljust(max(SECTOR, -(-len(minifat) * 4 // SECTOR) * SECTOR), b"\xff"))
    table = b""
    for i, (name, kind, child, start, size) in enumerate(entries):
        wide = name.encode("utf-16-le")
        table += wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide) + 2, kind, 1, 0xFFFFFFFF, right.get(i, 0xFFFFFFFF), child)
        table += bytes(36) + struct.pack("<IQ", start, size)
    while len(table) % SECTOR:
        table += bytes(64) + struct.pack("<HBBIII", 0, 0, 0, FREE, FREE, FREE) + bytes(48)
    directory = chain(table)
    fat_count = 1
    while (len(fat) + fat_count) * 4 > fat_count * SECTOR:
        fat_count += 1
    fat_start = len(sectors)
    whole = fat + [FATSECT] * fat_count
    whole += [FREE] * (fat_count * SECTOR // 4 - len(whole))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, fat_count, directory, 0, 4096, minifat_start, -(-len(minifat) * 4 // SECTOR) or 1, END, 0)
    head += struct.pack("<109I", *[fat_start + i if i < fat_count else FREE for i in range(109)])
    return head + b"".join(sectors) + struct.pack(f"<{len(whole)}I", *whole)


def wide(text):
    return text.encode("utf-16-le")


def prop(tag, data):
    return {f"__substg1.0_{tag:08X}": data}


def store(head, streams, fixed=(), inner=None, listed=True):
    """The streams of one storage, with the list of its properties."""
    rows = b""
    for name, data in streams.items():
        if listed and "-" not in name:
            rows += struct.pack("<IIII", int(name[12:20], 16), 6, len(data) + 2 if isinstance(data, bytes) else 0xFFFFFFFF, 0)
    for tag, value in fixed:
        rows += struct.pack("<II", tag, 6) + value.ljust(8, b"\0")
    return {**streams, **(inner or {}), "__properties_version1.0": bytes(head) + rows}


def name_id(*names):
    """Names for properties 0x8000 and on."""
    strings, entries = b"", b""
    for i, name in enumerate(names):
        entries += struct.pack("<IHH", len(strings), 5 << 1 | 1, i)
        data = wide(name)
        strings += struct.pack("<I", len(data)) + data + bytes(-len(data) % 4)
    return {"__nameid_version1.0": {"__substg1.0_00020102": b"", "__substg1.0_00030102": entries, "__substg1.0_00040102": strings}}


def pack_rtf(text):
    """Compressed RTF without one reference but the last, which ends it."""
    out = b""
    for i in range(0, len(text), 8):
        piece = text[i:i + 8]
        if len(piece) == 8:
            out += b"\0" + piece
        else:
            at = (207 + len(text)) % 4096
            out += bytes([1 << len(piece)]) + piece + struct.pack(">H", at << 4)
    if len(text) % 8 == 0:
        out += b"\1" + struct.pack(">H", (207 + len(text)) % 4096 << 4)
    crc = 0
    for byte in out:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xEDB88320 if crc & 1 else 0)
    return struct.pack("<IIII", len(out) + 12, len(text), 0x75465A4C, crc) + out


CHINESE = (0x3FFD0003, struct.pack("<I", 936))
WIDE = {**prop(0x0037001F, wide("kehu-2201 客户")), **prop(0x1000001F, wide("kehu-2202 客户二千")), **prop(0x0E02001F, wide("kehu-2203")),
        **prop(0x0C1A001F, wide("kehu-2204")), **prop(0x3FFA001F, wide("kehu-2205")), **prop(0x66AA001F, wide("kehu-2206")),
        **prop(0x007D001F, wide("Bcc: kehu-2207\nSubject: =?utf-8?Q?kehu=2D2208?=\nContent-Type: multipart/mixed; boundary=b\n")),
        **prop(0x0FFF0102, b"\0\0\0\0kehu-2209\0" + wide("kehu-2210"))}


def documents():
    yield made("wide.msg", compound(store(32, WIDE)),
               seen("kehu-2201 客户", "property subject", "header"), seen("kehu-2202 客户二千", "body", "body"),
               seen("kehu-2203", "property Bcc"), seen("kehu-2204", "property sender name"), seen("kehu-2205", "property last modifier"),
               seen("kehu-2206", "property 0x66AA"), seen("kehu-2207", "internet headers > header Bcc"),
               seen("kehu-2208", "internet headers > header Subject"), seen("kehu-2209", "0x0FFF", "hidden"),
               seen("kehu-2210", "0x0FFF", "hidden"), besides("properties"))
    narrow = {**prop(0x0037001E, "客户二千 kehu-2211".encode("gb18030")), **prop(0x1000001E, "客户二千 kehu-2212".encode("gb18030"))}
    yield made("narrow.msg", compound(store(32, narrow, [CHINESE])), seen("客户二千 kehu-2211", "property subject"), seen("客户二千 kehu-2212", "body", "body"))
    yield made("narrow-no-page.msg", compound(store(32, narrow)), seen("客户二千 kehu-2211", "strings"), seen("客户二千 kehu-2212", "body", "body"))
    html = "<p>ke<b>hu</b>-2213 客户二千</p>"
    yield made("html.msg", compound(store(32, prop(0x10130102, html.encode("gb18030")), [(0x3FDE0003, struct.pack("<I", 936))])),
               seen("kehu-2213 客户二千", "body.html", "body"))
    yield made("html-wide.msg", compound(store(32, prop(0x1013001F, wide(html)))), seen("kehu-2213 客户二千", "body.html"))
    yield made("rtf.msg", compound(store(32, prop(0x10090102, pack_rtf(rb"{\rtf1 kehu\b -2214}")))), seen("kehu-2214", "body.rtf"))
    broken = bytearray(pack_rtf(rb"{\rtf1 kehu-2215}"))
    broken[12] ^= 1
    yield made("rtf-crc.msg", compound(store(32, prop(0x10090102, bytes(broken)))), refused("damaged compressed RTF"))
    named = {**prop(0x8000001F, wide("kehu-2216")), **prop(0x8001101F, b"\x14\0\0\0"), "__substg1.0_8001101F-00000000": wide("kehu-2217"),
             "__substg1.0_8001101F-00000001": wide("kehu-2218")}
    number = (0x80020003, struct.pack("<I", 22190))
    yield made("named.msg", compound({**store(32, named, [number]), **name_id("kehu-2220", "Keywords", "kehu-2221")}),
               seen("kehu-2216", "property kehu-2220"), seen("kehu-2217", "property Keywords"), seen("kehu-2218", "property Keywords"),
               seen("22190", "property kehu-2221"), seen("kehu-2220", "names of properties"))
    yield made("unlisted.msg", compound(store(32, prop(0x1035001F, wide("kehu-2222")), listed=False)), seen("kehu-2222"), besides("unlisted-data", "1035001F"))
    time = (0x00390040, struct.pack("<Q", (1700000000 + 11644473600) * 10000000))
    yield made("time.msg", compound(store(32, {}, [time])), seen("2023-11-14T22:13:20Z", "property sent"))
    copy = store(8, {**prop(0x3001001F, wide("kehu-2223")), **prop(0x39FE001F, wide("kehu-2224"))}, [(0x0C150003, struct.pack("<I", 3))])
    yield made("recipient.msg", compound(store(32, {}, inner={"__recip_version1.0_#00000000": copy})),
               seen("kehu-2223", "recipient 1 (Bcc)"), seen("kehu-2224", "recipient 1 (Bcc) > property SMTP address"))
    file = store(8, {**prop(0x37010102, "附件 kehu-2225".encode()), **prop(0x3707001F, wide("kehu-2226.txt")), **prop(0x3704001F, wide("KEHU-2~7.TXT")),
                     **prop(0x3712001F, wide("kehu-2228"))}, [(0x37050003, struct.pack("<I", 1))])
    yield made("attachment.msg", compound(store(32, {}, inner={"__attach_version1.0_#00000000": file})),
               seen("附件 kehu-2225", "attachment kehu-2226.txt", "body"), seen("kehu-2226.txt", kind="filename"), seen("KEHU-2~7.TXT"),
               seen("kehu-2228", "content id"), besides("attachment", "kehu-2226.txt"))
    link = store(8, {**prop(0x370D001F, wide("\\\\server\\kehu-2229")), **prop(0x3707001F, wide("a.doc"))}, [(0x37050003, struct.pack("<I", 2))])
    yield made("reference.msg", compound(store(32, {}, inner={"__attach_version1.0_#00000000": link})), seen("kehu-2229", "long path name"),
               besides("external-link", "attachment a.doc"))
    deep = store(24, prop(0x1000001F, wide("kehu-2230")), inner={"__attach_version1.0_#00000000": file})
    holder = store(8, prop(0x3001001F, wide("kehu-2231")), [(0x37050003, struct.pack("<I", 5))], {"__substg1.0_3701000D": deep})
    yield made("message.msg", compound(store(32, {}, inner={"__attach_version1.0_#00000000": holder})),
               seen("kehu-2230", "attachment kehu-2231 > body", "body"), seen("附件 kehu-2225", "attachment kehu-2231 > attachment kehu-2226.txt"),
               besides("embedded-object", "attachment kehu-2231"))
    other = store(8, prop(0x3001001F, wide("kehu-2235")), [(0x37050003, struct.pack("<I", 6))], {"__substg1.0_3701000D": {"Package": b"kehu-2236"}})
    yield made("object.msg", compound(store(32, {}, inner={"__attach_version1.0_#00000000": other})), seen("kehu-2235", "attachment kehu-2235"),
               seen("kehu-2236"), besides("embedded-object", "attachment kehu-2235"))
    mail = b"Content-Type: multipart/signed; boundary=b\n\n--b\nContent-Transfer-Encoding: base64\n\na2VodS0yMjMy\n--b--\n"
    signed = store(8, {**prop(0x37010102, mail), **prop(0x370E001F, wide("multipart/signed")), **prop(0x3707001F, wide("smime.p7m"))})
    yield made("signed.msg", compound(store(32, prop(0x001A001F, wide("IPM.Note.SMIME.MultipartSigned")), inner={"__attach_version1.0_#00000000": signed})),
               seen("kehu-2232"), besides("signature"))
    sealed = store(8, {**prop(0x37010102, bytes.fromhex("300f06092a864886f70d010703a0023000")), **prop(0x3707001F, wide("smime.p7m"))})
    yield made("encrypted.msg", compound(store(32, prop(0x001A001F, wide("IPM.Note.SMIME")), inner={"__attach_version1.0_#00000000": sealed})),
               refused("encrypted (S/MIME)"))
    rights = store(8, {**prop(0x37010102, b"v\xe8\4\x60\xc4\x11\xe3\x86"), **prop(0x3707001F, wide("message.rpmsg"))})
    yield made("rights.msg", compound(store(32, {}, inner={"__attach_version1.0_#00000000": rights})), refused("rights management"))
    yield made("no-list.msg", compound(store(32, {}, inner={"__attach_version1.0_#00000000": prop(0x3707001F, wide("kehu-2233"))})),
               refused("no list of properties"), seen("kehu-2233"))
    yield made("extra.msg", compound({**store(32, WIDE), "Stray": b"....kehu-2234...."}), seen("kehu-2234", "Stray", "hidden"))
