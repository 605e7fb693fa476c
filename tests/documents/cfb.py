"""A compound file written sector by sector, and the small strings that go into one."""
import struct

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, MINI = 512, 64


def wide(text):
    return text.encode("utf-16-le")


class _Entry:
    def __init__(self, name, kind, data=b""):
        self.name, self.kind, self.data = name, kind, data
        self.left = self.right = self.child = FREE
        self.start, self.len = END, len(data)


def _place(chains, data, size):
    """Sectors for `data` at the end of `chains`; returns the first."""
    table, body = chains
    count = (len(data) + size - 1) // size
    first = len(table)
    for i in range(count):
        table.append(first + i + 1 if i + 1 < count else END)
        body.append(data[i * size:(i + 1) * size].ljust(size, b"\0"))
    return first if count else END


def _tree(streams):
    """Entries in the order of the directory, each storage's in a chain by name."""
    entries = [_Entry("Root Entry", 5)]
    homes = {"": 0}
    last = {}
    for path, data in streams.items():
        parts = path.split("/")
        for depth in range(len(parts)):
            here = "/".join(parts[:depth + 1])
            if here in homes:
                continue
            storage = depth + 1 < len(parts)
            parent = homes["/".join(parts[:depth])]
            entries.append(_Entry(parts[depth], 1 if storage else 2, b"" if storage else data))
            homes[here] = len(entries) - 1
            if parent in last:
                entries[last[parent]].right = homes[here]
            else:
                entries[parent].child = homes[here]
            last[parent] = homes[here]
    return entries


