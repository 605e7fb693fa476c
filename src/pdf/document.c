/* document.c - a PDF from front to back: its pages in order, each with what only it has; then what the
 * trailer leads to; then what nothing leads to and is in the file all the same. */
#include "cover.h"
#include "walk.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { NAMED_MOST = 10 };

static void walk_release(struct walk *walk)
{
	set_release(&walk->pages);
	for (size_t i = 0; i < walk->place_count; i++)
		free(walk->places[i]);
	free(walk->places);
	for (size_t i = 0; i < walk->name_room; i++)
		free(walk->names[i]);
	free(walk->names);
	buf_release(&walk->name_lines);
}

/* Has an earlier version another page than the document: itself, its content, its fonts or forms? */
static bool is_own(struct pdf *pdf, qpdf_oh value, unsigned depth)
{
	static const char *const ways[] = {"/Contents", "/Resources", "/Font", "/XObject", "/ToUnicode", "/Encoding", "/DescendantFonts"};
	bool own = pdf->only == NULL || set_has(pdf->only, object_number(pdf, value));
	size_t count = 0;
	char **keys;

	for (size_t i = 0, n = array_count(pdf, value); i < n && !own && depth < 6; i++) {
		const qpdf_oh item = array_get(pdf, value, i);

		own = is_own(pdf, item, depth + 1);
		object_drop(pdf, item);
	}
	if (own || depth >= 6 || !object_is_dict(pdf, value))
		return own;
	keys = dict_keys(pdf, value, &count);
	for (size_t i = 0; i < count && !own; i++) {
		const qpdf_oh below = dict_get(pdf, value, keys[i]);
		bool way = depth >= 2 && strcmp(keys[i], "/Parent") != 0;

		for (size_t k = 0; k < sizeof(ways) / sizeof(ways[0]); k++)
			way = way || strcmp(keys[i], ways[k]) == 0;
		own = way && is_own(pdf, below, depth + 1);
		object_drop(pdf, below);
	}
	keys_free(keys);
	return own;
}

enum pass { MARK_PAGES, READ_PAGES, VISIT_PAGES, PASSES };

static void read_page(struct walk *walk, qpdf_oh page, const char *place)
{
	struct pdf *pdf = walk->pdf;
	struct content_seen seen = {0};

	if (!is_own(pdf, page, 0))
		return;
	page_text(pdf, page, place, pdf->only == NULL ? FLOW_BODY : FLOW_HIDDEN, &seen);
	if (pdf->only == NULL && !seen.text && (seen.pictures || seen.drawing))
		reader_observe(pdf->reader, OBSERVED_PAGE_WITHOUT_TEXT, "%s", place);
}

static void take_page(struct walk *walk, qpdf_oh page, enum pass pass, size_t number)
{
	struct spot spot = {.kind = FLOW_HIDDEN, .number = object_number(walk->pdf, page)};

	spot.place = walk_place(walk, "%spage %zu", walk->pdf->version, number);
	if (pass == MARK_PAGES)
		(void)set_add(&walk->pages, spot.number);
	else if (pass == READ_PAGES)
		read_page(walk, page, spot.place);
	else
		walk_visit(walk, page, &spot);
	walk_run_near(walk);
}

/* All are read before any is visited: what one does not draw another may. */
static void read_pages(struct walk *walk)
{
	struct pdf *pdf = walk->pdf;
	const int count = qpdf_get_num_pages(pdf->qpdf);

	if (count < 0)
		reader_undecided(pdf->reader, "%sdamaged: its pages cannot be found", pdf->version);
	for (int pass = MARK_PAGES; pass < PASSES; pass++)
		for (int i = 0; i < count && !reader_stopped(pdf->reader); i++) {
			const qpdf_oh page = qpdf_get_page_n(pdf->qpdf, (size_t)i);

			take_page(walk, page, (enum pass)pass, (size_t)i + 1);
			object_drop(pdf, page);
		}
}

static void visit_key(struct walk *walk, qpdf_oh dict, const char *key, const char *skip)
{
	struct spot spot = {.place = walk->pdf->place, .kind = FLOW_HIDDEN};

	if (strcmp(key, skip) != 0) {
		const qpdf_oh value = dict_get(walk->pdf, dict, key);

		walk_entry(walk, key, value, &spot);
		object_drop(walk->pdf, value);
	}
	walk_run_near(walk);
}

static void visit_keys(struct walk *walk, qpdf_oh dict, const char *skip)
{
	size_t count = 0;
	char **keys = dict_keys(walk->pdf, dict, &count);

	for (size_t i = 0; i < count && !reader_stopped(walk->pdf->reader); i++)
		visit_key(walk, dict, keys[i], skip);
	keys_free(keys);
}

static void read_trailer(struct walk *walk)
{
	struct pdf *pdf = walk->pdf;
	const qpdf_oh trailer = qpdf_get_trailer(pdf->qpdf), root = qpdf_get_root(pdf->qpdf);

	if (pdf->only == NULL) {
		(void)set_add(&pdf->seen, object_number(pdf, root));
		visit_keys(walk, root, "/Pages");
		visit_key(walk, root, "/Pages", "");
		visit_keys(walk, trailer, "/Root");
	}
	walk_run(walk);
	object_drop(pdf, root);
	object_drop(pdf, trailer);
}

/* Objects nothing leads to.  Those with something in them are named. */
static void read_unreached(struct walk *walk, const struct cover *cover)
{
	struct pdf *pdf = walk->pdf;
	struct buf which = {0};
	size_t count = 0;

	for (size_t i = 0; i < cover->count && !reader_stopped(pdf->reader); i++) {
		struct spot spot = {.place = walk->pdf->place, .kind = FLOW_HIDDEN};
		const size_t before = walk->told;
		const int n = cover->items[i].number;
		qpdf_oh value;

		if (set_has(&pdf->seen, n) || cover->items[i].is_objects || cover->items[i].is_references)
			continue;
		value = qpdf_get_object_by_id(pdf->qpdf, n, cover->items[i].generation);
		walk_visit(walk, value, &spot);
		object_drop(pdf, value);
		walk_run(walk);
		if (walk->told > before && !set_has(&cover->usual, n) && ++count <= NAMED_MOST)
			buf_addf(&which, "%s%d", count > 1 ? ", " : "", n);
	}
	if (count > 0 && pdf->only == NULL)
		reader_observe(pdf->reader, OBSERVED_UNLISTED_DATA, "objects nothing refers to: %s%s", which.data,
		               count > NAMED_MOST ? " and others" : "");
	buf_release(&which);
}

void objects_read(struct pdf *pdf, const struct cover *cover)
{
	struct walk walk = {.pdf = pdf};

	read_pages(&walk);
	read_trailer(&walk);
	read_unreached(&walk, cover);
	names_tell(&walk);
	string_tell_end(pdf);
	walk_release(&walk);
}
