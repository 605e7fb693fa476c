"""Presentations: notes, hidden slides, masters, comments, shapes beside the slide."""
from made import besides, made, seen
from parts import HEAD, package, relations

P = 'xmlns:p="p" xmlns:a="a" xmlns:r="r"'


def shape(text, where="", more=""):
    return (f"<p:sp><p:nvSpPr><p:cNvPr id='1' name='n' {more}/></p:nvSpPr><p:spPr>{where}</p:spPr><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p>"
            "</p:txBody></p:sp>")


def part(root, inside, more=""):
    return HEAD + f"<p:{root} {P} {more}><p:cSld><p:spTree>{inside}</p:spTree></p:cSld></p:{root}>"


def documents():
    away = '<a:xfrm><a:off x="99999999" y="0"/><a:ext cx="10" cy="10"/></a:xfrm>'
    slides = [part("sld", shape("ke</a:t></a:r><a:r><a:t>hu-401") + shape("kehu-402", away) + shape("kehu-403", more='hidden="1"') +
                   shape("x", more='descr="kehu-404" title="kehu-405"') +
                   "<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>kehu-406</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>" +
                   shape("").replace("<a:p>", '<a:p><a:pPr><a:buChar char="机"/></a:pPr><a:r><a:t>密-421</a:t></a:r></a:p><a:p><a:pPr><a:buChar char="•"/></a:pPr>'
                                     "<a:r><a:t>kehu-422</a:t></a:r></a:p><a:p>")),
              part("sld", shape("kehu-407"), 'show="0"'), part("sld", "<p:pic><p:blipFill><a:blip/></p:blipFill></p:pic>")]
    parts = {
        "[Content_Types].xml": HEAD + "<Types/>", "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": HEAD + f'<p:presentation {P}><p:sldIdLst><p:sldId id="256" r:id="rId1"/><p:sldId id="257" r:id="rId2"/><p:sldId id="258" '
        'r:id="rId3"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:custShowLst><p:custShow name="kehu-408"/></p:custShowLst>'
        '<p:extLst><p14:section xmlns:p14="x" name="kehu-409"/></p:extLst></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(("slide", "slides/slide1.xml"), ("slide", "slides/slide2.xml"), ("slide", "slides/slide3.xml"),
                                                     ("commentAuthors", "commentAuthors.xml"), ("slideMaster", "slideMasters/slideMaster1.xml"),
                                                     ("notesMaster", "notesMasters/notesMaster1.xml"), ("tags", "tags/tag1.xml"),
                                                     ("handoutMaster", "handoutMasters/handoutMaster1.xml")),
        "ppt/slides/_rels/slide1.xml.rels": relations(("notesSlide", "../notesSlides/notesSlide1.xml"), ("comments", "../comments/comment1.xml"),
                                                      ("slideLayout", "../slideLayouts/slideLayout1.xml"), ("image", "../media/image1.png"),
                                                      ("!video", "file:///kehu-410.mp4")),
        "ppt/notesSlides/notesSlide1.xml": part("notes", shape("kehu-411")),
        "ppt/comments/comment1.xml": HEAD + f'<p:cmLst {P}><p:cm authorId="7"><p:text>kehu-412</p:text></p:cm></p:cmLst>',
        "ppt/commentAuthors.xml": HEAD + f'<p:cmAuthorLst {P}><p:cmAuthor id="7" name="kehu-413" initials="k"/></p:cmAuthorLst>',
        "ppt/slideLayouts/slideLayout1.xml": part("sldLayout", shape("kehu-414")),
        "ppt/slideMasters/slideMaster1.xml": part("sldMaster", shape("kehu-415")),
        "ppt/notesMasters/notesMaster1.xml": part("notesMaster", shape("kehu-416")),
        "ppt/handoutMasters/handoutMaster1.xml": part("handoutMaster", shape("kehu-417")),
        "ppt/tags/tag1.xml": HEAD + f'<p:tagLst {P}><p:tag name="A" val="kehu-418"/></p:tagLst>',
        "ppt/slides/slide9.xml": part("sld", shape("kehu-419")),
        "ppt/media/image1.png": "kehu-420 no picture",
    }
    parts.update({f"ppt/slides/slide{n + 1}.xml": xml for n, xml in enumerate(slides)})
    yield made("slides.pptx", package(parts),
               seen("kehu-401", "slide 1", "body"), seen("kehu-402", "slide 1", "hidden"), seen("kehu-403", "slide 1", "hidden"),
               seen("机\t密-421\nkehu-422", "slide 1", "body"), seen("kehu-404"), seen("kehu-405"), seen("kehu-406", "slide 1", "body"), seen("kehu-407", "slide 2", "hidden"), seen("kehu-408"),
               seen("kehu-409"), seen("kehu-410"), seen("kehu-411", "slide 1 notes", "comment"), seen("kehu-412", "comment by kehu-413", "comment"),
               seen("kehu-414", kind="header"), seen("kehu-415", kind="header"), seen("kehu-416", kind="header"), seen("kehu-417", kind="header"),
               seen("kehu-418", "tags"), seen("kehu-419"), seen("kehu-420", "picture"),
               besides("hidden-text", "slide 1"), besides("hidden-slide", "slide 2"), besides("speaker-notes", "slide 1"), besides("comment", "kehu-413"),
               besides("page-without-text", "slide 3"), besides("external-link", "kehu-410"), besides("custom-data", "tags"),
               besides("picture", "image1"), besides("unlisted-data", "slide9"))
