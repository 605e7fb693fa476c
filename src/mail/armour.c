/* armour.c - what was put into the lines of a text before there were parts, and still is: files in uuencode
 * and yEnc, and what PGP and BinHex made of others. */
#include "mail_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LINES_MOST = 100 };
static const char *const ends[] = {"end", "====", "=yend"};
enum end { END_UU, END_BASE64, END_YENC, ENDS };

struct armour {
	struct reader *r;
	const char *place;
	struct slice rest; /* lines not looked at yet */
	struct buf *kept;
	bool endless[ENDS]; /* no such line is ahead */
};

static void undecided(const struct armour *a, const char *why)
{
	reader_undecided(a->r, "%s%s%s", a->place, a->place[0] != '\0' ? ": " : "", why);
}

static void give(const struct armour *a, struct slice name, const struct buf *bytes)
{
	struct buf valid = {0};
	struct part part = {.bytes = (const unsigned char *)bytes->data, .len = bytes->len};
	char *within, *place;

	name = slice_trim(name);
	add_valid(&valid, name.text, name.len);
	part.name = valid.data;
	within = mem_format("attachment %s", valid.data);
	place = mail_place(a->place, within);
	reader_observe(a->r, OBSERVED_ATTACHMENT, "%s", place);
	if (bytes->len > 0)
		reader_part(a->r, place, &part);
	buf_release(&valid);
	free(within);
	free(place);
}

/* The lines up to the one that begins with `end`; false: it never comes, and `a->rest` is untouched. */
static bool lines_until(struct armour *a, enum end end, struct slice *lines, struct slice *last)
{
	struct slice rest = a->rest, line;

	*lines = (struct slice){rest.text, 0};
	while (!a->endless[end] && slice_line(&rest, &line)) {
		if (slice_starts(line, ends[end])) {
			a->rest = rest;
			*last = line;
			return true;
		}
		lines->len = (size_t)(rest.text - lines->text);
	}
	a->endless[end] = true;
	return false;
}

/* "begin 644 name": what is behind the three or four digits; a text of NULL: it is prose. */
static struct slice name_of_begin(struct slice line, const char *begin)
{
	size_t at = strlen(begin), digits = 0;

	if (!slice_starts(line, begin))
		return (struct slice){NULL, 0};
	for (; at < line.len && line.text[at] >= '0' && line.text[at] <= '7'; at++)
		digits++;
	if (digits < 3 || digits > 4 || at >= line.len || line.text[at] != ' ')
		return (struct slice){NULL, 0};
	return (struct slice){line.text + at + 1, line.len - at - 1};
}

/* A line of uuencode begins with how many bytes it has. */
static bool is_uu_line(struct slice rest)
{
	struct slice line;
	size_t bytes, want;

	if (!slice_line(&rest, &line) || line.len == 0 || line.text[0] < ' ' || line.text[0] > '`')
		return false;
	bytes = (size_t)((line.text[0] - ' ') & 63);
	want = 1 + (bytes + 2) / 3 * 4;
	return line.len + 4 > want && line.len <= want + 2;
}

static bool take_uu(struct armour *a, struct slice begin)
{
	const struct slice name = name_of_begin(begin, "begin "), name64 = name_of_begin(begin, "begin-base64 ");
	const bool base64 = name64.text != NULL;
	struct slice lines, last;
	struct buf bytes = {0};

	if (!base64 && (name.text == NULL || !is_uu_line(a->rest)))
		return false;
	buf_add(a->kept, begin.text, begin.len); /* a text may go on in front of it, and it is one itself */
	buf_add_byte(a->kept, '\n');
	if (!lines_until(a, base64 ? END_BASE64 : END_UU, &lines, &last)) {
		undecided(a, "uuencode that does not end");
		return true;
	}
	buf_add(a->kept, lines.text, lines.len);
	buf_add(a->kept, last.text, last.len);
	buf_add_byte(a->kept, '\n');
	if (!(base64 ? mail_base64(lines, &bytes) : mail_uu(lines, &bytes)))
		undecided(a, "damaged uuencode");
	give(a, base64 ? name64 : name, &bytes);
	buf_release(&bytes);
	return true;
}

