/* marked.c - documents to be read by those who decide.
 *
 * A reviewer has to see the document, and a screen, a pager and a page keep what they are shown.  So what
 * a rule would stop is stars here too, at the place where it stands; who needs to read it says so
 * (`reveal`), and nothing else changes. */
#include "marked_inside.h"

#include "base/html.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "ledger/documents.h"
#include "ledger/entry.h"
#include "policy/docket.h"
#include "scan/scanner.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

bool marked_open(struct session *s, const struct review_case *c, uint32_t round, const struct file_ref *file,
                 struct marked *out, struct err *err)
{
	*out = (struct marked){.path = file->path};
	if (!documents_read(s->repo, c->id, round, file, &out->bytes, err)) {
		marked_release(out);
		return false;
	}
	document_read(file->path, out->bytes.data != NULL ? out->bytes.data : "", out->bytes.len, &out->doc);
	scan_document(s->scanner, file->path, &out->doc, &out->scanned);
	out->hidden = mem_alloc(out->doc.flow_count + 1, sizeof(*out->hidden));
	for (size_t i = 0; i < out->doc.flow_count; i++)
		if (marked_shows(out, i))
			out->hidden[i].count = scan_hidden(s->scanner, &out->doc.flows[i], &out->hidden[i].items);
	marked_hide_across(out, s->scanner);
	return true;
}

void marked_release(struct marked *m)
{
	for (size_t i = 0; m->hidden != NULL && i < m->doc.flow_count; i++)
		free(m->hidden[i].items);
	free(m->hidden);
	document_release(&m->doc);
	scanned_file_release(&m->scanned);
	buf_release(&m->bytes);
	*m = (struct marked){0};
}

/* One of several readings is shown, text without its tags rather than with them, and no guesses. */
bool marked_shows(const struct marked *m, size_t flow)
{
	const struct flow *flows = m->doc.flows, *f = &flows[flow];
	size_t base = flow;

	if ((flow == 0 && f->kind == FLOW_FILENAME) || f->again != AGAIN_NOT || f->supposed || f->len == 0)
		return false;
	if (flow + 1 < m->doc.flow_count && flows[flow + 1].derived && !flows[flow + 1].supposed)
		return false;
	while (base > 0 && flows[base].derived)
		base--;
	for (size_t i = 0; flows[base].reading && i < base; i++)
		if (flows[i].reading && !flows[i].derived && flows[i].at == flows[base].at)
			return false;
	return true;
}

/* What is stars: where a finding says so, and where a rule found something that is counted once though it
 * stands here again. */
static bool is_hidden(const struct finding *f, const struct extent *hidden, size_t count, size_t at)
{
	size_t low = 0, high = count;

	if (f != NULL)
		return f->action != 2; /* a note is information, or allowed */
	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (at >= hidden[middle].end)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && at >= hidden[low].start;
}

/* Findings of a flow as stretches of the document's bytes that do not overlap, ascending. */
struct stretch {
	uint64_t start, end;
	size_t finding;
};
struct stretches {
	struct stretch *items;
	size_t count;
};

static struct stretches stretches_of(const struct marked *m, const struct flow *flow)
{
	struct stretches out = {0};
	const bool name = flow->kind == FLOW_FILENAME;

	for (size_t i = 0; i < m->scanned.count; i++) {
		const struct finding *f = &m->scanned.findings[i];
		const uint64_t end = out.count > 0 ? out.items[out.count - 1].end : 0;

		if ((strcmp(f->kind, flow_kind_name(FLOW_FILENAME)) == 0) != name || f->end <= end || f->end <= f->start)
			continue;
		out.items = mem_grow(out.items, out.count, sizeof(*out.items));
		out.items[out.count++] = (struct stretch){f->start > end ? f->start : end, f->end, i};
	}
	return out;
}

static const struct stretch *stretch_at(const struct stretches *s, uint64_t at)
{
	size_t low = 0, high = s->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (at >= s->items[middle].end)
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->count && at >= s->items[low].start ? &s->items[low] : NULL;
}

static const char *const classes[] = {"block", "review", "note"};
static const char *const colors[] = {"\033[97;41m", "\033[30;43m", "\033[30;46m"};

/* The writing of one flow. */
struct pen {
	const struct marked *m;
	const struct marked_view *view;
	struct buf *out;
	const struct finding *open; /* the mark that is begun */
	bool one_line;
};

static size_t number_of(const struct pen *pen, const struct finding *f)
{
	return pen->view->numbered + (size_t)(f - pen->m->scanned.findings) + 1;
}

static void close_mark(struct pen *pen)
{
	if (pen->open == NULL)
		return;
	if (pen->view->style == MARK_HTML)
		buf_add_string(pen->out, "</a></mark>");
	else
		buf_add_string(pen->out, pen->view->style == MARK_COLOR ? "\033[0m" : "]]");
	pen->open = NULL;
}

