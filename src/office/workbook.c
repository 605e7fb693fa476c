/* workbook.c - what a workbook keeps apart from its sheets: their names and states, the strings cells
 * share, and what the numbers of styles mean. */
#include "package.h"

#include "base/buf.h"
#include "base/mem.h"
#include "reader/reader.h"
#include "xml/xml.h"

#include <stdlib.h>
#include <string.h>

static bool is(const char *name, const char *local)
{
	return strcmp(xml_local(name), local) == 0;
}

/* ---- Sheets. */

struct listing {
	struct package *package;
	size_t index;
};

static void on_workbook(void *context, const char *name, const char *const *attributes)
{
	const struct listing *listing = context;
	const char *title = xml_attribute(attributes, "name"), *state = xml_attribute(attributes, "state");
	const bool hidden = state != NULL && strcmp(state, "visible") != 0;
	size_t target = listing->package->count;

	if (!is(name, "sheet") || title == NULL)
		return;
	for (const char *const *a = attributes; a[0] != NULL; a += 2)
		if (strchr(a[0], ':') != NULL && is(a[0], "id"))
			target = relation_target(listing->package, listing->index, a[1]);
	package_set_label(listing->package, target, hidden, mem_copy_string(title));
	if (hidden)
		reader_observe(listing->package->reader, OBSERVED_HIDDEN_SHEET, "%s", title);
}

void workbook_read(struct package *package, size_t index, const struct kind *kind, const char *bytes, size_t len)
{
	static const struct xml_events events = {.start = on_workbook};
	struct listing listing = {package, index};

	story_read(package, index, kind, bytes, len);
	(void)xml_read(package->reader, &events, &listing, bytes, len);
}

/* ---- Shared strings. */

struct strings {
	struct package *package;
	struct flow_out *phonetic, *rest;
	unsigned text, guide; /* open elements */
};

static void string_start(void *context, const char *name, const char *const *attributes)
{
	struct strings *strings = context;
	struct package *package = strings->package;

	package_tell_element(package, strings->rest, name, attributes);
	if (is(name, "si")) {
		package->shared = mem_grow(package->shared, package->shared_count, sizeof(*package->shared));
		package->shared[package->shared_count++] = (struct shared_string){.start = package->strings.len};
	}
	strings->guide += is(name, "rPh");
	strings->text += is(name, "t");
}

static void string_end(void *context, const char *name)
{
	struct strings *strings = context;
	struct package *package = strings->package;

	if (is(name, "si") && package->shared_count > 0)
		package->shared[package->shared_count - 1].len =
			package->strings.len - package->shared[package->shared_count - 1].start;
	if (is(name, "rPh")) {
		strings->guide--;
		flow_break(strings->phonetic);
	}
	strings->text -= is(name, "t");
}

static void string_text(void *context, const char *text, size_t len)
{
	struct strings *strings = context;

	if (strings->text > 0 && strings->guide == 0)
		buf_add(&strings->package->strings, text, len);
	else if (strings->text > 0 || !values_is_space(text, len))
		flow_put(strings->phonetic, text, len); /* and anything else that should not be there */
}

static void string_aside(void *context, const char *text, size_t len)
{
	const struct strings *strings = context;

	package_tell(strings->package, strings->rest, text, len);
}

void strings_read(struct package *package, size_t index, const struct kind *kind, const char *bytes, size_t len)
{
	static const struct xml_events events = {.start = string_start, .end = string_end, .text = string_text,
	                                         .aside = string_aside};
	struct strings strings = {.package = package};

	(void)index, (void)kind;
	strings.phonetic = flow_open(package->reader, FLOW_METADATA, "phonetic guides");
	strings.rest = flow_open(package->reader, FLOW_METADATA, "shared strings, attributes");
	if (!xml_read(package->reader, &events, &strings, bytes, len))
		reader_bytes(package->reader, FLOW_HIDDEN, "shared strings", NULL, (const unsigned char *)bytes, len);
	flow_close(strings.phonetic);
	flow_close(strings.rest);
}

/* Deleting a cell does not always delete its text. */
void strings_tell_unused(struct package *package)
{
	struct flow_out *flow = flow_open(package->reader, FLOW_HIDDEN, "text no cell shows");

	for (size_t i = 0; i < package->shared_count; i++) {
		if (package->shared[i].used || package->shared[i].len == 0)
			continue;
		flow_put(flow, package->strings.data + package->shared[i].start, package->shared[i].len);
		flow_break(flow);
	}
	if (flow_len(flow) > 0)
		reader_observe(package->reader, OBSERVED_HIDDEN_TEXT, "text no cell shows");
	flow_close(flow);
}

/* ---- Styles: which of them hide what is in the cell. */

struct looks {
	struct package *package;
	struct flags {
		bool *items;
		size_t count;
	} fonts, fills; /* font: white or tiny; fill: there is one */
	struct values formats; /* numbers of those that show nothing */
	struct flow_out *shown; /* what formats show */
	unsigned in_font, in_fill, in_cells;
};

