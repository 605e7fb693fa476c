"""Pictures: chunks, segments, directories, records, what stands between and behind; a word in each place."""
import base64
import io
import struct
import zipfile
import zlib

from made import besides, made, refused, seen, without


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks, tail=b""):
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\10\0\0\0\0") + b"".join(chunk(*c) for c in chunks) +
            chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"") + tail)


def segment(marker, data):
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def jpeg(*segments, tail=b""):
    return (b"\xff\xd8" + b"".join(segment(*s) for s in segments) + segment(0xDA, b"\1\1\0\0\77\0") +
            b"ab\xff\0c\xff\xd9" + tail)


def directory(order, start, entries, after=0):
    """One TIFF directory at `start`, its values behind it; each entry is (tag, type, bytes)."""
    sizes = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}
    head, values, at = struct.pack(order + "H", len(entries)), b"", start + 2 + 12 * len(entries) + 4
    for tag, kind, data in sorted(entries):
        head += struct.pack(order + "HHI", tag, kind, len(data) // sizes[kind])
        if len(data) <= 4:
            head += data.ljust(4, b"\0")
        else:
            head += struct.pack(order + "I", at + len(values))
            values += data + b"\0" * (len(data) & 1)
    return head + struct.pack(order + "I", after) + values


def tiff(order=">", word=0, thumbnail=b"", extra=()):
    """EXIF and GPS below a main directory; words from `word` on."""
    def text(number):
        return b"kehu-%d\0" % (word + number)

    mark = b"MM" if order == ">" else b"II"
    sub = [(36867, 2, text(4)), (37500, 7, b"\1\2" + text(5)), (37510, 7, b"UNICODE\0" + text(6)[:-1].decode().encode(
        "utf-16-be" if order == ">" else "utf-16-le")), (42033, 2, text(7)), (59999, 7, text(8) + b"\xff")]
    gps = [(2, 5, struct.pack(order + "IIIIII", 31, 1, 14, 1, 5, 2)), (27, 7, b"ASCII\0\0\0" + text(9)), (29, 2, text(10))]
    main = [(270, 2, text(0)), (315, 2, text(1)), (40093, 1, text(2).decode().encode("utf-16-le")), (33432, 2, text(3)),
            (34665, 4, b"...."), (34853, 4, b"....")] + list(extra)
    size = 8 + len(directory(order, 8, main))
    subs = directory(order, size, sub)
    places = directory(order, size + len(subs), gps)
    end = size + len(subs) + len(places)
    main = [(t, k, struct.pack(order + "I", size if t == 34665 else size + len(subs)) if t in (34665, 34853) else d)
            for t, k, d in main]
    small = b""
    if thumbnail:
        entries = [(513, 4, struct.pack(order + "I", end + 30)), (514, 4, struct.pack(order + "I", len(thumbnail)))]
        small = directory(order, end, entries).ljust(30, b"\0") + thumbnail
    return mark + struct.pack(order + "HI", 42, 8) + directory(order, 8, main, end if thumbnail else 0) + subs + places + small


def xmp(word):
    return ("<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='r'><rdf:Description rdf:about='' dc:creator='kehu-%d'>"
            "<dc:title>kehu-%d</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>" % (word, word + 1)).encode()


def resources(word):
    """Photoshop's, with an IPTC record."""
    record = b"\x1c\2\5\0\x08kehu-%d" % word
    out = b"8BIM\4\4\0\0" + struct.pack(">I", len(record)) + record + b"\0" * (len(record) & 1)
    name = b"kehu-%d" % (word + 1)
    return out + b"8BIM\x04\x0b" + bytes([len(name)]) + name + b"\0" * (1 - len(name) % 2) + struct.pack(">I", 8) + (
        b"kehu-%d" % (word + 2))


def packed(name, text):
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as z:
        z.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text)
    return box.getvalue()


def words(first, last):
    return [seen("kehu-%d" % n) for n in range(first, last + 1)]


