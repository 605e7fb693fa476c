"""Word documents: a word in each place where text of a document can be and is not seen."""
from made import besides, made, refused, seen
from parts import HEAD, package, relations

W = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="r" xmlns:wp="wp" xmlns:a="a" '
     'xmlns:mc="mc" xmlns:v="v" xmlns:wps="wps" xmlns:w15="w15" xmlns:m="m"')


def run(text, look=""):
    return f'<w:r>{"<w:rPr>" + look + "</w:rPr>" if look else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs):
    return "<w:p>" + "".join(runs) + "</w:p>"


def part(root, inside):
    return HEAD + f"<w:{root} {W}>{inside}</w:{root}>"


def docx(body, links=(), comment=b"", **parts):
    more = {name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): data for name, data in parts.items()}
    return package({
        "[Content_Types].xml": HEAD + "<Types/>",
        "_rels/.rels": relations(("officeDocument", "word/document.xml"), ("core-properties", "docProps/core.xml"),
                                 ("extended-properties", "docProps/app.xml"), ("custom-properties", "docProps/custom.xml"),
                                 ("thumbnail", "docProps/thumbnail.bmp")),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations(*links),
        **more}, comment)


def bodies():
    one = lambda name, body, *expect: made(name, docx(body), *expect)
    yield one("split.docx", p(run("ke"), run("hu", "<w:b/>"), run("-201")), seen("kehu-201", "paragraph 1", "body"))
    yield one("deleted.docx", p(run("a"), '<w:del w:author="kehu-202"><w:r><w:delText>kehu-203</w:delText></w:r></w:del>',
                                '<w:ins w:author="kehu-204">' + run("kehu-205") + "</w:ins>",
                                '<w:moveFrom w:author="x">' + run("kehu-206") + "</w:moveFrom>"),
              seen("kehu-202", kind="metadata"), seen("kehu-203", "paragraph 1", "hidden"), seen("kehu-204"),
              seen("kehu-205", kind="body"), seen("kehu-206", kind="hidden"), besides("tracked-change", "paragraph 1"))
    yield one("inserted.docx", p(run("ke"), '<w:ins w:author="a">' + run("x") + "</w:ins>", run("hu-186")), seen("kexhu-186", kind="body"),
              seen("kehu-186", "paragraph 1", "hidden"), besides("tracked-change", "paragraph 1"))
    yield one("initial.docx", '<w:p><w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr>' + run("K") + "</w:p>" + p(run("ehu-187")),
              seen("Kehu-187", kind="body"))
    yield one("fraction.docx", p("<m:oMath><m:f><m:num><m:r><m:t>kehu-188</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"),
              seen("kehu-188/2", kind="body"))
    yield one("boxes18.docx", "<w:tbl><w:tr>" + "".join("<w:tc>" + p(run(c)) + "</w:tc>" for c in "110105491231002") + "</w:tr></w:tbl>",
              seen("110105491231002", "with single digits joined", "body"))
    yield one("hidden.docx", p(run("kehu-207", "<w:vanish/>"), run("kehu-208", '<w:color w:val="FFFFFF"/>'),
                               run("kehu-209", '<w:sz w:val="2"/>')),
              seen("kehu-207", kind="hidden"), seen("kehu-208", kind="hidden"), seen("kehu-209", kind="hidden"),
              besides("hidden-text", "paragraph 1"))
    yield one("fields.docx", p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDE</w:instrText></w:r>'
                               '<w:r><w:instrText>TEXT "C:\\kehu-210.docx"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
                               '<w:fldSimple w:instr="AUTHOR kehu-211"><w:r><w:t>x</w:t></w:r></w:fldSimple>'),
              seen("kehu-210", "field in paragraph 1", "metadata"), seen("kehu-211"), besides("external-link", "field"))
    field = lambda text, result="": ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>' + text + "</w:instrText></w:r>" + result +
                                     '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    yield one("equations.docx", p(run("ke") + field("eq \\o\\ac(○,h)") + run("u-") + field('EQ \\* jc2 \\* "Font:x" \\o\\ad(\\s\\up 9(er),2)') +
                                  field("EQ \\f(3;4)")) +
              p(run("kehu-") + field("EQ \\o(1)", '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("7")) + run("8")),
              seen("kehu-234", "paragraph 1", "body"), seen("kehu-78", "paragraph 2", "body"), seen("\\up 9(er)", "field in paragraph 1", "metadata"))
    yield one("quotes.docx", p(run("ke") + field('QUOTE "hu-" 26426 \\* MERGEFORMAT') + field("SYMBOL 23494 \\u") + field("PAGE")), seen("kehu-机密", "paragraph 1", "body"))
    yield one("alt.docx", p('<w:r><w:drawing><wp:inline><wp:docPr id="1" name="kehu-212" descr="kehu-213" title="kehu-214"/>'
                            '</wp:inline></w:drawing></w:r>'), seen("kehu-212"), seen("kehu-213"), seen("kehu-214"))
    yield one("boxes.docx", p('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx><w:txbxContent>' + p(run("kehu-215")) +
                              "</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><v:textbox><w:txbxContent>" + p(run("kehu-216")) +
                              "</w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r>"),
              seen("kehu-215", kind="body"), seen("kehu-216", kind="hidden"))
    yield one("control.docx", '<w:sdt><w:sdtPr><w:alias w:val="kehu-217"/><w:tag w:val="kehu-218"/><w:comboBox><w:listItem '
              'w:displayText="kehu-219" w:value="kehu-220"/></w:comboBox></w:sdtPr><w:sdtContent>' + p(run("kehu-221")) +
              "</w:sdtContent></w:sdt>", seen("kehu-217"), seen("kehu-218"), seen("kehu-219"), seen("kehu-220"), seen("kehu-221", kind="body"))
    yield one("form.docx", p('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="kehu-222"/><w:textInput><w:default '
                             'w:val="kehu-223"/></w:textInput></w:ffData></w:fldChar></w:r>'),
              seen("kehu-222"), seen("kehu-223"), besides("form-data"))
    yield one("former.docx", p('<w:r><w:rPr><w:rPrChange w:author="kehu-224"><w:rPr><w:rStyle w:val="kehu-225"/></w:rPr></w:rPrChange>'
                               "</w:rPr><w:t>a</w:t></w:r>"), seen("kehu-224"), seen("kehu-225"), besides("tracked-change"))
    yield one("rsid.docx", '<w:p w:rsidR="00KEHU26"><w:bookmarkStart w:id="1" w:name="kehu-227"/>' + run("a") + "<!-- kehu-228 --></w:p>",
              seen("00KEHU26"), seen("kehu-227"), seen("kehu-228"))
    yield one("table.docx", "<w:tbl><w:tblPr><w:tblCaption w:val='kehu-229'/></w:tblPr><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>" +
              p(run("kehu-230")) + "</w:tc></w:tr></w:tbl>", seen("kehu-229"), seen("kehu-230"))
    yield one("math.docx", p("<m:oMath><m:r><m:t>kehu-231</m:t></m:r></m:oMath>"), seen("kehu-231"))
    yield one("ruby.docx", p("<w:r><w:ruby><w:rt>" + run("kehu-232") + "</w:rt><w:rubyBase>" + run("机密") +
                             "</w:rubyBase></w:ruby></w:r>"), seen("kehu-232"), seen("机密"))
    yield one("turned.docx", p('<w:bdo w:val="rtl">' + run("233-uhek") + "</w:bdo>"), seen("\u202e233-uhek\u202c"))
    either = "<mc:AlternateContent><mc:Choice Requires='w16se'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    yield one("either.docx", p(run("ke"), either.format("", run("fallback-296")), run("hu-297")), seen("kehu-297", "paragraph 1", "body"),
              seen("fallback-296", "paragraph 1", "hidden"))
    # Office writes what XML cannot hold by its number, and reads it so
    yield one("escaped.docx", p(run("a_x006B_ehu-298")), seen("akehu-298", "with escapes decoded"))


    item = lambda how, text: p("<w:pPr>" + how + "</w:pPr>", run(text))
    numbered = lambda n, depth: f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{n}"/></w:numPr>'
    level = lambda n, text, suff="", more="": f'<w:lvl w:ilvl="{n}">{more}<w:suff w:val="{suff}"/><w:lvlText w:val="{text}"/></w:lvl>'
    yield made("lists.docx", docx(
        item(numbered(1, 0), "hu-701") + item(numbered(1, 1), "hu-702") + item('<w:pStyle w:val="Zhang"/>', "703") + item(numbered(3, 0), "-704") +
        item(numbered(1, 2), "hu-705") + item("<w:pPrChange><w:pPr>" + numbered(3, 0) + "</w:pPr></w:pPrChange>", "hu-706") + p(run("hu-707")),
        [("styles", "styles.xml"), ("numbering", "numbering.xml")],
        word__styles_xml=part("styles", '<w:style w:styleId="Zhang"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'),
        word__numbering_xml=part("numbering", '<w:abstractNum w:abstractNumId="8">' + level(0, "ke", "nothing") + level(1, "机密%2", "tab") + level(2, "%3.", "tab") +
                                 '</w:abstractNum><w:abstractNum w:abstractNumId="9">' + level(0, "第%1条") +
                                 level(1, "kehu-", "nothing", '<w:pStyle w:val="Zhang"/>') + "</w:abstractNum>"
                                 '<w:num w:numId="1"><w:abstractNumId w:val="8"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="9"/></w:num>'
                                 '<w:num w:numId="3"><w:abstractNumId w:val="8"/><w:lvlOverride w:ilvl="0">' + level(0, "kehu", "nothing") + "</w:lvlOverride></w:num>")),
        seen("kehu-701", "paragraph 1", "body"), seen("机密%2\thu-702", "paragraph 2", "body"), seen("kehu-703", "paragraph 3", "body"),
        seen("kehu-704", "paragraph 4", "body"), seen("kehu-704\nhu-705\nhu-706\nhu-707", kind="body"), seen("第%1条", "lists", "metadata"),
        besides("tracked-change"))


