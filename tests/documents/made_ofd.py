"""OFD: pages, templates, annotations, attachments, seals and versions."""
from made import besides, made, refused, seen
from parts import HEAD, package

O = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def part(root, inside):
    return HEAD + f"<ofd:{root} {O}>{inside}</ofd:{root}>"


def text(*codes, more="", inside=""):
    return f'<ofd:TextObject ID="1" Boundary="10 10 50 5" {more}>{inside}' + "".join(f'<ofd:TextCode X="0" DeltaX="g 9 3">{c}</ofd:TextCode>' for c in codes) + \
        "</ofd:TextObject>"


def page(*objects):
    return part("Page", f'<ofd:Content><ofd:Layer ID="2">{"".join(objects)}</ofd:Layer></ofd:Content>')


def ofd(pages, document="", info="", body="", **more):
    parts = {"OFD.xml": part("OFD", f"<ofd:DocBody><ofd:DocInfo>{info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody>"),
             "Doc_0/Document.xml": part("Document", "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
                                        '<ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData><ofd:Pages>' +
                                        "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))) +
                                        f"</ofd:Pages>{document}")}
    parts.update({f"Doc_0/Pages/Page_{n}/Content.xml": xml for n, xml in enumerate(pages)})
    parts.update(more)
    return package(parts)


def documents():
    yield made("page.ofd", ofd([page(text("ke", "hu", "-801")), page(text("客户八零二"))]), seen("kehu-801", "page 1", "body"),
               seen("客户八零二", "page 2", "body"))
    yield made("hidden.ofd", ofd([page(text("kehu-803", more='Visible="false"'), text("kehu-804", more='Alpha="0"'),
                                       text("kehu-805", inside='<ofd:FillColor Value="255 255 255"/>'),
                                       text("kehu-806").replace("10 10", "900 10"), text("a"))]),
               *[seen(f"kehu-{n}", "page 1", "hidden") for n in (803, 804, 805, 806)], besides("hidden-text", "page 1"))
    yield made("picture.ofd", ofd([page('<ofd:ImageObject ResourceID="5"/>')]), besides("page-without-text", "page 1"))
    yield made("properties.ofd", ofd([page(text("a"))], info=(
        "<ofd:Title>kehu-810</ofd:Title><ofd:Author>kehu-811</ofd:Author><ofd:Keywords><ofd:Keyword>kehu-812</ofd:Keyword></ofd:Keywords><ofd:CustomDatas>"
        '<ofd:CustomData Name="kehu-813">kehu-814</ofd:CustomData></ofd:CustomDatas>')),
        *[seen(f"kehu-{n}", "document properties", "metadata") for n in (810, 811, 812, 814)], seen("kehu-813"), besides("properties"), besides("custom-data"))
    yield made("parts.ofd", ofd([page(text("a"))], document=(
        '<ofd:Outlines><ofd:OutlineElem Title="kehu-820"/></ofd:Outlines><ofd:Bookmarks><ofd:Bookmark Name="kehu-821"/></ofd:Bookmarks>'
        '<ofd:Actions><ofd:Action><ofd:URI URI="file:///kehu-822"/></ofd:Action></ofd:Actions><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>'
        '<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations><ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags><ofd:Extensions>Extensions.xml</ofd:Extensions>'),
        body="<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures><ofd:Versions><ofd:Version BaseLoc='Doc_0/Versions/V1.xml'/></ofd:Versions>",
        **{"Doc_0/Tpls/Tpl_0/Content.xml": page(text("kehu-823")),
           "Doc_0/Annots/Annotations.xml": part("Annotations", '<ofd:Page PageID="0"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page>'),
           "Doc_0/Annots/Page_0/Annotation.xml": part("PageAnnot", '<ofd:Annot Type="Watermark" Creator="kehu-824" ID="7"><ofd:Remark>kehu-825</ofd:Remark>'
                                                      '<ofd:Parameters><ofd:Parameter Name="kehu-826">kehu-827</ofd:Parameter></ofd:Parameters><ofd:Appearance>' +
                                                      text("kehu-828") + "</ofd:Appearance></ofd:Annot>"),
           "Doc_0/Attachs/Attachments.xml": part("Attachments", '<ofd:Attachment ID="1" Name="kehu-829" Creator="kehu-830"><ofd:FileLoc>a.xml</ofd:FileLoc></ofd:Attachment>'),
           "Doc_0/Attachs/a.xml": "<invoice buyer='kehu-831'>kehu-832</invoice>",
           "Doc_0/Tags/CustomTags.xml": part("CustomTags", "<ofd:CustomTag TypeID='kehu-833'><ofd:FileLoc>tag.xml</ofd:FileLoc></ofd:CustomTag>"),
           "Doc_0/Tags/tag.xml": "<t:seller xmlns:t='x'>kehu-834</t:seller>",
           "Doc_0/Extensions.xml": part("Extensions", "<ofd:Extension AppName='kehu-835'><ofd:Property Name='a'>kehu-836</ofd:Property></ofd:Extension>"),
           "Doc_0/Signs/Signatures.xml": part("Signatures", "<ofd:Signature ID='1' BaseLoc='Sign_0/Signature.xml'/>"),
           "Doc_0/Signs/Sign_0/Signature.xml": part("Signature", "<ofd:SignedInfo><ofd:Provider ProviderName='kehu-837'/></ofd:SignedInfo><ofd:SignedValue>SignedValue.dat</ofd:SignedValue>"),
           "Doc_0/Signs/Sign_0/SignedValue.dat": b"\x30\x82\1\2\x0c\x09" + "公章 kehu-838".encode() + b"\0\1",
           "Doc_0/Versions/V1.xml": part("DocVersion", "<ofd:FileList><ofd:File ID='1'>kehu-839</ofd:File></ofd:FileList>"),
           "Doc_0/Res/a.ttf": b"\0\1\0\0" + b"font kehu-840", "Doc_0/stray.xml": page(text("kehu-841")), "Doc_0/Thumbs/a.txt": "kehu-842"}),
        *[seen(f"kehu-{n}") for n in (820, 821, 822, 826, 827, 829, 830, 833, 837, 839)], seen("kehu-823", "template 1", "header"),
        seen("kehu-825", "annotation Watermark by kehu-824", "comment"), seen("kehu-828", "annotation", "comment"),
        seen("kehu-831", "attachment a.xml"), seen("kehu-832", "attachment a.xml"), seen("kehu-834"), seen("kehu-835"), seen("kehu-836", "extensions"),
        seen("kehu-838", "SignedValue", "hidden"), seen("kehu-840", kind="hidden"), seen("kehu-841"), seen("kehu-842"),
        besides("external-link", "kehu-822"), besides("comment", "kehu-824"), besides("attachment", "kehu-829"), besides("attachment", "a.xml"),
        besides("custom-data", "custom tags"), besides("custom-data", "extensions"), besides("signature"), besides("earlier-version"),
        besides("binary-data", "a.ttf"), besides("unlisted-data", "stray.xml"), besides("thumbnail"))
    yield made("locked.ofd", ofd([page(text("a"))], **{"Encryptions.xml": part("Encryptions", "<ofd:EncryptInfo/>")}), refused("encrypted"))
    yield made("prefix.ofd", ofd([page(text("kehu-850"))]).replace(b"", b""), seen("kehu-850", "page 1"))
