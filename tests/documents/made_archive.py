"""Archives: a word in each place of the formats that is no file, made byte by byte."""
import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zlib

from made import besides, made, refused, seen

TEXT = "公开通知 kehu-{}\n"


# ---- tar

def digits(value, size):
    return f"{value:0{size - 1}o}".encode() + b"\0"


def header(name=b"", size=0, kind=b"0", link=b"", owner=b"", group=b"", prefix=b"", magic=b"ustar\x0000", mtime=None, pad=b""):
    block = bytearray(512)
    block[0:len(name)] = name
    block[100:108], block[108:116], block[116:124] = digits(0o644, 8), digits(0, 8), digits(0, 8)
    block[124:136] = digits(size, 12)
    block[136:148] = mtime or digits(0, 12)
    block[156:157] = kind
    block[157:157 + len(link)] = link
    block[257:257 + len(magic)] = magic
    block[265:265 + len(owner)] = owner
    block[297:297 + len(group)] = group
    block[345:345 + len(prefix)] = prefix
    block[500:500 + len(pad)] = pad
    block[148:156] = b" " * 8
    block[148:156] = digits(sum(block), 7) + b" "
    return bytes(block)


def member(name, data, padding=b"", **more):
    data = data.encode() if isinstance(data, str) else data
    room = -len(data) % 512
    return header(name.encode() if isinstance(name, str) else name, len(data), **more) + data + padding.ljust(room, b"\0")


def record(key, value):
    body = b" " + key.encode() + b"=" + (value if isinstance(value, bytes) else value.encode()) + b"\n"
    size = len(body)
    while len(str(size)) + len(body) != size:
        size = len(str(size)) + len(body)
    return str(size).encode() + body


def pax(kind, *records):
    return member("PaxHeader", b"".join(record(k, v) for k, v in records), kind=kind)


END = bytes(1024)


