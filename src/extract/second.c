/* second.c - a PDF, read once more by other code.
 *
 * What the second reader says and the first did not becomes text of the document too, so that a keyword is
 * found whoever finds it.  A page on which the two have different letters is observed: one of them is wrong,
 * and nobody knows which. */
#include "document_inside.h"

#include "base/buf.h"
#include "base/mem.h"
#include "letters.h"
#include "wire/wire.h"
#include "worker_inside.h"

#include <stdlib.h>
#include <string.h>

/* How many letters of a page may differ, a few and a share: ligatures, marks and what the two think lies
 * outside the page. */
enum { MISSED_FEW = 4, MISSED_SHARE = 50, EXTRA_FEW = 16, EXTRA_SHARE = 10, PAGES_MOST = 1000000 };

/* Some of what the first reader said of a page. */
struct piece {
	unsigned page;
	bool visible; /* as it stands on the page, once */
	size_t flow, from, to;
};

struct second {
	struct document *doc;
	const char *place; /* of the PDF: "", "a.zip > b.pdf" */
	struct piece *pieces; /* by page */
	size_t count;
	unsigned *heard;      /* pages the second reader has text on */
	size_t heard_count;
	struct inners *pictures; /* pages as they are drawn */
};

/* All the first reader said of one page, and what it took for visible. */
struct page {
	struct letters all, visible;
};

/* 3 for "page 3" (*is_page) and whatever is on it ("page 3: in the order it was drawn"), behind the place of the
 * PDF; 0 for another place. */
static unsigned page_of(const char *within, const char *place, bool *is_page)
{
	const size_t len = strlen(within);
	char *end = NULL;
	unsigned long number;

	if (strncmp(place, within, len) != 0)
		return 0;
	place += len;
	if (len > 0 && strncmp(place, " > ", 3) == 0)
		place += 3;
	if (strncmp(place, "page ", 5) != 0 || place[5] < '1' || place[5] > '9')
		return 0;
	number = strtoul(place + 5, &end, 10);
	*is_page = *end == '\0';
	return number <= PAGES_MOST ? (unsigned)number : 0;
}

static void add_piece(struct second *s, const char *place, size_t flow, size_t from, size_t to)
{
	bool is_page = false;
	const unsigned page = page_of(s->place, place, &is_page);

	if (page == 0 || to <= from)
		return;
	s->pieces = mem_grow(s->pieces, s->count, sizeof(*s->pieces));
	s->pieces[s->count++] = (struct piece){page, is_page && s->doc->flows[flow].kind != FLOW_HIDDEN, flow, from, to};
}

/* What stands before the first span of a flow, or has none, is where the flow is. */
static void add_pieces(struct second *s, size_t index)
{
	const struct flow *flow = &s->doc->flows[index];

	if (!flow->extracted || flow->derived)
		return;
	add_piece(s, flow->place, index, 0, flow->span_count > 0 ? flow->spans[0].start : flow->len);
	for (size_t i = 0; i < flow->span_count; i++)
		add_piece(s, flow->spans[i].place, index, flow->spans[i].start,
		          i + 1 < flow->span_count ? flow->spans[i + 1].start : flow->len);
}

static int by_page(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	if (x->page != y->page)
		return x->page < y->page ? -1 : 1;
	if (x->flow != y->flow)
		return x->flow < y->flow ? -1 : 1;
	return x->from < y->from ? -1 : x->from > y->from;
}

static void collect(const struct second *s, unsigned number, struct page *page)
{
	size_t low = 0, high = s->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (s->pieces[middle].page < number)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < s->count && s->pieces[low].page == number; low++) {
		const struct piece *p = &s->pieces[low];
		const struct flow *flow = &s->doc->flows[p->flow];

		letters_add(&page->all, flow->text + p->from, p->to - p->from);
		if (p->visible)
			letters_add(&page->visible, flow->text + p->from, p->to - p->from);
	}
}

static size_t allowed(size_t count, size_t few, size_t share)
{
	return few + count / share;
}

/* The lines of the second reader's page with something in them the first did not say so. */
struct unseen {
	const struct wire_text *text;
	const struct letters *letters;
	struct buf lines;
	size_t until; /* of the text: taken already */
};

static void take_lines(void *context, size_t from, size_t to)
{
	struct unseen *u = context;
	const char *text = u->text->bytes;
	size_t start = u->letters->origin[from], end = u->letters->origin[to - 1];

	while (start > u->until && text[start - 1] != '\n')
		start--;
	while (end < u->text->len && text[end] != '\n')
		end++;
	start = start > u->until ? start : u->until;
	if (end <= start)
		return;
	buf_add(&u->lines, text + start, end - start);
	buf_add_byte(&u->lines, '\n');
	u->until = end;
}

