/* pdf.c - a PDF, opened: by qpdf, which finds objects, decrypts and repairs, and by nothing else of it.
 * Streams are decoded here (stream.c), where sizes are counted; pages are read here (page.c).
 *
 * What qpdf had to repair is undecided: another program may repair it otherwise and show something else.
 * All objects are read and told all the same. */
#include "pdf/pdf.h"

#include "pdf_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

/* qpdf's own words say where; its first complaint is enough. */
static void tell_damage(struct pdf *pdf)
{
	while (qpdf_more_warnings(pdf->qpdf)) {
		const qpdf_error warning = qpdf_next_warning(pdf->qpdf);

		if (!pdf->damaged)
			reader_undecided(pdf->reader, "%sdamaged: %s", pdf->version, qpdf_get_error_message_detail(pdf->qpdf, warning));
		pdf->damaged = true;
	}
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
		tell_damage(pdf);
		qpdf_cleanup(&pdf->qpdf);
	}
	string_tell_end(pdf);
	set_release(&pdf->seen);
	set_release(&pdf->accounted);
	set_release(&pdf->layers_off);
	for (size_t i = 0; i < pdf->place_count; i++)
		free(pdf->places[i]);
	free(pdf->places);
	buf_release(&pdf->names);
	buf_release(&pdf->key);
}

void pdf_read(struct reader *reader, const struct part *part)
{
	struct pdf pdf = {.reader = reader, .bytes = part->bytes, .len = part->len, .version = ""};

	if (pdf_open(&pdf)) {
		layers_read(&pdf);
		walk_document(&pdf);
	}
	cover_read(&pdf);
	pdf_close(&pdf);
}
