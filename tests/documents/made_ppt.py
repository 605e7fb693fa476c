"""Presentations of PowerPoint: records written by hand ([MS-PPT])."""
import struct
import zlib

import cfb
from made import besides, made, refused, seen
from made_doc import word

DOCUMENT, SLIDE, NOTES, MASTER, HANDOUT = 0x03E8, 0x03EE, 0x03F0, 0x03F8, 0x0FC9


def atom(kind, data=b"", instance=0, version=0):
    return struct.pack("<HHI", version | instance << 4, kind, len(data)) + data


def tree(kind, *children, instance=0):
    return atom(kind, b"".join(children), instance, 0xF)


def text(value):
    return atom(0x0FA0, cfb.wide(value))


def string(value, instance=0):
    return atom(0x0FBA, cfb.wide(value), instance)


def boxed(value):
    """A shape with text."""
    return tree(0xF004, atom(0xF00A, b"\0" * 8), tree(0xF00D, text(value)))


def listed(persist, number, *texts):
    return atom(0x03F3, struct.pack("<IIIiI", persist, 0, len(texts), number, 0)) + b"".join(text(t) for t in texts)


def show(saves, pictures=b"", user="", encrypted=False, loose=b""):
    """`saves`: for each save the persistent objects it wrote, by number; number 1 is the document."""
    stream, last = b"", 0
    for objects in saves:
        where = {}
        for number, data in objects.items():
            where[number] = len(stream)
            stream += data
        stream += loose
        directory = len(stream)
        stream += atom(0x1772, b"".join(struct.pack("<II", 1 << 20 | n, at) for n, at in where.items()))
        edit = struct.pack("<IHBBIIIIHH", 0, 0, 0, 3, last, directory, 1, 9, 0, 0)
        last = len(stream)
        stream += atom(0x0FF5, edit + (struct.pack("<I", 5) if encrypted else b""))
    name = user.encode("gb18030")
    current = atom(0x0FF6, struct.pack("<IIIHHBBH", 20, 0xF3D1C4DF if encrypted else 0xE391C05F, last, len(name), 0x3F4, 3, 0, 0) + name +
                   struct.pack("<I", 8) + cfb.wide(user))
    streams = {"PowerPoint Document": stream, "Current User": current}
    if pictures:
        streams["Pictures"] = pictures
    return streams