def parts():
    body = p(run("正文 kehu-240"))
    yield made("stories.docx", docx(
        body, [("comments", "comments.xml"), ("header", "header1.xml"), ("footer", "footer1.xml"), ("footnotes", "footnotes.xml"),
               ("endnotes", "endnotes.xml"), ("glossaryDocument", "glossary/document.xml")],
        word__comments_xml=part("comments", '<w:comment w:id="0" w:author="kehu-241">' + p(run("kehu-242")) + "</w:comment>"),
        word__header1_xml=part("hdr", p(run("kehu-243"))), word__footer1_xml=part("ftr", p(run("kehu-244"))),
        word__footnotes_xml=part("footnotes", '<w:footnote w:id="2">' + p(run("kehu-245")) + "</w:footnote>"),
        word__endnotes_xml=part("endnotes", '<w:endnote w:id="2">' + p(run("kehu-246")) + "</w:endnote>"),
        word__glossary__document_xml=part("glossaryDocument", "<w:docParts>" + p(run("kehu-247")) + "</w:docParts>")),
        seen("kehu-240", "paragraph 1", "body"), seen("kehu-242", "comment by kehu-241", "comment"), seen("kehu-243", "header", "header"),
        seen("kehu-244", "footer", "footer"), seen("kehu-245", "footnote 2", "body"), seen("kehu-246", "endnote 2", "body"),
        seen("kehu-247", kind="hidden"), besides("comment", "kehu-241"), besides("hidden-text", "building blocks"))
    yield made("properties.docx", docx(
        body, [("settings", "settings.xml"), ("customXml", "../customXml/item1.xml"), ("people", "people.xml")],
        docProps__core_xml=HEAD + '<cp:coreProperties xmlns:cp="cp" xmlns:dc="dc"><dc:creator>kehu-250</dc:creator><dc:title>kehu-251'
        "</dc:title><cp:lastModifiedBy>kehu-252</cp:lastModifiedBy><cp:keywords>kehu-253</cp:keywords></cp:coreProperties>",
        docProps__app_xml=HEAD + "<Properties><Company>kehu-254</Company><Template>kehu-255</Template></Properties>",
        docProps__custom_xml=HEAD + '<Properties xmlns:vt="vt"><property name="kehu-256"><vt:lpwstr>kehu-257</vt:lpwstr></property></Properties>',
        word__settings_xml=part("settings", '<w:docVars><w:docVar w:name="kehu-258" w:val="kehu-259"/></w:docVars><w:rsids>'
                                '<w:rsidRoot w:val="00KEHU60"/></w:rsids><w:mailMerge><w:dataSource r:id="rId9"/><w:query w:val="kehu-261"/></w:mailMerge>'),
        customXml__item1_xml=HEAD + '<data secret="kehu-262">kehu-263</data>',
        word__people_xml=part("people", '<w15:person w15:author="kehu-264"/>')),
        *[seen(f"kehu-{n}", kind="metadata") for n in (250, 251, 252, 253, 254, 255, 256, 257, 258, 259, 261, 262, 263, 264)],
        seen("00KEHU60"), besides("properties"), besides("custom-data"))
    yield made("objects.docx", docx(
        body, [("oleObject", "embeddings/a.bin"), ("!image", "file:///C:/kehu-270.png"), ("!attachedTemplate", "//server/kehu-271.dotx"),
               ("aFChunk", "chunk.html"), ("printerSettings", "printer.bin"), ("package", "embeddings/b.docx"), ("!hyperlink", "https://kehu-277/")],
        **{"word/embeddings/a.bin": "kehu-272 in an object", "word/chunk.html": "<p>ke<b>hu</b>-273</p>",
           "word/printer.bin": b"\1\2" + "kehu-274".encode("utf-16-le") + b"\0\0\3",
           "word/embeddings/b.docx": docx(p(run("kehu-275"))), "docProps/thumbnail.bmp": b"kehu-276 no picture"}),
        seen("kehu-270"), seen("kehu-271"), seen("kehu-272", "embedded object"), seen("kehu-273", "embedded document"),
        seen("kehu-274", "printer settings", "hidden"), seen("kehu-275", "paragraph 1"), seen("kehu-276", "thumbnail"), seen("kehu-277"),
        besides("embedded-object", "a.bin"), besides("external-link", "kehu-270"), besides("external-link", "kehu-271"),
        besides("thumbnail"), besides("binary-data", "printer"))
    yield made("charts.docx", docx(
        body, [("chart", "charts/chart1.xml"), ("diagramData", "diagrams/data1.xml")],
        word__charts__chart1_xml=HEAD + '<c:chartSpace xmlns:c="c" xmlns:a="a"><c:title><a:p><a:r><a:t>kehu-280</a:t></a:r></a:p></c:title>'
        "<c:ser><c:cat><c:strCache><c:pt><c:v>kehu-281</c:v></c:pt></c:strCache></c:cat></c:ser></c:chartSpace>",
        word__diagrams__data1_xml=HEAD + '<dgm:dataModel xmlns:dgm="dgm" xmlns:a="a"><dgm:pt><dgm:t><a:p><a:r><a:t>kehu-282</a:t></a:r></a:p>'
        "</dgm:t></dgm:pt></dgm:dataModel>"),
        seen("kehu-280"), seen("kehu-281"), seen("kehu-282"), besides("cached-data", "chart"))
    yield made("orphan.docx", docx(body, word__orphan_xml=part("document", p(run("kehu-283"))), stray_txt="kehu-284"),
               seen("kehu-283"), seen("kehu-284"), besides("unlisted-data", "word/orphan.xml"), besides("unlisted-data", "stray_txt"))
    yield made("zip.docx", docx(body, comment=b"kehu-286") + b"kehu-287", seen("kehu-286", "comment of the container", "comment"), seen("kehu-287", "behind the end"), besides("appended-data"))
    yield made("before.docx", b"kehu-285" + docx(body), refused("not readable"))
    yield made("macro.docm", docx(body, [("vbaProject", "vbaProject.bin")], word__vbaProject_bin="kehu-288 no OLE"),
               seen("kehu-288", "macros"), besides("macro", "vbaProject"))
    yield made("trash.docx", docx(body, **{"[trash]/0000.dat": b"\xff\xff\xff\xff" + b"\0" * 60 + b"kehu-293\0"}),
               seen("kehu-293", "left of a part", "hidden"), besides("unlisted-data", "[trash]"))
    yield made("signed.docm", docx(body, [("vbaProjectSignature", "vbaProjectSignature.bin")], word__vbaProjectSignature_bin=b"\0\0\x81kehu-292"),
               seen("kehu-292", "signature", "hidden"), besides("signature", "vbaProjectSignature"))
    yield made("signed.docx", docx(body, _xmlsignatures__sig1_xml=HEAD + '<Signature xmlns="sig"><SignatureComments>kehu-289</SignatureComments>'
                                   "</Signature>"), seen("kehu-289"), besides("signature"))
    yield made("damaged.docx", docx(body, word__comments_xml="<w:comments><w:p>kehu-290"), seen("kehu-290"), refused("damaged XML"))
    yield made("entity.docx", docx(body, word__comments_xml='<!DOCTYPE a [<!ENTITY b "kehu-291">]><w:comments>&b;</w:comments>'),
               seen("kehu-291"), refused("declares entities"))


def documents():
    yield from bodies()
    yield from parts()
