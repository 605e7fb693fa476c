/* earlier.c - what a file was before it was saved again.
 *
 * A PDF is changed by putting objects of the same numbers behind its end; the earlier ones stay.  Each of
 * these, and each no table lists, is brought back: a copy of the file gets one more table behind its end
 * that points to them, and qpdf opens that.  So they are read with everything around them - fonts,
 * lengths, keys - by the code that reads the document; what is the same as in the document is not told
 * again. */
#include "cover.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VERSIONS_MOST = 64, NAMED_MOST = 10 };

/* Items of one number: `from` up to `to`. */
static size_t group_end(const struct cover *cover, size_t from)
{
	size_t to = from;

	while (to < cover->count && cover->items[to].number == cover->items[from].number)
		to++;
	return to;
}

static bool is_shown(struct pdf *pdf, const struct occurrence *item)
{
	const qpdf_oh value = qpdf_get_object_by_id(pdf->qpdf, item->number, item->generation);
	const bool shown = !object_is_null(pdf, value);

	object_drop(pdf, value);
	return shown;
}

/* Is any of these perhaps not what the document shows under this number? */
static bool is_doubtful(struct cover *cover, size_t from, size_t to)
{
	const struct occurrence *item = &cover->items[from];

	if (item->number == 0)
		return false;
	return to - from > 1 || (!item->is_references && !is_shown(cover->pdf, item));
}

static void add_value(struct pdf *pdf, qpdf_oh trailer, const char *key, struct buf *out)
{
	const qpdf_oh value = dict_get(pdf, trailer, key);

	if (!object_is_null(pdf, value))
		buf_addf(out, "%s %s\n", key, qpdf_oh_unparse(pdf->qpdf, value));
	object_drop(pdf, value);
}

/* The objects of one earlier version, as a table behind a copy of the file. */
struct version {
	struct cover *cover;
	struct buf file, table;
	struct object_set own;
	int most;
};

/* An object out of a stream stands by itself in the copy; encrypted it would have another key there. */
static bool add_held(struct version *version, const struct occurrence *item)
{
	struct pdf *pdf = version->cover->pdf;
	struct buf data = {0};
	bool ok = !pdf->encrypted;

	if (!ok)
		reader_undecided(pdf->reader, "an earlier version of object %d is encrypted", item->number);
	ok = ok && objects_data(pdf, item->holder, &data) && item->end <= data.len;
	if (ok) {
		buf_addf(&version->table, "%d 1\n%010zu 00000 n \n", item->number, version->file.len);
		buf_addf(&version->file, "%d 0 obj\n", item->number);
		buf_add(&version->file, data.data + item->start, item->end - item->start);
		buf_add_string(&version->file, "\nendobj\n");
	}
	buf_release(&data);
	return ok;
}

static void add_item(struct version *version, const struct occurrence *item)
{
	if (item->holder != 0 && !add_held(version, item))
		return;
	if (item->holder == 0)
		buf_addf(&version->table, "%d 1\n%010zu %05d n \n", item->number, item->start, item->generation);
	(void)set_add(&version->own, item->number);
	version->most = item->number > version->most ? item->number : version->most;
}

static void add_table(struct version *version)
{
	struct pdf *pdf = version->cover->pdf;
	const qpdf_oh trailer = qpdf_get_trailer(pdf->qpdf);
	const size_t at = version->file.len;
	double size = 0;

	(void)dict_number(pdf, trailer, "/Size", &size);
	size = size > version->most && size < INT32_MAX ? size : version->most + 1.0;
	buf_addf(&version->file, "xref\n%strailer\n<<\n/Size %.0f /Prev %zu\n", version->table.data, size,
	         version->cover->references);
	add_value(pdf, trailer, "/Root", &version->file);
	add_value(pdf, trailer, "/Encrypt", &version->file);
	add_value(pdf, trailer, "/ID", &version->file);
	buf_addf(&version->file, ">>\nstartxref\n%zu\n%%%%EOF\n", at);
	object_drop(pdf, trailer);
}

static bool same_data(struct pdf *a, qpdf_oh x, struct pdf *b, qpdf_oh y)
{
	unsigned char *bytes[2] = {NULL, NULL};
	size_t len[2] = {0, 0};
	const bool ok = (qpdf_oh_get_stream_data(a->qpdf, x, qpdf_dl_none, NULL, &bytes[0], &len[0]) & QPDF_ERRORS) == 0 &&
	                (qpdf_oh_get_stream_data(b->qpdf, y, qpdf_dl_none, NULL, &bytes[1], &len[1]) & QPDF_ERRORS) == 0;
	const bool same = ok && len[0] == len[1] && (len[0] == 0 || memcmp(bytes[0], bytes[1], len[0]) == 0);

	free(bytes[0]);
	free(bytes[1]);
	return same;
}