def tars():
    note = member("kehu-601/note.txt", TEXT.format(602))
    yield made("plain.tar", note + END, seen("kehu-601", kind="filename"), seen("kehu-602", "note.txt", "body"))
    yield made("old.tar", member("kehu-603.txt", TEXT.format(604), magic=b"") + END, seen("kehu-603"), seen("kehu-604"))
    yield made("owners.tar", member("a.txt", "x", owner=b"kehu-605", group=b"kehu-606") + END,
               seen("kehu-605", "owners", "metadata"), seen("kehu-606", "owners", "metadata"), besides("properties", "owners"))
    yield made("links.tar", member("a", "", kind=b"2", link=b"/home/kehu-607") + member("b.txt", "y") +
               member("c", "", kind=b"1", link=b"kehu-608") + END,
               seen("kehu-607", "target of a", "filename"), seen("kehu-608", "target of c", "filename"))
    yield made("folders.tar", member("kehu-609/", "", kind=b"5") + member("kehu-610", "", kind=b"6") + END,
               seen("kehu-609", kind="filename"), seen("kehu-610", kind="filename"))
    yield made("prefix.tar", member("note.txt", "x", prefix=b"kehu-611") + END, seen("kehu-611", kind="filename"))
    yield made("gnu.tar", member("././@LongLink", b"x" * 90 + "客户/kehu-612.txt".encode() + b"\0kehu-613", kind=b"L") +
               member("x" * 90, TEXT.format(614)) + END,
               seen("客户/kehu-612", kind="filename"), seen("kehu-613", "behind a long name", "hidden"), seen("kehu-614"))
    yield made("pax.tar", pax(b"x", ("path", "客户/kehu-615.txt"), ("uname", "王伟 kehu-616"), ("comment", "kehu-617"),
                              ("VENDOR.note", "kehu-618"), ("SCHILY.xattr.user.note", "kehu-619"), ("mtime", "1700000000.5")) +
               member("short.txt", TEXT.format(620)) + END,
               seen("kehu-615", kind="filename"), seen("kehu-616", kind="metadata"), seen("kehu-617", "comment", "comment"),
               seen("kehu-618", "extended header", "metadata"), seen("kehu-619", "attribute user.note"), seen("kehu-620"),
               besides("comment", "extended header"), besides("custom-data", "VENDOR.note"), besides("custom-data", "user.note"))
    yield made("global.tar", pax(b"g", ("comment", "kehu-621"), ("gname", "kehu-622")) + note + END,
               seen("kehu-621", kind="comment"), seen("kehu-622", kind="metadata"))
    yield made("gbk.tar", member("客户六二三.txt".encode("gb18030"), TEXT.format(624)) + END,
               seen("客户六二三", kind="filename"), seen("kehu-624", "客户六二三"))
    yield made("label.tar", member("kehu-625", "", kind=b"V", magic=b"ustar  \0") + note + END, seen("kehu-625", "label", "comment"))
    yield made("slack.tar", member("a.txt\0kehu-626", "x", b"kehu-627", owner=b"u\0kehu-628", pad=b"kehu-629") + END,
               seen("kehu-626", "behind the name", "hidden"), seen("kehu-627", "padding", "hidden"),
               seen("kehu-628", "behind the owner", "hidden"), seen("kehu-629", "end of a header", "hidden"),
               besides("unlisted-data", "padding"))
    yield made("number.tar", member("a.txt", "x", mtime=b"kehu-630\0\0\0\0") + END, seen("kehu-630", "number", "hidden"),
               refused("not readable to its end"))
    yield made("behind.tar", note + END + b"kehu-631", seen("kehu-631", "behind the end"), besides("appended-data"))
    yield made("second.tar", note + END + member("kehu-632.txt", TEXT.format(633)) + END,
               seen("kehu-632", "behind the end", "filename"), seen("kehu-633", "behind the end"), besides("appended-data"))
    yield made("twice.tar", member("a.txt", TEXT.format(634)) + member("a.txt", TEXT.format(635)) + END,
               seen("kehu-634"), seen("kehu-635"), besides("earlier-version", "a.txt"))
    yield made("xattr.tar", pax(b"x", ("LIBARCHIVE.xattr.user.k", b"a2VodS02MzY")) + member("a.txt", "x") + END,
               seen("kehu-636", "attribute user.k"))
    yield made("volume.tar", member("a.txt", "x", kind=b"M", magic=b"ustar  \0") + END, refused("split"))
    yield made("elsewhere.tar", member("../kehu-637", "x") + END, seen("kehu-637"), refused("points elsewhere"))
    yield made("short.tar", note[:530], refused("cut short"))
    yield made("damaged.tar", note + b"not a header, but kehu-638".ljust(512, b"!") + END, seen("kehu-638"), refused("a header that is none"))
    sparse = bytearray(member("holes", b"kehu-639", kind=b"S", magic=b"ustar  \0"))
    sparse[386:398], sparse[398:410] = digits(4096, 12), digits(8, 12)
    sparse[483:495] = digits(4104, 12)
    sparse[148:156] = b" " * 8
    sparse[148:156] = digits(sum(sparse[:512]), 7) + b" "
    yield made("sparse.tar", bytes(sparse) + END, refused("holes: not readable: not text"))
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w:gz") as t:
        info = tarfile.TarInfo("kehu-640.txt")
        info.size = 8
        t.addfile(info, io.BytesIO(b"kehu-641"))
    yield made("nested.tar", member("inside.tar.gz", inner.getvalue()) + END, seen("kehu-640", "inside.tar", "filename"),
               seen("kehu-641", "inside.tar"))


# ---- cpio and ar

def newc(name, data, padding=b"", behind=b"", magic=b"070701"):
    name = name.encode() + b"\0" + behind
    fields = [1, 0o100644, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name), 0]
    out = magic + b"".join(b"%08X" % f for f in fields) + name
    out += bytes(-len(out) % 4) + data
    return out + padding[:-len(out) % 4].ljust(-len(out) % 4, b"\0")


