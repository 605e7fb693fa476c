"""Workbooks: hidden sheets, rows, columns and cells, formulas, caches, names, comments."""
from made import besides, made, seen
from parts import HEAD, package, relations

S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="r"'


def cell(place, text, look=0, formula=""):
    f = f"<f>{formula}</f>" if formula else ""
    return f'<c r="{place}" s="{look}" t="inlineStr">{f}<is><t>{text}</t></is></c>'


def row(number, *cells, more=""):
    return f'<row r="{number}" {more}>{"".join(cells)}</row>'


def sheet(rows, before="", behind=""):
    return HEAD + f"<worksheet {S}>{before}<sheetData>{rows}</sheetData>{behind}</worksheet>"


STYLES = HEAD + (f'<styleSheet {S}><numFmts><numFmt numFmtId="164" formatCode=";;;"/><numFmt numFmtId="165" formatCode="&quot;kehu-329&quot;0"/><numFmt numFmtId="166" formatCode="&quot;ke&quot;\\h\\u_€_(\\-3*x&quot;89;&quot;"/>'
                 "</numFmts><fonts><font/><font><color rgb='FFFFFFFF'/></font></fonts><fills><fill/></fills><cellXfs><xf fontId='0' numFmtId='0'/>"
                 "<xf fontId='1' numFmtId='0'/><xf fontId='0' numFmtId='164'/></cellXfs></styleSheet>")


