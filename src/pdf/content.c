/* content.c - content streams, run: operators in turn, strings nobody draws told as well. */
#include "state.h"

#include "font.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

static bool is(const struct content *c, const char *operator)
{
	return strcmp(c->operands.operator, operator) == 0;
}

qpdf_oh resource_get(struct content *c, const char *category, const char *name)
{
	char *key = mem_format("/%s", name);
	const qpdf_oh group = dict_get(c->pdf, c->resources, category), found = dict_get(c->pdf, group, key);

	object_drop(c->pdf, group);
	free(key);
	return found;
}

bool text_is_hidden(const struct content *c)
{
	return c->hidden_outside || c->hidden_levels > 0;
}

/* ---- What is not drawn. */
static void tell_strings(struct content *c)
{
	const struct operands *o = &c->operands;

	for (size_t i = 0; i < o->count; i++) {
		const char *bytes = o->bytes.data != NULL ? o->bytes.data + o->items[i].at : "";
		const size_t len = o->items[i].len;

		if (o->items[i].kind != OPERAND_STRING || len == 0 || (i > 0 && strcmp(operand_name(o, i - 1), "Lang") == 0) ||
		    (c->last_string.len == len && memcmp(c->last_string.data, bytes, len) == 0))
			continue;
		buf_clear(&c->last_string);
		buf_add(&c->last_string, bytes, len);
		string_tell(c->pdf, FLOW_HIDDEN, c->run->place, bytes, len);
	}
}

/* ---- Marked content: only whether it is shown. */
static bool is_hidden_layer(struct content *c)
{
	const struct operands *o = &c->operands;
	qpdf_oh properties;
	bool hidden;

	if (strcmp(operand_name(o, 0), "OC") != 0 || operand_name(o, 1)[0] == '\0')
		return false;
	properties = resource_get(c, "/Properties", operand_name(o, 1));
	hidden = object_is_dict(c->pdf, properties) && layer_is_hidden(c->pdf, properties);
	object_drop(c->pdf, properties);
	return hidden;
}

static bool mark_content(struct content *c)
{
	if (is(c, "BMC") || is(c, "BDC")) {
		const bool hides = is(c, "BDC") && is_hidden_layer(c);

		if (c->marked < MARKED_MOST)
			c->hides[c->marked] = hides;
		c->hidden_levels += c->marked < MARKED_MOST && hides;
		c->marked++;
		tell_strings(c);
	} else if (is(c, "EMC")) {
		if (c->marked > 0 && --c->marked < MARKED_MOST)
			c->hidden_levels -= c->hides[c->marked];
	} else {
		return false;
	}
	return true;
}

