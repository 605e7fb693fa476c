/* words.c - encoded words of headers (RFC 2047), the way programs write them and not only as they should.
 *
 * Each word is decoded on its own, and words that follow each other in one charset joined as well: writers
 * cut characters in two, and readers disagree on which of both is meant.  Where the two differ both are told. */
#include "mail_inside.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "text/charset.h"

#include <stdlib.h>
#include <string.h>

enum { WORD_MOST = 8 * 1024 }; /* so that a line of beginnings is not looked through for each */

struct word {
	struct slice charset, text;
	bool base64;
	size_t len; /* of all of it; 0: there is none */
};

/* =?charset*language?B?text?= */
static struct word word_at(const char *at, size_t len)
{
	const struct slice rest = {at + 2, (len < WORD_MOST ? len : WORD_MOST) - 2};
	const char *first = memchr(rest.text, '?', rest.len), *end = rest.text + rest.len, *close;
	struct word word = {0};

	if (first == NULL || first == rest.text || end - first < 5 || first[2] != '?' || strchr("BbQq", first[1]) == NULL ||
	    first[1] == '\0' || memchr(rest.text, ' ', (size_t)(first - rest.text)) != NULL)
		return word;
	close = slice_find((struct slice){first + 3, (size_t)(end - first) - 3}, "?=");
	if (close == NULL)
		return word;
	word.charset = (struct slice){rest.text, (size_t)(first - rest.text)};
	if (memchr(rest.text, '*', word.charset.len) != NULL)
		word.charset.len = (size_t)((const char *)memchr(rest.text, '*', word.charset.len) - rest.text);
	word.text = (struct slice){first + 3, (size_t)(close - first) - 3};
	word.base64 = first[1] == 'B' || first[1] == 'b';
	word.len = (size_t)(close - at) + 2;
	return word;
}

static bool decode(const struct word *word, struct buf *out)
{
	return word->base64 ? mail_base64(word->text, out) : mail_quoted(word->text, true, out);
}

/* The same in every charset: not so where "+" or "~" may begin something else (UTF-7, HZ). */
static bool is_ascii(const struct buf *bytes)
{
	for (size_t i = 0; i < bytes->len; i++)
		if (bytes->data[i] < ' ' || bytes->data[i] > '}' || bytes->data[i] == '+')
			return false;
	return true;
}

/* As UTF-8, strictly; false: no such charset, or not valid in it. */
static bool convert(struct slice charset, const struct buf *bytes, struct buf *out)
{
	const char *name = charset_of_label(charset.text, charset.len);
	size_t len = 0;
	char *text;

	if (bytes->len == 0)
		return true;
	if (name == NULL && is_ascii(bytes)) {
		buf_add(out, bytes->data, bytes->len);
		return true;
	}
	text = name != NULL ? charset_convert(name, bytes->data, bytes->len, &len) : NULL;
	if (text == NULL)
		return false;
	buf_add(out, text, len);
	free(text);
	return true;
}

/* Words of one charset with nothing but white space between them. */
struct run {
	struct slice charset;
	struct buf bytes;    /* all of them */
	struct buf apart;    /* each converted on its own */
	struct buf encoded;  /* the text of base64 words, undecoded */
	bool each;           /* every one of them could be */
	bool base64;         /* all are */
};

static void run_start(struct run *run, const struct word *word)
{
	buf_clear(&run->bytes);
	buf_clear(&run->apart);
	buf_clear(&run->encoded);
	run->charset = word->charset;
	run->each = run->base64 = true;
}

static void run_add(struct run *run, const struct word *word)
{
	struct buf bytes = {0};

	(void)decode(word, &bytes); /* what is skipped stands in the header as written */
	buf_add(&run->bytes, bytes.data, bytes.len);
	buf_add(&run->encoded, word->text.text, word->text.len);
	run->base64 = run->base64 && word->base64;
	run->each = convert(word->charset, &bytes, &run->apart) && run->each;
	buf_release(&bytes);
}

static void other(struct wording *out, const struct buf *text)
{
	if (text->len == 0)
		return;
	add_valid(&out->others, text->data, text->len);
	buf_add_byte(&out->others, '\n');
}

