/* draft.c - an entry in the making: lines in any order, values as people wrote them. */
#include "draft_inside.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "grammar.h"
#include "seal/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void draft_release(struct draft *draft)
{
	for (size_t i = 0; i < draft->line_count; i++)
		free(draft->lines[i].value);
	for (size_t i = 0; i < draft->body_count; i++) {
		free(draft->bodies[i].name);
		free(draft->bodies[i].bytes);
	}
	free(draft->lines);
	free(draft->bodies);
	draft->lines = NULL;
	draft->bodies = NULL;
	draft->line_count = draft->body_count = 0;
}

static void add_taken(struct draft *draft, const char *key, char *value)
{
	draft->lines = mem_grow(draft->lines, draft->line_count, sizeof(*draft->lines));
	draft->lines[draft->line_count++] = (struct entry_line){.key = key, .value = value};
}

void draft_add(struct draft *draft, const char *key, const char *value)
{
	add_taken(draft, key, mem_copy_string(value != NULL ? value : ""));
}

void draft_add_number(struct draft *draft, const char *key, uint32_t value)
{
	add_taken(draft, key, mem_format("%u", (unsigned)value));
}

void draft_add_digest(struct draft *draft, const char *key, const struct digest *value)
{
	char hex[DIGEST_HEX_SIZE];

	draft_add(draft, key, digest_is_zero(value) ? "" : digest_to_hex(value, hex));
}

void draft_add_files(struct draft *draft, const struct file_refs *files)
{
	for (size_t i = 0; i < files->count; i++) {
		const struct file_ref *f = &files->items[i];
		char hex[DIGEST_HEX_SIZE];

		add_taken(draft, "file", mem_format("%s %llu %o %s", digest_to_hex(&f->digest, hex),
		                                    (unsigned long long)f->size, f->mode, f->path));
	}
}

void draft_add_clearance(struct draft *draft, const struct clearance *c)
{
	char finding[DIGEST_HEX_SIZE], evidence[DIGEST_HEX_SIZE];

	add_taken(draft, "clear", mem_format("%s %s %s", digest_to_hex(&c->finding, finding),
	                                     digest_is_zero(&c->evidence) ? "-" : digest_to_hex(&c->evidence, evidence),
	                                     c->reason));
}

void draft_add_body(struct draft *draft, const char *key, const char *name, const void *bytes, size_t len)
{
	struct entry_body body = {.name = mem_copy_string(name), .bytes = mem_copy_bytes(bytes, len), .len = len};
	char hex[DIGEST_HEX_SIZE];

	hash_bytes(bytes, len, &body.digest);
	draft->bodies = mem_grow(draft->bodies, draft->body_count, sizeof(*draft->bodies));
	draft->bodies[draft->body_count++] = body;
	(void)digest_to_hex(&body.digest, hex);
	if (name[0] != '\0')
		add_taken(draft, key, mem_format("%s %zu %s", hex, len, name));
	else
		add_taken(draft, key, mem_format("%s %zu", hex, len));
}

void draft_from_entry(const struct entry *e, struct draft *out)
{
	*out = (struct draft){.type = e->type, .time = e->time, .policy = e->policy, .rules = e->rules};
	for (size_t i = 0; i < e->line_count; i++)
		draft_add(out, e->lines[i].key, e->lines[i].value);
	for (size_t i = 0; i < e->body_count; i++) {
		out->bodies = mem_grow(out->bodies, out->body_count, sizeof(*out->bodies));
		out->bodies[out->body_count++] =
			(struct entry_body){.digest = e->bodies[i].digest, .name = mem_copy_string(e->bodies[i].name),
			                    .bytes = mem_copy_bytes(e->bodies[i].bytes, e->bodies[i].len), .len = e->bodies[i].len};
	}
}

static void copy_line(const struct line_rule *rule, const char *value, struct entry *out)
{
	size_t at = out->line_count;

	out->lines = mem_grow(out->lines, out->line_count, sizeof(*out->lines));
	for (; rule->sorted && at > 0 && out->lines[at - 1].key == rule->key &&
	       grammar_compare(rule, out->lines[at - 1].value, value) > 0; at--)
		out->lines[at] = out->lines[at - 1];
	out->lines[at] = (struct entry_line){.key = rule->key, .value = mem_copy_string(value)};
	out->line_count++;
}

bool draft_lines(const struct draft *draft, struct entry *out, struct err *err)
{
	size_t used = 0;

	for (const struct line_rule *rule = grammar_of(draft->type); rule != NULL && rule->key != NULL; rule++) {
		size_t count = 0;

		for (size_t i = 0; i < draft->line_count; i++)
			if (strcmp(draft->lines[i].key, rule->key) == 0) {
				copy_line(rule, draft->lines[i].value, out);
				count++;
			}
		if ((rule->repeat == ONCE && count != 1) || (rule->repeat == SOME && count == 0) ||
		    (rule->repeat == AT_MOST_ONCE && count > 1))
			return count > 1 ? err_set(err, ERR_INPUT, "an entry %s needs '%s' once", _(entry_type_name(draft->type)), rule->key)
			                 : err_set(err, ERR_INPUT, "an entry %s needs '%s'", _(entry_type_name(draft->type)), rule->key);
		used += count;
	}
	if (used != draft->line_count)
		return err_set(err, ERR_INPUT, "an entry %s has a line it should not have", _(entry_type_name(draft->type)));
	return true;
}