def odc(name, data):
    name = name.encode() + b"\0"
    return b"070707" + b"000000" + b"%06o" % 1 + b"100644" + b"000000" * 2 + b"000001" + b"000000" + b"%011o" % 0 + \
        b"%06o" % len(name) + b"%011o" % len(data) + name + data


def old(name, data):
    name = name.encode() + b"\0"
    words = [0o070707, 0, 1, 0o100644, 0, 0, 1, 0, 0, 0, len(name), len(data) >> 16, len(data) & 0xFFFF]
    return struct.pack("<13H", *words) + name + bytes(len(name) % 2) + data + bytes(len(data) % 2)


def cpios():
    tail = newc("TRAILER!!!", b"")
    yield made("new.cpio", newc("kehu-651.txt", TEXT.format(652).encode()) + tail, seen("kehu-651", kind="filename"), seen("kehu-652"))
    yield made("odc.cpio", odc("kehu-653.txt", b"kehu-654") + odc("TRAILER!!!", b""), seen("kehu-653"), seen("kehu-654"))
    yield made("bin.cpio", old("kehu-655.txt", b"kehu-656") + old("TRAILER!!!", b""), seen("kehu-655"), seen("kehu-656"))
    yield made("slack.cpio", newc("a.txt", b"x", b"k65", b"kehu-657") + tail + bytes(100) + b"kehu-658",
               seen("kehu-657", "behind the name", "hidden"), seen("kehu-658", "behind the end"), besides("appended-data"),
               besides("unlisted-data", "padding"))
    yield made("twice.cpio", newc("a.txt", b"kehu-659") + newc("a.txt", b"kehu-660") + tail, seen("kehu-659"), seen("kehu-660"),
               besides("earlier-version"))
    yield made("short.cpio", newc("a.txt", b"kehu-661")[:-3], refused("cut short"))


def ar(name, data, numbers=b"0           0     0     644     "):
    return name.ljust(16).encode() + numbers + str(len(data)).ljust(10).encode() + b"`\n" + data + b"\n" * (len(data) % 2)


def ars():
    yield made("lib.ar", b"!<arch>\n" + ar("//", b"a-long-name-kehu-671.txt/\n") + ar("/0", b"kehu-672") + ar("b.txt/", b"kehu-673"),
               seen("kehu-671", kind="filename"), seen("kehu-672"), seen("kehu-673"))
    yield made("tail.ar", b"!<arch>\n" + ar("a.txt/", b"kehu-674") + b"kehu-675", seen("kehu-674"), seen("kehu-675", "behind the end"),
               besides("appended-data"))
    control = io.BytesIO()
    with tarfile.open(fileobj=control, mode="w:xz") as t:
        info = tarfile.TarInfo("./control")
        info.size = 8
        t.addfile(info, io.BytesIO(b"kehu-676"))
    yield made("package.deb", b"!<arch>\n" + ar("debian-binary", b"2.0\n") + ar("control.tar.xz", control.getvalue()),
               seen("kehu-676", "control.tar"))


# ---- 7z: one file, stored; the list of contents as it stands

def seven(name, data, behind=b""):
    text = (name + "\0").encode("utf-16-le")
    number = lambda n: bytes([n]) if n < 0x80 else bytes([0x80 | n >> 8, n & 0xFF])
    pack = b"\x06" + b"\0" + b"\1" + b"\x09" + number(len(data)) + b"\0"
    folder = b"\x07\x0b\1\0" + b"\1\1\0" + b"\x0c" + number(len(data)) + b"\x0a\1" + struct.pack("<I", zlib.crc32(data)) + b"\0"
    files = b"\x05\1" + b"\x11" + number(len(text) + 1) + b"\0" + text + b"\0"
    contents = b"\1" + b"\4" + pack + folder + b"\x08\0" + b"\0" + files + b"\0"
    start = struct.pack("<QQI", len(data), len(contents), zlib.crc32(contents))
    return b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", zlib.crc32(start)) + start + data + contents + behind


