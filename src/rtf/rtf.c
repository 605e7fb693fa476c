/* rtf.c - RTF 1.9.1, group by group.
 *
 * Every byte is a token; every byte of text goes into the text of some destination, known or not, seen or not.
 * So what this reader does not understand it still tells.  HTML wrapped in RTF by mail programs (MS-OXRTFEX)
 * is told twice: as RTF, and as the HTML it was. */
#include "rtf/rtf.h"

#include "rtf_inside.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "field/field.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 1000, AUTHORS_MOST = 10000 };

struct level *rtf_level(struct rtf *rtf)
{
	return &rtf->levels[rtf->depth];
}

void rtf_observe_once(struct rtf *rtf, enum observation what, const char *place)
{
	if (!rtf->told[what])
		reader_observe(rtf->reader, what, "%s", place);
	rtf->told[what] = true;
}

/* ---- What a destination means once all of it is there. */

static bool is(const struct sink *sink, const char *word)
{
	return strcmp(sink->destination->word, word) == 0;
}

static char *text_of(const struct sink *sink)
{
	return mem_copy_bytes(sink->seen.data != NULL ? sink->seen.data : "", sink->seen.len);
}

/* A link within the document is none. */
static bool links_out(const char *text)
{
	static const char link[] = "HYPERLINK";
	const char *word = text + strspn(text, " \t\n"), *rest = word + sizeof(link) - 1;

	return strncmp(word, link, sizeof(link) - 1) == 0 && strncmp(rest + strspn(rest, " "), "\\l", 2) != 0;
}

/* How much of the text around the field there is: more when its group ends is its result. */
static size_t text_around(const struct rtf *rtf)
{
	const struct sink *sink = rtf->levels[rtf->depth - 1].sink;

	return sink->whole.len + sink->raw.len;
}

static void judge_field(struct rtf *rtf, const struct sink *sink, const char *text)
{
	if (field_fetches(text) || links_out(text))
		reader_observe(rtf->reader, OBSERVED_EXTERNAL_LINK, "%s", sink->place);
	buf_clear(&rtf->drawn);
	field_draw(text, strlen(text), &rtf->drawn);
	rtf->drawn_depth = rtf->depth - 1;
	rtf->drawn_at = text_around(rtf);
}

/* The group of a field ends.  Without a result it shows what it draws. */
static void end_field(struct rtf *rtf)
{
	const bool shown = text_around(rtf) == rtf->drawn_at;
	uint32_t c = 0;

	for (size_t at = 0, n; shown && at < rtf->drawn.len; at += n) {
		n = utf8_decode(rtf->drawn.data + at, rtf->drawn.len - at, &c);
		n = n > 0 ? n : 1;
		rtf_sink_codepoint(rtf, rtf_level(rtf)->sink, c);
	}
	buf_clear(&rtf->drawn);
}

static void judge_closed(struct rtf *rtf, struct sink *sink)
{
	char *text;

	rtf_sink_flush(rtf, sink);
	text = text_of(sink);
	if (is(sink, "fldinst")) {
		judge_field(rtf, sink, text);
	} else if (is(sink, "atnauthor")) {
		free(rtf->author);
		rtf->author = text;
		text = NULL; /* transferred */
	} else if (is(sink, "sn")) {
		rtf->hides = strcmp(text, "fHidden") == 0;
	} else if (is(sink, "sv") && rtf->hides && strtol(text, NULL, 10) != 0) {
		reader_observe(rtf->reader, OBSERVED_HIDDEN_TEXT, "shape at paragraph %zu", rtf->paragraph);
	} else if (is(sink, "annotation")) {
		free(rtf->author);
		rtf->author = NULL;
	}
	free(text);
}

/* ---- Groups. */

