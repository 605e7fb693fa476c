/* message.c - entry <-> text.  Reading follows the grammar line by line; whether the text was the
 * canonical one is settled by writing it again (commit.c), not by rules here. */
#include "message.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/decimal.h"
#include "base/language.h"
#include "base/mem.h"
#include "grammar.h"

#include <stdlib.h>
#include <string.h>

static const char FIRST[] = "review-ledger v1", LAST[] = "end: review-ledger v1";
enum { REPEAT_LIMIT = 1000 };

struct cursor {
	const char *at, *end;
	unsigned line;
	struct buf text; /* the decoded values, each with its NUL: never more than what they are read from, for which there is room */
	struct err *err;
};

static bool fail(const struct cursor *c, const char *what)
{
	(void)err_reason(c->err, ERR_INPUT, what);
	err_context(c->err, "message line %u", c->line);
	return false;
}

/* The line that was taken last. */
static bool fail_value(const struct cursor *c, const char *key, const char *what)
{
	(void)err_reason(c->err, ERR_INPUT, what);
	err_context(c->err, "message line %u: %s", c->line - 1, key);
	return false;
}

/* The current line if it begins with "key: "; *value is the rest. */
static bool peek(const struct cursor *c, const char *key, const char **value, size_t *len)
{
	const size_t key_len = strlen(key);
	const char *stop = memchr(c->at, '\n', (size_t)(c->end - c->at));

	if (stop == NULL || (size_t)(stop - c->at) < key_len + 2 || memcmp(c->at, key, key_len) != 0 ||
	    memcmp(c->at + key_len, ": ", 2) != 0)
		return false;
	*value = c->at + key_len + 2;
	*len = (size_t)(stop - *value);
	return true;
}

static bool take(struct cursor *c, const char *key, const char **value, size_t *len)
{
	if (!peek(c, key, value, len))
		return err_set(c->err, ERR_INPUT, "message line %u: '%s: ...' is wanted here", c->line, key);
	if (*value + *len - c->at > LINE_LIMIT)
		return err_set(c->err, ERR_LIMIT, "message line %u: %s is longer than %d bytes", c->line, key, LINE_LIMIT);
	c->at = *value + *len + 1;
	c->line++;
	return true;
}

static bool take_exact(struct cursor *c, const char *text)
{
	const size_t len = strlen(text);

	if ((size_t)(c->end - c->at) < len + 1 || memcmp(c->at, text, len) != 0 || c->at[len] != '\n')
		return fail(c, N_("not a ledger entry of version 1"));
	c->at += len + 1;
	c->line++;
	return true;
}

static bool take_digest(struct cursor *c, const char *key, struct digest *out)
{
	const char *value;
	size_t len;

	if (!take(c, key, &value, &len))
		return false;
	return digest_from_hex(out, value, len) ? true : fail_value(c, key, N_("not a SHA-256"));
}

static bool take_number(struct cursor *c, const char *key, uint32_t *out)
{
	const char *value;
	const size_t before = c->text.len;
	size_t len;
	bool ok;

	if (!take(c, key, &value, &len))
		return false;
	ok = value_decode(VALUE_NUMBER, NULL, value, len, &c->text, c->err);
	if (ok)
		*out = (uint32_t)strtoul(c->text.data + before, NULL, 10);
	else
		err_context(c->err, "message line %u: %s", c->line - 1, key);
	c->text.len = before;
	return ok;
}

/* What was added to the text behind `before`, closed; it stays where it is. */
static char *kept(struct cursor *c, size_t before)
{
	buf_add_byte(&c->text, '\0');
	return c->text.data + before;
}

static bool take_header(struct cursor *c, struct entry *e, char **key)
{
	const char *value;
	size_t len, before;

	if (!take_exact(c, FIRST) || !take_digest(c, "ledger", &e->ledger) || !take_number(c, "seq", &e->seq) ||
	    !take_digest(c, "prev", &e->prev) || !take(c, "time", &value, &len))
		return false;
	if (!time_from_text(&e->time, value, len))
		return fail_value(c, "time", N_("not YYYY-MM-DDThh:mm:ssZ"));
	if (!take(c, "type", &value, &len))
		return false;
	e->type = grammar_type(value, len);
	if (e->type == ENTRY_NONE && !id_is_valid(value, len))
		return fail_value(c, "type", N_("not an id"));
	if (e->type == ENTRY_NONE)
		return err_set(c->err, ERR_UNKNOWN, "message line %u: type: unknown; this ledger was written by a newer program",
		               c->line - 1);
	if (!take_number(c, "policy", &e->policy) || !take_digest(c, "rules", &e->rules) ||
	    !take(c, "person", &value, &len))
		return false;
	if (!id_is_valid(value, len))
		return fail_value(c, "person", N_("not an id"));
	before = c->text.len;
	buf_add(&c->text, value, len);
	e->person = kept(c, before);
	if (!take(c, "key", &value, &len))
		return false;
	*key = mem_copy_bytes(value, len);
	return true;
}