def pngs():
    profile = b"\nexif\n    1\n" + (b"Exif\0\0" + tiff(">", 430)).hex().encode()
    chunks = [(b"tEXt", b"kehu-401\0kehu-402"), (b"zTXt", b"a\0\0" + zlib.compress(b"kehu-403")),
              (b"iTXt", b"b\0\0\0zh\0kehu-404\0" + "客户四零五".encode()),
              (b"iTXt", b"c\0\1\0\0\0" + zlib.compress(b"kehu-406")), (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp(407)),
              (b"eXIf", tiff("<", 410)), (b"iCCP", b"kehu-421\0\0" + zlib.compress(b"\1\2kehu-422\3")),
              (b"prVt", b"\0\1kehu-423\2"), (b"mkBS", zlib.compress(b"\0kehu-424\0" * 3)), (b"gAMA", b"kehu-425"),
              (b"sPLT", b"kehu-426\0\10"), (b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(profile))]
    yield made("all.png", png(*chunks), seen("客户四零五"), besides("page-without-text"), besides("properties", "EXIF"),
               besides("geolocation"), besides("custom-data", "chunk prVt"), *words(401, 404), *words(406, 408),
               *words(410, 426), *words(430, 440))
    yield made("latin.png", png((b"tEXt", b"a\0" + "客户四四一".encode("gbk"))), seen("客户四四一"))
    yield made("frames.png", png((b"acTL", b"\0\0\0\2\0\0\0\0"), (b"fcTL", b"\0" * 26), (b"fcTL", b"\0" * 26)),
               besides("page-without-text", "2 pages or frames"))
    yield made("cropped.png", png(tail=b"\x12\x34kehu-442" + b"\x80" * 9), seen("kehu-442", "behind the picture"),
               besides("appended-data"))
    yield made("zip.png", png(tail=packed("kehu-443.txt", b"kehu-444")), seen("kehu-443.txt"), seen("kehu-444"),
               besides("polyglot"), besides("appended-data"))
    yield made("inzip.png", png((b"prVt", packed("kehu-445.txt", b"kehu-446"))), seen("kehu-445.txt"), seen("kehu-446"),
               besides("polyglot"))
    yield made("cut.png", png()[:-12], refused("it ends before its last chunk"))
    yield made("changed.png", png((b"tEXt", b"a\0kehu-447")).replace(b"447", b"448"), seen("kehu-448"), refused("checksum"))
    yield made("packed.png", png((b"zTXt", b"a\0\0nothing")), refused("zTXt a: damaged"))


def jpegs():
    small = jpeg((0xFE, b"kehu-451"))
    long = b"<a>kehu-452 " + b"x" * 90 + b" kehu-453</a>"
    extended = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32
    image = base64.b64encode(jpeg((0xFE, b"kehu-454")) + b"\0" * 20)
    thumbnails = (b"<r xmlns:g='g'><g:image>" + image + b"</g:image></r>")
    segments = [(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), (0xE0, b"JFXX\0\x10" + small),
                (0xE1, b"Exif\0\0" + tiff(">", 460, thumbnail=jpeg((0xFE, b"kehu-471")))),
                (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(472)), (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + thumbnails),
                (0xE1, extended + struct.pack(">II", len(long), 0) + long[:60]),
                (0xE1, extended + struct.pack(">II", len(long), 60) + long[60:]),
                (0xE2, b"ICC_PROFILE\0\1\2..kehu-"), (0xE2, b"ICC_PROFILE\0\2\0024740"), (0xE2, b"MPF\0kehu-475"),
                (0xED, b"Photoshop 3.0\0" + resources(476)), (0xE5, b"kehu-479"), (0xEE, b"Adobe\0d\0\0\0\0\0kehu-480"),
                (0xFE, b"kehu-481"), (0xFE, "客户四八二".encode("gbk"))]
    yield made("all.jpg", jpeg(*segments), besides("page-without-text"), besides("thumbnail", "thumbnail"),
               besides("geolocation", "EXIF"), besides("custom-data", "APP5"), seen("kehu-4740"), seen("客户四八二"),
               seen("kehu-481", "comment in the file", "comment"), *words(451, 454), *words(460, 473), *words(475, 480))
    yield made("comments.jpg", jpeg((0xFE, b"ke"), (0xE5, b"x"), (0xFE, b"hu-1490")), seen("kehu-1490", "comments in the file", "comment"))
    yield made("second.jpg", jpeg(tail=jpeg((0xFE, b"kehu-483"))), seen("kehu-483", "behind the picture"), besides("appended-data"))
    yield made("motion.jpg", jpeg(tail=b"\0\0\0\x14ftypmp42kehu-484"), refused("HEIC image or video"))
    yield made("pdf.jpg", jpeg((0xFE, b"%PDF-1.4 kehu-485")), seen("kehu-485"), besides("polyglot", "PDF"))
    yield made("cut.jpg", jpeg((0xFE, b"kehu-486"))[:-2], seen("kehu-486"), refused("it ends before its end mark"))
    yield made("segment.jpg", b"\xff\xd8\xff\xe1\xff\xff" + b"kehu-487", seen("kehu-487"), refused("it ends within a segment"))


