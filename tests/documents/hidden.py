#!/usr/bin/env python3
"""hidden.py DIR - small documents with something hidden in each, for tests of `review clean`.

Standard library only; the same bytes every time.
"""
import struct
import sys
import zipfile
import zlib

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'


def package(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            z.writestr(info, text if isinstance(text, bytes) else text.encode())


def relations(*items):
    rows = "".join(f'<Relationship Id="r{n}" Type="{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(items))
    return HEAD + f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def types(*overrides):
    rows = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides)
    return HEAD + ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                   '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                   f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>')


def docx(path):
    run = lambda text, more="": f"<w:r>{more}<w:t xml:space=\"preserve\">{text}</w:t></w:r>"
    body = (
        '<w:p w:rsidR="00A1B2C3">' + run("关于展会的") +
        '<w:del w:id="1" w:author="王伟"><w:r><w:delText>内部</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="李娜">' + run("公开") + "</w:ins>" + run("通知 A &amp; B &lt;1&gt;") + "</w:p>"
        '<w:p><w:commentRangeStart w:id="0"/>' + run("第二段") + '<w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r>' + run("看不见的字", "<w:rPr><w:vanish/></w:rPr>") +
        run("看得见", '<w:rPr><w:vanish w:val="0"/></w:rPr>') + "</w:p>")
    core = ('<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>王伟</dc:creator><cp:lastModifiedBy>李娜</cp:lastModifiedBy>'
            '</cp:coreProperties>')
    app = ('<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" '
           'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><Company>商务局</Company><HeadingPairs>'
           '<vt:vector size="2" baseType="variant"><vt:variant><vt:lpstr>标题</vt:lpstr></vt:variant><vt:variant><vt:i4>1</vt:i4>'
           '</vt:variant></vt:vector></HeadingPairs><TitlesOfParts><vt:vector size="1" baseType="lpstr"><vt:lpstr>通知</vt:lpstr>'
           '</vt:vector></TitlesOfParts></Properties>')
    package(path, [
        ("[Content_Types].xml", types(
            ("/word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
            ("/word/comments.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"),
            ("/word/settings.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"),
            ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
            ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"))),
        ("_rels/.rels", relations((REL + "officeDocument", "word/document.xml"), (
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
            (REL + "extended-properties", "docProps/app.xml"))),
        ("word/_rels/document.xml.rels", relations((REL + "comments", "comments.xml"), (REL + "settings", "settings.xml"))),
        ("word/document.xml", HEAD + f"<w:document {W} {R}><w:body>{body}</w:body></w:document>"),
        ("word/comments.xml", HEAD + f'<w:comments {W}><w:comment w:id="0" w:author="张敏"><w:p>{run("这里要改")}</w:p>'
                                     "</w:comment></w:comments>"),
        ("word/settings.xml", HEAD + f'<w:settings {W}><w:rsids><w:rsidRoot w:val="00A1B2C3"/></w:rsids>'
                                     '<w:docVars><w:docVar w:name="v" w:val="变量"/></w:docVars></w:settings>'),
        ("docProps/core.xml", HEAD + core),
        ("docProps/app.xml", HEAD + app),
    ])


def odt(path):
    names = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
             'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
             'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
             'xmlns:dc="http://purl.org/dc/elements/1.1/" '
             'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"')
    content = ('<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>王伟</dc:creator>'
               '</office:change-info><text:p>删去的话</text:p></text:deletion></text:changed-region></text:tracked-changes>'
               '<text:p>公开<text:change text:change-id="c1"/>的话<office:annotation><dc:creator>张敏</dc:creator>'
               '<text:p>批注</text:p></office:annotation></text:p>')
    rows = "".join(f'<manifest:file-entry manifest:full-path="{n}" manifest:media-type="text/xml"/>'
                   for n in ("/", "content.xml", "meta.xml", "Thumbnails/thumbnail.png"))
    package(path, [
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", HEAD + f'<office:document-content {names}><office:body><office:text>{content}</office:text>'
                               "</office:body></office:document-content>"),
        ("meta.xml", HEAD + f"<office:document-meta {names}><office:meta><dc:creator>王伟</dc:creator></office:meta>"
                            "</office:document-meta>"),
        ("Thumbnails/thumbnail.png", png_bytes()),
        ("META-INF/manifest.xml", HEAD + f"<manifest:manifest {names}>{rows}</manifest:manifest>"),
    ])


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bytes(*more):
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + b"".join(more) +
            chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b""))


def jpeg_bytes():
    """An 8 x 8 grey square by the shortest tables there are."""
    segment = lambda marker, data: bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data
    table = lambda kind: segment(0xC4, bytes([kind, 1] + [0] * 15 + [0]))
    return (b"\xFF\xD8" + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0") +
            segment(0xFE, "拍摄者王伟".encode()) + segment(0xDB, b"\0" + b"\1" * 64) +
            segment(0xC0, b"\x08\0\x08\0\x08\1\1\x11\0") + table(0) + table(0x10) +
            segment(0xDA, b"\1\1\0\0\x3F\0") + b"\x3F" + b"\xFF\xD9" + "尾巴".encode())


def main():
    where = sys.argv[1]
    docx(f"{where}/notice.docx")
    odt(f"{where}/notice.odt")
    with open(f"{where}/picture.png", "wb") as f:
        f.write(png_bytes(chunk(b"tEXt", b"Author\0Wang Wei"), chunk(b"tIME", b"\x07\xea\1\1\0\0\0")) + b"tail")
    with open(f"{where}/picture.jpg", "wb") as f:
        f.write(jpeg_bytes())


main()