def sevens():
    yield made("a.7z", seven("客户-kehu-681.txt", b"kehu-682"), seen("客户-kehu-681", kind="filename"), seen("kehu-682"))
    yield made("tail.7z", seven("a.txt", b"x", behind=b"kehu-683"), seen("kehu-683", "behind the end"), besides("appended-data"))
    yield made("short.7z", seven("a.txt", b"x" * 40)[:-20], refused("cut short"))


# ---- rar 5 and rar 4, stored

def number7(n):
    out = b""
    while n > 0x7F:
        out, n = out + bytes([n & 0x7F | 0x80]), n >> 7
    return out + bytes([n])


def block5(kind, flags, body, extra=b"", data=b""):
    head = number7(kind) + number7(flags | (1 if extra else 0) | (2 if data else 0))
    head += (number7(len(extra)) if extra else b"") + (number7(len(data)) if data else b"") + body + extra
    head = number7(len(head)) + head
    return struct.pack("<I", zlib.crc32(head)) + head + data


def file5(name, data, kind=2, extra=b""):
    name = name.encode()
    body = number7(4) + number7(len(data)) + number7(0x20) + struct.pack("<I", zlib.crc32(data)) + number7(0) + number7(1)
    return block5(kind, 0, body + number7(len(name)) + name, extra, data)


def block4(kind, flags, body, data=b""):
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head + data


def file4(name, data, kind=0x74, flags=0x8000, method=0x30):
    body = struct.pack("<IIBIIBBHI", len(data), len(data), 3, zlib.crc32(data), 0x21 << 16, 20, method, len(name), 0x20) + name
    return block4(kind, flags, body, data)


def lha(name, data):
    body = b"-lh0-" + struct.pack("<IIHHBB", len(data), len(data), 0, 0, 0x20, 0) + bytes([len(name)]) + name + struct.pack("<H", crc16(data))
    return bytes([len(body), sum(body) & 0xFF]) + body + data


def crc16(data):
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def lhas():
    yield made("a.lzh", lha(b"kehu-685.txt", b"kehu-686") + b"\0" + b"kehu-687".rjust(200, b"."), seen("kehu-685", kind="filename"),
               seen("kehu-686"), seen("kehu-687", "behind the end"), besides("appended-data"))


def rars():
    five, main, end = b"Rar!\x1a\x07\x01\0", block5(1, 0, number7(0)), block5(5, 0, number7(0))
    yield made("a.rar", five + main + file5("客户-kehu-691.txt", b"kehu-692") + file5("CMT", "评论 kehu-693".encode(), 3) + end +
               b"kehu-694", seen("客户-kehu-691", kind="filename"), seen("kehu-692"), seen("kehu-693", "comment", "comment"),
               seen("kehu-694", "behind the end"), besides("comment"), besides("appended-data"))
    yield made("stream.rar", five + main + file5("a.txt", b"x") + file5("STM", b"kehu-695", 3) + end, seen("kehu-695", "STM"),
               besides("unlisted-data", "STM"))
    yield made("volume.rar", five + block5(1, 0, number7(1)) + file5("a.txt", b"x") + end, refused("split"))
    yield made("locked.rar", five + block5(4, 0, b"\0\0\0" + bytes(16)) + b"x" * 40, refused("encrypted"))
    yield made("cut.rar", five + main + file5("a.txt", b"kehu-696"), refused("cut short"))
    four, main, end = b"Rar!\x1a\x07\0", block4(0x73, 0, bytes(6)), block4(0x7B, 0x4000, b"")
    yield made("old.rar", four + main + file4(b"kehu-697.txt", b"kehu-698") + file4(b"CMT", b"kehu-699", 0x7A) + end + b"kehu-700",
               seen("kehu-697", kind="filename"), seen("kehu-698"), seen("kehu-699", "comment", "comment"),
               seen("kehu-700", "behind the end"), besides("comment"), besides("appended-data"))
    yield made("oldvolume.rar", four + block4(0x73, 1, bytes(6)) + file4(b"a.txt", b"x") + end, refused("split"))
    yield made("oldlocked.rar", four + block4(0x73, 0x80, bytes(6)) + b"x" * 40, refused("encrypted"))
    yield made("packed.rar", four + main + file4(b"CMT", b"packed", 0x7A, method=0x33) + end, refused("comment is packed"))


