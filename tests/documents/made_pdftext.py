"""PDF pages, for corpus.py: text drawn in every order, font and way of hiding, with a word of its own each."""
import zlib

from made import besides, made, seen


def pdf(objects):
    out, starts = bytearray(b"%PDF-1.7\n"), []
    for number, data in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    return bytes(out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))


def stream(entries, data, packed=True):
    data = zlib.compress(data) if packed else data
    return b"<<%s%s/Length %d>>\nstream\n%s\nendstream" % (entries, b"/Filter/FlateDecode" if packed else b"", len(data), data)


LATIN = b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>"


def page(content, font=LATIN, resources=b"", more=(), catalog=b"", entries=b""):
    """One page; its font is /F1 and object 5, `more` are objects 6 and up."""
    contents = content if isinstance(content, list) else [content]
    first = 6 + len(more)
    kids = b" ".join(b"%d 0 R" % (first + n) for n in range(len(contents)))
    return pdf([b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
                b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]>>",
                b"<</Type/Page/Parent 2 0 R/Contents[%s]/Resources<</Font<</F1 5 0 R>>%s>>%s>>" % (kids, resources, entries),
                b"null", font, *more, *[stream(b"", c) for c in contents]])


def text(words, x=50, y=700, size=12):
    return b"BT /F1 %d Tf %d %d Td (%s) Tj ET\n" % (size, x, y, words.encode("cp1252"))


def composite(encoding, ordering, name=b"SimSun", more=b"", descendant=b""):
    return (b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/%s%s/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/%s"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(%s)/Supplement 0>>%s>>]>>" %
            (name, encoding, more, name, ordering, descendant))


def show(code_bytes, size=12, where="50 700"):
    return f"BT /F1 {size} Tf {where} Td <{code_bytes.hex()}> Tj ET".encode()


def orders():
    yield made("turned.pdf", page(text("below kehu-302", y=600) + text("above kehu-301", y=650)),
               seen("above kehu-301\nbelow kehu-302", "page 1", "body"), seen("below kehu-302\nabove kehu-301", "drawn"))
    letters = b"".join(b"BT /F1 12 Tf %d 700 Td (%c) Tj ET " % (50 + 7.2 * i, c) for i, c in list(enumerate(b"kehu-303"))[::-1])
    yield made("backwards.pdf", page(letters), seen("kehu-303", "page 1", "body"))
    columns = b"".join(text(a, 50, y) + text(b, 320, y)
                       for a, b, y in (("left ends with ke", "right", 700), ("hu-304 goes on", "right too", 685)))
    yield made("columns-by-row.pdf", page(columns), seen("left ends with ke right\nhu-304 goes on right too", "page 1", "body"))
    column = text("left ends with", 50, 700) + text("kehu-305 goes on", 50, 685) + text("right column", 320, 700)
    yield made("columns.pdf", page(column), seen("left ends with\nkehu-305 goes on\nright column", "page 1"))
    cell = lambda first, second, x=200: text("30", 50, 700) + text(first, x, 700) + text(second, x, 685)
    yield made("narrow.pdf", page(cell("kehu110105194", "912310021") + text("31", 50, 660)),
               seen("kehu110105194912310021\n31", "page 1: with numbers over line ends joined", "body"))
    yield made("narrower.pdf", page(cell("110105", "194912") + text("31002x", 200, 670)), seen("11010519491231002x", "over line ends joined", "body"))
    yield made("spaced.pdf", page(b"BT /F1 12 Tf 8 Tc 50 700 Td (kehu-306) Tj ET"), seen("kehu-306", "page 1", "body"))
    yield made("kerned.pdf", page(b"BT /F1 12 Tf 50 700 Td [(ke)40(hu)-30(-3)10(07)] TJ ET"), seen("kehu-307", "page 1", "body"))
    yield made("bold.pdf", page(text("kehu-308") + b"1 0 0 1 .3 0 cm " + text("kehu-308")), seen("kehu-308", "page 1", "body"))
    yield made("turned-page.pdf", page(b"BT /F1 12 Tf 0 1 -1 0 300 100 Tm (kehu-309) Tj 0 -20 Td (kehu-310) Tj ET", entries=b"/Rotate 90"),
               seen("kehu-309\nkehu-310", "page 1", "body"))
    yield made("split.pdf", page([b"BT /F1 12 Tf 50 700 Td (kehu", b"-311) Tj ET"]), seen("kehu", "page 1"))
    yield made("pieces.pdf", page([b"BT /F1 12 Tf 50 700 Td (kehu) Tj", b"(-312) Tj ET"]), seen("kehu-312", "page 1", "body"))
    yield made("raised.pdf", page(b"BT /F1 12 Tf 50 700 Td (ke) Tj 3 Ts (hu) Tj 0 Ts (-313) Tj ET"), seen("kehu-313", "page 1", "body"))


