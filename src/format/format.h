#ifndef FORMAT_FORMAT_H
#define FORMAT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

/* What a file is. */
enum format {
	FORMAT_UNKNOWN = 0, /* bytes with no shape known here: text, or nothing we can read */
	FORMAT_PDF,
	FORMAT_ZIP,      /* and what is made of it: docx, xlsx, pptx, odt, ofd, epub */
	FORMAT_OLE,      /* doc, xls, ppt, wps, et, dps, msg */
	FORMAT_RTF,
	FORMAT_MAIL,     /* RFC 5322, and MHT */
	FORMAT_MAILBOX,
	FORMAT_TNEF,
	FORMAT_ARCHIVE,  /* tar, 7z, rar, cab, iso, cpio, ar */
	FORMAT_COMPRESSED, /* gzip, bzip2, xz, zstd, lzma: one stream */
	FORMAT_PNG,
	FORMAT_JPEG,
	FORMAT_GIF,
	FORMAT_TIFF,
	FORMAT_WEBP,
	FORMAT_BMP,
	FORMAT_EMF,      /* and WMF */
	FORMAT_MEDIA,    /* sound, video, HEIC: named, never read */
	FORMAT_PROGRAM,
	FORMAT_FONT,
	FORMAT_OTHER,    /* known by name, not readable: a data base, a Git LFS pointer */
	FORMATS
};

/* By the bytes alone. `title`, where not NULL, gets what it is called: "PDF document". */
enum format format_of_bytes(const void *bytes, size_t len, const char **title);

/* What `name` claims by its ending; FORMAT_UNKNOWN: nothing, or text. */
enum format format_of_name(const char *name, const char **title);

/* Is the text HTML or XML, by its first words or its name: tags and entities are to be taken off? */
bool format_is_markup(const char *name, const void *bytes, size_t len);

/* Does `name` end in `ending` (".docx"), whatever the case? */
bool format_name_ends(const char *name, const char *ending);

#endif