# ---- cabinets

def cab(name, data, reserve=b"", flags=0, gap=b"", behind=b"", blocks=1, checksum=0, method=0):
    name = name + b"\0"
    head = 36 + (4 + len(reserve) if reserve else 0)
    files = head + 8
    at = files + 16 + len(name) + len(gap)
    size = at + (8 + len(data)) * blocks
    out = b"MSCF" + struct.pack("<IIIIIBBHHHHH", 0, size, 0, files, 0, 3, 1, 1, 1, flags | (4 if reserve else 0), 0, 0)
    out += (struct.pack("<HBB", len(reserve), 0, 0) + reserve) if reserve else b""
    out += struct.pack("<IHH", at, blocks, method) + struct.pack("<IIHHHH", len(data), 0, 0, 0x21, 0, 0x20) + name + gap
    return out + (struct.pack("<IHH", checksum, len(data), len(data)) + data) * blocks + behind


def cabs():
    yield made("a.cab", cab(b"kehu-711.txt", b"kehu-712", b"kehu-713", behind=b"kehu-714"), seen("kehu-711", kind="filename"),
               seen("kehu-712"), seen("kehu-713", "reserved", "hidden"), seen("kehu-714", "behind the end"), besides("appended-data"))
    yield made("gap.cab", cab(b"a.txt", b"x", gap=b"kehu-715".center(400, b".")), seen("kehu-715", "no entry needs"), besides("appended-data"))
    # a block that is not the last has 32 KiB; asked for what is behind it, libarchive 3.6.2 crashes
    yield made("blocks.cab", cab(b"a.txt", b"x" * 100, blocks=5, checksum=1), refused("a.txt: could not be unpacked"))
    yield made("part.cab", cab(b"a.txt", b"x", flags=0) [:30] + b"\2\0" + cab(b"a.txt", b"x")[32:36] + b"next.cab\0disk\0" +
               cab(b"a.txt", b"x")[36:], refused("split"))


# ---- ISO 9660: one folder, one file

def both(n, size):
    return n.to_bytes(size, "little") + n.to_bytes(size, "big")


def entry(name, at, size, folder):
    out = bytes(1) + both(at, 4) + both(size, 4) + bytes([126, 1, 1, 0, 0, 0, 0]) + bytes([2 if folder else 0, 0, 0]) + both(1, 2)
    out += bytes([len(name)]) + name + bytes(1 - len(name) % 2)
    return bytes([len(out) + 1]) + out


def iso(before=b"", label=b"KEHU-721", orphan=b"", behind=b""):
    sector = lambda b: b.ljust(2048, b"\0")
    data = b"kehu-722"
    root = entry(b"\0", 20, 2048, True) + entry(b"\1", 20, 2048, True) + entry(b"KEHU-723.TXT;1", 21, len(data), False)
    path = bytes([1, 0]) + (20).to_bytes(4, "little") + bytes([1, 0, 0, 0])
    volume = bytearray(2048)
    volume[0:8] = b"\1CD001\1\0"
    volume[40:72] = label.ljust(32)
    volume[80:88], volume[120:124], volume[124:128], volume[128:132] = both(23, 4), both(1, 2), both(1, 2), both(2048, 2)
    volume[132:140] = both(len(path), 4)
    volume[140:144] = (18).to_bytes(4, "little")
    volume[148:152] = (19).to_bytes(4, "big")
    volume[156:190] = entry(b"\0", 20, 2048, True)
    volume[318:446] = b"kehu-724".ljust(128)
    volume[881] = 1
    out = before.ljust(16 * 2048, b"\0") + bytes(volume) + sector(b"\xffCD001\1")
    return out + sector(path) + sector(path) + sector(root) + sector(data) + sector(orphan) + behind


