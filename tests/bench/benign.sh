#!/bin/sh
# benign.sh DIR - documents nobody has to protect, into DIR/text: Chinese and English manuals of the
# distribution, as text and HTML, packed ones unpacked.
#
# Packages are downloaded and taken apart; nothing is installed.  What cannot be had is said by name.
# A DIR that is complete is left as it is.
set -eu
dir=$1
[ -f "$dir/complete" ] && exit 0
say() { printf '%s\n' "$*" >&2; }

packages="debian-reference-zh-cn debian-reference-zh-tw debian-reference-en libreoffice-help-zh-cn
libreoffice-help-zh-tw libreoffice-help-en-us manpages-zh manpages manpages-dev debian-handbook
maint-guide-zh-cn maint-guide debian-faq-zh-cn debian-faq debian-edu-doc-zh-cn debian-edu-doc-en
developers-reference installation-guide-amd64"

if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-deb >/dev/null 2>&1; then
	say "benign: no apt-get and dpkg-deb here, so no documents of the distribution"
	exit 1
fi
mkdir -p "$dir/packages" "$dir/text"
for package in $packages; do
	if (cd "$dir/packages" && apt-get download -qq "$package" >/dev/null 2>&1); then
		dpkg-deb -x "$dir"/packages/"${package}"_*.deb "$dir/text/$package"
	else
		say "benign: no package $package"
	fi
done
rm -rf "$dir/packages"

# Chinese and English only; pictures and the papers of packaging are no text of anybody's.
cd "$dir/text"
find . -type d \( -path '*/html/??-??' -o -path '*/installation-guide-amd64/??' -o -path '*/installation-guide-amd64/??_??' \) \
	! -name en-US ! -name zh-CN ! -name zh-TW ! -name en ! -name 'zh_*' -prune -exec rm -rf {} +
find . \( -path '*/share/lintian' -o -path '*/share/doc-base' \) -prune -exec rm -rf {} +
find . -type l -delete
find . -type f \( -name 'copyright*' -o -name 'changelog*' -o -name '*.pdf.gz' \) -delete
find . -type f -name '*.gz' -exec gzip -dq {} +
find . -type f ! -name '*.html' ! -name '*.txt' ! -name '*README*' ! -path '*/man/*' -delete
find . -type d -empty -delete
: >"$dir/complete"
