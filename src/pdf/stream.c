/* stream.c - the data of streams, filter by filter.
 *
 * qpdf would decode as well, but without counting; it is asked for the data as it stands in the file,
 * decrypted.  What only a picture is packed with is left on. */
#include "pdf_inside.h"

#include "filters.h"

#include "reader/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Deflate alone makes at most 1,032 bytes of one (RFC 1951: 258 of two bits); a chain that makes more is
 * there to fill memory. */
enum { CHAIN_MOST = 8, DENSEST = 1100, SMALL = 1024 * 1024, STREAM_MOST = 64 * 1024 * 1024 };

static const struct {
	const char *name, *brief; /* the brief one in inline pictures */
	filter_run *run;          /* NULL: of pictures, or nothing to be done */
	bool picture;
} filters[] = {
	{"/FlateDecode", "/Fl", filter_flate, false},
	{"/LZWDecode", "/LZW", filter_lzw, false},
	{"/ASCII85Decode", "/A85", filter_ascii85, false},
	{"/ASCIIHexDecode", "/AHx", filter_hex, false},
	{"/RunLengthDecode", "/RL", filter_run_length, false},
	{"/Crypt", "/Crypt", NULL, false},
	{"/DCTDecode", "/DCT", NULL, true},
	{"/JPXDecode", "/JPX", NULL, true},
	{"/CCITTFaxDecode", "/CCF", NULL, true},
	{"/JBIG2Decode", "/JBIG2", NULL, true},
};
enum { FILTERS = sizeof(filters) / sizeof(filters[0]) };

static size_t filter_of(const char *name)
{
	size_t i = 0;

	while (i < FILTERS && strcmp(name, filters[i].name) != 0 && strcmp(name, filters[i].brief) != 0)
		i++;
	return i;
}

/* The value itself, or the one at `index` where it is an array. */
static qpdf_oh one_of(struct pdf *pdf, qpdf_oh value, size_t index)
{
	if (qpdf_oh_is_array(pdf->qpdf, value))
		return array_get(pdf, value, index);
	return index == 0 ? qpdf_oh_new_object(pdf->qpdf, value) : qpdf_oh_new_null(pdf->qpdf);
}

/* What may come out of a stream of `packed` bytes. */
static size_t most_of(size_t packed)
{
	return packed < (STREAM_MOST - SMALL) / DENSEST ? SMALL + packed * DENSEST : STREAM_MOST;
}

static struct filter_parameters parameters_of(struct pdf *pdf, qpdf_oh dict, size_t index)
{
	struct filter_parameters with = {.predictor = 1, .columns = 1, .colors = 1, .bits = 8, .early_change = 1};
	const qpdf_oh all = dict_get(pdf, dict, "/DecodeParms"), own = one_of(pdf, all, index);

	(void)dict_number(pdf, own, "/Predictor", &with.predictor);
	(void)dict_number(pdf, own, "/Columns", &with.columns);
	(void)dict_number(pdf, own, "/Colors", &with.colors);
	(void)dict_number(pdf, own, "/BitsPerComponent", &with.bits);
	(void)dict_number(pdf, own, "/EarlyChange", &with.early_change);
	object_drop(pdf, own);
	object_drop(pdf, all);
	return with;
}

/* Bytes behind the end of packed data, more than the end of a line: nobody sees these. */
static void tell_rest(struct pdf *pdf, const char *place, const struct buf *data, size_t used)
{
	const char *rest = data->data + used;
	size_t len = data->len - used;

	while (len > 0 && strchr(" \t\r\n\f", rest[len - 1]) != NULL) /* and NUL */
		len--;
	if (len == 0)
		return;
	reader_observe(pdf->reader, OBSERVED_APPENDED_DATA, "%s, behind its data", place);
	reader_binary(pdf->reader, place, &(struct part){.name = "", .bytes = (const unsigned char *)rest, .len = len});
}

/* One filter off; false: no further. */
static bool undo(struct pdf *pdf, qpdf_oh dict, size_t index, size_t filter, const char *place, size_t most, struct buf *data)
{
	struct filter_parameters with = parameters_of(pdf, dict, index);
	struct buf out = {0};
	size_t used = data->len;
	enum filter_end end;

	with.most = most;
	end = filters[filter].run(pdf->reader, &with, data, &out, &used);
	if (end == FILTER_DAMAGED)
		reader_undecided(pdf->reader, "%s: its data is damaged (%s)", place, filters[filter].name + 1);
	else if (end == FILTER_DONE)
		tell_rest(pdf, place, data, used);
	buf_release(data);
	*data = out;
	return end == FILTER_DONE;
}

bool data_decode(struct pdf *pdf, qpdf_oh dict, const char *place, struct buf *data, const char **picture)
{
	const qpdf_oh all = dict_get(pdf, dict, "/Filter");
	const size_t count = qpdf_oh_is_array(pdf->qpdf, all) ? array_count(pdf, all) : object_is_null(pdf, all) ? 0 : 1;
	const size_t most = most_of(data->len);
	bool ok = count <= CHAIN_MOST;

	*picture = NULL;
	if (!ok)
		reader_undecided(pdf->reader, "%s: packed more than %d times", place, CHAIN_MOST);
	for (size_t i = 0; i < count && ok && *picture == NULL; i++) {
		const qpdf_oh one = one_of(pdf, all, i);
		const size_t filter = filter_of(object_name(pdf, one));

		if (filter == FILTERS) {
			reader_undecided(pdf->reader, "%s: packed in a way not known: %s", place, object_name(pdf, one));
			ok = false;
		} else if (filters[filter].picture) {
			*picture = filters[filter].name + 1;
		} else if (filters[filter].run != NULL) {
			ok = undo(pdf, dict, i, filter, place, most, data);
		}
		object_drop(pdf, one);
	}
	object_drop(pdf, all);
	return ok;
}

bool stream_decode(struct pdf *pdf, qpdf_oh stream, struct buf *out, const char **picture)
{
	unsigned char *bytes = NULL;
	size_t len = 0;
	qpdf_oh dict;
	char place[96];
	bool ok;

	*picture = NULL;
	(void)snprintf(place, sizeof(place), "%sobject %d", pdf->version, object_number(pdf, stream));
	if (!qpdf_oh_is_stream(pdf->qpdf, stream))
		return false;
	if ((qpdf_oh_get_stream_data(pdf->qpdf, stream, qpdf_dl_none, NULL, &bytes, &len) & QPDF_ERRORS) != 0) {
		reader_undecided(pdf->reader, "%s: its data could not be read", place);
		free(bytes);
		return false;
	}
	buf_add(out, bytes, len);
	free(bytes);
	dict = qpdf_oh_get_dict(pdf->qpdf, stream);
	ok = data_decode(pdf, dict, place, out, picture);
	object_drop(pdf, dict);
	return ok;
}
