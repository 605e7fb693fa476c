/* walk.c - from object to object, each once, so that no string is told twice and none is left out.
 *
 * The first way to an object gives it its place; ways that lead up (to a parent, a page, a target) are
 * taken last.  Nothing here recurses from one numbered object into the next: documents are chains of
 * any length. */
#include "walk.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MOST = 200, PLACE_MOST = 512 };

const char *walk_place(struct walk *walk, const char *format, ...)
{
	char text[PLACE_MOST];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	walk->places = mem_grow(walk->places, walk->place_count, sizeof(*walk->places));
	return walk->places[walk->place_count++] = mem_copy_string(text);
}

/* Rich text is XHTML without its first line. */
static void tell_markup(struct pdf *pdf, enum flow_kind kind, const char *place, const char *bytes, size_t len)
{
	struct buf text = {0};

	buf_add_string(&text, "<?xml version=\"1.0\"?>\n");
	if (!string_decode(bytes, len, &text))
		string_tell(pdf, kind, place, bytes, len);
	reader_bytes(pdf->reader, kind, place, "UTF-8", (const unsigned char *)text.data, text.len);
	buf_release(&text);
}

void walk_string(struct walk *walk, const struct spot *spot, const char *key, const char *bytes, size_t len)
{
	const struct meaning *meaning = key != NULL ? meaning_of(key) : NULL;
	const char *title = meaning != NULL ? meaning->title : key != NULL ? key + 1 : "";
	char place[PLACE_MOST + 256];
	enum flow_kind kind;
	enum role role;
	size_t used;

	used = (size_t)snprintf(place, sizeof(place), "%s", spot->place);
	if (!spot->known && spot->number > 0)
		used += (size_t)snprintf(place + used, sizeof(place) - used, "%sobject %d", used > 0 ? ", " : "", spot->number);
	if (title[0] != '\0')
		(void)snprintf(place + used, sizeof(place) - used, "%s%.200s", used > 0 ? ", " : "", title);
	kind = meaning != NULL && meaning->kind >= 0 ? (enum flow_kind)meaning->kind : spot->kind;
	role = meaning != NULL ? meaning->role : spot->role;
	if (role == ROLE_MARKUP && len > 0)
		tell_markup(walk->pdf, kind, place, bytes, len);
	else if (role == ROLE_BYTES)
		reader_binary(walk->pdf->reader, place, &(struct part){"", (const unsigned char *)bytes, len});
	else
		string_tell(walk->pdf, kind, place, bytes, len);
	walk->told += len > 0 ? 1 : 0;
}

static void push(struct walk *walk, qpdf_oh value, const struct spot *spot, int number)
{
	struct visit *visit = mem_alloc(1, sizeof(*visit)), **last = spot->role == ROLE_UP ? &walk->late_last : &walk->last;

	*visit = (struct visit){.number = number, .generation = qpdf_oh_get_generation(walk->pdf->qpdf, value), .spot = *spot};
	visit->spot.number = number;
	visit->spot.depth = 0;
	if (*last != NULL)
		(*last)->next = visit;
	else if (spot->role == ROLE_UP)
		walk->late = visit;
	else
		walk->first = visit;
	*last = visit;
}

/* Later, if it was not met before. */
static void meet(struct walk *walk, qpdf_oh value, const struct spot *spot, int number)
{
	struct pdf *pdf = walk->pdf;

	if (pdf->only != NULL && !set_has(pdf->only, number))
		return;
	if (number > OBJECTS_MOST) {
		reader_undecided(pdf->reader, "%sobject %d: a number no object may have", pdf->version, number);
		return;
	}
	if (set_has(&pdf->seen, number))
		return;
	if (spot->role != ROLE_UP)
		(void)set_add(&pdf->seen, number);
	push(walk, value, spot, number);
}

/* The spot of what stands under `key`. */
static struct spot below(struct walk *walk, const struct spot *spot, const char *key)
{
	const struct meaning *meaning = meaning_of(key);
	struct spot to = *spot;

	to.depth++;
	if (meaning == NULL) {
		to.role = spot->role == ROLE_GLYPH ? ROLE_GLYPH : ROLE_NONE;
		return to;
	}
	if (meaning->title[0] != '\0') {
		to.place = walk_place(walk, "%s%s%s", spot->place, spot->place[0] != '\0' ? ", " : "", meaning->title);
		to.known = true;
	}
	if (meaning->kind >= 0)
		to.kind = (enum flow_kind)meaning->kind;
	if (meaning->role != ROLE_KEPT)
		to.role = meaning->role;
	return to;
}

