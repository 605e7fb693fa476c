"""EPUB: chapters, what is written about them, and what nothing names."""
from made import besides, made, refused, seen, without
from parts import HEAD, package, png


def epub(chapter="<p>a</p>", meta="", manifest="", **more):
    return package({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": HEAD + '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": HEAD + f'<package xmlns:dc="dc"><metadata>{meta}</metadata><manifest><item id="a" href="a.xhtml"/>{manifest}</manifest></package>',
        "OEBPS/a.xhtml": HEAD + f"<html xmlns='http://www.w3.org/1999/xhtml'><body>{chapter}</body></html>",
        **{name.replace("__", "/"): data for name, data in more.items()}})


def documents():
    yield made("book.epub", epub("<p title='kehu-901'>ke<b>hu</b>-902<!-- kehu-903 --></p><p style='display:none'>kehu-904</p><script>kehu-905</script>",
                                 "<dc:creator>kehu-906</dc:creator><dc:title>kehu-907</dc:title><meta name='x' content='kehu-908'/>",
                                 '<item href="kehu%2D909.css"/><item href="f.ttf"/><item href="s.js"/><item href="toc.ncx"/>', **{
                                     "OEBPS/kehu-909.css": "a:before { content: 'kehu-910' }", "OEBPS/f.ttf": b"\0\1\0\0font kehu-911",
                                     "OEBPS/s.js": "var a = 'kehu-912';", "OEBPS/toc.ncx": HEAD + "<ncx><text>kehu-913</text></ncx>",
                                     "OEBPS/stray.html": "<p>kehu-914</p>", "META-INF/metadata.xml": HEAD + "<a b='kehu-915'/>"}),
               *[seen(f"kehu-{n}") for n in range(901, 916)], besides("properties", "book.opf"), besides("binary-data", "f.ttf"), besides("script", "s.js"),
               besides("unlisted-data", "stray.html"))
    yield made("sheet.epub", epub("<p>kehu-<i class='x'>not</i>919</p>", manifest='<item href="z.css"/>', **{"OEBPS/z.css": ".x { display: none }"}),
               seen("kehu-919", "a.xhtml", "body"), seen("kehu-not919"), seen("display: none", "z.css"))
    yield made("drm.epub", epub(**{"META-INF/rights.xml": "<rights>kehu-916</rights>"}), seen("kehu-916"), refused("rights management"))
    locked = ('<encryption xmlns:enc="e"><enc:EncryptedData><enc:EncryptionMethod Algorithm="{}"/><enc:CipherData><enc:CipherReference URI="{}"/>'
              "</enc:CipherData></enc:EncryptedData></encryption>")
    yield made("locked.epub", epub(**{"META-INF/encryption.xml": locked.format("aes256-cbc", "OEBPS/a.xhtml")}), refused("a.xhtml: encrypted"))
    yield made("mangled.epub", epub(manifest='<item href="f.otf"/>', **{"OEBPS/f.otf": b"\3\4mangled", "META-INF/encryption.xml": locked.format(
        "http://www.idpf.org/2008/embedding", "OEBPS/f.otf")}), besides("binary-data", "f.otf"))
    picture = dict(manifest='<item href="p.png"/>', **{"OEBPS/p.png": png(b"tEXta\0kehu-917")})
    yield made("pictures.epub", epub("<p>words</p><img src='p.png' alt='kehu-918'/>", **picture), seen("kehu-917", "p.png"), seen("kehu-918"),
               besides("picture", "p.png"), without("page-without-text"))
    for name, chapter in (("scan", "<img src='p.png'/>"), ("drawn", "<svg:svg><svg:image href='p.png'/></svg:svg>"),
                          ("styled", "<style>p {}</style><script>a</script><!-- no > words --> &#160;&nbsp; <IMG src='p.png'>")):
        yield made(f"{name}.epub", epub(chapter, **picture), besides("page-without-text", "a.xhtml"))
    yield made("named.epub", epub("<p>words</p>", manifest='<item href="p.jpg"/>', **{"OEBPS/p.jpg": png()}), besides("name-mismatch", "p.jpg"), besides("page-without-text", "p.jpg"))