def other_tiffs():
    wide = struct.pack("<2sHHHQ", b"II", 43, 8, 0, 16) + struct.pack("<QHHQQ", 1, 315, 2, 9, 52) + struct.pack("<Q", 0) + b"kehu-501\0\0"
    strip = tiff("<", 510, extra=[(273, 4, struct.pack("<I", 4000)), (279, 4, struct.pack("<I", 50)), (65000, 7, b"kehu-521\0"),
                                  (700, 1, xmp(522)), (33723, 7, b"\x1c\2\x78\0\x08kehu-524"), (34377, 7, resources(525))])
    filled = strip.ljust(3000, b"\0") + b"kehu-528".ljust(1000, b"\0") + b"." * 50 + b"kehu-529"
    yield made("wide.tif", wide, seen("kehu-501"), besides("page-without-text"))
    yield made("all.tif", filled, *words(510, 529), besides("unlisted-data"), besides("appended-data"), besides("geolocation"))
    yield made("big.tif", tiff(">", 540), *words(540, 550))
    number = lambda n: struct.pack("<I", n)
    entries = [(315, 2, b"kehu-530\0"), (0xBC01, 1, b"\1" * 16), (0xBCC0, 4, number(300)), (0xBCC1, 4, number(40)), (0xBCC2, 4, number(340)), (0xBCC3, 4, number(9))]
    photo = (b"II\xbc\1" + number(8) + directory("<", 8, entries)).ljust(300, b"\0") + b"\x81." * 24 + b"..kehu-531"
    yield made("all.wdp", photo, *words(530, 531), besides("appended-data"), besides("page-without-text"), without("unlisted-data"))
    yield made("cut.tif", tiff("<", 560)[:60], refused("damaged picture"))


def gif():
    def blocks(data):
        return b"".join(bytes([len(data[i:i + 255])]) + data[i:i + 255] for i in range(0, len(data), 255)) + b"\0"

    trailer = b"\1" + bytes(range(255, -1, -1)) + b"\0"
    body = (b"!\xfe" + blocks(b"kehu-601") + b"!\1\x0c" + b"." * 12 + blocks(b"kehu-602") + b"!\xff\x0bXMP DataXMP" + xmp(603) +
            trailer + b"!\xff\x0bPROGRAM1.00" + blocks(b"\1kehu-605") + b"!\xff\x0bICCRGBG1012" + blocks(b"..kehu-606") +
            b"!\x77" + blocks(b"kehu-607") + b"!\xf9\4\0\0\0\0\0,\0\0\0\0\1\0\1\0\0\2" + blocks(b"\1\0"))
    head = b"GIF89a\1\0\1\0\0\0\0"
    yield made("all.gif", head + body + b";kehu-608", *words(601, 608), seen("kehu-602", "", "body"), besides("appended-data"),
               besides("page-without-text"))
    yield made("cut.gif", head + body, refused("it ends before its end mark"))


def webp():
    def part(kind, data):
        return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) & 1)

    body = b"WEBP" + part(b"VP8X", b"\0" * 10) + part(b"VP8 ", b"....") + part(b"EXIF", b"Exif\0\0" + tiff("<", 610)) + part(
        b"XMP ", xmp(621)) + part(b"ICCP", b"..kehu-623") + part(b"PRIV", b"kehu-624") + part(
            b"ANMF", b"\0" * 16 + part(b"INNR", b"kehu-625"))
    whole = b"RIFF" + struct.pack("<I", len(body)) + body
    yield made("all.webp", whole + b"kehu-626", *words(610, 626), besides("appended-data"), besides("custom-data", "chunk PRIV"))
    yield made("cut.webp", whole[:-4], refused("it is shorter than it says"))