void walk_entry(struct walk *walk, const char *key, qpdf_oh value, const struct spot *spot)
{
	const struct meaning *meaning = meaning_of(key);
	const char *bytes = NULL;
	size_t len = 0;
	struct spot to;

	if (object_is_null(walk->pdf, value))
		return;
	names_add(walk, key);
	if (meaning != NULL && meaning->observation != OBSERVED_NOTHING)
		reader_observe(walk->pdf->reader, meaning->observation, "%s%s%s", spot->place, spot->place[0] != '\0' ? ", " : "",
		               meaning->title);
	if (object_number(walk->pdf, value) == 0 && object_string(walk->pdf, value, &bytes, &len)) {
		walk_string(walk, spot, key, bytes, len);
		return;
	}
	if (object_number(walk->pdf, value) == 0 && !object_is_dict(walk->pdf, value) && array_count(walk->pdf, value) == 0) {
		names_add(walk, object_name(walk->pdf, value));
		return;
	}
	to = below(walk, spot, key);
	walk_visit(walk, value, &to);
}

static void visit_dict(struct walk *walk, qpdf_oh dict, const struct spot *spot)
{
	const struct spot own = dict_spot(walk, dict, spot);
	const bool stream = qpdf_oh_is_stream(walk->pdf->qpdf, dict) != QPDF_FALSE;
	struct spot to = own;
	size_t count = 0;
	char **keys = dict_keys(walk->pdf, dict, &count);

	to.role = stream ? ROLE_NONE : to.role;
	for (size_t i = 0; i < count && !reader_stopped(walk->pdf->reader); i++) {
		const qpdf_oh value = dict_get(walk->pdf, dict, keys[i]);

		walk_entry(walk, keys[i], value, &to);
		object_drop(walk->pdf, value);
	}
	keys_free(keys);
	if (stream)
		stream_tell(walk, dict, &own);
}

static void visit_direct(struct walk *walk, qpdf_oh value, const struct spot *spot)
{
	struct spot to = *spot;
	const char *bytes = NULL;
	size_t len = 0;

	to.depth++;
	if (to.depth > DEPTH_MOST) {
		reader_undecided(walk->pdf->reader, "%s, object %d: nested deeper than can be read", spot->place, spot->number);
	} else if (object_string(walk->pdf, value, &bytes, &len)) {
		walk_string(walk, spot, NULL, bytes, len);
	} else if (object_is_dict(walk->pdf, value)) {
		visit_dict(walk, value, &to);
	} else {
		names_add(walk, object_name(walk->pdf, value));
		for (size_t i = 0, n = array_count(walk->pdf, value); i < n && !reader_stopped(walk->pdf->reader); i++) {
			const qpdf_oh item = array_get(walk->pdf, value, i);

			walk_visit(walk, item, &to);
			object_drop(walk->pdf, item);
		}
	}
}

void walk_visit(struct walk *walk, qpdf_oh value, const struct spot *spot)
{
	const int number = object_number(walk->pdf, value);

	if (number != 0)
		meet(walk, value, spot, number);
	else
		visit_direct(walk, value, spot);
}

static struct visit *pop(struct visit **first, struct visit **last)
{
	struct visit *visit = *first;

	*first = visit->next;
	if (*first == NULL)
		*last = NULL;
	return visit;
}

/* What led up may have been met from elsewhere since. */
static void take(struct walk *walk, struct visit *visit, bool late)
{
	qpdf_oh value;

	if (!reader_stopped(walk->pdf->reader) && (!late || set_add(&walk->pdf->seen, visit->number))) {
		value = qpdf_get_object_by_id(walk->pdf->qpdf, visit->number, visit->generation);
		visit->spot.role = late ? ROLE_NONE : visit->spot.role;
		visit_direct(walk, value, &visit->spot);
		object_drop(walk->pdf, value);
	}
	free(visit);
}

void walk_run_near(struct walk *walk)
{
	while (walk->first != NULL)
		take(walk, pop(&walk->first, &walk->last), false);
}

void walk_run(struct walk *walk)
{
	walk_run_near(walk);
	while (walk->late != NULL) {
		take(walk, pop(&walk->late, &walk->late_last), true);
		walk_run_near(walk);
	}
}
