"""HTML, SVG and XML: text in pieces, in attributes, in comments, in what is not shown."""
import base64

from made import made, seen


def text(name, data, *expect):
    return made(name, data.encode(), *expect)


def documents():
    yield text("page.html", (
        "<html><head><title>kehu-131</title><meta name='description' content='kehu-132'><style>.a:before{content:'kehu-133'}</style></head><body>"
        "<p>ke<b>hu</b>-1<wbr>34</p><img alt='kehu-135' title='kehu-136'><input type=hidden value='kehu-137'><div style='display:none'>kehu-138</div>"
        "<!-- kehu-139 --><noscript>kehu-140</noscript><template>kehu-141</template><script>var a = 'kehu-142';</script><a data-x='kehu-143'>x</a>"
        "<iframe srcdoc='&lt;p&gt;kehu-144&lt;/p&gt;'></iframe>&#107;ehu-145 &#x6b;ehu-146 <textarea>kehu-147</textarea><![CDATA[kehu-148]]></body>"),
        *[seen(f"kehu-{n}") for n in range(131, 149)])
    yield text("unclosed.html", "<p>ke<i>hu-151<p title=kehu-152 <b>kehu-153<!-- kehu-154", *[seen(f"kehu-{n}") for n in (151, 152, 153, 154)])
    yield made("gbk.html", "<html><meta charset=gbk><p>客户<b>一五五</b></p>".encode("gbk"), seen("客户一五五"))
    yield text("drawing.svg", (
        "<svg xmlns='http://www.w3.org/2000/svg'><title>kehu-161</title><desc>kehu-162</desc><metadata><a b='kehu-163'/></metadata><text>ke<tspan>hu</tspan>-164</text>"
        "<text opacity='0'>kehu-165</text><!-- kehu-166 --><script>kehu-167</script><style>kehu-168</style></svg>"), *[seen(f"kehu-{n}") for n in range(161, 169)])
    yield text("data.xml", "<?xml version='1.0'?><?kehu kehu-171?><a b='kehu-172'><![CDATA[kehu-173]]>&#107;ehu-174<!-- kehu-175 --></a>",
               *[seen(f"kehu-{n}") for n in range(171, 176)])
    yield text("flat.fodt", "<?xml version='1.0'?><office:document xmlns:office='o' xmlns:text='t'><office:annotation><text:p>kehu-181</text:p></office:annotation>"
               "<text:p>ke<text:span>hu</text:span>-182</text:p></office:document>", seen("kehu-181"), seen("kehu-182"))
    # what is not shown stands in the midst of a word, and has words of its own
    unseen = ["<script>var kehu_{n} = '</p>';</script>", "<style>p {{ content: 'kehu_{n}' }}</style>", "<STYLE>.kehu_{n} {{}}</STYLE >", "<span hidden>kehu_{n}</span>",
              "<b style='display:none'>ke<i>hu_{n}</i></b>", "<font style=\"x; display: none\">kehu_{n}</font>", "<template>ke<b>hu_{n}</b></template>",
              "<noscript>kehu_{n}</noscript>", "<!-- <p>ke<b>hu_{n}</b></p> -->", "<!--[if mso]>ke<i>hu_{n}</i><![endif]-->"]
    yield text("unseen.html", "<html><body>" + "".join(f"<p>ke{what.format(n=n)}hu-{n}</p>" for n, what in enumerate(unseen, 183)) + "</body></html>",
               *[seen(f"{word}{n}") for n in range(183, 183 + len(unseen)) for word in ("kehu-", "kehu_")])
    # a style sheet may show what its element says is hidden, and what it says may be no such thing
    shown = ["<b hidden>hu-{n}</b>", "<b title=' hidden'>hu-{n}</b>", "<b class=a style='display:none'>hu-{n}</b>", "<i hidden>h<b hidden>u-{n}</b></i>"]
    yield text("shown.html", "<html><body>" + "".join(f"<p>ke{what.format(n=n)}</p>" for n, what in enumerate(shown, 197)) + "</body></html>",
               *[seen(f"kehu-{n}") for n in range(197, 201)])
    # what the page's own style sheet hides, and what says so in other ways
    sheet = ("body {{color: red}} .a-b, i.x {{ display : none }} p > .c{{visibility:hidden}}@media print {{ .d:hover {{font-size:0pt}} }} #e{{OPACITY:0}} kbd {{display:none}}"
             " .f {{opacity: 0.5}} /* note */ .g{{left:-999em}}").replace("{{", "{").replace("}}", "}")
    hides = ["<b class=a-b>x{n}</b>", "<i class='q x'>x{n}</i>", "<b title=y class=\"c\" id=z>x{n}</b>", "<u class='d'>x{n}</u>", "<b id=e>x{n}</b>", "<kbd>x{n}</kbd>",
             "<b class=g>x{n}</b>", "<b style='font-size: 0px'>x{n}</b>", "<select><option>x{n}</option></select>"]
    yield text("sheet.html", "<html><style>" + sheet + "</style><body>" + "".join(f"<p>ke{what.format(n=n)}hu-{n}</p>" for n, what in enumerate(hides, 301)) +
               "<p>ke<b class=f>hu</b>-310</p></body></html>", *[seen(f"{word}{n}") for n in range(301, 310) for word in ("kehu-", "x")], seen("kehu-310"))
    yield text("parts.svg", "<svg xmlns='http://www.w3.org/2000/svg'><text>ke<title>x311</title>hu-311</text><text>ke<tspan display='none'>x</tspan>hu-312</text></svg>",
               seen("kehu-311"), seen("x311"), seen("kehu-312"))
    yield text("notes.fodt", "<?xml version='1.0'?><office:document xmlns:office='o' xmlns:text='t' xmlns:dc='d'><text:p>ke<office:annotation><dc:creator>w</dc:creator>"
               "<text:p>kehu-313</text:p></office:annotation>hu-314</text:p><text:p>ke<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>kehu-315</text:p>"
               "</text:note-body></text:note>hu-316</text:p></office:document>", *[seen(f"kehu-{n}") for n in range(313, 317)])
    yield text("turned.html", "<p style='direction: rtl; unicode-bidi:bidi-override'>023-uhek</p><p>ke&shyhu-321 ke&InvisibleComma;hu-322 ke&ic;hu-323</p>"
               "<script>document.write('ke<b>hu</b>-324');</script><p>&amp;#107;ehu-326</p><html><iframe srcdoc='ke&lt;b&gt;hu&lt;/b&gt;-327'></iframe>", seen("kehu-326"), seen("kehu-327"), seen("\u202e023-uhek"), seen("ke\u00adhu-321 ke\u2063hu-322 ke\u2063hu-323"), seen("kehu-324"))
    yield text("film.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v a>ke<i>hu</i>-325\n", seen("kehu-325"))
    # a page within a page
    yield text("feed.xml", "<?xml version='1.0'?><rss><item><description>ke&lt;b&gt;hu&lt;/b&gt;-317 &amp;#107;ehu-318</description><content><![CDATA[ke<i>hu</i>-319]]></content>"
               "</item></rss>", seen("kehu-317"), seen("kehu-318"), seen("kehu-319"))
    yield text("deep.html", "<html><body><div hidden><p>ke<b hidden>hu-201</b></p></div></body></html>", seen("kehu-201"))
    yield text("zeros.html", "<p>&#" + "0" * 60 + "107;ehu-193 &#x" + "0" * 60 + "6b;ehu-194</p>", seen("kehu-193"), seen("kehu-194"))
    inside = base64.b64encode(b"<svg><text>ke<tspan>hu-195</tspan></text></svg>").decode()
    yield text("inside.svg", f"<svg xmlns='http://www.w3.org/2000/svg'><image href='data:image/svg+xml;base64,{inside}'/></svg>", seen("kehu-195"))
    yield text("word.xml", "<?xml version='1.0'?><?mso-application progid='Word.Document'?><w:wordDocument xmlns:w='w'><w:body><w:p><w:r><w:t>ke</w:t></w:r><w:r>"
               "<w:rPr><w:b/><w:sz w:val='24'/></w:rPr><w:t>hu-196</w:t></w:r></w:p><w:p><w:r><w:t>a</w:t></w:r></w:p></w:body></w:wordDocument>", seen("kehu-196\n"))
