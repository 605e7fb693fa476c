/* formats.c - which room reads what. */
#include "formats/formats.h"

#include "archive/archive.h"
#include "format/format.h"
#include "image/image.h"
#include "mail/mail.h"
#include "office/office.h"
#include "ole/ole.h"
#include "pdf/pdf.h"
#include "reader/reader.h"
#include "rtf/rtf.h"

#include <string.h>

/* The reader of each format; a format without one is named and not read. */
static const struct {
	void (*read)(struct reader *reader, const struct part *part);
} readers[FORMATS] = {
	[FORMAT_PDF] = {pdf_read},         [FORMAT_ZIP] = {office_read},
	[FORMAT_OLE] = {ole_read},         [FORMAT_RTF] = {rtf_read},
	[FORMAT_MAIL] = {mail_read},       [FORMAT_MAILBOX] = {mailbox_read},
	[FORMAT_TNEF] = {tnef_read},       [FORMAT_ARCHIVE] = {archive_room_read},
	[FORMAT_COMPRESSED] = {compressed_read},
	[FORMAT_PNG] = {image_read},       [FORMAT_JPEG] = {image_read},
	[FORMAT_GIF] = {image_read},       [FORMAT_TIFF] = {image_read},
	[FORMAT_WEBP] = {image_read},      [FORMAT_BMP] = {image_read},
	[FORMAT_EMF] = {image_read},
};

/* A name that promises another format than the bytes have: for people, and for programs that believe
 * names. */
static void compare_names(struct reader *reader, const struct part *part, enum format format, const char *title)
{
	const char *claimed = "";
	const enum format by_name = format_of_name(part->name, &claimed);

	if (by_name != FORMAT_UNKNOWN && by_name != format)
		reader_observe(reader, OBSERVED_NAME_MISMATCH, "its name says %s, its bytes %s", claimed,
		               title[0] != '\0' ? title : "plain text");
}

void formats_read(struct reader *reader, const struct part *part)
{
	const char *title = "";
	const enum format format = format_of_bytes(part->bytes, part->len, &title);

	compare_names(reader, part, format, title);
	if (format == FORMAT_PDF)
		reader_second(reader, part);
	if (readers[format].read == image_read && format != FORMAT_EMF)
		reader_picture(reader, "", part->bytes, part->len);
	if (format == FORMAT_UNKNOWN)
		reader_bytes(reader, FLOW_BODY, "", NULL, part->bytes, part->len);
	else if (readers[format].read != NULL)
		readers[format].read(reader, part);
	else
		reader_undecided(reader, "not readable: %s", title);
}

void formats_warm(void)
{
}
