"""ZIP archives made byte by byte: comments, extra fields, gaps, disagreements, what cannot be unpacked."""
import struct
import zlib

from made import besides, made, refused, seen


def local(name, data, method=0, flags=0, extra=b"", size=None, crc=None):
    packed = data
    if method == 8:
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = deflate.compress(data) + deflate.flush()
    crc = zlib.crc32(data) if crc is None else crc
    common = struct.pack("<HHHHIII", flags, method, 0, 0x21, crc, len(packed), len(data) if size is None else size)
    return struct.pack("<IH", 0x04034B50, 20) + common + struct.pack("<HH", len(name), len(extra)) + name + extra + packed, common


def listing(name, common, at, extra=b"", comment=b""):
    return struct.pack("<IHH", 0x02014B50, 20, 20) + common + struct.pack("<HHHHHII", len(name), len(extra), len(comment), 0, 0, 0, at) + \
        name + extra + comment


def finish(body, directory, count, comment=b"", behind=b""):
    return body + directory + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory), len(body), len(comment)) + comment + behind


def archive(*entries, comment=b"", behind=b"", between=b"", unlisted=()):
    """entries: (name, data, options of local(), options of listing())"""
    body, directory, count = b"", b"", 0
    for name, data, *more in entries:
        name = name if isinstance(name, bytes) else name.encode()
        options, listed = (more + [{}, {}])[:2]
        options = dict(options)
        other = options.pop("other", name)
        header, common = local(other, data.encode() if isinstance(data, str) else data, **options)
        if name not in unlisted:
            directory += listing(name, common, len(body), **listed)
            count += 1
        body += header + between
    return finish(body, directory, count, comment, behind)


def documents():
    yield made("plain.zip", archive(("客户/kehu-701.txt", "kehu-702", {"flags": 0x800}), ("b.txt", "kehu-703", {"method": 8})),
               seen("kehu-701", kind="filename"), seen("kehu-702", "kehu-701.txt", "body"), seen("kehu-703", "b.txt"))
    yield made("many.zip", archive(*[(f"{n}.txt", f"kehu-702-{n}") for n in range(300)]), seen("kehu-702-0"), seen("kehu-702-299", "299.txt"))
    yield made("gbk.zip", archive(("客户七零四.txt".encode("gb18030"), "kehu-705")), seen("客户七零四", kind="filename"), seen("kehu-705", "客户七零四"))
    yield made("comments.zip", archive(("a.txt", "x", {}, {"comment": "评论 kehu-706".encode("gb18030")}), comment=b"kehu-707"),
               seen("kehu-706", "comment of entry a.txt", "comment"), seen("kehu-707", "comment of the container", "comment"))
    yield made("extra.zip", archive(("a.txt", "x", {"extra": struct.pack("<HH", 0x1234, 8) + b"kehu-708"}),
                                    ("b.txt", "x", {}, {"extra": struct.pack("<HH", 0x4321, 8) + b"kehu-709"})),
               seen("kehu-708", "extra field 0x1234", "hidden"), seen("kehu-709", "extra field 0x4321", "hidden"), besides("unlisted-data", "extra field"))
    path = b"kehu-710.txt"
    yield made("unicode.zip", archive(("a.txt", "x", {"extra": struct.pack("<HHBI", 0x7075, 5 + len(path), 1, 0) + path})), seen("kehu-710", kind="filename"))
    yield made("gap.zip", archive(("a.txt", "x"), ("b.txt", "y"), between=b"kehu-711"), seen("kehu-711", "between"), besides("appended-data", "between"))
    yield made("behind.zip", archive(("a.txt", "x"), behind=b"kehu-712"), seen("kehu-712", "behind the end"), besides("appended-data", "behind"))
    yield made("unlisted.zip", archive(("a.txt", "x"), ("kehu-713.txt", "kehu-714"), unlisted=[b"kehu-713.txt"]), seen("kehu-713"), seen("kehu-714"),
               besides("unlisted-data", "kehu-713"))
    yield made("twice.zip", archive(("a.txt", "kehu-715"), ("a.txt", "kehu-716")), seen("kehu-715"), seen("kehu-716"), refused("two entries of one name"))
    yield made("names.zip", archive(("good.txt", "x", {"other": b"kehu-717.txt"})), seen("kehu-717", kind="filename"), refused("headers disagree"))
    yield made("elsewhere.zip", archive(("../kehu-718.txt", "x")), seen("kehu-718"), refused("points elsewhere"))
    yield made("locked.zip", archive(("kehu-719.txt", "x", {"flags": 1})), seen("kehu-719"), refused("encrypted"))
    yield made("method.zip", archive(("a.txt", "x", {"method": 12})), refused("compressed in a way not known"))
    yield made("crc.zip", archive(("a.txt", "x", {"crc": 1})), refused("damaged"))
    yield made("second.zip", archive(("a.txt", "kehu-720")) + archive(("b.txt", "kehu-721")), seen("kehu-720"), seen("kehu-721"), refused("second table of contents"))
    yield made("split.zip", archive(("a.txt", "kehu-722" * 20))[:-30], refused("no table of contents"))
    deep = archive(("a.txt", "kehu-723"))
    for n in range(5):
        deep = archive((f"{n}.zip", deep))
    yield made("deep.zip", deep, seen("kehu-723", "0.zip > a.txt"))
    for n in range(5, 12):
        deep = archive((f"{n}.zip", deep))
    yield made("deeper.zip", deep, refused("deeper than can be read"))
    yield made("bomb.zip", archive(("a.txt", bytes(8 * 1024 * 1024), {"method": 8})), refused("packed more tightly"))