def documents():
    document = tree(DOCUMENT, tree(0x0FF0, listed(3, 256, "大纲客户四百零一"), listed(4, 257)),
                    tree(0x0FF0, listed(2, 259), listed(8, 260), instance=1), tree(0x0FF0, listed(5, 258), instance=2),
                    tree(0x0FD9, string("日期客户四百零二", 0), string("页脚客户四百零三", 2)), tree(0x0409, tree(0x0FD7, string("链接名客户四百零四"), string("http://kehu-405/", 1))))
    comments = tree(0x1388, tree(0x138A, string("___PPT10"), atom(0x138B, tree(
        0x2EE0, string("王伟", 0), string("批注客户四百零六", 1), string("缩写客户四百零七", 2), atom(0x2EE1, b"\0" * 28)))))
    hidden = atom(0x03F9, struct.pack("<IIBBHBBH", 0, 0, 0, 0, 4, 0, 0, 0))
    value = cfb.wide("替代客户四百零八") + b"\0\0"
    alternative = atom(0xF00B, struct.pack("<HI", 0x8381, len(value)) + value, 1, 3)
    objects = {
        1: document, 2: tree(MASTER, boxed("母版客户四百零九")),
        3: tree(SLIDE, atom(0x03EF, b"\0" * 24), tree(0x040C, tree(0xF002, boxed("标题客户四百一十"), tree(0xF004, alternative),
                                                                  tree(0xF004, tree(0xF00D, atom(0x0FA8, b"latin kehu-411\rkehu-412"))))), comments),
        4: tree(SLIDE, atom(0x03EF, b"\0" * 24), hidden, boxed("隐藏片客户四百一十三"), atom(0x7FFF, cfb.wide("不认识客户四百一十四"))),
        5: tree(NOTES, atom(0x03F1, struct.pack("<II", 256, 0)), boxed("备注客户四百一十五")),
        6: tree(SLIDE, atom(0x03EF, b"\0" * 24), boxed("无目录片客户四百一十六")), 7: tree(HANDOUT, boxed("讲义客户四百一十七")),
        8: tree(SLIDE, atom(0x03EF, b"\0" * 24), boxed("标题母版客户四百一十九")),
    }
    yield made("show.ppt", cfb.compound(show([objects], user="王伟客户四百一十八")),
               seen("大纲客户四百零一", "slide 1"), seen("日期客户四百零二", "header or footer", "header"), seen("页脚客户四百零三", "header or footer", "footer"),
               seen("链接名客户四百零四", "links"), seen("http://kehu-405/", "links"), seen("批注客户四百零六", "slide 1, comment by 王伟", "comment"),
               seen("缩写客户四百零七"), seen("替代客户四百零八", "slide 1"), seen("母版客户四百零九", "slide master"), seen("标题客户四百一十", "slide 1", "body"),
               seen("latin kehu-411\nkehu-412", "slide 1"), seen("隐藏片客户四百一十三", "slide 2"), seen("不认识客户四百一十四", "slide 2", "hidden"),
               seen("备注客户四百一十五", "slide 1 notes", "comment"), seen("无目录片客户四百一十六", "slide no list names", "hidden"),
               seen("讲义客户四百一十七", "handout master"), seen("标题母版客户四百一十九", "title master", "body"), seen("王伟客户四百一十八", "who saved it last"), besides("comment", "slide 1, comment by 王伟"),
               besides("hidden-slide", "slide 2"), besides("speaker-notes", "slide 1 notes"), besides("external-link"), besides("custom-data", "slide 1"),
               besides("unlisted-data", "slide no list names"), besides("properties", "who saved it last"))
    newer = {3: tree(SLIDE, boxed("现在的标题客户四百二十一"))}
    older = {1: tree(DOCUMENT, tree(0x0FF0, listed(3, 256))), 3: tree(SLIDE, boxed("从前的标题客户四百二十二"))}
    yield made("edited.ppt", cfb.compound(show([older, newer])), seen("现在的标题客户四百二十一", "slide 1", "body"),
               seen("从前的标题客户四百二十二", "earlier version", "hidden"), besides("earlier-version", "at byte"))
    inner = cfb.compound(word("对象里客户四百三十一"))
    packed = struct.pack("<I", len(inner)) + zlib.compress(inner, 9)
    project = cfb.compound(cfb.macros("", "模块客户四百三十二", "'宏客户四百三十三"))
    loose = atom(0x1011, packed, 1) + atom(0x1011, project)
    one = {1: tree(DOCUMENT, tree(0x0FF0, listed(3, 256)), tree(0x07E4, tree(0x07E6, string("声音客户四百三十四"), atom(0x07E7, b"RIFFkehu")))),
           3: tree(SLIDE, boxed("片客户四百三十五"))}
    picture = atom(0xF01E, b"\0" * 17 + "图里客户四百三十六".encode(), 0x6E0)
    yield made("objects.ppt", cfb.compound(show([one], loose=loose, pictures=picture + b"tail kehu-437")),
               seen("对象里客户四百三十一", "embedded object 1"), seen("模块客户四百三十二"), seen("宏客户四百三十三", "embedded object 2"), seen("声音客户四百三十四"),
               seen("片客户四百三十五", "slide 1"), seen("图里客户四百三十六", "picture 1"), seen("kehu-437", kind="hidden"), besides("embedded-object", "embedded object 1"), besides("macro"),
               besides("media"))
    yield made("wps.dps", cfb.compound(show([one])), seen("片客户四百三十五", "slide 1"), besides("media"))
    yield made("encrypted.ppt", cfb.compound(show([one], encrypted=True)), refused("encrypted"))
    broken = show([one])
    yield made("cut.ppt", cfb.compound(dict(broken, **{"PowerPoint Document": broken["PowerPoint Document"][:-10]})), refused("damaged"))