static void add_lines(struct document *doc, const char *name, struct buf *lines)
{
	char *place = mem_format("%s, as a second reader has it", name);
	const size_t len = lines->len;
	struct flow *flow = document_add(doc, FLOW_BODY, place, buf_take(lines), len, NULL);

	flow->at = doc->extent;
	flow->extracted = true;
	flow->again = AGAIN_SECOND;
	doc->extent += len + 1;
	free(place);
}

static void compare(const struct second *s, unsigned number, const struct wire_text *text)
{
	char *name = mem_format("%s%spage %u", s->place, s->place[0] != '\0' ? " > " : "", number);
	struct letters said = {0};
	struct page page = {0};
	struct unseen unseen = {.text = text, .letters = &said};

	collect(s, number, &page);
	letters_add(&said, text->bytes, text->len);
	letters_unseen(&said, &page.all, take_lines, &unseen);
	if (unseen.lines.len > 0)
		add_lines(s->doc, name, &unseen.lines);
	if (letters_missing(&said, &page.all) > allowed(said.count, MISSED_FEW, MISSED_SHARE) ||
	    letters_missing(&page.visible, &said) > allowed(page.visible.count, EXTRA_FEW, EXTRA_SHARE))
		document_observe(s->doc, OBSERVED_OTHER_READING, name, strlen(name));
	letters_release(&said);
	letters_release(&page.all);
	letters_release(&page.visible);
	free(name);
}

static void hear(void *context, const struct message *m)
{
	struct second *s = context;
	char *place = mem_copy_bytes(m->place.bytes, m->place.len);
	bool is_page = false;
	const unsigned number = page_of("", place, &is_page);

	free(place);
	if (m->type == MESSAGE_UNDECIDED)
		document_undecided(s->doc, mem_format("%s%s%.*s", s->place, s->place[0] != '\0' ? ": " : "", (int)m->text.len, m->text.bytes));
	else if (m->type == MESSAGE_PICTURE)
		inners_add(s->pictures, s->place, m);
	else if (m->type != MESSAGE_FLOW || number == 0)
		document_undecided(s->doc, mem_copy_string("the second reader says what is no page"));
	else {
		compare(s, number, &m->text);
		s->heard = mem_grow(s->heard, s->heard_count, sizeof(*s->heard));
		s->heard[s->heard_count++] = number;
	}
}

static int by_number(const void *a, const void *b)
{
	const unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

	return x < y ? -1 : x > y;
}

/* Pages the first reader has text on, and the second none. */
static void compare_rest(struct second *s)
{
	if (s->heard_count > 0)
		qsort(s->heard, s->heard_count, sizeof(*s->heard), by_number);
	for (size_t i = 0; i < s->count; i++)
		if ((i == 0 || s->pieces[i].page != s->pieces[i - 1].page) &&
		    (s->heard_count == 0 ||
		     bsearch(&s->pieces[i].page, s->heard, s->heard_count, sizeof(*s->heard), by_number) == NULL))
			compare(s, s->pieces[i].page, &(struct wire_text){"", 0});
}

void second_reading(struct document *doc, const struct inner *pdf, struct inners *pictures)
{
	struct second s = {.doc = doc, .place = pdf->place, .pictures = pictures};
	const size_t told = doc->flow_count;
	struct err err = {0};
	char *why;

	if (!worker_start(WORKER_SECOND, &err)) {
		if (!worker_second_is_waived())
			document_undecided(doc, mem_format("%s%s%s", err.why, err.hint[0] != '\0' ? "; " : "", err.hint));
		return;
	}
	for (size_t i = 0; i < told; i++)
		add_pieces(&s, i);
	if (s.count > 0)
		qsort(s.pieces, s.count, sizeof(*s.pieces), by_page);
	why = worker_ask(&(struct worker_question){.which = WORKER_SECOND, .purpose = WIRE_READ, .name = "", .bytes = pdf->bytes,
	                                           .len = pdf->len, .hear = hear, .context = &s});
	if (why != NULL)
		document_undecided(doc, mem_format("%s%sread a second time, %s", pdf->place, pdf->place[0] != '\0' ? ": " : "", why));
	else
		compare_rest(&s);
	free(why);
	free(s.pieces);
	free(s.heard);
}
