/* pdf.c - a PDF, opened: by qpdf, which finds objects, decrypts and repairs, and by nothing else of it.
 * Streams are decoded here (stream.c), where sizes are counted; pages are read here (page.c).
 *
 * What qpdf had to repair is undecided: another program may repair it otherwise and show something else.
 * All objects are read and told all the same. */
#define _GNU_SOURCE
#include "pdf/pdf.h"

#include "cover.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD = 1024, TAIL = 65557 };

/* Complaints about what no program goes by. */
static bool is_harmless(const char *complaint)
{
	static const char *const starts[] = {"reported number of objects", "extraneous whitespace seen before xref"};

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (strncmp(complaint, starts[i], strlen(starts[i])) == 0)
			return true;
	return false;
}

static void tell_complaint(struct pdf *pdf, const char *complaint)
{
	if (!pdf->damaged)
		reader_undecided(pdf->reader, "%sdamaged: %s", pdf->version, complaint);
	pdf->damaged = true;
}

/* qpdf's own words say where; its first complaint is enough. */
static void tell_damage(struct pdf *pdf)
{
	while (qpdf_more_warnings(pdf->qpdf)) {
		const char *complaint = qpdf_get_error_message_detail(pdf->qpdf, qpdf_next_warning(pdf->qpdf));

		if (!is_harmless(complaint))
			tell_complaint(pdf, complaint);
	}
	if (qpdf_has_error(pdf->qpdf))
		tell_complaint(pdf, qpdf_get_error_message_detail(pdf->qpdf, qpdf_get_error(pdf->qpdf)));
}

static void refuse(struct pdf *pdf)
{
	const qpdf_error error = qpdf_get_error(pdf->qpdf);
	const enum qpdf_error_code_e code = error != NULL ? qpdf_get_error_code(pdf->qpdf, error) : qpdf_e_internal;
	const char *detail = error != NULL ? qpdf_get_error_message_detail(pdf->qpdf, error) : "";

	if (code == qpdf_e_password)
		reader_undecided(pdf->reader, "%sencrypted: it opens with a password only", pdf->version);
	else if (code == qpdf_e_unsupported)
		reader_undecided(pdf->reader, "%sencrypted or made in a way not known: %s", pdf->version, detail);
	else
		reader_undecided(pdf->reader, "%snot a PDF that can be read: %s", pdf->version, detail);
}

bool pdf_open(struct pdf *pdf)
{
	qpdflogger_handle silent = qpdflogger_create();

	qpdflogger_set_info(silent, qpdf_log_dest_discard, NULL, NULL);
	qpdflogger_set_warn(silent, qpdf_log_dest_discard, NULL, NULL);
	qpdflogger_set_error(silent, qpdf_log_dest_discard, NULL, NULL);
	pdf->qpdf = qpdf_init();
	qpdf_set_logger(pdf->qpdf, silent);
	qpdflogger_cleanup(&silent);
	qpdf_silence_errors(pdf->qpdf);
	qpdf_set_suppress_warnings(pdf->qpdf, QPDF_TRUE);
	if ((qpdf_read_memory(pdf->qpdf, "document", (const char *)pdf->bytes, pdf->len, "") & QPDF_ERRORS) != 0) {
		refuse(pdf);
		return false;
	}
	pdf->encrypted = qpdf_is_encrypted(pdf->qpdf) != QPDF_FALSE;
	return true;
}

void pdf_close(struct pdf *pdf)
{
	if (pdf->qpdf != NULL) {
		page_forget(pdf);
		tell_damage(pdf);
		qpdf_cleanup(&pdf->qpdf);
	}
	string_tell_end(pdf);
	set_release(&pdf->seen);
	set_release(&pdf->accounted);
	set_release(&pdf->layers_off);
}

/* Programs look for "%PDF-" in the first KiB; what stands before it is no part of the document, and
 * offsets count from it. */
static size_t beginning(struct reader *reader, const struct part *part)
{
	const size_t within = part->len < HEAD ? part->len : HEAD;
	const unsigned char *found = memmem(part->bytes, within, "%PDF-", 5);
	const size_t at = found != NULL ? (size_t)(found - part->bytes) : 0;

	if (at > 0) {
		reader_observe(reader, OBSERVED_APPENDED_DATA, "before the beginning");
		reader_part(reader, "before the beginning", &(struct part){"", part->bytes, at});
	}
	return at;
}

/* A ZIP is found from its end, HTML and programs from their beginning: the file may be one of these too. */
static void observe_other_format(struct reader *reader, const struct part *part, size_t from)
{
	const size_t tail = part->len < TAIL ? part->len : TAIL;

	if (memmem(part->bytes + part->len - tail, tail, "PK\x05\x06", 4) != NULL)
		reader_observe(reader, OBSERVED_POLYGLOT, "PDF document and ZIP container");
	else if (from >= 2 && (part->bytes[0] == '<' || memcmp(part->bytes, "MZ", 2) == 0 || memcmp(part->bytes, "PK", 2) == 0 ||
	                       memcmp(part->bytes, "GI", 2) == 0 || part->bytes[0] >= 0x7F))
		reader_observe(reader, OBSERVED_POLYGLOT, "PDF document and what stands before it");
}

static void tell_protection(struct pdf *pdf)
{
	static const char text[] = "encrypted; opens without a password";

	reader_text(pdf->reader, FLOW_METADATA, "protection", text, strlen(text));
}

void pdf_read(struct reader *reader, const struct part *part)
{
	const size_t from = beginning(reader, part);
	struct pdf pdf = {.reader = reader, .bytes = part->bytes + from, .len = part->len - from, .place = "", .version = ""};
	struct cover cover = {.pdf = &pdf};
	const bool open = pdf_open(&pdf);

	observe_other_format(reader, part, from);
	if (open && pdf.encrypted)
		tell_protection(&pdf);
	if (open)
		layers_read(&pdf);
	cover_read(&cover);
	if (open)
		objects_read(&pdf, &cover);
	if (open)
		tell_damage(&pdf);
	if (open && !pdf.damaged)
		earlier_read(&cover);
	pdf_close(&pdf);
	cover_release(&cover);
}

void pdf_warm(void)
{
	static const char empty[] = "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\n"
	                            "endobj\ntrailer\n<</Size 3/Root 1 0 R>>\n";
	struct pdf pdf = {.bytes = (const unsigned char *)empty, .len = sizeof(empty) - 1, .place = "", .version = "", .damaged = true};

	if (pdf_open(&pdf))
		(void)qpdf_get_num_pages(pdf.qpdf);
	pdf_close(&pdf);
}
