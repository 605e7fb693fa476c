"""OpenDocument: texts, workbooks and presentations with a word in each place."""
from made import besides, made, refused, seen
from parts import HEAD, package

NAMES = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in (
    "office", "text", "table", "draw", "style", "meta", "config", "presentation", "script", "form", "manifest")) + \
    ' xmlns:fo="fo" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'


def p(text, style=""):
    return f'<text:p text:style-name="{style}">{text}</text:p>' if style else f"<text:p>{text}</text:p>"


def content(body, styles="", kind="text", before=""):
    return HEAD + (f"<office:document-content {NAMES}>{before}<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
                   f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>")


def odf(kind, body, parts=None, locked=(), unlisted=(), **more):
    parts = {"content.xml": body, **(parts or {})}
    secret = '<manifest:encryption-data manifest:checksum="x"/>'
    rows = "".join(f'<manifest:file-entry manifest:full-path="{n}" manifest:media-type="">{secret if n in locked else ""}</manifest:file-entry>'
                   for n in ("/", *parts) if n not in unlisted)
    manifest = HEAD + f"<manifest:manifest {NAMES}>{rows}</manifest:manifest>"
    return package({"mimetype": f"application/vnd.oasis.opendocument.{kind}", **parts, "META-INF/manifest.xml": manifest, **more})


HIDE = '<style:style style:name="T9"><style:text-properties text:display="none"/></style:style>'


def texts():
    yield made("title.odt", odf("text", content(p("ke<draw:frame><draw:image xlink:href='a'/><svg:title xmlns:svg='s'>kehu-690</svg:title><svg:desc xmlns:svg='s'>kehu-691</svg:desc>"
                                                  "</draw:frame>hu-692"))), *[seen(f"kehu-{n}") for n in (690, 691, 692)])
    one = lambda name, body, *expect, **more: made(name, odf("text", content(body, **more)), *expect)
    yield one("plain.odt", p("ke<text:span>hu</text:span>-501<text:s text:c='2'/><text:tab/>a") + "<text:h>kehu-502</text:h>",
              seen("kehu-501", "paragraph 1", "body"), seen("kehu-502", "paragraph 2", "body"))
    yield one("changes.odt", "<text:tracked-changes><text:changed-region text:id='c'><text:deletion><office:change-info><dc:creator>kehu-503</dc:creator>"
              "</office:change-info>" + p("kehu-504") + "</text:deletion></text:changed-region></text:tracked-changes>" + p("a"),
              seen("kehu-504", "tracked change by kehu-503", "hidden"), besides("tracked-change"))
    yield one("comment.odt", p("公开<office:annotation office:name='n'><dc:creator>kehu-505</dc:creator>" + p("kehu-506") + "</office:annotation>的话"),
              seen("kehu-506", "comment by kehu-505", "comment"), seen("公开的话", "paragraph", "body"), besides("comment"))
    yield one("notes.odt", p("a<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body>" + p("kehu-507") +
                             "</text:note-body></text:note>b"), seen("kehu-507", "footnote", "body"), seen("ab"))
    yield one("hidden.odt", p("a<text:span text:style-name='T9'>kehu-508</text:span>") + p("kehu-509", "T8") + p("kehu-510", "T7") +
              p("<text:hidden-text text:string-value='kehu-511'>kehu-512</text:hidden-text>") +
              "<text:section text:display='none' text:name='s'>" + p("kehu-513") + "</text:section>" +
              p("<text:conditional-text text:string-value-if-true='kehu-514' text:string-value-if-false='kehu-515'>a</text:conditional-text>"),
              seen("kehu-508", "paragraph 1", "hidden"), seen("kehu-509", kind="hidden"), seen("kehu-510", kind="hidden"), seen("kehu-511"),
              seen("kehu-512", kind="hidden"), seen("kehu-513", kind="hidden"), seen("kehu-514"), seen("kehu-515"), besides("hidden-text", "paragraph 1"),
              styles=HIDE + '<style:style style:name="T8"><style:text-properties fo:color="#FFFFFF"/></style:style>'
              '<style:style style:name="T7"><style:text-properties fo:font-size="1pt"/></style:style>')
    yield one("variables.odt", "<text:variable-decls><text:variable-decl text:name='kehu-516'/></text:variable-decls><text:user-field-decls>"
              "<text:user-field-decl text:name='kehu-517' office:string-value='kehu-518'/></text:user-field-decls>" +
              "<office:forms><form:form form:name='kehu-519'><form:text form:current-value='kehu-520'/></form:form></office:forms>" +
              p("<draw:frame draw:name='kehu-521'><svg:desc xmlns:svg='s'>kehu-522</svg:desc><draw:image xlink:href='../kehu-523.png'/></draw:frame>"),
              *[seen(f"kehu-{n}") for n in range(516, 524)], besides("custom-data"), besides("form-data"), besides("external-link"))
    yield one("script.odt", p("a"), seen("kehu-524"), besides("macro"),
              before="<office:scripts><office:script script:language='x'>kehu-524</office:script></office:scripts>")
    yield one("link.odt", "<text:section text:name='s'><text:section-source xlink:href='file:///kehu-525.odt'/>" + p("a") + "</text:section>",
              seen("kehu-525"), besides("external-link"))

    yield one("ruby.odt", p("".join(f"<text:ruby><text:ruby-base>{base}</text:ruby-base><text:ruby-text>kehu-{n}</text:ruby-text></text:ruby>"
                                    for base, n in (("ke", 585), ("hu-587", 586)))), seen("kehu-585"), seen("kehu-586"), seen("kehu-587", "paragraph 1", "body"))
    item = lambda *inside: "<text:list-item>" + "".join(inside) + "</text:list-item>"
    yield one("lists.odt", "<text:list text:style-name='L1'>" + item(p("kehu-720"), p("a"), "<text:list>" + item(p("kehu-721")) + "</text:list>", p("b")) +
              item(p("kehu-722")) + "</text:list><text:h text:outline-level='2'>kehu-723</text:h>" + p("kehu-724") +
              "<text:list text:style-name='L2'>" + item(p("kehu-725")) + "</text:list>",
              seen("机密%1、\tkehu-720\na\n附件\tkehu-721\nb\n机密%1、\tkehu-722\n第%2条\tkehu-723\nkehu-724\nkehu-725", kind="body"),
              styles="<text:list-style style:name='L1'><text:list-level-style-number text:level='1' style:num-prefix='机密' style:num-suffix='、' style:num-format='1'/>"
              "<text:list-level-style-bullet text:level='2' text:bullet-char='附件'/></text:list-style><text:list-style style:name='L2'>"
              "<text:list-level-style-bullet text:level='1' text:bullet-char='•'/></text:list-style>",
              before="<office:styles><text:outline-style style:name='Outline'><text:outline-level-style text:level='2' style:num-prefix='第' style:num-suffix='条' "
              "style:num-format='1'/></text:outline-style></office:styles>")

def parts():
    yield made("parts.odt", odf("text", content(p("a")), {
        "styles.xml": HEAD + f"<office:document-styles {NAMES}><office:master-styles><style:master-page style:name='kehu-530'><style:header>" + p("kehu-531") +
        "</style:header><style:footer>" + p("kehu-532") + p("kehu-551<text:page-number>1</text:page-number>") + "</style:footer></style:master-page></office:master-styles></office:document-styles>",
        "meta.xml": HEAD + f"<office:document-meta {NAMES}><office:meta><dc:creator>kehu-533</dc:creator><meta:initial-creator>kehu-534"
        "</meta:initial-creator><dc:title>kehu-535</dc:title><meta:user-defined meta:name='kehu-536'>kehu-537</meta:user-defined>"
        "<meta:template xlink:href='file:///kehu-538.ott'/></office:meta></office:document-meta>",
        "settings.xml": HEAD + f"<office:document-settings {NAMES}><config:config-item config:name='PrinterName'>kehu-539</config:config-item>"
        "</office:document-settings>",
        "Object 1/content.xml": content(p("kehu-540"), kind="chart"), "ObjectReplacements/Object 1": "kehu-541 drawn",
        "Object 2": "kehu-542 embedded", "Basic/Standard/Module1.xml": HEAD + "<script:module xmlns:script='x'>kehu-543</script:module>",
        "Configurations2/toolbar.xml": HEAD + "<a b='kehu-544'/>", "Thumbnails/thumbnail.png": "kehu-545 drawn", "layout-cache": b"\1kehu-546\0",
        "Versions/Version1": odf("text", content(p("kehu-547"))), "stray.txt": "kehu-548", "Pictures/a.png": "kehu-549 drawn"},
        unlisted=["stray.txt"], **{"META-INF/documentsignatures.xml": HEAD + "<document-signatures><Signature>kehu-550</Signature></document-signatures>"}),
        seen("kehu-530"), seen("kehu-531", "header", "header"), seen("kehu-532", "footer", "footer"), seen("kehu-551 1", "footer", "footer"),
        *[seen(f"kehu-{n}") for n in range(533, 551)], seen("kehu-546", "layout-cache", "hidden"), seen("kehu-547", "Versions/Version1"),
        besides("properties"), besides("custom-data", "properties"), besides("external-link", "properties"), besides("embedded-object", "Object 1"),
        besides("cached-data"), besides("embedded-object", "Object 2"), besides("macro"), besides("thumbnail"), besides("binary-data", "layout"),
        besides("earlier-version"), besides("unlisted-data", "stray.txt"), besides("picture"), besides("signature"))
    yield made("locked.odt", odf("text", content(p("a")), {"Pictures/b.bin": "kehu-551"}, locked=["Pictures/b.bin"]), refused("b.bin: encrypted"))
    yield made("damaged.odt", odf("text", content(p("kehu-552"))[:-20]), seen("kehu-552"), refused("damaged XML"))


def workbooks():
    cell = lambda text, more="": f"<table:table-cell {more}>{p(text) if text else ''}</table:table-cell>"
    hide = ('<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>')
    body = ("<table:table table:name='一'><table:table-column/><table:table-column table:visibility='collapse'/><table:table-row>" +
            cell("kehu-561", "table:formula='of:=&quot;kehu-562&quot;'") + cell("kehu-563") + "</table:table-row>"
            "<table:table-row table:number-rows-repeated='2'>" + cell("", "table:number-columns-repeated='3'") + "</table:table-row>"
            "<table:table-row>" + cell("", "table:number-columns-repeated='2'") + cell("kehu-564") + "</table:table-row>"
            "<table:table-row table:visibility='filter'>" + cell("kehu-565") + "</table:table-row></table:table>"
            "<table:table table:name='kehu-566' table:style-name='ta2'><table:table-row>" + cell("kehu-567") + "</table:table-row></table:table>"
            "<table:table table:name='三'><table:table-source xlink:href='file:///kehu-568.ods'/><table:table-row>" +
            "<table:table-cell><office:annotation><dc:creator>kehu-569</dc:creator>" + p("kehu-570") + "</office:annotation></table:table-cell>"
            "</table:table-row></table:table>")
    yield made("cells.ods", odf("spreadsheet", content(body, hide, "spreadsheet")),
               seen("kehu-561", "一!A1", "body"), seen("kehu-562"), seen("kehu-563", "一!B1", "hidden"), seen("kehu-564", "一!C4", "body"),
               seen("kehu-565", kind="hidden"), seen("kehu-566"), seen("kehu-567", "kehu-566!A1", "hidden"), seen("kehu-568"),
               seen("kehu-570", "comment by kehu-569", "comment"), besides("hidden-cells"), besides("hidden-sheet", "kehu-566"), besides("external-link"),
               besides("comment"))


def slides():
    hide = '<style:style style:name="dp2"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    box = lambda text: f"<draw:frame><draw:text-box>{p(text)}</draw:text-box></draw:frame>"
    body = ("<draw:page draw:name='kehu-581'>" + box("kehu-582") + "<presentation:notes>" + box("kehu-583") + "</presentation:notes></draw:page>"
            "<draw:page draw:style-name='dp2'>" + box("kehu-584") + "</draw:page>")
    yield made("slides.odp", odf("presentation", content(body, hide, "presentation")),
               seen("kehu-581"), seen("kehu-582", "slide 1", "body"), seen("kehu-583", "slide 1 notes", "comment"), seen("kehu-584", "slide 2", "hidden"),
               besides("speaker-notes", "slide 1"), besides("hidden-slide", "slide 2"))


def documents():
    for make in (texts, parts, workbooks, slides):
        yield from make()