def xlsx(sheets, links=(), names="", **parts):
    rows = "".join(f'<sheet name="{name}" sheetId="{n + 1}" r:id="rId{n + 1}" {more}/>' for n, (name, _, more) in enumerate(sheets))
    out = {"[Content_Types].xml": HEAD + "<Types/>", "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
           "xl/workbook.xml": HEAD + f"<workbook {S}><sheets>{rows}</sheets>{names}</workbook>",
           "xl/_rels/workbook.xml.rels": relations(*[("worksheet", f"worksheets/sheet{n + 1}.xml") for n in range(len(sheets))],
                                                   ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml"), *links),
           "xl/styles.xml": STYLES}
    out.update({f"xl/worksheets/sheet{n + 1}.xml": xml for n, (_, xml, _) in enumerate(sheets)})
    out.update({"xl/" + name: data for name, data in parts.get("more", {}).items()})
    return package(out)


def documents():
    yield made("cells.xlsx", xlsx([("表一", sheet(row(1, cell("B1", "kehu-301"), cell("C1", "kehu-302", formula="kehu_303"))), "")]),
               seen("kehu-301", "表一!B1", "body"), seen("kehu-302", "表一!C1", "body"), seen("kehu_303", "表一!C1", "metadata"))
    yield made("hidden.xlsx", xlsx([
        ("一", sheet(row(1, cell("A1", "kehu-304"), more='hidden="1"') + row(2, cell("B2", "kehu-305"), cell("C2", "kehu-306", 1),
                                                                            cell("D2", "kehu-307", 2)) +
                    row(3, cell("A3", "kehu-308"), more='ht="0"'), '<cols><col min="2" max="2" hidden="1"/></cols>'), ""),
        ("kehu-309", sheet(row(1, cell("A1", "kehu-310"))), 'state="hidden"'),
        ("三", sheet(row(1, cell("A1", "kehu-311"))), 'state="veryHidden"')]),
        seen("kehu-304", "一!A1", "hidden"), seen("kehu-305", "一!B2", "hidden"), seen("kehu-306", "一!C2", "hidden"),
        seen("kehu-307", "一!D2", "hidden"), seen("kehu-308", kind="hidden"), seen("kehu-309"), seen("kehu-310", "kehu-309!A1", "hidden"),
        seen("kehu-311", "三!A1", "hidden"), seen("kehu-329"), seen("kehu-389;", "number formats"), besides("hidden-cells", "row 1"), besides("hidden-cells", "column 2"),
        besides("hidden-sheet", "kehu-309"), besides("hidden-sheet", "三"), besides("hidden-text", "一!C2"))
    yield made("letters.xlsx", xlsx([("一", sheet(row(1, *[cell(f"{chr(65 + n)}1", c) for n, c in enumerate("机密客户")]) +
                                                 "".join(row(n + 2, cell(f"A{n + 2}", c)) for n, c in enumerate("绝密合同"))), "")]),
               seen("机密客户", "together"), seen("绝密合同", "together"))
    yield made("shared.xlsx", xlsx([("一", sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), "")], more={
        "sharedStrings.xml": HEAD + f"<sst {S}><si><r><t>ke</t></r><r><t>hu-312</t></r><rPh><t>kehu-313</t></rPh></si><si><t>kehu-314</t></si></sst>"}),
        seen("kehu-312", "一!A1", "body"), seen("kehu-313", "phonetic"), seen("kehu-314", "no cell shows", "hidden"),
        besides("hidden-text", "no cell shows"))
    yield made("around.xlsx", xlsx([("一", sheet(row(1, cell("A1", "a")), behind=(
        '<dataValidations><dataValidation prompt="kehu-315" promptTitle="kehu-316" error="kehu-317"><formula1>"kehu-318"</formula1>'
        '</dataValidation></dataValidations><headerFooter><oddHeader>&amp;Ckehu-319</oddHeader><evenFooter>kehu-320</evenFooter></headerFooter>'
        '<scenarios><scenario name="kehu-321" user="kehu-322"><inputCells r="A1" val="kehu-323"/></scenario></scenarios>'
        '<autoFilter><filterColumn><filters><filter val="kehu-324"/></filters></filterColumn></autoFilter>')), "")],
        names='<definedNames><definedName name="kehu_325" hidden="1">"kehu-326"</definedName></definedNames>'
              '<fileSharing userName="kehu-327"/>'),
        *[seen(f"kehu-{n}") for n in (315, 316, 317, 318, 319, 320, 321, 322, 323, 324, 326, 327)], seen("kehu_325"))
    codes = "<headerFooter><oddHeader>&amp;L&amp;Bkehu-&amp;B346&amp;Cke&amp;14hu&amp;\"Arial,Bold\"-347&amp;Rke&amp;KFF0000hu&amp;&amp;348</oddHeader><evenHeader>&amp;C110105-kehu-345</evenHeader></headerFooter>"
    yield made("codes.xlsx", xlsx([("一", sheet(row(1, cell("A1", "a")), behind=codes.replace("\"", "&quot;")), "")]), seen("kehu-346"), seen("kehu-347"), seen("kehu&348"))
    yield made("besides.xlsx", xlsx([("一", sheet(row(1, cell("A1", "a"))), "")], [
        ("externalLink", "externalLinks/externalLink1.xml"), ("pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
        ("connections", "connections.xml"), ("person", "persons/person.xml"), ("revisionHeaders", "revisions/revisionHeaders.xml")], more={
        "worksheets/_rels/sheet1.xml.rels": relations(("comments", "../comments1.xml"), ("threadedComment", "../threaded1.xml"),
                                                      ("drawing", "../drawings/drawing1.xml"), ("queryTable", "../query1.xml")),
        "comments1.xml": HEAD + f'<comments {S}><authors><author>kehu-330</author></authors><commentList><comment ref="B2" authorId="0"><text><r>'
        "<t>kehu-331</t></r></text></comment></commentList></comments>",
        "threaded1.xml": HEAD + '<ThreadedComments><threadedComment ref="C3" personId="{A}"><text>kehu-332</text></threadedComment></ThreadedComments>',
        "persons/person.xml": HEAD + '<personList><person displayName="kehu-333" id="{A}"/></personList>',
        "drawings/drawing1.xml": HEAD + '<xdr:wsDr xmlns:xdr="x" xmlns:a="a"><xdr:sp><xdr:cNvPr descr="kehu-334"/><a:p><a:r><a:t>kehu-335</a:t></a:r>'
        "</a:p></xdr:sp></xdr:wsDr>",
        "query1.xml": HEAD + '<queryTable name="kehu-336"/>',
        "externalLinks/externalLink1.xml": HEAD + f'<externalLink {S}><externalBook><sheetNames><sheetName val="kehu-337"/></sheetNames><cell><v>'
        "kehu-338</v></cell></externalBook></externalLink>",
        "externalLinks/_rels/externalLink1.xml.rels": relations(("!externalLinkPath", "file:///D:/kehu-339.xlsx")),
        "pivotCache/pivotCacheDefinition1.xml": HEAD + f'<pivotCacheDefinition {S} refreshedBy="kehu-340"><s v="kehu-341"/></pivotCacheDefinition>',
        "connections.xml": HEAD + f'<connections {S}><connection name="a"><dbPr connection="Password=kehu-342" command="kehu-343"/></connection></connections>',
        "revisions/revisionHeaders.xml": HEAD + f'<headers {S}><header userName="kehu-344"/></headers>',
        "macrosheets/sheet1.xml": HEAD + f'<xm:macrosheet xmlns:xm="xm" {S}><sheetData>' + row(1, cell("A1", "kehu-345", formula="EXEC(kehu_346)")) +
        "</sheetData></xm:macrosheet>"}),
        seen("kehu-331", "comment by kehu-330 at B2", "comment"), seen("kehu-332", "comment by kehu-333 at C3", "comment"),
        *[seen(f"kehu-{n}") for n in (334, 335, 336, 337, 338, 339, 340, 341, 342, 343, 344, 345)], seen("kehu_346"),
        besides("comment"), besides("external-link", "kehu-339"), besides("cached-data", "pivot"), besides("cached-data", "external link"),
        besides("external-link", "connections"), besides("tracked-change"), besides("macro"), besides("unlisted-data", "macrosheets"))
