"""HTML, SVG and XML: text in pieces, in attributes, in comments, in what is not shown."""
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