def bmp():
    info = struct.pack("<IiiHHIIiiII", 40, 1, 1, 1, 24, 0, 0, 0, 0, 0, 0)
    head = b"BM" + struct.pack("<IHHI", 0, 0, 0, 14 + 40 + 10)
    five = struct.pack("<IiiHHIIiiII", 124, 1, 1, 1, 24, 0, 0, 0, 0, 0, 0).ljust(112, b"\0") + struct.pack("<III", 128, 10, 0)
    yield made("all.bmp", head + info + b"kehu-631.." + b"...." + b"kehu-632", *words(631, 632), besides("unlisted-data"),
               besides("appended-data"))
    yield made("profile.bmp", b"BM" + struct.pack("<IHHI", 0, 0, 0, 14 + 124) + five + b"...." + b"..kehu-633", seen("kehu-633"))
    yield made("cut.bmp", head + info, refused("damaged picture"))


def emf():
    def record(kind, data):
        data += b"\0" * (-len(data) % 4)
        return struct.pack("<II", kind, len(data) + 8) + data

    def drawn(text, height, options=0, kind=84):
        data = text.encode("utf-16-le") if kind == 84 else text.encode("gbk")
        count = len(data) // 2 if kind == 84 else len(data)
        return record(kind, b"\0" * 28 + struct.pack("<iiIII", 0, height, count, 76, options) + b"\0" * 20 + data)

    name = "kehu-641\0kehu-642\0\0".encode("utf-16-le")
    head = record(1, (b"\0" * 32 + b" EMF" + b"\0" * 16 + struct.pack("<II", len(name) // 2, 88)).ljust(80, b"\0") + name)
    face = "kehu-643".encode("utf-16-le").ljust(64, b"\0")
    plus = struct.pack("<HHIIIII", 0x401C, 0, 44, 32, 0, 0, 8) + b"\0" * 16 + "kehu-644".encode("utf-16-le")
    plus = plus[:4] + struct.pack("<II", len(plus), len(plus) - 12) + plus[12:]
    comment = b"EMF+" + plus
    body = (record(82, struct.pack("<I", 1) + b"\0" * 28 + face) + "".encode() + b"".join(drawn(c, 5) for c in "kehu-645") +
            drawn("客户六四六", 9) + drawn("客户六四七", 20, kind=83) + record(70, struct.pack("<I", 8) + b"kehu-648") +
            record(70, struct.pack("<I", len(comment)) + comment) + record(120, b"kehu-649") +
            record(81, b"\0" * 72 + jpeg((0xFE, b"kehu-650"))) + record(108, struct.pack(
                "<iiIIIff", 0, 30, 8, 0x300, 0, 1, 1) + b"kehu-651"))
    end = record(14, b"\0" * 12)
    yield made("all.emf", head + body + end + b"kehu-652", *words(641, 645), *words(648, 652), seen("客户六四六"), seen("客户六四七"),
               seen("kehu-645", "", "body"), besides("page-without-text"), besides("appended-data"))
    yield made("drawing.emf", head + drawn("kehu-653", 5) + end, seen("kehu-653", "", "body"), besides("picture", "a drawing"))
    yield made("glyphs.emf", head + drawn("kehu-654", 5, 0x10) + end, besides("untrusted-font"))
    yield made("cut.emf", head + drawn("kehu-655", 5), seen("kehu-655"), refused("it ends before its last record"))


def wmf():
    def record(kind, data):
        data += b"\0" * (len(data) & 1)
        return struct.pack("<IH", len(data) // 2 + 3, kind) + data

    head = b"\1\0\x09\0\0\3" + b"\0" * 12
    inner = b"WMFC" + b"\0" * 30 + dict((m.name, m.data) for m in emf())["drawing.emf"]
    body = (record(0x02FB, b"\0" * 18 + b"kehu-661\0\0") + record(0x0521, b"\x08\0kehu-662\1\0\1\0") +
            record(0x0A32, struct.pack("<hhHH", 9, 1, 10, 0) + "客户六六三".encode("gbk")) +
            record(0x0626, b"\x0f\0\x08\0kehu-664") + record(0x0626, b"\x0f\0" + struct.pack("<H", len(inner)) + inner))
    placeable = b"\xd7\xcd\xc6\x9a".ljust(22, b"\0")
    for name, start in (("all.wmf", head), ("placeable.wmf", placeable + head)):
        yield made(name, start + body + record(0, b""), seen("kehu-661"), seen("kehu-662", "", "body"), seen("客户六六三", "", "body"),
                   seen("kehu-664"), seen("kehu-653", "the drawing as EMF"))
    yield made("cut.wmf", head + body, refused("it ends before its last record"))


def svm():
    """StarView: where text stands, in bytes and in UTF-16; a part of one; a drawing within the drawing; what is not text."""
    def record(kind, data=b"", version=1):
        return struct.pack("<HHI", kind, version, len(data)) + data

    def drawing(*records):
        scale = struct.pack("<HI", 1, 27) + b"\0" * 27
        head = struct.pack("<I", 0) + scale + struct.pack("<iiI", 100, 100, len(records))
        return b"VCLMTF" + struct.pack("<HI", 1, len(head)) + head + b"".join(records)

    def text(words, y=0, part=(0, 0xFFFF), narrow=None, between=b"", behind=b""):
        narrow = b"?" * len(words) if narrow is None else narrow
        return (struct.pack("<ii", 5, y) + struct.pack("<H", len(narrow)) + narrow + between + struct.pack("<HH", *part) + behind +
                struct.pack("<H", len(words)) + words.encode("utf-16-le"))

    box = struct.pack("<iiii", 0, 40, 9, 9) + b"\2\0??\0\0\2\0" + "图八".encode("utf-16-le")
    symbols = struct.pack("<iiI", 5, 80, 3) + "号九三".encode("utf-16-le") + struct.pack("<IHHH", 9, 0, 0xFFFF, 3) + "号九三".encode("utf-16-le")
    inner = drawing(record(112, text("kehu-684", 70), 2))
    body = [record(139, b"\xff\xff"), record(112, text("客户六八一", 10), 2), record(113, text("kehu-682 kehu-683", 20, (0, 8), behind=struct.pack("<I2i", 2, 4, 8)), 2),
            record(114, text("机", 30, between=b"\0" * 4), 2), record(114, text("密-685", 30, between=b"\0" * 4), 2), record(115, box, 2),
            record(112, struct.pack("<iiH", 0, 50, 10) + "客户六八六".encode("gbk") + b"\0\0\xff\xff"), record(112, text("other", 60, narrow=b"kehu-687"), 2),
            record(138, struct.pack("<HIH", 3, 0, 4) + b"Sym-" + b"\0\0" + b"\0" * 8 + b"\xff\xff" + b"\0" * 9), record(114, symbols, 2), record(147, inner + b"\0" * 20), record(512, struct.pack("<H", 8) + b"kehu-688" + b"\0" * 8), record(140)]
    yield made("all.svm", drawing(*body) + b"kehu-689", seen("客户六八一", "text of the drawing", "body"), seen("kehu-682\n", "text of the drawing", "body"),
               seen("kehu-683", "of which a part is drawn", "hidden"), seen("机密-685", kind="body"), seen("图八", kind="body"), seen("号九三", kind="body"), seen("Sym-", "other records"), seen("客户六八六", "in bytes", "body"),
               seen("kehu-687", "in bytes"), seen("kehu-684", "text of the drawing", "body"), seen("kehu-688", "other records", "hidden"),
               seen("kehu-689", "behind the picture"), besides("appended-data"), besides("picture", "a drawing"))
    yield made("points.svm", drawing(record(116, b"BM")), besides("page-without-text"))
    yield made("new.svm", drawing(record(300, b"kehu-690")), seen("kehu-690"), refused("a record of a kind not known"))
    yield made("cut.svm", drawing(*body)[:-6], seen("客户六八一"), refused("it ends before its last record"))
    yield made("lying.svm", drawing(record(112, text("kehu-691")[:-4], 2)), refused("text outside of its record"))
    yield made("script.svm", drawing(record(143, b"%!PS kehu-692")), seen("kehu-692"), refused("PostScript"))
    deep = inner
    for _ in range(9):
        deep = drawing(record(147, deep))
    yield made("deep.svm", deep, refused("too many drawings within each other"))


def documents():
    yield from svm()
    yield from pngs()
    yield from jpegs()
    yield from other_tiffs()
    yield from gif()
    yield from webp()
    yield from bmp()
    yield from emf()
    yield from wmf()
    yield made("kehu-671.png", png(), seen("kehu-671", kind="filename"), besides("page-without-text"))