/* ---- Inline pictures. */
static bool is_space(unsigned char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

/* Where the data ends: before an EI between spaces behind which text goes on. */
static size_t picture_end(const unsigned char *bytes, size_t len, size_t at)
{
	for (; at + 2 < len; at++) {
		size_t plain = at + 3;

		if (bytes[at] > ' ' || bytes[at + 1] != 'E' || bytes[at + 2] != 'I' || (at + 3 < len && !is_space(bytes[at + 3])))
			continue;
		while (plain < len && plain < at + 13 && (is_space(bytes[plain]) || (bytes[plain] >= ' ' && bytes[plain] < 0x7F)))
			plain++;
		if (plain == len || plain == at + 13)
			return at;
	}
	return len;
}

static void add_spelled(struct buf *out, const char *text, bool name)
{
	static const char *const spelled[][2] = {
		{"BPC", "BitsPerComponent"}, {"CS", "ColorSpace"},      {"D", "Decode"},          {"DP", "DecodeParms"},
		{"F", "Filter"},             {"H", "Height"},           {"IM", "ImageMask"},      {"I", "Interpolate"},
		{"W", "Width"},              {"AHx", "ASCIIHexDecode"}, {"A85", "ASCII85Decode"}, {"LZW", "LZWDecode"},
		{"Fl", "FlateDecode"},       {"RL", "RunLengthDecode"}, {"CCF", "CCITTFaxDecode"}, {"DCT", "DCTDecode"},
	};

	for (size_t i = 0; name && i < sizeof(spelled) / sizeof(spelled[0]); i++)
		if (strcmp(spelled[i][0], text) == 0)
			text = spelled[i][1];
	buf_addf(out, "%s%s ", name ? "/" : "", text);
}

static size_t value_end(const struct operands *o, size_t i, int depth);

/* Behind keys and values up to the end of the dictionary, or of all (`whole`); 0: that is not what these are. */
static size_t pairs_end(const struct operands *o, size_t i, bool whole, int depth)
{
	while (i > 0 && i < o->count && o->items[i].kind != OPERAND_DICT_END)
		i = o->items[i].kind == OPERAND_NAME ? value_end(o, i + 1, depth + 1) : 0;
	if (i == 0 || (i < o->count) == whole)
		return 0;
	return i + 1;
}

static size_t value_end(const struct operands *o, size_t i, int depth)
{
	const enum operand_kind kind = i < o->count && depth < 8 ? o->items[i].kind : OPERAND_DICT_END;

	if (kind == OPERAND_DICT)
		return pairs_end(o, i + 1, false, depth);
	if (kind == OPERAND_ARRAY) {
		for (i++; i > 0 && i < o->count && o->items[i].kind != OPERAND_ARRAY_END;)
			i = value_end(o, i, depth + 1);
		return i > 0 && i < o->count ? i + 1 : 0;
	}
	return kind == OPERAND_ARRAY_END || kind == OPERAND_DICT_END ? 0 : i + 1;
}

/* Is it a dictionary's inside?  qpdf must not be asked to repair it. */
static bool is_dictionary(const struct operands *o)
{
	return o->count >= 2 && o->items[0].kind == OPERAND_NAME && pairs_end(o, value_end(o, 1, 0), true, 0) != 0;
}

/* Its dictionary as one of PDF's objects, keys spelled out. */
static qpdf_oh picture_dict(const struct content *c)
{
	static const char *const brackets[] = {[OPERAND_ARRAY] = "[ ", [OPERAND_ARRAY_END] = "] ", [OPERAND_DICT] = "<< ",
	                                       [OPERAND_DICT_END] = ">> "};
	const struct operands *o = &c->operands;
	struct buf text = {0};
	qpdf_oh dict;

	buf_add_string(&text, "<< ");
	for (size_t i = 0; i < o->count; i++) {
		const struct operand *item = &o->items[i];
		const char *bytes = o->bytes.data != NULL ? o->bytes.data + item->at : "";

		if (item->kind == OPERAND_NUMBER)
			buf_addf(&text, "%g ", item->number);
		else if (item->kind == OPERAND_STRING)
			buf_add_string(&text, "() ");
		else if (item->kind == OPERAND_NAME && strcspn(bytes, " \t\r\n\f()<>[]{}/%#") == item->len)
			add_spelled(&text, bytes, true);
		else if (item->kind == OPERAND_NAME)
			buf_add_string(&text, "/Other ");
		else
			buf_add_string(&text, item->kind == OPERAND_WORD ? bytes : brackets[item->kind]);
		buf_add_byte(&text, ' ');
	}
	buf_add_string(&text, ">>");
	dict = qpdf_oh_parse(c->pdf->qpdf, text.data);
	buf_release(&text);
	return dict;
}

static bool has_name(const struct content *c, const char *name)
{
	for (size_t i = 0; i < c->operands.count; i++)
		if (strcmp(operand_name(&c->operands, i), name) == 0)
			return true;
	return false;
}

static size_t inline_picture(struct content *c, const unsigned char *bytes, size_t len, size_t at)
{
	const size_t start = at < len ? at + 1 : at, end = picture_end(bytes, len, at);
	const qpdf_oh dict = is_dictionary(&c->operands) ? picture_dict(c) : qpdf_oh_new_null(c->pdf->qpdf);
	struct buf data = {0};
	const char *filter = NULL;

	c->run->seen->pictures = true;
	buf_add(&data, bytes + start, end > start ? end - start : 0);
	if (qpdf_oh_is_dictionary(c->pdf->qpdf, dict) && data_decode(c->pdf, dict, c->run->place, &data, &filter) && filter != NULL &&
	    strcmp(filter, "DCTDecode") == 0) {
		const struct part part = {"picture.jpg", (const unsigned char *)data.data, data.len};

		reader_part(c->pdf->reader, c->run->place, &part);
	}
	paint_picture(c, !has_name(c, "IM") && !has_name(c, "ImageMask"));
	object_drop(c->pdf, dict);
	buf_release(&data);
	return end + 3 < len ? end + 3 : len;
}

/* ---- Running. */
static bool shows(const struct content *c)
{
	return is(c, "Tj") || is(c, "TJ") || is(c, "'") || is(c, "\"") || is(c, "BDC") || is(c, "BMC");
}

static void run_operator(struct content *c)
{
	if (c->operands.strings > 0 && !shows(c))
		tell_strings(c);
	if (show_text(c) || paint_state(c) || paint_path(c) || paint_colour(c) || mark_content(c))
		return;
	if (is(c, "Do") && c->operands.count > 0)
		inside_draw(c, operand_name(&c->operands, c->operands.count - 1));
	else if (is(c, "sh"))
		paint_shading(c);
}

void content_bytes(struct content *c, const unsigned char *bytes, size_t len)
{
	size_t at = 0, steps = 0;

	while (operands_read(&c->operands, bytes, len, &at)) {
		if (is(c, "ID"))
			at = inline_picture(c, bytes, len, at);
		else
			run_operator(c);
		if (++steps % 1024 == 0 && reader_stopped(c->pdf->reader))
			break;
	}
	tell_strings(c);
	if (c->operands.comments.len > 1)
		string_tell(c->pdf, FLOW_HIDDEN, c->run->place, c->operands.comments.data, c->operands.comments.len - 1);
}

void content_leave(struct content *c)
{
	operands_release(&c->operands);
	buf_release(&c->last_string);
	free(c->rectangles);
	free(c->saved);
	c->rectangles = NULL;
	c->saved = NULL;
}

static struct content *content_new(const struct content_run *run, const struct matrix *base)
{
	struct content *c = mem_alloc(1, sizeof(*c));

	inside_begin(run->pdf);
	c->run = run;
	c->pdf = run->pdf;
	c->state = (struct state){.ctm = *base, .clip = {-1e7, -1e7, 1e7, 1e7}, .fill_space = SPACE_GREY,
	                          .stroke_space = SPACE_GREY, .fill = {0, 0, 0, true}, .stroke = {0, 0, 0, true},
	                          .fill_alpha = 1, .line_width = 1, .stroke_alpha = 1, .scale = 1};
	c->text = c->line = (struct matrix){1, 0, 0, 1, 0, 0};
	return c;
}

static void append_stream(struct pdf *pdf, qpdf_oh stream, struct buf *out)
{
	const char *picture = NULL;
	struct buf bytes = {0};

	if (!qpdf_oh_is_stream(pdf->qpdf, stream))
		return;
	(void)stream_decode(pdf, stream, &bytes, &picture);
	stream_account(pdf, stream);
	buf_add(out, bytes.data, bytes.len);
	buf_add_byte(out, '\n');
	buf_release(&bytes);
}

void content_page(const struct content_run *run, qpdf_oh page, const struct matrix *base)
{
	struct content *c = content_new(run, base);
	const qpdf_oh contents = dict_get(run->pdf, page, "/Contents");
	struct buf bytes = {0};

	append_stream(run->pdf, contents, &bytes);
	for (size_t i = 0; i < array_count(run->pdf, contents); i++) {
		const qpdf_oh item = array_get(run->pdf, contents, i);

		append_stream(run->pdf, item, &bytes);
		object_drop(run->pdf, item);
	}
	c->resources = page_inherited(run->pdf, page, "/Resources");
	content_bytes(c, (const unsigned char *)bytes.data, bytes.len);
	object_drop(run->pdf, c->resources);
	object_drop(run->pdf, contents);
	content_leave(c);
	free(c);
	buf_release(&bytes);
}

void content_stream(const struct content_run *run, qpdf_oh stream, qpdf_oh resources, const struct matrix *base)
{
	struct content *c = content_new(run, base);

	c->resources = resources;
	inside_stream(c, stream, base);
	content_leave(c);
	free(c);
}
