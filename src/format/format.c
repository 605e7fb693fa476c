/* format.c - what a file is, by its bytes first and its name second.  A name never makes bytes readable;
 * a name that claims another format than the bytes have is something a person should know. */
#include "format/format.h"

#include <string.h>
#include <strings.h>

static const struct {
	size_t at, len;
	const char *bytes;
	enum format format;
	const char *title;
} magics[] = {
	{0, 5, "%PDF-", FORMAT_PDF, "PDF document"},
	{0, 4, "PK\x03\x04", FORMAT_ZIP, "ZIP container"},
	{0, 4, "PK\x05\x06", FORMAT_ZIP, "ZIP container"},
	{0, 4, "PK\x07\x08", FORMAT_ZIP, "split ZIP container"},
	{0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", FORMAT_OLE, "OLE2 document"},
	{0, 4, "\x78\x9F\x3E\x22", FORMAT_TNEF, "mail attachment in TNEF form"},
	{0, 2, "\x1F\x8B", FORMAT_COMPRESSED, "gzip file"},
	{0, 3, "BZh", FORMAT_COMPRESSED, "bzip2 file"},
	{0, 6, "\xFD" "7zXZ\0", FORMAT_COMPRESSED, "xz file"},
	{0, 4, "\x28\xB5\x2F\xFD", FORMAT_COMPRESSED, "zstd file"},
	{0, 2, "\x1F\x9D", FORMAT_COMPRESSED, "compress file"},
	{0, 4, "\x04\x22\x4D\x18", FORMAT_COMPRESSED, "lz4 file"},
	{0, 5, "LZIP\1", FORMAT_COMPRESSED, "lzip file"},
	{0, 6, "7z\xBC\xAF\x27\x1C", FORMAT_ARCHIVE, "7z archive"},
	{0, 4, "Rar!", FORMAT_ARCHIVE, "rar archive"},
	{0, 4, "MSCF", FORMAT_ARCHIVE, "cabinet"},
	{0, 8, "!<arch>\n", FORMAT_ARCHIVE, "ar archive"},
	{0, 6, "070701", FORMAT_ARCHIVE, "cpio archive"},
	{0, 6, "070702", FORMAT_ARCHIVE, "cpio archive"},
	{0, 6, "070707", FORMAT_ARCHIVE, "cpio archive"},
	{0, 5, "xar!\0", FORMAT_OTHER, "xar archive"},
	{7, 7, "**ACE**", FORMAT_OTHER, "ACE archive"},
	{0, 8, "MSWIM\0\0\0", FORMAT_OTHER, "Windows image"},
	{0, 4, "\xED\xAB\xEE\xDB", FORMAT_OTHER, "RPM package"},
	{0, 4, "RE~^", FORMAT_OTHER, "rar archive before version 1.5"},
	{257, 5, "ustar", FORMAT_ARCHIVE, "tar archive"},
	{32769, 5, "CD001", FORMAT_ARCHIVE, "ISO 9660 image"},
	{0, 8, "\x89PNG\r\n\x1A\n", FORMAT_PNG, "PNG image"},
	{0, 3, "\xFF\xD8\xFF", FORMAT_JPEG, "JPEG image"},
	{0, 6, "GIF87a", FORMAT_GIF, "GIF image"},
	{0, 6, "GIF89a", FORMAT_GIF, "GIF image"},
	{0, 4, "II*\0", FORMAT_TIFF, "TIFF image"},
	{0, 4, "MM\0*", FORMAT_TIFF, "TIFF image"},
	{8, 4, "WEBP", FORMAT_WEBP, "WebP image"},
	{40, 4, " EMF", FORMAT_EMF, "Windows metafile"},
	{0, 4, "\xD7\xCD\xC6\x9A", FORMAT_EMF, "Windows metafile"},
	{0, 6, "\1\0\x09\0\0\3", FORMAT_EMF, "Windows metafile"},
	{0, 6, "\1\0\x09\0\0\1", FORMAT_EMF, "Windows metafile"},
	{0, 6, "VCLMTF", FORMAT_EMF, "StarView metafile"},
	{0, 4, "II\xBC\1", FORMAT_TIFF, "JPEG XR image"},
	{0, 4, "II+\0", FORMAT_TIFF, "TIFF image"},
	{0, 4, "MM\0+", FORMAT_TIFF, "TIFF image"},
	{4, 4, "ftyp", FORMAT_MEDIA, "HEIC image or video"},
	{0, 4, "\x1A\x45\xDF\xA3", FORMAT_MEDIA, "video"},
	{0, 4, "OggS", FORMAT_MEDIA, "sound or video"},
	{0, 3, "ID3", FORMAT_MEDIA, "sound"},
	{8, 4, "WAVE", FORMAT_MEDIA, "sound"},
	{8, 4, "AVI ", FORMAT_MEDIA, "video"},
	{0, 4, "fLaC", FORMAT_MEDIA, "sound"},
	{0, 4, "\x7F" "ELF", FORMAT_PROGRAM, "program"},
	{0, 4, "\xCA\xFE\xBA\xBE", FORMAT_PROGRAM, "program"},
	{0, 4, "OTTO", FORMAT_FONT, "font"},
	{0, 5, "\0\1\0\0\0", FORMAT_FONT, "font"},
	{0, 4, "ttcf", FORMAT_FONT, "font"},
	{0, 4, "wOFF", FORMAT_FONT, "font"},
	{0, 4, "wOF2", FORMAT_FONT, "font"},
	{0, 15, "SQLite format 3", FORMAT_OTHER, "SQLite database"},
	{0, 38, "version https://git-lfs.github.com/spec", FORMAT_OTHER, "Git LFS pointer, not the document itself"},
	{0, 4, "%!PS", FORMAT_OTHER, "PostScript document"},
	{0, 4, "AT&T", FORMAT_OTHER, "DjVu document"},
	{0, 8, "ITSF\3\0\0\0", FORMAT_OTHER, "compiled help file"},
	{0, 13, "MIME-Version:", FORMAT_MAIL, "mail message"},
	{0, 9, "Received:", FORMAT_MAIL, "mail message"},
	{0, 12, "Return-Path:", FORMAT_MAIL, "mail message"},
	{0, 13, "Delivered-To:", FORMAT_MAIL, "mail message"},
};

static const struct {
	const char *ending;
	enum format format;
	const char *title;
} endings[] = {
	{".pdf", FORMAT_PDF, "PDF document"},
	{".docx", FORMAT_ZIP, "Word document"},
	{".docm", FORMAT_ZIP, "Word document"},
	{".dotx", FORMAT_ZIP, "Word document"},
	{".dotm", FORMAT_ZIP, "Word document"},
	{".xlsx", FORMAT_ZIP, "workbook"},
	{".xlsm", FORMAT_ZIP, "workbook"},
	{".xltx", FORMAT_ZIP, "workbook"},
	{".xltm", FORMAT_ZIP, "workbook"},
	{".xlsb", FORMAT_ZIP, "workbook"},
	{".pptx", FORMAT_ZIP, "presentation"},
	{".pptm", FORMAT_ZIP, "presentation"},
	{".potx", FORMAT_ZIP, "presentation"},
	{".ppsx", FORMAT_ZIP, "presentation"},
	{".odt", FORMAT_ZIP, "text document"},
	{".ott", FORMAT_ZIP, "text document"},
	{".ods", FORMAT_ZIP, "workbook"},
	{".odp", FORMAT_ZIP, "presentation"},
	{".odg", FORMAT_ZIP, "drawing"},
	{".ofd", FORMAT_ZIP, "OFD document"},
	{".epub", FORMAT_ZIP, "EPUB book"},
	{".zip", FORMAT_ZIP, "ZIP archive"},
	{".doc", FORMAT_OLE, "Word document"},
	{".dot", FORMAT_OLE, "Word document"},
	{".wps", FORMAT_OLE, "Word document"},
	{".xls", FORMAT_OLE, "workbook"},
	{".et", FORMAT_OLE, "workbook"},
	{".ppt", FORMAT_OLE, "presentation"},
	{".dps", FORMAT_OLE, "presentation"},
	{".msg", FORMAT_OLE, "mail message"},
	{".rtf", FORMAT_RTF, "RTF document"},
	{".eml", FORMAT_MAIL, "mail message"},
	{".mht", FORMAT_MAIL, "web archive"},
	{".mhtml", FORMAT_MAIL, "web archive"},
	{".mbox", FORMAT_MAILBOX, "mailbox"},
	{".rar", FORMAT_ARCHIVE, "rar archive"},
	{".7z", FORMAT_ARCHIVE, "7z archive"},
	{".tar", FORMAT_ARCHIVE, "tar archive"},
	{".cab", FORMAT_ARCHIVE, "cabinet"},
	{".cpio", FORMAT_ARCHIVE, "cpio archive"},
	{".deb", FORMAT_ARCHIVE, "ar archive"},
	{".lzh", FORMAT_ARCHIVE, "lha archive"},
	{".iso", FORMAT_ARCHIVE, "ISO 9660 image"},
	{".gz", FORMAT_COMPRESSED, "gzip file"},
	{".tgz", FORMAT_COMPRESSED, "gzip file"},
	{".bz2", FORMAT_COMPRESSED, "bzip2 file"},
	{".xz", FORMAT_COMPRESSED, "xz file"},
	{".zst", FORMAT_COMPRESSED, "zstd file"},
	{".lz4", FORMAT_COMPRESSED, "lz4 file"},
	{".lz", FORMAT_COMPRESSED, "lzip file"},
	{".lzma", FORMAT_COMPRESSED, "lzma file"},
	{".png", FORMAT_PNG, "PNG image"},
	{".jpg", FORMAT_JPEG, "JPEG image"},
	{".jpeg", FORMAT_JPEG, "JPEG image"},
	{".gif", FORMAT_GIF, "GIF image"},
	{".tif", FORMAT_TIFF, "TIFF image"},
	{".tiff", FORMAT_TIFF, "TIFF image"},
	{".webp", FORMAT_WEBP, "WebP image"},
	{".bmp", FORMAT_BMP, "BMP image"},
	{".emf", FORMAT_EMF, "Windows metafile"},
	{".svm", FORMAT_EMF, "StarView metafile"},
	{".wdp", FORMAT_TIFF, "JPEG XR image"},
	{".jxr", FORMAT_TIFF, "JPEG XR image"},
	{".wmf", FORMAT_EMF, "Windows metafile"},
	{".heic", FORMAT_MEDIA, "sound, video or HEIC"},
	{".mp4", FORMAT_MEDIA, "sound, video or HEIC"},
	{".mov", FORMAT_MEDIA, "sound, video or HEIC"},
	{".mp3", FORMAT_MEDIA, "sound, video or HEIC"},
	{".wav", FORMAT_MEDIA, "sound, video or HEIC"},
	{".avi", FORMAT_MEDIA, "sound, video or HEIC"},
};

static enum format answer(enum format format, const char *name, const char **title)
{
	if (title != NULL)
		*title = name;
	return format;
}

/* How long the name of the header line at `at` is; 0: it is none. */
static size_t header_name(const char *at, size_t len)
{
	size_t n = 0;

	while (n < len && at[n] > ' ' && at[n] < 0x7F && at[n] != ':')
		n++;
	return n < len && at[n] == ':' ? n : 0;
}

/* "From somebody date", and a header line directly below: prose that begins with From has none. */
static bool is_mailbox(const char *bytes, size_t len)
{
	const char *end = len > 5 && memcmp(bytes, "From ", 5) == 0 ? memchr(bytes, '\n', len) : NULL;
	const size_t at = end != NULL ? (size_t)(end - bytes) + 1 : len;

	return header_name(bytes + at, len - at) > 0 || (len - at > 6 && memcmp(bytes + at, ">From ", 6) == 0);
}

/* 2: only programs of mail write it; 1: a person may head a memorandum so, too. */
static int header_weight(const char *name, size_t len)
{
	static const char sure[] = " MIME-Version Message-ID Received Return-Path Delivered-To DKIM-Signature "
	                           "Content-Transfer-Encoding Content-Disposition ";
	static const char maybe[] = " From To Cc Bcc Subject Date Sender Reply-To Content-Type In-Reply-To References X-Mailer ";
	const char *const lists[] = {maybe, sure};

	for (int i = 0; i < 2; i++)
		for (const char *word = lists[i] + 1; *word != '\0'; word = strchr(word, ' ') + 1)
			if ((size_t)(strchr(word, ' ') - word) == len && strncasecmp(word, name, len) == 0)
				return i + 1;
	return 0;
}

/* Header lines first, at least two of them known: up to an empty line, or with one no person writes. */
static bool is_mail(const char *bytes, size_t len)
{
	size_t at = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	int known = 0;
	bool sure = false, clean = true;

	while (at < len && (bytes[at] == '\r' || bytes[at] == '\n'))
		at++;
	for (bool first = true; at < len && bytes[at] != '\r' && bytes[at] != '\n'; first = false) {
		const size_t name = header_name(bytes + at, len - at);
		const int weight = header_weight(bytes + at, name);

		clean = name > 0 || (!first && (bytes[at] == ' ' || bytes[at] == '\t'));
		if (!clean)
			break;
		known += weight > 0 ? 1 : 0;
		sure = sure || weight == 2;
		while (at < len && bytes[at] != '\r' && bytes[at] != '\n')
			at++;
		at += at < len && bytes[at] == '\r' ? 1 : 0;
		at += at < len && bytes[at] == '\n' ? 1 : 0;
	}
	return known >= 2 && (clean || sure);
}

/* "BM", and a size and an offset that fit: two letters alone are prose.  Or as it stands in other files,
 * without this header: a BITMAPINFOHEADER with its one plane. */
static bool is_bitmap(const unsigned char *bytes, size_t len)
{
	static const unsigned char info[4] = {40, 0, 0, 0}, plane[2] = {1, 0};

	return (len >= 26 && bytes[0] == 'B' && bytes[1] == 'M' && bytes[6] == 0 && bytes[7] == 0 && bytes[8] == 0 &&
	        bytes[9] == 0 && bytes[15] == 0 && bytes[16] == 0 && bytes[17] == 0) ||
	       (len >= 40 && memcmp(bytes, info, 4) == 0 && memcmp(bytes + 12, plane, 2) == 0 && bytes[14] <= 32 && bytes[15] == 0);
}

/* "MZ", and a byte no text has: prose may begin with these letters. */
static bool is_program(const unsigned char *bytes, size_t len)
{
	return len >= 64 && bytes[0] == 'M' && bytes[1] == 'Z' && memchr(bytes, '\0', 64) != NULL;
}

/* A tar from before "ustar": a header whose sum fits, in octal, and nothing where the mark would be. */
static bool is_old_tar(const unsigned char *bytes, size_t len)
{
	unsigned sum = 0, told = 0;
	size_t at = 148;

	if (len < 512 || bytes[0] == 0 || bytes[257] != 0)
		return false;
	for (size_t i = 0; i < 512; i++)
		sum += i >= 148 && i < 156 ? ' ' : bytes[i];
	while (at < 156 && bytes[at] == ' ')
		at++;
	for (; at < 156 && bytes[at] >= '0' && bytes[at] <= '7'; at++)
		told = told * 8 + (unsigned)(bytes[at] - '0');
	return told == sum;
}

/* Two bytes that may be text in GBK, and a byte no text has. */
static bool is_old_cpio(const unsigned char *bytes, size_t len)
{
	return len >= 26 && (memcmp(bytes, "\xC7\x71", 2) == 0 || memcmp(bytes, "\x71\xC7", 2) == 0) &&
	       memchr(bytes, '\0', 26) != NULL;
}

/* "-lh5-" behind a length and a sum. */
static bool is_lha(const unsigned char *bytes, size_t len)
{
	return len >= 21 && memcmp(bytes + 2, "-lh", 3) == 0 && bytes[6] == '-' && bytes[20] <= 3;
}

/* The usual properties, the size of a dictionary, a size that is not known or of less than a terabyte. */
static bool is_lzma(const unsigned char *bytes, size_t len)
{
	return len >= 14 && memcmp(bytes, "\x5D\0", 2) == 0 && bytes[13] == 0 &&
	       (memcmp(bytes + 5, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 8) == 0 || memcmp(bytes + 10, "\0\0\0", 3) == 0);
}

/* Programs take "{\rt" for the whole mark, and look for it behind white space and a byte order mark. */
static bool is_rtf(const char *bytes, size_t len)
{
	size_t at = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

	while (at < len && at < 1024 && (bytes[at] == '\0' || strchr(" \t\r\n", bytes[at]) != NULL))
		at++;
	return len - at >= 4 && memcmp(bytes + at, "{\\rt", 4) == 0;
}

/* Programs that show PDF look for its beginning in the first KiB: what stands before it hides nothing from
 * them.  A text about PDF has no end mark. */
static bool is_late_pdf(const char *bytes, size_t len)
{
	const size_t tail = len < 2048 ? len : 2048;
	bool begins = false;

	for (size_t at = 0; at + 8 <= len && at < 1024 && !begins; at++)
		begins = memcmp(bytes + at, "%PDF-", 5) == 0 && bytes[at + 5] >= '1' && bytes[at + 5] <= '2' && bytes[at + 6] == '.';
	for (size_t at = len - tail; begins && at + 9 <= len; at++)
		if (memcmp(bytes + at, "startxref", 9) == 0)
			return true;
	return false;
}

enum format format_of_bytes(const void *bytes, size_t len, const char **title)
{
	const char *at = bytes;

	if (is_old_tar(bytes, len))
		return answer(FORMAT_ARCHIVE, "tar archive", title);
	if (is_old_cpio(bytes, len))
		return answer(FORMAT_ARCHIVE, "cpio archive", title);
	if (is_lha(bytes, len))
		return answer(FORMAT_ARCHIVE, "lha archive", title);
	if (is_lzma(bytes, len))
		return answer(FORMAT_COMPRESSED, "lzma file", title);
	if (is_mailbox(at, len))
		return answer(FORMAT_MAILBOX, "mailbox", title);
	if (is_rtf(bytes, len))
		return answer(FORMAT_RTF, "RTF document", title);
	if (is_bitmap(bytes, len))
		return answer(FORMAT_BMP, "BMP image", title);
	if (is_program(bytes, len))
		return answer(FORMAT_PROGRAM, "program", title);
	for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++)
		if (len >= magics[i].at + magics[i].len && memcmp(at + magics[i].at, magics[i].bytes, magics[i].len) == 0)
			return answer(magics[i].format, magics[i].title, title);
	if (is_late_pdf(at, len))
		return answer(FORMAT_PDF, "PDF document", title);
	if (is_mail(at, len))
		return answer(FORMAT_MAIL, "mail message", title);
	return answer(FORMAT_UNKNOWN, "", title);
}

bool format_name_ends(const char *name, const char *ending)
{
	const size_t a = strlen(name), b = strlen(ending);

	return a > b && strcasecmp(name + a - b, ending) == 0;
}

enum format format_of_name(const char *name, const char **title)
{
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (format_name_ends(name, endings[i].ending))
			return answer(endings[i].format, endings[i].title, title);
	return answer(FORMAT_UNKNOWN, "", title);
}

bool format_is_markup(const char *name, const void *bytes, size_t len)
{
	static const char *const starts[] = {"<!doctype", "<html", "<?xml", "<svg"};
	static const char *const names[] = {".html", ".htm", ".xhtml", ".xml", ".svg", ".fodt", ".fods", ".fodp"};
	const char *text = bytes;
	size_t at = len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (format_name_ends(name, names[i]))
			return true;
	while (at < len && text[at] != '\0' && strchr(" \t\r\n", text[at]) != NULL)
		at++;
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (len - at >= strlen(starts[i]) && strncasecmp(text + at, starts[i], strlen(starts[i])) == 0)
			return true;
	return false;
}