def places():
    form = stream(b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>", text("kehu-320"))
    yield made("form.pdf", page(b"/X Do", resources=b"/XObject<</X 6 0 R>>", more=[form]), seen("kehu-320", "page 1", "body"))
    tile = stream(b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 600 800]/XStep 600/YStep 800"
                  b"/Resources<</Font<</F1 5 0 R>>>>", text("kehu-321"))
    yield made("pattern.pdf", page(b"/Pattern cs /P scn 0 0 600 800 re f", resources=b"/Pattern<</P 6 0 R>>", more=[tile]),
               seen("kehu-321", "page 1"))
    glyph = stream(b"", b"1000 0 d0 BT /F1 500 Tf (kehu-322) Tj ET")
    drawn = (b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</x 6 0 R>>/Encoding<<"
             b"/Differences[97/x]>>/FirstChar 97/LastChar 97/Widths[1000]/Resources<</Font<</F1 7 0 R>>>>>>")
    yield made("drawn-font.pdf", page(b"BT /F1 12 Tf 50 700 Td (a) Tj ET", font=drawn, more=[glyph, LATIN]),
               seen("kehu-322", "page 1"), besides("untrusted-font", "each glyph is a drawing"))
    yield made("actual-text.pdf", page(b"/Span <</ActualText (kehu-323)>> BDC " + text("shown") + b" EMC"),
               seen("kehu-323", "page 1", "hidden"), seen("shown", "page 1", "body"))
    yield made("remark.pdf", page(b"%kehu-324\n" + text("shown")), seen("kehu-324", "page 1", "hidden"))
    yield made("undrawn.pdf", page(text("shown") + b"(kehu-325) pop"), seen("kehu-325", "page 1", "hidden"))


HIDDEN = [
    (330, b"3 Tr %s", "drawn invisibly"),
    (331, b"7 Tr %s", "drawn invisibly"),
    (332, b"/G gs %s", "transparent"),
    (333, b"q .01 0 0 .01 0 0 cm %s Q", "smaller than a point"),
    (334, b"q 1 0 0 1 900 0 cm %s Q", "outside the page"),
    (335, b"q 0 0 20 20 re W n %s Q", "cut off"),
    (336, b"1 g %s 0 g", "in the colour behind it"),
    (337, b"0 .5 0 rg 0 600 600 200 re f 0 .5 0 rg %s", "in the colour behind it"),
    (338, b"%s 0 g 40 690 200 30 re f", "covered"),
    (339, b"%s 1 g 40 690 200 30 re f", "covered"),
    (340, b"%s q 200 0 0 30 40 690 cm /I Do Q", "covered"),
    (341, b"/OC /L BDC %s EMC", "on a hidden layer"),
]


def hidden():
    picture = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>\nstream\n0\nendstream"
    layer = b"<</Type/OCG/Name(Draft)>>"
    for number, way, title in HIDDEN:
        word = "kehu-%d" % number
        yield made("hidden-%d.pdf" % number,
                   page(text("shown", y=100) + b" " + way % text(word), more=[picture, layer],
                        resources=b"/ExtGState<</G<</ca 0>>>>/XObject<</I 6 0 R>>/Properties<</L 7 0 R>>",
                        catalog=b"/OCProperties<</OCGs[7 0 R]/D<</OFF[7 0 R]>>>>"),
                   seen(word, "page 1: " + title, "hidden"), seen("shown", "page 1", "body"),
                   besides("hidden-layer" if "layer" in title else "hidden-text", title))
    yield made("cropped.pdf", page(text("kehu-342", y=700) + text("shown", y=100), entries=b"/CropBox[0 0 600 400]"),
               seen("kehu-342", "outside the page", "hidden"), seen("shown", "page 1", "body"))
    yield made("half-hidden.pdf", page(b"BT /F1 12 Tf 50 700 Td (ke) Tj 3 Tr (hu-) Tj 0 Tr (343) Tj ET"),
               seen("kehu-343", "drawn"), besides("hidden-text", "3 characters"))


