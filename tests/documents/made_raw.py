"""Markings in a charset nobody named: in bytes without a reader (slack, gaps, padding), and in text of another one."""
import made_archive
import made_doc
import made_msg
import made_ole
import made_pdf
import made_ppt
import made_rtf
import made_xls
import made_zip
from made import made, seen

# four characters, eight bytes: as long as the words of the other makers, so that sizes and places stay right
MARKS = [("gbk", "绝密文件", "绝密文件".encode("gbk")), ("big5", "絕密文件", "絕密文件".encode("big5")),
         ("euc-tw", "絕密文件", bytes.fromhex("e1bad9efc5c6c7b5")), ("shift_jis", "極秘文書", "極秘文書".encode("shift_jis")),
         ("utf-16", "绝密文件", "绝密文件".encode("utf-16-le")), ("utf-16be", "绝密文件", "绝密文件".encode("utf-16-be"))]
PLACES = [(made_ole, "slack.doc", "kehu-903"), (made_ole, "store.doc", "kehu-933"), (made_pdf, "comments.pdf", "kehu-236"),
          (made_pdf, "bytes-between.pdf", "kehu-368"), (made_pdf, "filters.pdf", "kehu-328"), (made_archive, "slack.tar", "kehu-627"),
          (made_archive, "slack.cpio", "kehu-657"), (made_archive, "a.iso", "kehu-725"), (made_zip, "extra.zip", "kehu-708"), (made_pdf, "form.pdf", "kehu-242"), (made_pdf, "bytes-between.pdf", "kehu-367"),
          (made_rtf, "texts.rtf", "kehu-203")]
# Text of bytes by definition
NARROW = [(made_doc, "narrow.doc", "kehu-203"), (made_doc, "narrow.doc", "kehu-204"), (made_ppt, "show.ppt", "kehu-411"),
          (made_msg, "narrow.msg", "kehu-221"), (made_xls, "narrow.xls", "kehu-306")]


# a byte that looks like the first of a character, and is none
ODD = [("gbk", "绝密件", b"\xb9" + "绝密件".encode("gbk") + b"x"), ("big5", "絕密件", b"\xa6" + "絕密件".encode("big5") + b"x")]

# one charset directly behind another: whoever reads on from the first is one byte off
MIXED = [("gbk-euc-tw", "絕密", "件关".encode("gbk") + bytes.fromhex("e1bad9ef")), ("utf-8-gbk", "绝密", "关".encode() + "绝密".encode("gbk") + b"x"),
         ("sjis-big5", "絕密", "の".encode("shift_jis") + b"\xb1" + "絕密".encode("big5") + b"x")]


def documents():
    for module, name, word in PLACES[:2]:
        data = next(d.data for d in module.documents() if d.name == name)
        for charset, text, marking in ODD:
            yield made(f"odd-{charset}-{name}", data.replace(word.encode(), marking), seen(text))
    for module, name, word in PLACES + NARROW:
        data = next(d.data for d in module.documents() if d.name == name)
        if word.encode() not in data:
            raise AssertionError(f"{name} has no {word}")
        for charset, text, marking in MARKS + MIXED:
            yield made(f"{charset}-{name}", data.replace(word.encode(), marking), seen(text))
