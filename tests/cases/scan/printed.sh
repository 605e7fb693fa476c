# PDFs as printing programs make them, with subsets of fonts and maps of their own: both readers read them alike, and a
# keyword is found once, on its page.
command -v chromium >/dev/null || exit 77
cat >a.html <<'H'
<html><head><meta charset=utf-8><title>Notice</title><style>p { page-break-after: always }</style></head><body>
<p>Notice of a <b>meeting</b>: the office fi ffl Wörter. 关于召开会议的通知</p><p>TOP SECRET//NOFORN</p><p>机密★10年</p></body></html>
H
page() { # FILE.html FILE.pdf: printed
	chromium --headless=new --disable-gpu --disable-dev-shm-usage $([ "$(id -u)" != 0 ] || echo --no-sandbox) \
		--no-pdf-header-footer --print-to-pdf="$2" "$1" 2>/dev/null
}
page a.html browser.pdf
mandoc -T pdf "$SOURCE/docs/review.1" >man.pdf
for file in browser.pdf man.pdf; do
	review text --format json "$file" | jq -c '[.undecided, [.besides[].what], (.flows | map(select(.place | test("second reader"))) | length)]'
done
review scan browser.pdf | grep ' block: '
review text man.pdf | grep -c "^ *review audit"