static bool *last_of(struct flags *flags)
{
	return flags->count > 0 ? &flags->items[flags->count - 1] : NULL;
}

static void add_flag(struct flags *flags)
{
	flags->items = mem_grow(flags->items, flags->count, sizeof(*flags->items));
	flags->count++;
}

static bool flag_at(const struct flags *flags, const char *number)
{
	const size_t at = number != NULL ? strtoul(number, NULL, 10) : flags->count;

	return at < flags->count && flags->items[at];
}

static void on_font(struct looks *looks, const char *name, const char *const *attributes)
{
	const char *value = xml_attribute(attributes, "val"), *rgb = xml_attribute(attributes, "rgb");
	const char *theme = xml_attribute(attributes, "theme"), *tint = xml_attribute(attributes, "tint");

	if (is(name, "color") && ((rgb != NULL && strcmp(rgb, "FFFFFFFF") == 0) ||
	                          (theme != NULL && strcmp(theme, "0") == 0 && tint == NULL)))
		*last_of(&looks->fonts) = true;
	if (is(name, "sz") && value != NULL && atof(value) > 0 && atof(value) <= 2)
		*last_of(&looks->fonts) = true;
}

static void on_cell_style(const struct looks *looks, const char *const *attributes)
{
	struct package *package = looks->package;
	const char *format = xml_attribute(attributes, "numFmtId");
	const bool invisible = flag_at(&looks->fonts, xml_attribute(attributes, "fontId")) &&
	                       !flag_at(&looks->fills, xml_attribute(attributes, "fillId"));

	package->looks = mem_grow(package->looks, package->look_count, sizeof(*package->looks));
	package->looks[package->look_count++].hidden =
		invisible || (format != NULL && values_has(&looks->formats, format, strlen(format)));
}

/* What a cell shows of its format beside the number: without the quotes and signs that keep letters from being codes
 * (ECMA-376 part 1, 18.8.31). */
static void tell_format(struct looks *looks, const char *code)
{
	struct buf shown = {0};
	bool quoted = false;

	for (; *code != '\0'; code++) {
		if (*code == '"')
			quoted = !quoted;
		else if (!quoted && (*code == '\\' || *code == '!') && code[1] != '\0')
			buf_add_byte(&shown, *++code);
		else if (!quoted && (*code == '_' || *code == '*') && code[1] != '\0')
			for (code++; ((unsigned char)code[1] & 0xC0) == 0x80; code++) /* room as wide as it, or filled with it: `_€` */
				;
		else
			buf_add_byte(&shown, !quoted && *code == ';' ? '\n' : *code);
	}
	flow_put(looks->shown, shown.data, shown.len);
	flow_break(looks->shown);
	buf_release(&shown);
}

static void look_start(void *context, const char *name, const char *const *attributes)
{
	struct looks *looks = context;
	const char *code = xml_attribute(attributes, "formatCode"), *id = xml_attribute(attributes, "numFmtId");
	const char *pattern = xml_attribute(attributes, "patternType");

	if (looks->in_font > 0)
		on_font(looks, name, attributes);
	if (is(name, "font") && looks->in_font == 0)
		add_flag(&looks->fonts);
	if (is(name, "fill") && looks->in_fill == 0)
		add_flag(&looks->fills);
	if (looks->in_fill > 0 && ((pattern != NULL && strcmp(pattern, "none") != 0) || is(name, "gradientFill")))
		*last_of(&looks->fills) = true;
	if (is(name, "numFmt") && code != NULL && id != NULL && strncmp(code, ";;", 2) == 0)
		(void)values_add(&looks->formats, id, strlen(id));
	if (is(name, "numFmt") && code != NULL && strpbrk(code, "\"\\!_*") != NULL)
		tell_format(looks, code);
	if (is(name, "xf") && looks->in_cells > 0)
		on_cell_style(looks, attributes);
	looks->in_font += is(name, "font");
	looks->in_fill += is(name, "fill");
	looks->in_cells += is(name, "cellXfs");
}

static void look_end(void *context, const char *name)
{
	struct looks *looks = context;

	looks->in_font -= is(name, "font");
	looks->in_fill -= is(name, "fill");
	looks->in_cells -= is(name, "cellXfs");
}

void looks_read(struct package *package, size_t index, const struct kind *kind, const char *bytes, size_t len)
{
	static const struct xml_events events = {.start = look_start, .end = look_end};
	struct looks looks = {.package = package, .shown = flow_open(package->reader, FLOW_METADATA, "number formats, as shown")};

	story_read(package, index, kind, bytes, len);
	(void)xml_read(package->reader, &events, &looks, bytes, len);
	flow_close(looks.shown);
	free(looks.fonts.items);
	free(looks.fills.items);
	values_release(&looks.formats);
}