static char *spelled(struct pdf *pdf, qpdf_oh value)
{
	const bool stream = qpdf_oh_is_stream(pdf->qpdf, value) != QPDF_FALSE;
	const qpdf_oh dict = stream ? qpdf_oh_get_dict(pdf->qpdf, value) : value;
	char *text = mem_copy_string(qpdf_oh_unparse_resolved(pdf->qpdf, dict));

	if (stream)
		object_drop(pdf, dict);
	return text;
}

/* Does the document show the same under this number? */
static bool is_same(struct pdf *a, struct pdf *b, const struct occurrence *item)
{
	const qpdf_oh x = qpdf_get_object_by_id(a->qpdf, item->number, item->generation);
	const qpdf_oh y = qpdf_get_object_by_id(b->qpdf, item->number, item->generation);
	char *p = spelled(a, x), *q = spelled(b, y);
	const bool streams = qpdf_oh_is_stream(a->qpdf, x) && qpdf_oh_is_stream(b->qpdf, y);
	const bool same = qpdf_oh_get_type_code(a->qpdf, x) == qpdf_oh_get_type_code(b->qpdf, y) && strcmp(p, q) == 0 &&
	                  (!streams || same_data(a, x, b, y));

	free(p);
	free(q);
	object_drop(a, x);
	object_drop(b, y);
	return same;
}

/* Names at most ten of them; nothing to name: nothing is said. */
struct named {
	struct buf which;
	size_t count;
};

static void name(struct named *named, int number)
{
	if (++named->count <= NAMED_MOST)
		buf_addf(&named->which, "%s%d", named->count > 1 ? ", " : "", number);
}

static void observe(struct pdf *pdf, struct named *named, enum observation what)
{
	if (named->count > 0)
		reader_observe(pdf->reader, what, "objects %s%s", named->which.data, named->count > NAMED_MOST ? " and others" : "");
	buf_release(&named->which);
}

/* Of what the copy brought back, only what differs is kept in `own`. */
static void drop_same(struct version *version, struct pdf *earlier, const struct occurrence *const *items, size_t count)
{
	struct pdf *pdf = version->cover->pdf;
	struct named changed = {{0}, 0}, unlisted = {{0}, 0};

	for (size_t i = 0; i < count; i++) {
		const struct occurrence *item = items[i];

		if (!set_has(&version->own, item->number))
			continue;
		if (item->is_objects || item->is_references || is_same(pdf, earlier, item))
			version->own.bits[item->number / 8] &= (unsigned char)~(1u << item->number % 8);
		else
			name(is_shown(pdf, item) ? &changed : &unlisted, item->number);
	}
	observe(pdf, &changed, OBSERVED_EARLIER_VERSION);
	observe(pdf, &unlisted, OBSERVED_UNLISTED_DATA);
}

static void read_version(struct cover *cover, const struct occurrence *const *items, size_t count, size_t number)
{
	struct version version = {.cover = cover};
	char title[64], comma[72];
	struct pdf earlier = {.reader = cover->pdf->reader, .place = title, .version = comma, .only = &version.own};

	(void)snprintf(title, sizeof(title), "earlier version %zu", number);
	(void)snprintf(comma, sizeof(comma), "%s, ", title);
	buf_add(&version.file, cover->pdf->bytes, cover->pdf->len);
	buf_add_string(&version.file, "\n");
	for (size_t i = 0; i < count; i++)
		add_item(&version, items[i]);
	if (version.most > 0) {
		add_table(&version);
		earlier.bytes = (const unsigned char *)version.file.data;
		earlier.len = version.file.len;
		if (pdf_open(&earlier)) {
			drop_same(&version, &earlier, items, count);
			layers_read(&earlier);
			objects_read(&earlier, cover);
		}
		pdf_close(&earlier);
	}
	buf_release(&version.file);
	buf_release(&version.table);
	set_release(&version.own);
}

/* One version takes the first doubtful object of each number, the next one the second, ... */
void earlier_read(struct cover *cover)
{
	const struct occurrence **items = mem_alloc(cover->count + 1, sizeof(struct occurrence *));
	size_t count = 1;

	for (size_t version = 0; count > 0 && !reader_stopped(cover->pdf->reader); version++) {
		count = 0;
		for (size_t from = 0, to; from < cover->count; from = to) {
			to = group_end(cover, from);
			if (to - from > version && is_doubtful(cover, from, to))
				items[count++] = &cover->items[from + version];
		}
		if (count > 0 && version >= VERSIONS_MOST) {
			reader_undecided(cover->pdf->reader, "more earlier versions than can be read");
			break;
		}
		if (count > 0)
			read_version(cover, items, count, version + 1);
	}
	free(items);
}
