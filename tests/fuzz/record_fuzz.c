/* FUZZ: scan */
/* record_fuzz.c - bytes that claim to be a scan record.  What is read is written the same; it is in
 * order, and every report of it is harmless to a terminal, though somebody else wrote the record. */
#include "base/buf.h"
#include "base/language.h"
#include "base/utf8.h"
#include "scan/finding.h"
#include "scan/report.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect_order(const struct scan *scan)
{
	for (size_t i = 0; i < scan->count; i++) {
		const struct scanned_file *file = &scan->files[i];

		if (file->path[0] == '\0' || (i > 0 && strcmp(scan->files[i - 1].path, file->path) >= 0))
			abort();
		for (size_t k = 0; k < file->count; k++)
			if (file->findings[k].action > 2 || file->findings[k].start >= file->findings[k].end)
				abort();
	}
}

static void expect_harmless_report(const struct scan *scan)
{
	static const struct report_style style = {.explain = true};

	for (size_t i = 0; i < 2; i++) {
		struct buf text = {0}, shown = {0};
		const char *line;

		language_choose(&(struct language_wish){.lang = i == 0 ? "C" : "zh_CN.UTF-8"});
		report_text(scan, &style, &text);
		for (line = text.data; *line != '\0'; line = strchr(line, '\n') + 1) {
			const size_t len = strcspn(line, "\n"), before = shown.len;

			utf8_add_printable(&shown, line, len);
			if (shown.len - before != len || memcmp(shown.data + before, line, len) != 0)
				abort();
		}
		buf_release(&text);
		buf_release(&shown);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct scan scan = {0};
	struct err err = {0};
	struct buf again = {0};

	if (!scan_record_read(data, size, &scan, &err)) {
		if (err.kind == ERR_NONE || scan.files != NULL)
			abort();
		return 0;
	}
	scan_record_write(&scan, &again);
	if (again.len != size || memcmp(again.data, data, size) != 0)
		abort();
	expect_order(&scan);
	expect_harmless_report(&scan);
	buf_clear(&again);
	report_json(&scan, &again);
	if (!utf8_valid(again.data, again.len, NULL))
		abort();
	buf_release(&again);
	scan_release(&scan);
	return 0;
}
