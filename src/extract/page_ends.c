/* page_ends.c - words that run on over the end of a page, a slide, a part of a message, or a chapter that is a file of its own.
 *
 * Each page is a text of its own, so a keyword that begins on its last line and ends on the next page's first
 * stands in neither.  Here the ends of pages that follow each other are put together, with each page's place.
 * What stands between body and body - a number, a running head, a note of two lines - nobody can tell from the
 * body for sure, so each of the last lines is put before each of the first ones; what does not run across
 * is found on its page and not counted here (scan/repeated.c). */
#include "document_inside.h"

#include "base/buf.h"
#include "base/mem.h"
#include "joining.h"

#include <stdlib.h>
#include <string.h>

/* Lines at the edge of a page that may be no body, and bytes around the end of a page: more than the
 * longest keyword and what a rule looks at beside it. */
enum { LINES = 3, AROUND = 240, AROUND_MOST = 600 };

/* What documents are made of, one behind the other, and where two of these meet. */
static const struct unit {
	const char *name, *meeting;
} units[] = {{"page ", "where pages meet"}, {"slide ", "where slides meet"}, {"chapter ", "where chapters meet"},
             {"part ", "where parts meet"}};
enum { CHAPTER = 2, PART = 3 };
static const char PAGE[] = ".html"; /* a part that is a web page */

/* "a.zip > b.pdf > page 12: covered" is "a.zip > b.pdf > page ", 12, ": covered". */
struct page {
	struct flow flow; /* a copy: there will be more of them */
	const char *place; /* where people find it */
	const struct unit *unit;
	size_t before;
	unsigned long number;
	const char *behind;
};

static bool is_part(const char *place, const char *at)
{
	return at == place || at[-1] == ' ';
}

/* Is all of it at one place? */
static bool is_whole(const struct flow *flow)
{
	for (size_t i = 0; i < flow->span_count; i++)
		if (strcmp(flow->spans[i].place, flow->place) != 0)
			return false;
	return true;
}

static bool is_blank(const struct flow *flow)
{
	for (size_t i = 0; i < flow->len; i++)
		if (strchr(" \t\r\n", flow->text[i]) == NULL)
			return false;
	return true;
}

/* Find the last unit its place names. */
static bool number_of(struct page *page)
{
	const char *at = NULL;
	char *end = NULL;

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		for (const char *next = strstr(page->place, units[i].name); next != NULL; next = strstr(next + 1, units[i].name)) {
			const char *digits = next + strlen(units[i].name);

			if (!is_part(page->place, next) || digits < at || *digits < '1' || *digits > '9')
				continue;
			at = digits;
			page->unit = &units[i];
		}
	if (at == NULL)
		return false;
	page->before = (size_t)(at - page->place);
	page->number = strtoul(at, &end, 10);
	page->behind = end;
	return true;
}

/* The text of a web page without what stands in its attributes (html.h). */
static size_t seen_len(const struct flow *page, const struct flow *without_tags)
{
	const uint32_t end = page->origin != NULL ? page->origin[page->len] : (uint32_t)page->len;
	size_t len = 0;

	while (len < without_tags->len && without_tags->origin[len] != end)
		len++;
	return len;
}

/* A chapter has a name, "chapter 3, OEBPS/c.xhtml, read as GB18030", a part that is a page an ending, "part 2.html"; and a reader sees the flow made from it. */
static bool chapter_of(const struct flow *flow, const struct flow *next, struct page *out)
{
	const char *reading = strstr(out->behind, ", read as ");
	const bool within = strstr(out->behind, " > ") != NULL; /* a document of its own */

	out->behind = reading != NULL ? reading : "";
	if (within || next == NULL || !next->derived || strncmp(next->place, "with entities decoded", 21) != 0)
		return false;
	out->flow = *next;
	out->flow.len = seen_len(flow, next);
	return true;
}

static bool is_page_of_message(const struct page *page)
{
	const size_t len = strlen(PAGE);

	return page->unit == &units[PART] && strncmp(page->behind, PAGE, len) == 0 && (page->behind[len] == '\0' || page->behind[len] == ',');
}

