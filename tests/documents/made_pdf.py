"""PDF: what is in objects, streams and bytes; what is drawn on pages is made_pdftext.py's."""
import io
import zipfile
import zlib

from made import besides, made, refused, seen

FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


class Pdf:
    """Objects in the order they are made; 1 is the catalog, 2 the pages, 3 the page, 4 its content, 5 its font."""

    def __init__(self, catalog="", page="", content="BT /F1 12 Tf 50 700 Td (notice) Tj ET", trailer=""):
        self.objects = {}
        self.trailer = trailer
        self.set(1, f"<</Type/Catalog/Pages 2 0 R {catalog}>>")
        self.set(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
        self.set(3, f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
                    f"/Resources<</Font<</F1 5 0 R>>>> {page}>>")
        self.stream(content, number=4)
        self.set(5, FONT)

    def set(self, number, body):
        self.objects[number] = body if isinstance(body, bytes) else body.encode()
        return number

    def add(self, body):
        return self.set(max(self.objects) + 1, body)

    def stream(self, data, head="", number=None, pack=False):
        data = data if isinstance(data, bytes) else data.encode()
        if pack:
            data, head = zlib.compress(data), head + "/Filter/FlateDecode"
        body = f"<<{head}/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"
        return self.set(number or max(self.objects) + 1, body)

    def whole(self, only=None, before=b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", prev=None, between=b""):
        """The file; `only` these objects behind `before` is a later save."""
        out, at = bytearray(before), {}
        for number in only or sorted(self.objects):
            at[number] = len(out)
            out += b"%d 0 obj\n" % number + self.objects[number] + b"\nendobj\n" + between
        start, size = len(out), max(self.objects) + 1
        out += b"xref\n"
        if prev is None:
            out += b"0 1\n0000000000 65535 f \n"
        for number, offset in sorted(at.items()):
            out += b"%d 1\n%010d 00000 n \n" % (number, offset)
        back = f"/Prev {prev}" if prev is not None else ""
        out += f"trailer\n<</Size {size}/Root 1 0 R{back} {self.trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)


def start_of(data):
    return int(data.rsplit(b"startxref\n", 1)[1].split()[0])


def hexed(text, charset="utf-16-be"):
    mark = b"\xfe\xff" if charset == "utf-16-be" else b""
    return "<" + (mark + text.encode(charset)).hex() + ">"


def metadata():
    p = Pdf(trailer="/Info<</Title(kehu-201)/Author" + hexed("客户二百零二") + "/Custom(kehu-203)/Subject<"
            + (b"\xef\xbb\xbf" + "客户二百零四".encode()).hex() + ">/Keywords" + hexed("客户二百零五", "gb18030") + ">>")
    yield made("info.pdf", p.whole(), besides("properties"), seen("kehu-201", "property", "metadata"),
               seen("客户二百零二", "Author", "metadata"), seen("kehu-203", "Custom"), seen("客户二百零四", "Subject"),
               seen("客户二百零五", "Keywords"))
    xmp = "<?xpacket begin='\ufeff'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:title>kehu-%d</dc:title></x:xmpmeta>"
    p = Pdf("/Metadata 6 0 R", "/Metadata 7 0 R")
    p.stream(xmp % 206, "/Type/Metadata/Subtype/XML")
    p.stream(xmp % 207, "/Type/Metadata/Subtype/XML", pack=True)
    yield made("xmp.pdf", p.whole(), seen("kehu-206", "XMP", "metadata"), seen("kehu-207", "page 1", "metadata"))
    p = Pdf("/PieceInfo<</Prog<</Private<</Note(kehu-208)/Data 6 0 R>>/LastModified(D:2026)>>>>/Lang(kehu-209)"
            "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFX/OutputConditionIdentifier(kehu-210)>>]/SpiderInfo<</V 1/C[(kehu-211)]>>")
    p.stream("kehu-212 in private data", pack=True)
    yield made("private.pdf", p.whole(), besides("custom-data", "private data"), seen("kehu-208", "private data", "hidden"),
               seen("kehu-212", "private data", "hidden"), seen("kehu-209"), seen("kehu-210"), seen("kehu-211"))


def annotations():
    p = Pdf(page="/Annots[6 0 R 7 0 R 8 0 R 9 0 R 11 0 R 12 0 R]")
    p.add("<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T" + hexed("王伟") + "/Contents(kehu-221)/Subj(kehu-222)"
          "/RC(<body><p>ke<b>hu</b>-223</p></body>)/Popup 10 0 R/NM(kehu-224)>>")
    p.add("<</Type/Annot/Subtype/Redact/Rect[0 0 9 9]/OverlayText(kehu-225)/Contents(kehu-226)>>")
    p.add("<</Type/Annot/Subtype/Highlight/F 2/Rect[0 0 9 9]/T(Li)/Contents(kehu-227)>>")
    p.add("<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://kehu-228.example/)>>/Contents(kehu-229)>>")
    p.add("<</Type/Annot/Subtype/Popup/Parent 6 0 R/Contents(kehu-230)>>")
    p.add("<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS<</Type/Filespec/F(kehu-231.txt)/Desc(kehu-232)/EF<</F 13 0 R>>>>>>")
    p.add("<</Type/Annot/Subtype/Sound/Rect[0 0 9 9]/Contents(kehu-234)/Sound 14 0 R>>")
    p.stream("kehu-233", "/Type/EmbeddedFile/Params<</ModDate(kehu-235)>>")
    p.stream(b"\x80\x81kehu-236\x82\x83", "/R 8000")
    yield made("comments.pdf", p.whole(), besides("comment", "page 1, comment by 王伟"), seen("kehu-221", "page 1, comment by 王伟", "comment"),
               seen("kehu-222", "page 1", "comment"), seen("kehu-223", "rich text", "comment"), seen("kehu-224"),
               besides("hidden-text", "redaction"), seen("kehu-225", "redaction"), seen("kehu-226", "redaction"),
               besides("hidden-text", "comment by Li, hidden"), seen("kehu-227", "comment by Li"),
               besides("external-link", "page 1"), seen("kehu-228", "link"), seen("kehu-229", "link"), seen("kehu-230"),
               besides("attachment", "kehu-231.txt"), seen("kehu-231", kind="filename"), seen("kehu-232"),
               seen("kehu-233", "attachment kehu-231.txt"), besides("media", "sound"), seen("kehu-234"), seen("kehu-235"), seen("kehu-236"))


def forms():
    p = Pdf("/AcroForm<</Fields[6 0 R 7 0 R]/DA(kehu-241)/XFA[(kehu-242)9 0 R]>>", "/Annots[6 0 R 8 0 R]")
    p.add("<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/TU(kehu-243)/V(kehu-244)/DV(kehu-245)/RV(<body>kehu-<i>246</i></body>)/Rect[0 0 9 9]>>")
    p.add("<</FT/Ch/T" + hexed("地区") + "/Opt[(kehu-247)[(kehu-248)(kehu-249)]]/Kids[8 0 R]/V 10 0 R>>")
    p.add("<</Type/Annot/Subtype/Widget/Parent 7 0 R/T(kid)/MK<</CA(kehu-250)>>/Rect[0 0 9 9]/AA<</K<</S/JavaScript/JS(kehu-251)>>>>>>")
    p.stream("<?xml version='1.0'?><xdp><field name='kehu-252'>kehu-253</field></xdp>", pack=True)
    p.add("(kehu-254)")
    yield made("form.pdf", p.whole(), besides("form-data", "form field name"), seen("kehu-241"), seen("kehu-242"),
               seen("kehu-243", "form field name"), seen("kehu-244", "form field name", "body"), seen("kehu-245", "default value", "hidden"),
               seen("kehu-246"), seen("kehu-247", "choices"), seen("kehu-248"), seen("kehu-249"), seen("kehu-250", "地区.kid"),
               besides("script", "地区.kid"), seen("kehu-251", "script"), besides("form-data", "XFA"), seen("kehu-252"), seen("kehu-253"),
               besides("form-data", "地区"), seen("kehu-254"))
    p = Pdf("/AcroForm<</SigFlags 3/Fields[6 0 R]>>/Perms<</DocMDP 7 0 R>>", "/Annots[6 0 R]")
    p.add("<</Type/Annot/Subtype/Widget/FT/Sig/T(kehu-255)/V 7 0 R/Rect[0 0 0 0]>>")
    p.add("<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 1 2 3]/Name(kehu-256)/Reason(kehu-257)/Location(kehu-258)"
          "/ContactInfo(kehu-259)/Contents<30820100" + b"kehu-260".hex() + "00>>>")
    yield made("signature.pdf", p.whole(), besides("signature", "kehu-255"), *(seen(f"kehu-{n}") for n in range(256, 261)))


def actions():
    p = Pdf("/OpenAction<</S/JavaScript/JS 6 0 R/Next<</S/Launch/F(kehu-261.exe)/Win<</F(kehu-262)/P(kehu-263)>>>>>>"
            "/Names<</JavaScript<</Names[(kehu-264)<</S/JavaScript/JS(app.alert\\('kehu-265'\\))>>]>>"
            "/Dests<</Names[(kehu-266)[3 0 R/Fit]]>>/EmbeddedFiles<</Names[(kehu-267)7 0 R]>>>>",
            "/AA<</O<</S/GoToR/F<</F(kehu-268.pdf)/Type/Filespec>>/D(kehu-269)>>/C<</S/SubmitForm/F(http://kehu-270.example)>>>>")
    p.stream("var secret = 'kehu-271';", pack=True)
    p.add("<</Type/Filespec/F(kehu-272)/UF" + hexed("客户二百七十三.txt") + "/Desc(kehu-274)/EF<</F 8 0 R/UF 8 0 R>>>>")
    p.stream("kehu-275 is attached", "/Type/EmbeddedFile/Subtype/text#2Fplain", pack=True)
    yield made("actions.pdf", p.whole(), besides("script"), besides("external-link", "start of a program"), besides("external-link", "another document"),
               besides("external-link", "sending"), besides("attachment", "客户二百七十三.txt"),
               *(seen(f"kehu-{n}") for n in range(261, 273)), seen("客户二百七十三", kind="filename"), seen("kehu-274"),
               seen("kehu-275", "attachment 客户二百七十三.txt"))
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as z:
        z.writestr(zipfile.ZipInfo("kehu-276.txt", (1980, 1, 1, 0, 0, 0)), "kehu-277")
    inner = Pdf(trailer="/Info<</Title(kehu-278)>>").whole()
    p = Pdf("/Collection<</Schema<</S1<</Subtype/S/N(kehu-279)>>>>/D(kehu-280)>>/Names<</EmbeddedFiles<</Names[(a)6 0 R(b)7 0 R]>>>>")
    p.add("<</Type/Filespec/F(box.zip)/EF<</F 8 0 R>>/CI<</S1(kehu-281)>>/RF<</F[(kehu-282)10 0 R]>>>>")
    p.add("<</Type/Filespec/F(inner.pdf)/EF<</F 9 0 R>>>>")
    p.stream(box.getvalue(), "/Type/EmbeddedFile", pack=True)
    p.stream(inner, "/Type/EmbeddedFile", pack=True)
    p.stream("kehu-283", "/Type/EmbeddedFile")
    yield made("portfolio.pdf", p.whole(), besides("attachment", "portfolio"), besides("attachment", "box.zip"), seen("kehu-276", kind="filename"),
               seen("kehu-277", "box.zip"), seen("kehu-278", "inner.pdf"), *(seen(f"kehu-{n}") for n in range(279, 284)))


def navigation():
    p = Pdf("/Outlines 6 0 R/PageLabels<</Nums[0<</P(kehu-291)/S/D>>]>>/Threads[9 0 R]/StructTreeRoot 10 0 R"
            "/OCProperties<</OCGs[12 0 R 13 0 R]/D<</OFF[13 0 R]/Name(kehu-292)>>>>/Dests<</kehu-293[3 0 R/Fit]>>",
            "/B[14 0 R]/Thumb 15 0 R")
    p.add("<</Type/Outlines/First 7 0 R/Last 8 0 R/Count 2>>")
    p.add("<</Title(kehu-294)/Parent 6 0 R/Next 8 0 R/A<</S/GoTo/D(kehu-295)>>>>")
    p.add("<</Title" + hexed("客户二百九十六") + "/Parent 6 0 R/Prev 7 0 R/Dest[3 0 R/Fit]>>")
    p.add("<</I<</Title(kehu-297)/Author(kehu-298)>>/F 14 0 R>>")
    p.add("<</Type/StructTreeRoot/K 11 0 R/RoleMap<</kehu-299/P>>>>")
    p.add("<</Type/StructElem/S/Figure/P 10 0 R/Alt(kehu-300)/ActualText(kehu-301)/E(kehu-302)/T(kehu-303)/Lang(kehu-304)/Pg 3 0 R"
          "/A<</O/UserProperties/P[<</N(kehu-305)/V(kehu-306)>>]>>>>")
    p.add("<</Type/OCG/Name(kehu-307)>>")
    p.add("<</Type/OCG/Name(kehu-308)/Usage<</CreatorInfo<</Creator(kehu-309)>>>>>>")
    p.add("<</T 9 0 R/N 14 0 R/V 14 0 R/P 3 0 R/R[0 0 9 9]/Note(kehu-310)>>")
    p.stream(b"\x01\x02\x03kehu-311", "/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8", pack=True)
    yield made("navigation.pdf", p.whole(), seen("kehu-291", "page labels"), seen("kehu-292", "layers"), seen("kehu-293", "names"),
               seen("kehu-294", "outline", "body"), seen("kehu-295"), seen("客户二百九十六", "outline"), seen("kehu-297", "article"),
               seen("kehu-298", "article"), seen("kehu-299"), seen("kehu-300", "alternate text"), seen("kehu-301", "text for copying", "hidden"),
               *(seen(f"kehu-{n}") for n in range(302, 311)), besides("hidden-layer", "kehu-308"), besides("thumbnail", "page 1"),
               besides("appended-data", "behind its pixels"), seen("kehu-311"))


def streams():
    p = Pdf(page="/Odd[6 0 R 7 0 R 8 0 R 9 0 R 10 0 R 11 0 R 12 0 R]")
    p.stream(b"\x00\xff\x01kehu-321\x00\x02", "/What/Ever", pack=True)
    p.stream("kehu-322".encode().hex() + ">", "/Filter/ASCIIHexDecode")
    p.stream(b"F*2G@F*2G@" and b85("kehu-323"), "/Filter/ASCII85Decode")
    p.stream(bytes([7]) + b"kehu-324" + bytes([256 - 8 + 1, 65, 128]), "/Filter/RunLengthDecode")
    p.stream(lzw(b"kehu-325 kehu-325 kehu-325"), "/Filter/LZWDecode")
    rows = b"".join(b"\x02" + bytes((b - a) % 256 for a, b in zip(above, row)) for above, row in zip([bytes(8), b"kehu-326"], [b"kehu-326", b"kehu-327"]))
    p.stream(rows, "/DecodeParms<</Predictor 12/Columns 8>>", pack=True)
    p.set(12, b"<</Filter/FlateDecode/Length %d>>\nstream\n" % (len(zlib.compress(b"x")) + 9) + zlib.compress(b"x") + b" kehu-328\nendstream")
    yield made("filters.pdf", p.whole(), *(seen(f"kehu-{n}") for n in range(321, 328)), besides("appended-data", "object 12, behind its data"), seen("kehu-328"))
    p = Pdf(page="/Odd 6 0 R")
    p.stream("kehu", "/Filter/BrotliDecode")
    yield made("brotli.pdf", p.whole(), refused("object 6: packed in a way not known: /BrotliDecode"))
    p = Pdf(page="/Odd 6 0 R")
    packed = zlib.compress(bytes(range(256)) + b"kehu-329 ", 0)
    p.stream(packed[:2] + b"\x07" + packed[3:], "/Filter/FlateDecode")
    yield made("broken.pdf", p.whole(), refused("object 6: its data is damaged"))
    p = Pdf(page="/Odd 6 0 R")
    p.stream(zlib.compress(b"kehu-329 and more")[:-4], "/Filter/FlateDecode")
    yield made("cut.pdf", p.whole(), seen("kehu-329"))
    p = Pdf(page="/Odd 6 0 R")
    p.stream("kehu", "/Filter[" + "/ASCIIHexDecode" * 9 + "]")
    yield made("chain.pdf", p.whole(), refused("object 6: packed more than 8 times"))
    p = Pdf(page="/Names1<</kehu-330(x)>>/Key#20kehu-331(x)/Sep[/Separation/kehu-332/DeviceGray 6 0 R]/Gbk#" + "#".join(f"{b:02X}" for b in "客户三百三十三".encode("gb18030")) + " 1")
    p.add("<</FunctionType 2/N 1/Domain[0 1]>>")
    yield made("names.pdf", p.whole(), seen("kehu-330"), seen("kehu-331"), seen("kehu-332"), seen("客户三百三十三"))


def b85(text):
    import base64
    return base64.a85encode(text.encode()) + b"~>"


def lzw(data):
    """Codes of nine bits, each byte by itself, cleared before they would grow."""
    codes = [256]
    for n, byte in enumerate(data):
        codes += [byte] + ([256] if n % 100 == 99 else [])
    bits = "".join(f"{c:09b}" for c in codes + [257])
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def objects_in_a_stream():
    """Object streams, a cross-reference stream, and a later save with an object in one."""
    def save(held, alone, before, prev, number, size):
        out, at = bytearray(before), {}
        for n, body in alone.items():
            at[n] = len(out)
            out += b"%d 0 obj\n" % n + body + b"\nendobj\n"
        head, body = "", b""
        for n, text in held.items():
            head += f"{n} {len(body)} "
            body += text.encode() + b"\n"
        data = zlib.compress(head.encode() + body)
        at[number] = len(out)
        out += (f"{number} 0 obj\n<</Type/ObjStm/N {len(held)}/First {len(head)}/Filter/FlateDecode/Length {len(data)}>>\n"
                "stream\n").encode() + data + b"\nendstream\nendobj\n"
        at[number + 1] = start = len(out)
        entries, index = b"", []
        for n in sorted(set(at) | set(held)):
            index += [n, 1]
            place = (1, at[n], 0) if n in at else (2, number, list(held).index(n))
            entries += bytes([place[0]]) + place[1].to_bytes(3, "big") + bytes([place[2]])
        back = f"/Prev {prev}" if prev else ""
        out += (f"{number + 1} 0 obj\n<</Type/XRef/Size {size}/Root 1 0 R/W[1 3 1]/Index{index}{back}/Length {len(entries)}>>\n"
                "stream\n").replace(",", "").encode() + entries + b"\nendstream\nendobj\n"
        return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start

    content = b"<</Length 39>>\nstream\nBT /F1 12 Tf 50 700 Td (notice) Tj ET  \nendstream"
    held = {1: "<</Type/Catalog/Pages 2 0 R/Lang(kehu-341)>>", 2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Odd 6 0 R>>", 5: FONT,
            6: "(kehu-342) % kehu-343", 7: "(kehu-344)"}
    first = save(held, {4: content}, b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n", None, 8, 10)
    yield made("objstm.pdf", first, seen("kehu-341"), seen("kehu-342"), seen("kehu-343", "comment", "hidden"),
               besides("unlisted-data", "7"), seen("kehu-344", "object 7", "hidden"))
    again = save({6: "(new)"}, {}, first, start_of(first), 10, 12)
    yield made("objstm-saved.pdf", again, besides("earlier-version", "objects 6"), seen("kehu-342", "earlier version", "hidden"), seen("kehu-344"))


def earlier():
    p = Pdf(trailer="/Info 6 0 R")
    p.add("<</Title(kehu-351)/Author(kehu-352)>>")
    p.stream("kehu-353 was here", pack=True)
    p.set(1, "<</Type/Catalog/Pages 2 0 R/Odd 7 0 R>>")
    first = p.whole()
    p.set(6, "<</Title(new)/Author(new)>>")
    second = p.whole(only=[6], before=first, prev=start_of(first))
    p.stream("nothing", number=7)
    p.set(6, "<</Title(newer)/Author(kehu-354)>>")
    third = p.whole(only=[6, 7], before=second, prev=start_of(second))
    p.set(6, "<</Title(newest)>>")
    fourth = p.whole(only=[6], before=third, prev=start_of(third))
    yield made("saved.pdf", fourth, besides("earlier-version", "objects 6, 7"), seen("kehu-351", "earlier version 1", "hidden"),
               seen("kehu-352", "earlier version 1"), seen("kehu-353", "earlier version 1", "hidden"), seen("kehu-354", "earlier version"))
    p = Pdf()
    p.add("<</Note(kehu-355)>>")
    p.set(1, "<</Type/Catalog/Pages 2 0 R/Odd 6 0 R>>")
    first = p.whole()
    p.set(1, "<</Type/Catalog/Pages 2 0 R>>")
    saved = p.whole(only=[1], before=first, prev=start_of(first))
    cut = saved.rindex(b"xref\n1 1\n")
    yield made("deleted.pdf", saved[:cut] + b"xref\n6 1\n0000000000 00001 f \n" + saved[cut + 5:], besides("earlier-version", "objects 1"),
               besides("unlisted-data", "objects 6"), seen("kehu-355", "earlier version 1, object 6", "hidden"))
    yield made("same.pdf", first.replace(b"(kehu-355)", b"(kehu-356)") + b"6 0 obj\n<</Note(kehu-356)>>\nendobj\n%%EOF\n", seen("kehu-356"))


def stray():
    p = Pdf()
    p.add("<</Note(kehu-361)/More[(kehu-362)]>>")
    p.stream("kehu-363 in a stream", pack=True)
    yield made("unreferenced.pdf", p.whole(), besides("unlisted-data", "6, 7"), seen("kehu-361", "object 6", "hidden"), seen("kehu-362"),
               seen("kehu-363", "object 7", "hidden"))
    hidden = b"90 0 obj\n<</Note(kehu-364)>>\nendobj\n91 0 obj\n<</Length 8>>\nstream\nkehu-365\nendstream\nendobj\n"
    yield made("unlisted.pdf", Pdf().whole(before=b"%PDF-1.7\n" + hidden), besides("unlisted-data", "90, 91"), seen("kehu-364", "object 90", "hidden"),
               seen("kehu-365", "object 91", "hidden"))
    yield made("comments-between.pdf", Pdf().whole(between=b"% kehu-366\n"), seen("kehu-366", "comment between objects", "hidden"))
    yield made("bytes-between.pdf", Pdf().whole(between=b"kehu-367 (kehu-368) /kehu-369\n"), besides("appended-data", "between objects"),
               seen("kehu-367"), seen("kehu-368"), seen("kehu-369"))
    yield made("behind.pdf", Pdf().whole() + b"kehu-370\n", besides("appended-data", "behind the end"), seen("kehu-370", "behind the end"))
    yield made("before.pdf", b"kehu-371\n" + Pdf().whole(), besides("appended-data", "before the beginning"), seen("kehu-371", "before the beginning"))
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as z:
        z.writestr(zipfile.ZipInfo("kehu-372.txt", (1980, 1, 1, 0, 0, 0)), "kehu-373")
    yield made("two.pdf", Pdf().whole() + box.getvalue(), besides("polyglot"), besides("appended-data"), seen("kehu-372", kind="filename"),
               seen("kehu-373", "behind the end"))
    yield made("trailer.pdf", Pdf(trailer="/ID[(kehu-374)(kehu-375)]/Odd(kehu-376)").whole(), seen("kehu-374"), seen("kehu-375"), seen("kehu-376"))
    p = Pdf()
    p.stream("BT /F1 12 Tf 50 700 Td <6B6568752D333738> Tj ET", pack=True)
    yield made("content-alone.pdf", p.whole(), besides("unlisted-data", "6"), seen("kehu-378", "object 6", "hidden"))
    p = Pdf()
    p.set(6, f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 7 0 R/Resources<</Font<</F1 5 0 R>>>>>>")
    p.stream("BT /F1 12 Tf 50 700 Td (ke) Tj (hu-379) Tj ET", number=7)
    yield made("page-alone.pdf", p.whole(), besides("hidden-text", "a page outside the page tree"), seen("kehu-379", "object 6, a page outside", "hidden"))
    p = Pdf()
    p.objects[5] = FONT.replace("<<", "<< % kehu-377\n", 1).encode()
    yield made("comment-inside.pdf", p.whole(), seen("kehu-377", "comment in object 5", "hidden"))


def refusals():
    yield made("cut-short.pdf", Pdf().whole()[:-60], refused("damaged"))
    yield made("nothing.pdf", b"%PDF-1.7\n", refused("not a PDF that can be read"))
    p = Pdf()
    p.objects[1] = b"<</Type/Catalog/Pages 2 0 R/X(a)/X(b)>>"
    yield made("twice.pdf", p.whole(), refused("damaged"))
    encrypt = "/Encrypt<</Filter/Odd.Handler/V 4>>/ID[<00><00>]"
    yield made("handler.pdf", Pdf(trailer=encrypt).whole(), refused("encrypted or made in a way not known"))
    locked = "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + "ab" * 32 + ">/U<" + "cd" * 32 + ">>>/ID[<00><00>]"
    yield made("password.pdf", Pdf(trailer=locked).whole(), refused("encrypted: it opens with a password only"))


def documents():
    for part in (metadata, annotations, forms, actions, navigation, streams, objects_in_a_stream, earlier, stray, refusals):
        yield from part()