def fonts():
    gb = "客户三百五十号"
    for name, encoding, ordering, charset in (
            ("gbk", b"GBK-EUC-H", b"GB1", "gbk"), ("gb-v", b"GBK-EUC-V", b"GB1", "gbk"), ("ucs2", b"UniGB-UCS2-H", b"GB1", "utf-16-be"),
            ("utf16", b"UniGB-UTF16-H", b"GB1", "utf-16-be"), ("sjis", b"90ms-RKSJ-H", b"Japan1", "cp932"),
            ("jis", b"UniJIS-UTF16-H", b"Japan1", "utf-16-be"), ("cns", b"UniCNS-UTF16-H", b"CNS1", "utf-16-be")):
        words = gb if "gb" in name or "u" in name[:1] else "客戶三百五十號" if name == "cns" else "顧客三百五十号"
        yield made(name + ".pdf", page(show(words.encode(charset)), font=composite(encoding, ordering)),
                   seen(words, "page 1", "body"))
    yield made("big5.pdf", page(show("客戶三百五十號".encode("big5")), font=composite(b"ETen-B5-H", b"CNS1", b"MingLiU")),
               seen("客戶三百五十號", "page 1", "body"))
    yield made("korean.pdf", page(show("고객삼백오십".encode("cp949")), font=composite(b"KSCms-UHC-H", b"Korea1", b"Batang")),
               seen("고객삼백오십", "page 1", "body"))
    yield made("unknown-codes.pdf", page(show(gb.encode()), font=composite(b"UniGB-UTF8-H", b"GB1")),
               besides("untrusted-font", "codes of a CMap that is not known"))
    wide = show(gb.encode("gbk"), where="50 700").replace(b"Td", b"Td 12 Tc")
    yield made("wide.pdf", page(wide, font=composite(b"GBK-EUC-H", b"GB1")), seen(gb, "page 1", "body"))
    mapped = stream(b"", b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0001> <0007> [" +
                    b"".join(b"<%s>" % c.encode("utf-16-be").hex().encode() for c in gb) + b"] endbfrange")
    codes = b"".join(b"\0%c" % i for i in range(1, 8))
    yield made("to-unicode.pdf", page(show(codes), font=composite(b"Identity-H", b"Identity", more=b"/ToUnicode 6 0 R"), more=[mapped]),
               seen(gb, "page 1", "body"))
    yield made("no-text.pdf", page(show(codes), font=composite(b"Identity-H", b"Identity")),
               besides("untrusted-font", "codes without any text"))
    own = stream(b"/Type/CMap/CMapName/Own/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>",
                 b"/GBK-EUC-H usecmap 1 begincidchar <01> 4559 endcidchar")
    yield made("own-cmap.pdf", page(show(gb.encode("gbk")), font=composite(b"X", b"GB1").replace(b"/Encoding/X", b"/Encoding 6 0 R"),
                                    more=[own]), seen(gb, "page 1", "body"))
    yield made("gbk-bytes.pdf", page(show(gb.encode("gbk")), font=b"<</Type/Font/Subtype/TrueType/BaseFont/#B7#C2#CB#CE"
                                                                   b"/Encoding/WinAnsiEncoding>>"),
               seen(gb, "page 1", "body"), besides("untrusted-font", "Chinese bytes"))
    differences = LATIN.replace(b"/WinAnsiEncoding", b"<</Differences[1/k/e/h/u/hyphen/three/five/nine]>>")
    yield made("differences.pdf", page(show(bytes(range(1, 9))), font=differences), seen("kehu-359", "page 1", "body"))
    lie = stream(b"", b"1 beginbfrange <61> <79> <0062> endbfrange")
    yield made("lie.pdf", page(text("kehu-360"), font=LATIN.replace(b">>", b"/ToUnicode 6 0 R>>"), more=[lie]),
               seen("kehu-360", "as the fonts themselves have it", "body"), seen("lfiv", "page 1", "body"))
    swap = stream(b"", b"1 beginbfrange <30> <39> [<0039> <0038> <0037> <0036> <0035> <0034> <0033> <0032> <0031> <0030>] endbfrange")
    yield made("swap.pdf", page(text("kehu-361"), font=LATIN.replace(b">>", b"/ToUnicode 6 0 R>>"), more=[swap]),
               seen("kehu-361", "as the fonts themselves have it", "body"), besides("untrusted-font", "its text is not what"))
    star = b"<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>"
    yield made("star.pdf", page(text("H"), font=star), seen("★", "page 1", "body"))


def without_text():
    yield made("paths.pdf", page(b"10 10 m 90 90 l 90 10 l f"), besides("page-without-text", "page 1"))
    yield made("inline.pdf", page(b"q 99 0 0 99 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"), besides("page-without-text", "page 1"))


def documents():
    yield from orders()
    yield from places()
    yield from hidden()
    yield from fonts()
    yield from without_text()
