# Four bytes of GBK are found; binary that pretends to be text is undecided.
printf '绝密' | iconv -f UTF-8 -t GBK >gbk.txt
printf '机密★10年' | iconv -f UTF-8 -t UTF-16 >utf16.txt
printf '絕密★長期' | iconv -f UTF-8 -t BIG5 >big5.txt
printf 'text\000\001\002' >binary.txt
printf '<p>机<b>密</b>&#9733;10年</p>\n' >page.html
review scan gbk.txt utf16.txt big5.txt binary.txt page.html | grep -vE '^    '
echo '# UTF-16 in the midst of another charset, and Chinese that a program read as Latin letters'
{ printf '通知 ' | iconv -f UTF-8 -t GBK; printf '机密★10年' | iconv -f UTF-8 -t UTF-16LE; printf '\nthe end\n'; } >mixed.txt
printf 'Notice\nRe: ¾øÃÜ¡ï10Äê\n' >misread.txt
review scan mixed.txt misread.txt | grep -v '^    [gn]'
LC_ALL=zh_CN.UTF-8 review scan mixed.txt misread.txt | grep -v '^    '
echo '# A mark in GBK in the midst of UTF-8; a control, which is named'
{ printf '各科室'; printf '绝密★长期' | iconv -f UTF-8 -t GBK; printf '会议纪要\n'; } >inside.txt
printf '会议纪要\n第\002二项\n' >control.txt
review scan inside.txt control.txt | grep -v '^    [gn]'
LC_ALL=zh_CN.UTF-8 review scan control.txt | grep -v '^    '