static void open_group(struct rtf *rtf)
{
	const struct level *outer = rtf_level(rtf);

	rtf->skip = 0;
	if (rtf->depth == DEEPEST) {
		reader_undecided(rtf->reader, "more than %d groups within each other", DEEPEST);
		rtf->stopped = true;
		return;
	}
	rtf->levels[++rtf->depth] = (struct level){.look = outer->look, .sink = outer->sink};
}

static void close_group(struct rtf *rtf)
{
	struct level *level = rtf_level(rtf);

	rtf->skip = 0;
	if (rtf->drawn.len > 0 && rtf->depth == rtf->drawn_depth && !level->owned)
		end_field(rtf);
	if (level->owned) {
		judge_closed(rtf, level->sink);
		rtf_sink_close(rtf, level->sink);
	} else if (level->look.outside != rtf->levels[rtf->depth - 1].look.outside) {
		rtf_sink_flush(rtf, level->sink);
	}
	rtf->depth--;
}

static void enter(struct rtf *rtf, const struct destination *destination, const char *word)
{
	struct level *level = rtf_level(rtf);
	struct sink *sink;

	if (destination->mode == MODE_INLINE || rtf->depth == 0)
		return;
	rtf_sink_flush(rtf, level->sink);
	sink = rtf_sink_open(rtf, destination);
	if (destination == &rtf_destination_unknown) {
		free(sink->place);
		sink->place = mem_format("unknown destination %s", word);
	}
	if (level->owned) {
		judge_closed(rtf, level->sink);
		rtf_sink_close(rtf, level->sink);
	}
	level->sink = sink;
	level->owned = true;
}

/* ---- Tokens. */

/* {\creatim\yr2020\mo1\dy2}: the numbers are the text. */
static void put_time(struct rtf *rtf, const struct token *token)
{
	static const char *const parts[] = {"yr", "mo", "dy", "hr", "min", "sec"};
	struct sink *sink = rtf_level(rtf)->sink;
	char *text = mem_format("%ld ", token->value);

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strcmp(token->word, parts[i]) == 0)
			for (const char *c = text; *c != '\0'; c++)
				rtf_sink_byte(rtf, sink, (unsigned char)*c);
	free(text);
}

static void on_word(struct rtf *rtf, const struct token *token)
{
	struct level *level = rtf_level(rtf);
	const struct destination *destination = rtf_destination_of(token->word);
	const unsigned long character = rtf_word_character(token);
	const bool star = level->star;

	level->star = false;
	if (rtf->skip > 0 && destination == NULL) {
		rtf->skip--;
		if (character != 0) {
			rtf_sink_fallback(level->sink, "_", 1);
			return;
		}
	}
	if (destination != NULL || star) {
		enter(rtf, destination != NULL ? destination : &rtf_destination_unknown, token->word);
	} else if (character != 0) {
		rtf_sink_codepoint(rtf, level->sink, character);
	} else {
		if (token->has_value && strcmp(level->sink->destination->title, "properties") == 0)
			put_time(rtf, token);
		rtf_word_act(rtf, token);
	}
}

static void on_symbol(struct rtf *rtf, const struct token *token)
{
	const unsigned long character = rtf_word_character(token);

	if (token->byte == '*') {
		rtf_level(rtf)->star = true;
	} else if (rtf->skip > 0) {
		rtf->skip--;
	} else if (token->byte == '\r' || token->byte == '\n') {
		rtf_word_act(rtf, &(struct token){.type = TOKEN_WORD, .word = "par"});
	} else if (character != 0) {
		rtf_sink_codepoint(rtf, rtf_level(rtf)->sink, character);
	}
}

