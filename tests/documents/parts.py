"""Containers for the makers of office documents: the same bytes every time."""
import io
import struct
import zipfile
import zlib

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def package(parts, comment=b""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            z.writestr(info, data if isinstance(data, bytes) else data.encode())
        z.comment = comment
    return out.getvalue()


def relations(*items):
    rows = "".join(f'<Relationship Id="rId{n + 1}" Type="{KIND}{kind}" Target="{target}"'
                   f'{" TargetMode=" + chr(34) + "External" + chr(34) if kind.startswith("!") else ""}/>'.replace(KIND + "!", KIND)
                   for n, (kind, target) in enumerate(items))
    return HEAD + f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(text=b""):
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) +
            (chunk(b"tEXt", b"Comment\0" + text) if text else b"") + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b""))