/* The number behind " size=" of a line of yEnc. */
static size_t number_of(struct slice line, const char *word)
{
	const char *at = slice_find(line, word);
	size_t number = 0;

	for (at = at != NULL ? at + strlen(word) : line.text + line.len; at < line.text + line.len && *at >= '0' && *at <= '9'; at++)
		number = number < SIZE_MAX / 100 ? number * 10 + (size_t)(*at - '0') : number;
	return number;
}

static bool take_yenc(struct armour *a, struct slice begin)
{
	const char *name = slice_starts(begin, "=ybegin ") ? slice_find(begin, " name=") : NULL;
	struct slice lines, last, first, after;
	struct buf bytes = {0};

	if (name == NULL)
		return false;
	buf_add(a->kept, begin.text, begin.len);
	buf_add_byte(a->kept, '\n');
	if (!lines_until(a, END_YENC, &lines, &last)) {
		undecided(a, "yEnc that does not end");
		return true;
	}
	after = lines;
	if (slice_line(&after, &first) && slice_starts(first, "=ypart ")) {
		undecided(a, "a piece of a file that was split (yEnc)");
		lines = after;
	}
	if (!mail_yenc(lines, &bytes) || bytes.len != number_of(last, " size="))
		undecided(a, "damaged yEnc");
	give(a, (struct slice){name + 6, (size_t)(begin.text + begin.len - name) - 6}, &bytes);
	buf_release(&bytes);
	return true;
}

/* Keys and signatures hold names and addresses: the strings of what is within. */
static void read_pgp(const struct armour *a, const char *what)
{
	struct slice rest = a->rest, line, digits = {NULL, 0};
	struct buf bytes = {0};
	char *place = mail_place(a->place, what);

	for (int i = 0; i < LINES_MOST && slice_line(&rest, &line) && slice_trim(line).len > 0; i++)
		;
	digits.text = rest.text;
	while (slice_line(&rest, &line) && line.len > 0 && line.text[0] != '=' && line.text[0] != '-')
		digits.len = (size_t)(rest.text - digits.text);
	(void)mail_base64(digits, &bytes);
	if (bytes.len > 0)
		reader_binary(a->r, place, &(struct part){"", (const unsigned char *)bytes.data, bytes.len});
	buf_release(&bytes);
	free(place);
}

static void look(const struct armour *a, struct slice line)
{
	while (line.len > 0 && (line.text[0] == '>' || line.text[0] == ' '))
		line = (struct slice){line.text + 1, line.len - 1};
	if (slice_starts(line, "-----BEGIN PGP MESSAGE"))
		undecided(a, "encrypted (PGP)");
	else if (slice_starts(line, "-----BEGIN PGP SIGNED MESSAGE"))
		reader_observe(a->r, OBSERVED_SIGNATURE, "%s", a->place);
	else if (slice_starts(line, "-----BEGIN PGP SIGNATURE"))
		read_pgp(a, "PGP signature");
	else if (slice_starts(line, "-----BEGIN PGP "))
		read_pgp(a, "PGP key");
	else if (slice_starts(line, "(This file must be converted with BinHex"))
		undecided(a, "a file in BinHex");
}

void armour_read(struct reader *r, const char *place, struct slice text, struct buf *rest)
{
	struct armour a = {.r = r, .place = place, .rest = text, .kept = rest};
	struct slice line;

	for (const char *from = text.text; slice_line(&a.rest, &line) && !reader_stopped(r); from = a.rest.text) {
		if (take_uu(&a, line) || take_yenc(&a, line))
			continue;
		look(&a, line);
		buf_add(rest, from, (size_t)(a.rest.text - from));
	}
}