static int hex_value(unsigned char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* A word with a letter no digit has is text, from its beginning on, nobody is shown. */
static void put_hex_word(struct rtf *rtf, struct sink *sink, const struct token *token, bool digit)
{
	const bool space = !token->escaped && (token->byte == ' ' || token->byte == '\t');

	if (!digit && !space && !sink->in_word) {
		for (size_t i = 0; i < sink->word_len; i++)
			rtf_sink_byte(rtf, sink, (unsigned char)sink->word[i]);
		sink->in_word = true;
	}
	if (sink->in_word)
		rtf_sink_byte(rtf, sink, token->byte);
	if (space || sink->word_len == sizeof(sink->word))
		sink->word_len = 0;
	sink->in_word = sink->in_word && !space;
	if (!space)
		sink->word[sink->word_len++] = (char)token->byte;
}

/* Digits make bytes, whatever stands between them. */
static void put_hex(struct rtf *rtf, struct sink *sink, const struct token *token)
{
	const int value = token->escaped ? -1 : hex_value(token->byte);

	if (value >= 0 && sink->nibble >= 0) {
		buf_add_byte(&sink->data, (char)(sink->nibble * 16 + value));
		sink->nibble = -1;
	} else if (value >= 0) {
		sink->nibble = value;
	}
	put_hex_word(rtf, sink, token, value >= 0);
}

static void put_colour(struct rtf *rtf, struct sink *sink, unsigned char byte)
{
	if (byte != ';') {
		rtf_sink_byte(rtf, sink, byte);
		return;
	}
	rtf->colours = mem_grow(rtf->colours, rtf->colour_count, sizeof(*rtf->colours));
	rtf->colours[rtf->colour_count++] = rtf->colour;
	rtf->colour = 0;
}

/* The next name of a table. */
static void end_name(struct rtf *rtf, struct sink *sink)
{
	rtf_sink_flush(rtf, sink);
	if (is(sink, "revtbl") && rtf->author_count < AUTHORS_MOST) {
		rtf->authors = mem_grow(rtf->authors, rtf->author_count, sizeof(*rtf->authors));
		rtf->authors[rtf->author_count++] = text_of(sink);
	}
	rtf_sink_paragraph(rtf, sink, "\n");
}

static void on_byte(struct rtf *rtf, const struct token *token)
{
	struct sink *sink = rtf_level(rtf)->sink;
	const char byte = (char)token->byte;

	rtf_level(rtf)->star = false;
	if (rtf->skip > 0) {
		rtf->skip--;
		rtf_sink_fallback(sink, &byte, 1);
	} else if (sink->destination->mode == MODE_HEX) {
		put_hex(rtf, sink, token);
	} else if (sink->destination->mode == MODE_COLOURS) {
		put_colour(rtf, sink, token->byte);
	} else if (byte == ';' && (is(sink, "fonttbl") || is(sink, "stylesheet") || is(sink, "revtbl"))) {
		end_name(rtf, sink);
	} else {
		rtf_sink_byte(rtf, sink, token->byte);
	}
}

/* Bytes between texts are shown by nothing. */
static void on_binary(struct rtf *rtf, const struct token *token)
{
	struct sink *sink = rtf_level(rtf)->sink;
	const struct part part = {"", token->bytes, token->len};

	rtf->skip -= rtf->skip > 0 ? 1 : 0;
	if (sink->destination->mode == MODE_HEX) {
		buf_add(&sink->data, token->bytes, token->len);
	} else if (token->len > 0) {
		reader_observe(rtf->reader, OBSERVED_UNLISTED_DATA, "bytes between the text at paragraph %zu", rtf->paragraph);
		reader_binary(rtf->reader, "bytes between the text", &part);
	}
}

static void on_token(struct rtf *rtf, const struct token *token)
{
	switch (token->type) {
	case TOKEN_OPEN:
		open_group(rtf);
		break;
	case TOKEN_CLOSE:
		close_group(rtf);
		break;
	case TOKEN_WORD:
		on_word(rtf, token);
		break;
	case TOKEN_SYMBOL:
		on_symbol(rtf, token);
		break;
	case TOKEN_BYTE:
		on_byte(rtf, token);
		break;
	case TOKEN_BINARY:
		on_binary(rtf, token);
		break;
	case TOKEN_END:
		break;
	}
}

/* ---- The whole. */

static void walk(struct rtf *rtf, struct tokens *tokens)
{
	struct token token;

	do {
		rtf_token_next(tokens, &token);
		on_token(rtf, &token);
	} while (token.type != TOKEN_END && rtf->depth > 0 && !rtf->stopped && !reader_stopped(rtf->reader));
	if (token.type == TOKEN_END && rtf->depth > 0)
		reader_undecided(rtf->reader, "it ends within %zu group%s", rtf->depth, rtf->depth == 1 ? "" : "s");
	if (tokens->damaged)
		reader_undecided(rtf->reader, "damaged: bytes announced that are not there, or not in hexadecimal");
	while (rtf->depth > 0)
		close_group(rtf);
	rtf_sink_close(rtf, rtf->levels[0].sink);
}

static bool is_blank(const unsigned char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (bytes[i] != '\0' && strchr(" \t\r\n\x1A\xEF\xBB\xBF", bytes[i]) == NULL) /* and the byte order mark */
			return false;
	return true;
}

/* What stands outside the outermost group is no part of the document for any program. */
static void tell_outside(struct rtf *rtf, const char *where, const unsigned char *bytes, size_t len)
{
	const struct part part = {"", bytes, len};

	if (is_blank(bytes, len))
		return;
	reader_observe(rtf->reader, OBSERVED_APPENDED_DATA, "%zu bytes %s", len, where);
	reader_part(rtf->reader, where, &part);
}

static void tell_rest(struct rtf *rtf)
{
	if (rtf->html.len > 0)
		reader_bytes(rtf->reader, FLOW_BODY, "body.html", "UTF-8", (const unsigned char *)rtf->html.data, rtf->html.len);
	for (size_t i = 0; i < DESTINATIONS_MOST; i++) {
		if (rtf->texts[i] != NULL)
			flow_close(rtf->texts[i]);
		if (rtf->hidden[i] != NULL)
			flow_close(rtf->hidden[i]);
	}
	for (size_t i = 0; i < OTHERS; i++)
		if (rtf->others[i] != NULL)
			flow_close(rtf->others[i]);
	if (rtf->fallbacks != NULL)
		flow_close(rtf->fallbacks);
	if (rtf->pictures > 0 && rtf->characters == 0)
		reader_observe(rtf->reader, OBSERVED_PAGE_WITHOUT_TEXT, "the whole document");
}

static void release(struct rtf *rtf)
{
	for (size_t i = 0; i < rtf->author_count; i++)
		free(rtf->authors[i]);
	free(rtf->authors);
	free(rtf->author);
	free(rtf->levels);
	free(rtf->colours);
	buf_release(&rtf->html);
	buf_release(&rtf->drawn);
	rtf_fonts_release(&rtf->fonts);
}

void rtf_read(struct reader *reader, const struct part *part)
{
	struct rtf rtf = {.reader = reader, .page = 1252, .paragraph = 1};
	struct tokens tokens = {.bytes = part->bytes, .len = part->len};
	const unsigned char *brace = part->len > 0 ? memchr(part->bytes, '{', part->len) : NULL;

	if (brace == NULL) {
		reader_undecided(reader, "not RTF: it has no group");
		return;
	}
	tokens.at = (size_t)(brace - part->bytes) + 1;
	rtf.levels = mem_alloc(DEEPEST + 1, sizeof(*rtf.levels));
	rtf.levels[0].look = (struct look){.half_points = 24, .font = -1, .fallbacks = 1, .author = -1};
	rtf.levels[0].sink = rtf_sink_open(&rtf, &rtf_destination_body);
	open_group(&rtf);
	walk(&rtf, &tokens);
	tell_rest(&rtf);
	tell_outside(&rtf, "before the document", part->bytes, (size_t)(brace - part->bytes));
	tell_outside(&rtf, "behind the document", part->bytes + tokens.at, part->len - tokens.at);
	release(&rtf);
}