static bool same(const struct buf *a, const struct buf *b)
{
	return a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

/* Base64 text cut anywhere, joined before it is decoded; true: it says something else so. */
static bool run_joined(struct run *run, struct wording *out)
{
	struct buf bytes = {0}, text = {0};
	bool differs;

	if (!run->base64 || run->encoded.len == 0)
		return false;
	(void)mail_base64((struct slice){run->encoded.data, run->encoded.len}, &bytes);
	differs = !same(&bytes, &run->bytes) && convert(run->charset, &bytes, &text);
	if (differs)
		other(out, &text);
	buf_release(&bytes);
	buf_release(&text);
	return differs;
}

static void claim(struct run *run, struct wording *out)
{
	out->claims = mem_grow(out->claims, out->claim_count, sizeof(*out->claims));
	buf_add(&out->claims[out->claim_count].bytes, run->bytes.data, run->bytes.len);
	out->claims[out->claim_count++].charset = mem_copy_bytes(run->charset.text, run->charset.len);
}

/* Called Latin, which any bytes are: what most lies say. */
static bool fits_anything(const struct run *run)
{
	const char *name = charset_of_label(run->charset.text, run->charset.len);

	return name != NULL && strcmp(name, "WINDOWS-1252") == 0 && !utf8_valid(run->bytes.data, run->bytes.len, NULL);
}

static void run_end(struct run *run, struct wording *out)
{
	struct buf whole = {0};
	const bool fits = convert(run->charset, &run->bytes, &whole), otherwise = run_joined(run, out);

	if (fits) {
		add_valid(&out->text, whole.data != NULL ? whole.data : "", whole.len);
		if (run->each && !same(&whole, &run->apart))
			other(out, &run->apart);
	} else if (run->each) {
		add_valid(&out->text, run->apart.data, run->apart.len);
	} else {
		buf_add_byte(&out->text, '?');
	}
	if ((!fits && !run->each && !otherwise) || fits_anything(run))
		claim(run, out);
	buf_release(&whole);
}

static bool same_charset(struct slice a, struct slice b)
{
	char *name = mem_copy_bytes(b.text, b.len);
	const bool is = slice_is(a, name);

	free(name);
	return is;
}

/* Whether only white space is between `at` and the next encoded word; that word. */
static struct word word_after(const char *at, size_t len, size_t *gap)
{
	*gap = 0;
	while (*gap < len && (at[*gap] == ' ' || at[*gap] == '\t'))
		++*gap;
	if (len - *gap < 8 || memcmp(at + *gap, "=?", 2) != 0)
		return (struct word){0};
	return word_at(at + *gap, len - *gap);
}

/* All words from the first on that have no text between them; returns what they take. */
static size_t take_words(const char *at, size_t len, struct word word, struct wording *out)
{
	struct run run = {0};
	size_t used = 0, gap = 0;

	run_start(&run, &word);
	while (word.len > 0) {
		if (!same_charset(run.charset, word.charset)) {
			run_end(&run, out);
			run_start(&run, &word);
		}
		run_add(&run, &word);
		used += gap + word.len;
		word = word_after(at + used, len - used, &gap);
	}
	run_end(&run, out);
	buf_release(&run.bytes);
	buf_release(&run.apart);
	buf_release(&run.encoded);
	out->changed = true;
	return used;
}

/* Lines joined: the line end goes, the white space behind it stays (RFC 5322 2.2.3). */
static void add_unfolded(struct buf *out, struct slice value)
{
	struct slice line;

	while (slice_line(&value, &line))
		buf_add(out, line.text, line.len);
}

/* "ke\hu" is shown as "kehu". */
static void without_backslashes(struct wording *out)
{
	struct buf text = {0};

	if (out->text.len == 0 || memchr(out->text.data, '\\', out->text.len) == NULL)
		return;
	for (size_t i = 0; i < out->text.len; i++) {
		if (out->text.data[i] == '\\' && i + 1 < out->text.len)
			i++;
		buf_add_byte(&text, out->text.data[i]);
	}
	other(out, &text);
	buf_release(&text);
}

/* Bare 8-bit text is in the charset of the message, where it is valid in one. */
static void add_bare(struct wording *out, const char *text, size_t len, const char *charset)
{
	struct buf bytes = {0};

	buf_add(&bytes, text, len);
	if (len == 0 || utf8_valid(text, len, NULL) || charset == NULL ||
	    !convert((struct slice){charset, strlen(charset)}, &bytes, &out->text))
		add_valid(&out->text, text, len);
	buf_release(&bytes);
}

void words_read(struct slice value, const char *charset, struct wording *out)
{
	struct buf line = {0};
	size_t from = 0;

	add_unfolded(&line, value);
	for (size_t i = 0; i + 8 <= line.len;) {
		const struct word word = line.data[i] == '=' && line.data[i + 1] == '?' ? word_at(line.data + i, line.len - i)
		                                                                        : (struct word){0};

		if (word.len == 0) {
			i++;
			continue;
		}
		add_bare(out, line.data + from, i - from, charset);
		i += take_words(line.data + i, line.len - i, word, out);
		from = i;
	}
	if (from < line.len)
		add_bare(out, line.data + from, line.len - from, charset);
	without_backslashes(out);
	buf_release(&line);
}

void wording_release(struct wording *wording)
{
	buf_release(&wording->text);
	buf_release(&wording->others);
	for (size_t i = 0; i < wording->claim_count; i++) {
		buf_release(&wording->claims[i].bytes);
		free(wording->claims[i].charset);
	}
	free(wording->claims);
	memset(wording, 0, sizeof(*wording));
}