static bool page_of(const struct document *doc, size_t index, struct page *out)
{
	const struct flow *flow = &doc->flows[index];

	*out = (struct page){.flow = *flow, .place = flow->place};
	if (!flow->extracted || flow->derived || flow->kind == FLOW_FILENAME || !is_whole(flow) || !number_of(out))
		return false;
	if (out->unit == &units[CHAPTER] || is_page_of_message(out))
		return chapter_of(flow, index + 1 < doc->flow_count ? flow + 1 : NULL, out) && !is_blank(&out->flow);
	return (*out->behind == '\0' || *out->behind == ':' || strcmp(out->behind, ", read by OCR") == 0 || strcmp(out->behind, " notes") == 0) &&
	       !is_blank(flow);
}

/* Which pages belong together: 0 when the two do. */
static int compare_series(const struct page *a, const struct page *b)
{
	const size_t shorter = a->before < b->before ? a->before : b->before;
	int d = memcmp(a->place, b->place, shorter);

	if (d == 0 && a->before != b->before)
		return a->before < b->before ? -1 : 1;
	if (d == 0)
		d = strcmp(a->behind, b->behind);
	return d != 0 ? d : (int)a->flow.kind - (int)b->flow.kind;
}

static int compare(const void *a, const void *b)
{
	const struct page *p = a, *q = b;
	const int d = compare_series(p, q);

	if (d != 0)
		return d;
	if (p->number != q->number)
		return p->number < q->number ? -1 : 1;
	return p->flow.at < q->flow.at ? -1 : p->flow.at > q->flow.at;
}

/* What ends with the line that has `skip` lines with something in them behind it; false: there is none. */
static bool last_lines(const struct flow *flow, size_t skip, struct extent *out)
{
	const char *text = flow->text;
	size_t end = flow->len, start;

	for (;;) {
		while (end > 0 && text[end - 1] == '\n')
			end--;
		for (start = end; start > 0 && text[start - 1] != '\n';)
			start--;
		if (end == 0 || skip-- == 0)
			break;
		end = start;
	}
	while (start > 0 && end - start < AROUND)
		for (start--; start > 0 && text[start - 1] != '\n';)
			start--;
	*out = (struct extent){start, end};
	return end > 0;
}

/* The same from the beginning on. */
static bool first_lines(const struct flow *flow, size_t skip, struct extent *out)
{
	const char *text = flow->text;
	size_t start = 0, end;

	for (;;) {
		while (start < flow->len && text[start] == '\n')
			start++;
		for (end = start; end < flow->len && text[end] != '\n';)
			end++;
		if (start == flow->len || skip-- == 0)
			break;
		start = end;
	}
	while (end < flow->len && end - start < AROUND)
		for (end++; end < flow->len && text[end] != '\n';)
			end++;
	*out = (struct extent){start, end};
	return start < flow->len;
}

static void join_pages(struct joining *joining, const struct page *a, const struct page *b)
{
	struct extent last, first;

	for (size_t i = 0; i < LINES && last_lines(&a->flow, i, &last); i++)
		for (size_t k = 0; k < LINES && first_lines(&b->flow, k, &first); k++) {
			joining_put(joining, a->place, a->flow.text, joining_end(a->flow.text, last, AROUND_MOST));
			joining_put(joining, b->place, b->flow.text, joining_start(b->flow.text, first, AROUND_MOST));
			joining_break(joining);
		}
}

/* One series, from `first` on; returns how many there are in it. */
static size_t join_series(struct document *doc, const struct page *pages, size_t count)
{
	struct joining joining = {.kind = pages[0].flow.kind, .supposed = pages[0].flow.supposed, .before = doc->joined};
	const struct unit *unit = pages[0].unit;
	char *place = mem_format("%.*s%s%s", (int)(pages[0].before - strlen(unit->name)), pages[0].place, unit->meeting, pages[0].behind);
	size_t i = 1;

	for (; i < count && compare_series(&pages[i - 1], &pages[i]) == 0; i++)
		if (pages[i].number != pages[i - 1].number)
			join_pages(&joining, &pages[i - 1], &pages[i]);
	joining_tell(&joining, doc, place);
	free(place);
	return i;
}

void document_join_pages(struct document *doc)
{
	struct page *pages = mem_alloc(doc->flow_count + 1, sizeof(*pages));
	size_t count = 0;

	for (size_t i = 0; i < doc->flow_count; i++)
		count += page_of(doc, i, &pages[count]) ? 1 : 0;
	qsort(pages, count, sizeof(*pages), compare);
	for (size_t i = 0; i < count;)
		i += join_series(doc, pages + i, count - i);
	free(pages);
}
