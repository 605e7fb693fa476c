/* sniff.c - what a file is, by its bytes first and its name second.  A name never makes bytes
 * readable; a name that claims another format than the bytes have makes the file undecided. */
#include "sniff.h"

#include <string.h>
#include <strings.h>

static const struct {
	size_t at, len;
	const char *bytes, *name;
} magics[] = {
	{0, 5, "%PDF-", "PDF document"},
	{0, 4, "PK\x03\x04", "ZIP container (docx, xlsx, pptx, odt, ofd, epub, zip)"},
	{0, 4, "PK\x05\x06", "ZIP container"},
	{0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "OLE2 document (doc, xls, ppt, wps)"},
	{0, 5, "{\\rtf", "RTF document"},
	{0, 2, "\x1F\x8B", "gzip archive"},
	{0, 3, "BZh", "bzip2 archive"},
	{0, 6, "\xFD" "7zXZ\0", "xz archive"},
	{0, 6, "7z\xBC\xAF\x27\x1C", "7z archive"},
	{0, 4, "Rar!", "rar archive"},
	{0, 4, "\x28\xB5\x2F\xFD", "zstd archive"},
	{257, 5, "ustar", "tar archive"},
	{0, 8, "\x89PNG\r\n\x1A\n", "PNG image"},
	{0, 3, "\xFF\xD8\xFF", "JPEG image"},
	{0, 4, "GIF8", "GIF image"},
	{0, 4, "II*\0", "TIFF image"},
	{0, 4, "MM\0*", "TIFF image"},
	{8, 4, "WEBP", "WebP image"},
	{4, 4, "ftyp", "HEIC image or video"},
	{0, 4, "\x7F" "ELF", "program"},
	{0, 2, "MZ", "program"},
	{0, 15, "SQLite format 3", "SQLite database"},
	{0, 4, "\x78\x9F\x3E\x22", "mail attachment in TNEF form"},
	{0, 13, "MIME-Version:", "mail message"},
	{0, 9, "Received:", "mail message"},
	{0, 12, "Return-Path:", "mail message"},
	{0, 38, "version https://git-lfs.github.com/spec", "Git LFS pointer, not the document itself"},
};

static const struct {
	const char *ending, *name;
} endings[] = {
	{".pdf", "PDF document"},   {".docx", "Word document"}, {".docm", "Word document"}, {".doc", "Word document"},
	{".xlsx", "workbook"},      {".xlsm", "workbook"},      {".xls", "workbook"},       {".xlsb", "workbook"},
	{".pptx", "presentation"},  {".ppt", "presentation"},   {".odt", "text document"},  {".ods", "workbook"},
	{".odp", "presentation"},   {".ofd", "OFD document"},   {".wps", "WPS document"},   {".et", "WPS workbook"},
	{".dps", "WPS presentation"}, {".rtf", "RTF document"}, {".zip", "ZIP archive"},    {".rar", "rar archive"},
	{".7z", "7z archive"},      {".gz", "gzip archive"},    {".tar", "tar archive"},    {".png", "PNG image"},
	{".jpg", "JPEG image"},     {".jpeg", "JPEG image"},    {".gif", "GIF image"},      {".tif", "TIFF image"},
	{".tiff", "TIFF image"},    {".webp", "WebP image"},    {".heic", "HEIC image"},    {".bmp", "BMP image"},
	{".eml", "mail message"},   {".msg", "mail message"},   {".mht", "web archive"},    {".mhtml", "web archive"},
	{".epub", "EPUB book"},
};

/* "From somebody date", and a header line directly below: prose that begins with From has none. */
static bool is_mailbox(const char *bytes, size_t len)
{
	const char *end = len > 5 && memcmp(bytes, "From ", 5) == 0 ? memchr(bytes, '\n', len) : NULL;
	size_t at = end != NULL ? (size_t)(end - bytes) + 1 : len, from = at;

	while (at < len && (bytes[at] == '-' || (bytes[at] >= 'A' && bytes[at] <= 'Z') || (bytes[at] >= 'a' && bytes[at] <= 'z')))
		at++;
	return at > from && len - at >= 2 && bytes[at] == ':' && bytes[at + 1] == ' ';
}

const char *sniff_format(const char *bytes, size_t len)
{
	if (is_mailbox(bytes, len))
		return "mailbox";
	for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++)
		if (len >= magics[i].at + magics[i].len &&
		    memcmp(bytes + magics[i].at, magics[i].bytes, magics[i].len) == 0)
			return magics[i].name;
	return NULL;
}

static bool ends_in(const char *path, const char *ending)
{
	const size_t a = strlen(path), b = strlen(ending);

	return a > b && strcasecmp(path + a - b, ending) == 0;
}

const char *sniff_name(const char *path)
{
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (ends_in(path, endings[i].ending))
			return endings[i].name;
	return NULL;
}

bool sniff_html(const char *path, const char *bytes, size_t len)
{
	size_t at = 0;

	if (ends_in(path, ".html") || ends_in(path, ".htm") || ends_in(path, ".xhtml"))
		return true;
	while (at < len && strchr(" \t\r\n", bytes[at]) != NULL && bytes[at] != '\0')
		at++;
	return (len - at >= 14 && strncasecmp(bytes + at, "<!doctype html", 14) == 0) ||
	       (len - at >= 5 && strncasecmp(bytes + at, "<html", 5) == 0);
}