static void open_mark(struct pen *pen, const struct finding *f)
{
	const size_t number = number_of(pen, f), kind = f->action < 3 ? f->action : 0;

	if (pen->view->style == MARK_HTML)
		buf_addf(pen->out, "<mark class=\"%s\"><a href=\"#finding-%zu\"><sup>%zu</sup>", classes[kind], number, number);
	else if (pen->view->style == MARK_COLOR)
		buf_addf(pen->out, "%s%zu:", colors[kind], number);
	else
		buf_addf(pen->out, "[[%zu: ", number);
	pen->open = f;
}

static void add_character(struct pen *pen, const char *text, size_t n, bool hide)
{
	if (text[0] == '\n' && pen->one_line)
		buf_add_string(pen->out, " / ");
	else if (text[0] == '\n')
		buf_add_string(pen->out, pen->view->style == MARK_HTML ? "\n" : "\n  ");
	else if (text[0] == '\t')
		buf_add_byte(pen->out, ' ');
	else if (text[0] == '\r' && n == 1)
		return;
	else if (hide && !pen->view->reveal)
		for (size_t i = utf8_width(text, n); i > 0; i--)
			buf_add_byte(pen->out, '*');
	else if (pen->view->style == MARK_HTML)
		html_add_bytes(pen->out, text, n);
	else
		utf8_add_printable(pen->out, text, n);
}

static void add_range(struct pen *pen, const struct flow *flow, size_t from, size_t to)
{
	struct stretches s = stretches_of(pen->m, flow);
	const struct marked_hidden *hidden = &pen->m->hidden[flow - pen->m->doc.flows];

	for (size_t i = from; i < to;) {
		uint32_t c = 0;
		const size_t decoded = utf8_decode(flow->text + i, to - i, &c), n = decoded > 0 ? decoded : 1;
		const struct stretch *at = stretch_at(&s, flow->at + (flow->origin != NULL ? flow->origin[i] : i));
		const struct finding *f = at != NULL ? &pen->m->scanned.findings[at->finding] : NULL;

		if (f != pen->open)
			close_mark(pen);
		if (f != NULL && pen->open == NULL)
			open_mark(pen, f);
		add_character(pen, flow->text + i, n, is_hidden(f, hidden->items, hidden->count, i));
		i += n;
	}
	close_mark(pen);
	free(s.items);
}

static void add_place(struct pen *pen, const struct flow *flow, const char *place, size_t from, size_t to)
{
	const bool html = pen->view->style == MARK_HTML, plain = flow->kind == FLOW_BODY && place[0] == '\0';

	while (to > from && flow->text[to - 1] == '\n')
		to--; /* the last line's end */
	if (from >= to)
		return;
	if (!plain) {
		char *shown = language_pieces(place);

		buf_addf(pen->out, html ? "<h4>%s%s" : "[%s%s", _(flow_kind_name(flow->kind)), place[0] != '\0' ? _(", ") : "");
		if (html)
			html_add(pen->out, shown);
		else
			utf8_add_printable(pen->out, shown, strlen(shown));
		free(shown);
		buf_add_string(pen->out, html ? "</h4>\n" : "]\n");
	}
	buf_add_string(pen->out, html ? "<pre tabindex=\"0\">" : "  ");
	add_range(pen, flow, from, to);
	buf_add_string(pen->out, html ? "</pre>\n" : "\n");
}

/* A character is not cut in two. */
static size_t whole_before(const struct flow *flow, size_t at)
{
	while (at > 0 && at < flow->len && ((unsigned char)flow->text[at] & 0xC0) == 0x80)
		at--;
	return at;
}

/* One flow, place by place, at most `left` bytes; returns what it took. */
static size_t add_flow(struct pen *pen, const struct flow *flow, size_t left)
{
	const size_t end = flow->len > left ? whole_before(flow, left) : flow->len;
	size_t from = 0;
	const char *place = flow->place;

	for (size_t i = 0; i <= flow->span_count; i++) {
		const size_t to = i < flow->span_count && flow->spans[i].start < end ? flow->spans[i].start : end;

		add_place(pen, flow, place, from, to);
		if (i == flow->span_count)
			break;
		from = to;
		place = flow->spans[i].place;
	}
	return end;
}

void marked_add_text(const struct marked *m, const struct marked_view *view, struct buf *out)
{
	struct pen pen = {.m = m, .view = view, .out = out};
	size_t left = view->most > 0 ? view->most : SIZE_MAX;
	bool cut = false;

	for (size_t i = 0; i < m->doc.flow_count && !cut; i++) {
		const struct flow *flow = &m->doc.flows[i];

		if (!marked_shows(m, i))
			continue;
		cut = flow->len > left;
		left -= add_flow(&pen, flow, left);
	}
	if (cut)
		buf_addf(out, view->style == MARK_HTML ? "<p><strong>%s</strong></p>\n" : "  %s\n",
		         view->style == MARK_HTML ? _("The text goes on: review show has all of it.") : _("(the text goes on)"));
}

void marked_add_line(const struct marked *m, size_t flow, size_t from, size_t to, const struct marked_view *view, struct buf *out)
{
	struct pen pen = {.m = m, .view = view, .out = out, .one_line = true};

	add_range(&pen, &m->doc.flows[flow], from, to);
}
