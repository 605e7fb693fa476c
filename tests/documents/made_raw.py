"""Markings in charsets of two bytes a character, in bytes nobody has a reader for: slack, gaps, padding."""
import made_archive
import made_ole
import made_pdf
import made_zip
from made import made, seen

# four characters, eight bytes: as long as the words of the other makers, so that sizes and places stay right
MARKS = [("gbk", "绝密文件", "绝密文件".encode("gbk")), ("big5", "絕密文件", "絕密文件".encode("big5")),
         ("euc-tw", "絕密文件", bytes.fromhex("e1bad9efc5c6c7b5")), ("shift_jis", "極秘文書", "極秘文書".encode("shift_jis")),
         ("utf-16", "绝密文件", "绝密文件".encode("utf-16-le"))]
PLACES = [(made_ole, "slack.doc", "kehu-903"), (made_ole, "store.doc", "kehu-933"), (made_pdf, "comments.pdf", "kehu-236"),
          (made_pdf, "bytes-between.pdf", "kehu-368"), (made_pdf, "filters.pdf", "kehu-328"), (made_archive, "slack.tar", "kehu-627"),
          (made_archive, "slack.cpio", "kehu-657"), (made_archive, "a.iso", "kehu-725"), (made_zip, "extra.zip", "kehu-708")]


def documents():
    for module, name, word in PLACES:
        data = next(d.data for d in module.documents() if d.name == name)
        if word.encode() not in data:
            raise AssertionError(f"{name} has no {word}")
        for charset, text, marking in MARKS:
            yield made(f"{charset}-{name}", data.replace(word.encode(), marking), seen(text))