def isos():
    yield made("a.iso", iso(b"kehu-725", orphan=b"kehu-726", behind=b"kehu-727".ljust(2048)), seen("KEHU-721", "around"),
               seen("kehu-722"), seen("KEHU-723", kind="filename"), seen("kehu-724", "around"), seen("kehu-725", "around"),
               seen("kehu-726", "around"), seen("kehu-727", "behind the end"), besides("appended-data", "behind the end"),
               besides("appended-data", "before the volume"))
    yield made("short.iso", iso()[:22 * 2048], refused("cut short"))


# ---- one stream

def gz(data, flags=0, more=b""):
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"\x1f\x8b\x08" + bytes([flags]) + bytes(6) + more + packed.compress(data) + packed.flush() + \
        struct.pack("<II", zlib.crc32(data), len(data))


def streams():
    text = TEXT.format(731).encode()
    extra = b"AB\x08\0kehu-733"
    yield made("kehu-730.txt.gz", gz(text, 28, struct.pack("<H", len(extra)) + extra + "客户-kehu-732.txt".encode() + b"\0" + b"kehu-734\0"),
               seen("kehu-731", "kehu-730.txt", "body"), seen("客户-kehu-732", "name", "filename"), seen("kehu-733", "extra field", "hidden"),
               seen("kehu-734", "comment", "comment"), besides("comment"), besides("unlisted-data", "extra field"))
    yield made("two.txt.gz", gz(b"kehu-735 ") + gz(b"kehu-736"), seen("kehu-735 kehu-736"), seen("kehu-736", "behind the first member"),
               besides("appended-data", "1 members"))
    yield made("tail.txt.gz", gz(text) + b"kehu-737", seen("kehu-737", "behind the end"), besides("appended-data"))
    yield made("short.txt.gz", gz(text)[:-9], refused("cut short"))
    yield made("a.txt.bz2", bz2.compress(text) + b"kehu-738", seen("kehu-731", "a.txt"), seen("kehu-738", "behind the end"),
               besides("appended-data"))
    yield made("a.txt.xz", lzma.compress(text), seen("kehu-731", "a.txt"))
    yield made("b.txt.xz", lzma.compress(text) + b"kehu-739", refused("not readable"))
    yield made("a.txt.lzma", lzma.compress(text, lzma.FORMAT_ALONE), seen("kehu-731", "a.txt"))
    frame = lambda data: b"\x28\xb5\x2f\xfd\x20" + bytes([len(data)]) + struct.pack("<I", len(data) << 3 | 1)[:3] + data
    skip = lambda data: b"\x5a\x2a\x4d\x18" + struct.pack("<I", len(data)) + data
    yield made("a.txt.zst", frame(text) + skip(b"kehu-740"), seen("kehu-731", "a.txt"), seen("kehu-740", "passed over"),
               besides("unlisted-data", "passed over"))
    four = b"\x04\x22\x4d\x18\x60\x40\x82" + struct.pack("<I", len(text) | 1 << 31) + text + bytes(4)
    yield made("a.txt.lz4", four + skip(b"kehu-741"), seen("kehu-731", "a.txt"), seen("kehu-741", "passed over"))
    yield made("b.txt.lz4", four + b"kehu-742", seen("kehu-742", "behind the end"), besides("appended-data"))
    yield made("a.tar.gz", gzip.compress(member("kehu-743.txt", text) + END, mtime=0), seen("kehu-743", "a.tar", "filename"),
               seen("kehu-731", "a.tar"))
    yield made("bomb.gz", gz(bytes(100 * 1024 * 1024)), refused("larger than can be read"))


def documents():
    for make in (tars, cpios, ars, sevens, lhas, rars, cabs, isos, streams):
        yield from make()