def compound(streams, unlisted=None, slack=b"", free=b"", deleted_name="", appended=b""):
    """`streams` maps paths to bytes.  `unlisted`: streams with an entry no storage has.  `slack` stands behind
    the end of the last stream, `free` in a sector no chain has, `deleted_name` in an unused entry, `appended`
    behind the last sector."""
    entries = _tree(streams)
    entries += [_Entry(name, 2, data) for name, data in (unlisted or {}).items()]
    big, small = ([], []), ([], [])
    for entry in entries[1:]:
        if entry.kind == 2 and entry.data:
            entry.start = _place(small, entry.data, MINI) if entry.len < 4096 else _place(big, entry.data, SECTOR)
    if slack:
        small[1][-1] = (small[1][-1].rstrip(b"\0") + b"\0" + slack)[:MINI].ljust(MINI, b"\0")
    mini = b"".join(small[1])
    entries[0].start, entries[0].len = _place(big, mini, SECTOR), len(mini)
    mini_table = b"".join(struct.pack("<I", n) for n in small[0])
    mini_start = _place(big, mini_table.ljust((len(mini_table) + 511) // 512 * 512, b"\xFF"), SECTOR)
    slots = b""
    for e in entries:
        name = wide(e.name)
        slots += (name.ljust(64, b"\0") + struct.pack("<HBBIII", len(name) + 2, e.kind, 1, e.left, e.right, e.child) +
                  b"\0" * 36 + struct.pack("<IQ", e.start, e.len))
    unused = wide(deleted_name).ljust(64, b"\0") + b"\0\0\0\1" + b"\xFF" * 12 + b"\0" * 48
    slots += unused * ((-len(slots) // 128) % 4 or (4 if deleted_name else 0))
    directory = _place(big, slots, SECTOR)
    if free:
        big[0].append(FREE)
        big[1].append(free.ljust(SECTOR, b"\0"))
    tables = 1
    while (len(big[0]) + tables) > tables * 128:
        tables += 1
    assert tables <= 109
    fat = list(range(len(big[0]), len(big[0]) + tables))
    table = big[0] + [FAT] * tables
    table += [FREE] * (tables * 128 - len(table))
    header = (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6 +
              struct.pack("<IIIIIIIII", 0, tables, directory, 0, 4096, mini_start, (len(mini_table) + 511) // 512, END, 0) +
              b"".join(struct.pack("<I", n) for n in fat) + b"\xFF" * (4 * (109 - tables)))
    return header + b"".join(big[1]) + struct.pack(f"<{len(table)}I", *table) + appended


def properties(*sets):
    """A property set stream; each set is (id, code page, {number: bytes or str or list}, {number: name})."""
    body, offsets = b"", []
    for _, page, values, names in sets:
        charset = {936: "gb18030", 1200: "utf-16-le", 65001: "utf-8", 1252: "cp1252"}[page]
        short = lambda text, c=charset: struct.pack("<I", len(text.encode(c)) + 1) + text.encode(c) + b"\0"
        items = [(1, struct.pack("<Ihh", 2, page - 65536 if page > 32767 else page, 0))]
        if names:
            items.append((0, struct.pack("<I", len(names)) + b"".join(
                struct.pack("<I", n) + short(name) for n, name in names.items())))
        for number, value in values.items():
            if isinstance(value, bytes):
                items.append((number, value))
            elif isinstance(value, list):
                items.append((number, struct.pack("<II", 0x101E, len(value)) + b"".join(short(v) for v in value)))
            else:
                items.append((number, struct.pack("<I", 0x1E) + short(value)))
        at = 8 + 8 * len(items)
        table, data = b"", b""
        for number, value in items:
            table += struct.pack("<II", number, at + len(data))
            data += value + b"\0" * (-len(value) % 4)
        offsets.append(28 + 20 * len(sets) + len(body))
        body += struct.pack("<II", at + len(data), len(items)) + table + data
    head = struct.pack("<HHI16sI", 0xFFFE, 0, 0x20006, b"", len(sets))
    return head + b"".join(s[0] + struct.pack("<I", o) for s, o in zip(sets, offsets)) + body


SUMMARY = bytes.fromhex("E0859FF2F94F6810AB9108002B27B3D9")
DOCUMENT = bytes.fromhex("02D5CDD59C2E1B10939708002B2CF9AE")
CUSTOM = bytes.fromhex("05D5CDD59C2E1B10939708002B2CF9AE")


def packed_file(label, origin, temporary, data):
    """\\1Ole10Native as the packager writes it."""
    text = lambda s: s.encode("gb18030") + b"\0"
    body = (struct.pack("<H", 2) + text(label) + text(origin) + struct.pack("<HHI", 0, 3, len(text(temporary))) + text(temporary) +
            struct.pack("<I", len(data)) + data)
    for name in (temporary, label, origin):
        body += struct.pack("<I", len(name)) + wide(name)
    return struct.pack("<I", len(body)) + body


def packed_source(text):
    """[MS-OVBA] 2.4.1, in one chunk, with no copies."""
    body = b""
    for at in range(0, len(text), 8):
        body += b"\0" + text[at:at + 8]
    assert len(body) <= 4096
    return b"\1" + struct.pack("<H", 0xB000 | (len(body) - 1)) + body


def macros(root, name, source, compiled=b""):
    """A project with one module: the streams below `root` ("" or "Macros/")."""
    record = lambda number, data: struct.pack("<HI", number, len(data)) + data
    listing = (record(3, struct.pack("<H", 936)) + record(4, b"Project1") + struct.pack("<HIIH", 9, 4, 1, 2) +
               record(0x19, name.encode("gb18030")) + record(0x1A, name.encode("gb18030")) + record(0x32, wide(name)) +
               record(0x31, struct.pack("<I", len(compiled))) + record(0x2B, b"") + record(0x10, b""))
    return {f"{root}VBA/dir": packed_source(listing), f"{root}VBA/_VBA_PROJECT": b"\xCC\x61\xFF\xFF\0\0\0",
            f"{root}VBA/{name}": compiled + packed_source(source.encode("gb18030")),
            f"{root}PROJECT": b'ID="{0}"\r\nName="kehu-930"\r\n'}
