"""Plain text and markup: what review itself reads, without the worker."""
from made import made, seen


def documents():
    yield made("notice.txt", "通知 kehu-101\n".encode(), seen("kehu-101", kind="body"))
    yield made("gbk.txt", "客户一百零二".encode("gb18030"), seen("客户一百零二"))
    yield made("big5.txt", "客戶一百零三".encode("big5"), seen("客戶一百零三"))
    yield made("wide.txt", "客户一百零四".encode("utf-16-le"), seen("客户一百零四"))
    yield made("page.html", b"<p title='kehu-105'>ke<b>hu</b>-106<!-- kehu-107 --><script>kehu-108</script>",
               seen("kehu-105"), seen("kehu-106"), seen("kehu-107"), seen("kehu-108"))
    yield made("notes.md", b"---\ntitle: kehu-109\n---\n[//]: # (kehu-110)\n", seen("kehu-109"), seen("kehu-110"))
    yield made("table.csv", "名称,号\n客户,kehu-111\n".encode(), seen("kehu-111"))
    yield made("kehu-112.txt", b"-", seen("kehu-112", kind="filename"))
