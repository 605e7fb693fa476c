"""winmail.dat: attributes one after the other, with a word of its own in each."""
import base64
import struct

from made import besides, made, refused, seen
from made_msg import pack_rtf, wide


def record(number, data, level=1, sum_by=0):
    return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", (sum(data) + sum_by) & 0xFFFF)


def tnef(*records):
    return struct.pack("<IH", 0x223E9F78, 1) + record(0x00089006, b"\0\0\1\0") + b"".join(records)


def filled(data):
    return data + bytes(-len(data) % 4)


def value(data):
    return struct.pack("<II", 1, len(data)) + filled(data)


def text(number, words):
    return struct.pack("<I", number) + value(wide(words) + b"\0\0")


def narrow(number, data):
    return struct.pack("<I", number) + value(data + b"\0")


def properties(*items):
    return struct.pack("<I", len(items)) + b"".join(items)


def named(tag, name, data):
    words = wide(name) + b"\0\0"
    return struct.pack("<I", tag) + bytes(16) + struct.pack("<II", 1, len(words)) + filled(words) + data


RENDER = record(0x00069002, struct.pack("<HIHHI", 1, 0xFFFFFFFF, 0, 0, 0), 2)
PAGE = record(0x00069007, struct.pack("<II", 936, 0))


def documents():
    date = record(0x00038005, struct.pack("<7H", 2024, 1, 2, 3, 4, 5, 2))
    first = tnef(PAGE, record(0x00018004, b"kehu-2301\0"), record(0x0002800C, "客户二千 kehu-2302\0".encode("gb18030")), date,
                 record(0x00008000, b"\1\0\2\0kehu-2303\0kehu-2304\0"), record(0x00018009, b"kehu-2305\0"), record(0x00061234, b"kehu-2306"))
    yield made("attributes.dat", first, seen("kehu-2301", "attribute subject", "header"), seen("客户二千 kehu-2302", "attribute body", "body"),
               seen("2024-01-02 03:04:05", "attribute sent"), seen("kehu-2303", "attribute from"), seen("kehu-2304"), seen("kehu-2305", "message id"),
               seen("kehu-2306", "attribute 0x1234"), besides("properties"))
    more = properties(text(0x0E02001F, "kehu-2310"), narrow(0x0E03001E, "客户二千 kehu-2311".encode("gb18030")),
                      struct.pack("<I", 0x10090102) + value(pack_rtf(rb"{\rtf1 kehu\b -2312}")),
                      struct.pack("<I", 0x10130102) + value("<p>ke<b>hu-2313</b> 客户".encode("gb18030")),
                      named(0x8000001F, "kehu-2314", value(wide("kehu-2315") + b"\0\0")),
                      named(0x80010003, "kehu-2316", struct.pack("<I", 23170)),
                      struct.pack("<II", 0x3A58101F, 2) + struct.pack("<I", 20) + filled(wide("kehu-2318\0")) + struct.pack("<I", 20) + filled(wide("kehu-2319\0")),
                      struct.pack("<I", 0x0FFF0102) + value(b"\0\0kehu-2320\0"), struct.pack("<IQ", 0x00390040, (1700000000 + 11644473600) * 10000000),
                      struct.pack("<II", 0x0E1F000B, 1))
    yield made("winmail.dat", tnef(PAGE, record(0x00069003, more)), seen("kehu-2310", "property Bcc"), seen("客户二千 kehu-2311", "property Cc"),
               seen("kehu-2312", "body.rtf"), seen("kehu-2313 客户", "body.html"), seen("kehu-2315", "property kehu-2314"),
               seen("23170", "property kehu-2316"), seen("kehu-2318"), seen("kehu-2319"), seen("kehu-2320", "0x0FFF", "hidden"),
               seen("2023-11-14T22:13:20Z", "property sent"))
    rows = struct.pack("<I", 2) + properties(text(0x3001001F, "kehu-2321")) + properties(text(0x39FE001F, "kehu-2322"))
    yield made("recipients.dat", tnef(record(0x00069004, rows)), seen("kehu-2321", "recipient 1"), seen("kehu-2322", "recipient 2 > property SMTP address"))
    file = (RENDER, record(0x00018010, b"KEHU-2~1.TXT\0", 2), record(0x0006800F, "附件 kehu-2324".encode(), 2),
            record(0x00069005, properties(text(0x3707001F, "kehu-2325.txt"), text(0x3712001F, "kehu-2326")), 2))
    yield made("attachments.dat", tnef(*file, RENDER, record(0x0006800F, b"kehu-2327", 2), record(0x00018010, b"kehu-2328.txt\0", 2)),
               seen("KEHU-2~1.TXT", "attachment 1", "filename"), seen("附件 kehu-2324", "attachment kehu-2325.txt", "body"), seen("kehu-2325.txt", kind="filename"),
               seen("kehu-2326", "attachment 1 > property content id"), seen("kehu-2327", "attachment kehu-2328.txt"), besides("attachment", "kehu-2325.txt"))
    inner = tnef(record(0x00018004, b"kehu-2329\0"), *file)
    holder = properties(text(0x3001001F, "kehu-2330"), struct.pack("<I", 0x3701000D) + value(bytes(16) + inner))
    nested = tnef(RENDER, record(0x00069005, holder, 2))
    yield made("nested.dat", nested, seen("kehu-2329", "attachment kehu-2330 > attribute subject"),
               seen("附件 kehu-2324", "attachment kehu-2330 > attachment kehu-2325.txt"))
    mail = b"From: a\nMIME-Version: 1.0\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(nested)
    yield made("tnef.eml", mail, seen("附件 kehu-2324", "attachment winmail.dat > attachment kehu-2330 > attachment kehu-2325.txt"))
    yield made("checksum.dat", tnef(record(0x00018004, b"kehu-2331\0", sum_by=1)), refused("checksum of attribute 0x8004"), seen("kehu-2331"))
    yield made("short.dat", tnef(record(0x00018004, b"kehu-2332\0"))[:-3], refused("TNEF that ends early"), seen("kehu-2332"))
    yield made("padded.dat", tnef(record(0x00018004, b"kehu-2335\0")) + b"\r\n", seen("kehu-2335"))
    yield made("tail.dat", tnef() + b"kehu-2333", refused("TNEF that ends early"), seen("kehu-2333"))
    yield made("list.dat", tnef(record(0x00069003, properties(struct.pack("<I", 0x000100EE) + b"kehu-2334"))), refused("damaged list of properties"), seen("kehu-2334"))