/* Every body a line binds, once for each line. */
static void bind_body(struct entry *e, const struct line_rule *rule, const char *value)
{
	struct entry_body body = {0};
	const char *size = value + 65, *name;

	if (rule->kind != VALUE_BODY && rule->kind != VALUE_NAMED_BODY)
		return;
	if (!digest_from_hex(&body.digest, value, 64))
		return;
	body.len = (size_t)strtoull(size, NULL, 10);
	name = rule->kind == VALUE_NAMED_BODY ? grammar_tail(rule, value) : "";
	body.name = mem_copy_string(name);
	e->bodies = mem_grow(e->bodies, e->body_count, sizeof(*e->bodies));
	e->bodies[e->body_count++] = body;
}

static bool take_line(struct cursor *c, struct entry *e, const struct line_rule *rule)
{
	const size_t before = c->text.len;
	const char *value;
	size_t len;

	if (!take(c, rule->key, &value, &len))
		return false;
	if (!value_decode(rule->kind, rule->words, value, len, &c->text, c->err)) {
		err_context(c->err, "message line %u: %s", c->line - 1, rule->key);
		return false;
	}
	e->lines = mem_grow(e->lines, e->line_count, sizeof(*e->lines));
	e->lines[e->line_count].key = rule->key;
	e->lines[e->line_count].value = kept(c, before);
	bind_body(e, rule, e->lines[e->line_count].value);
	e->line_count++;
	return true;
}

/* All lines of one rule. */
static bool take_rule(struct cursor *c, struct entry *e, const struct line_rule *rule)
{
	const char *value;
	size_t len, count = 0;

	if (rule->repeat == ONCE)
		return take_line(c, e, rule);
	while (peek(c, rule->key, &value, &len)) {
		if (++count > (rule->repeat == AT_MOST_ONCE ? 1 : REPEAT_LIMIT))
			return fail(c, N_("too many lines of one kind"));
		if (!take_line(c, e, rule))
			return false;
		if (rule->sorted && count > 1 &&
		    grammar_compare(rule, e->lines[e->line_count - 2].value, e->lines[e->line_count - 1].value) >= 0)
			return fail(c, N_("lines out of order or twice"));
	}
	return count > 0 || rule->repeat != SOME ? true : take_line(c, e, rule);
}

bool message_parse(const char *text, size_t len, struct entry *out, char **key, struct err *err)
{
	struct cursor c = {.at = text, .end = text + len, .line = 1, .err = err};
	struct entry e = {0};
	char *named = NULL;
	bool ok;

	buf_reserve(&c.text, len);
	e.text = c.text.data;
	ok = memchr(text, '\0', len) == NULL ? take_header(&c, &e, &named) : err_set(err, ERR_INPUT, "a NUL in a message");
	for (const struct line_rule *rule = grammar_of(e.type); ok && rule != NULL && rule->key != NULL; rule++)
		ok = take_rule(&c, &e, rule);
	ok = ok && take_exact(&c, LAST);
	if (ok && c.at != c.end)
		ok = fail(&c, N_("text behind the end"));
	if (!ok) {
		entry_release(&e);
		free(named);
		return false;
	}
	*out = e;
	*key = named;
	return true;
}

static void write_line(struct buf *out, const char *key, const char *value)
{
	buf_add_string(out, key);
	buf_add_string(out, value);
	buf_add_byte(out, '\n');
}

void message_write(const struct entry *e, const char *key, struct buf *out)
{
	const struct line_rule *rule = grammar_of(e->type);
	char hex[DIGEST_HEX_SIZE], when[TIME_TEXT_SIZE], number[DECIMAL_SIZE];

	buf_add_string(out, FIRST);
	write_line(out, "\nledger: ", digest_to_hex(&e->ledger, hex));
	write_line(out, "seq: ", decimal_write(e->seq, number));
	write_line(out, "prev: ", digest_to_hex(&e->prev, hex));
	write_line(out, "time: ", time_to_text(e->time, when));
	write_line(out, "type: ", entry_type_name(e->type));
	write_line(out, "policy: ", decimal_write(e->policy, number));
	write_line(out, "rules: ", digest_to_hex(&e->rules, hex));
	write_line(out, "person: ", e->person);
	write_line(out, "key: ", key);
	for (size_t i = 0; i < e->line_count; i++) {
		rule = grammar_from(rule, e->lines[i].key);
		buf_add_string(out, rule->key);
		buf_add(out, ": ", 2);
		value_encode(rule->kind, e->lines[i].value, out);
		buf_add_byte(out, '\n');
	}
	write_line(out, LAST, "");
}
