/* allow.c - a draft entry that says why a finding is harmless, and until when.
 *
 * It takes the text as it stands in the document and keeps its digest only, so that the list of what
 * is harmless can be read by everybody.  What is appended is read back, with the packs, before the
 * file is replaced: an entry nobody can read would keep every other change from being published. */
#include "allow.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "repo/repo.h"
#include "rule_drafts.h"
#include "rules/allow.h"
#include "rules/ruleset.h"
#include "seal/hash.h"
#include "session.h"
#include "text/fold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool check_until(const char *text, int32_t today, int32_t *out, struct err *err)
{
	char last[DATE_TEXT_SIZE];

	if (!date_from_text(out, text, strlen(text)))
		return err_set(err, ERR_USAGE, "--until wants a day, as in 2027-06-30");
	if (*out < today)
		return err_set(err, ERR_USAGE, "--until %s is over", text);
	if (*out <= today + ALLOW_DAYS_MOST)
		return true;
	(void)err_set(err, ERR_DENIED, "nothing is allowed for more than %d days", ALLOW_DAYS_MOST);
	return err_hint(err, "--until %s at the latest", date_to_text(today + ALLOW_DAYS_MOST, last));
}

static bool check_order(const struct allow_order *order, struct err *err)
{
	if (order->rule == NULL || order->text == NULL || order->reason == NULL || order->until == NULL) {
		(void)err_set(err, ERR_USAGE, "allow which text of which rule, why, and until when?");
		return err_hint(err, "review rules allow --rule ID --text TEXT --reason WHY --until DATE");
	}
	if (order->reason[0] == '\0' || strpbrk(order->reason, "\r\n") != NULL)
		return err_set(err, ERR_USAGE, "--reason is one line");
	if (!utf8_valid(order->text, strlen(order->text), NULL))
		return err_set(err, ERR_USAGE, "--text is not UTF-8 text");
	return true;
}

/* The digest a finding of this rule with this text has. */
static bool digest_text(const struct rule *rule, const char *text, struct digest *out, struct err *err)
{
	static const enum text_view views[] = {
		[RULE_VIEW_LINE] = VIEW_LINE,
		[RULE_VIEW_RUNNING] = VIEW_RUNNING,
		[RULE_VIEW_VERBATIM] = VIEW_VERBATIM,
	};
	struct folded folded = {0};
	bool ok;

	fold_text(text, strlen(text), views[allowance_view(rule)], &folded);
	ok = folded.len > 0 || err_set(err, ERR_USAGE, "--text is empty");
	if (ok)
		hash_bytes(folded.text, folded.len, out);
	folded_release(&folded);
	return ok;
}

static void add_quoted(struct buf *out, const char *key, const char *text)
{
	buf_addf(out, "%s: '", key);
	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '\'')
			buf_add_byte(out, '\'');
		buf_add_byte(out, *p);
	}
	buf_add_string(out, "'\n");
}

/* The file as it is, and the entry behind it, indented as the one before. */
static void write_entry(const struct ruleset *set, const struct rule_file *old, const struct allowance *a,
                        struct buf *out)
{
	const unsigned column =
		set->allowance_count > 0 ? set->allowances[set->allowance_count - 1].column : 5;
	const int indent = column > 2 ? (int)column - 3 : 0;
	char hex[DIGEST_HEX_SIZE], date[DATE_TEXT_SIZE];

	if (old == NULL)
		buf_add_string(out, "review-allow: 1\nallow:\n");
	else
		buf_add(out, old->bytes, old->len);
	if (out->data[out->len - 1] != '\n')
		buf_add_byte(out, '\n');
	buf_addf(out, "%*s- rule: %s\n", indent, "", a->rule);
	buf_addf(out, "%*stext-sha-256: %s\n%*s", indent + 2, "", digest_to_hex(&a->text, hex), indent + 2,
	         "");
	add_quoted(out, "reason", a->reason);
	buf_addf(out, "%*sperson: %s\n%*suntil: %s\n", indent + 2, "", a->person, indent + 2, "",
	         date_to_text(a->until, date));
	if (a->path != NULL) {
		buf_addf(out, "%*s", indent + 2, "");
		add_quoted(out, "path", a->path);
	}
}

static bool is_same(const struct allowance *a, const struct allowance *b)
{
	if ((a->path == NULL) != (b->path == NULL) || (a->path != NULL && strcmp(a->path, b->path) != 0))
		return false;
	return strcmp(a->rule, b->rule) == 0 && digest_equal(&a->text, &b->text) &&
	       strcmp(a->reason, b->reason) == 0 && strcmp(a->person, b->person) == 0 && a->until == b->until;
}

/* As it is kept: without the slash that says "folder". */
static char *copy_path(const char *path)
{
	const size_t len = path != NULL ? strlen(path) : 0;

	return path != NULL ? mem_copy_bytes(path, len > 1 && path[len - 1] == '/' ? len - 1 : len) : NULL;
}

static const struct rule_file *find_file(const struct ruleset *set)
{
	for (size_t i = 0; i < set->files.count; i++)
		if (strcmp(set->files.items[i].name, ALLOW_FILE) == 0)
			return &set->files.items[i];
	return NULL;
}

/* The drafts with `text` for allow.yaml can be read, and their last entry is `a`. */
static bool read_back(const struct ruleset *set, const struct buf *text, const struct allowance *a,
                      struct err *err)
{
	struct rule_files files = {0};
	struct ruleset *after = NULL;
	bool ok = false;

	for (size_t i = 0; i < set->files.count; i++)
		if (&set->files.items[i] != find_file(set))
			rule_files_add(&files, set->files.items[i].name, set->files.items[i].bytes,
			               set->files.items[i].len);
	rule_files_add(&files, ALLOW_FILE, text->data, text->len);
	if (!ruleset_load(&files, &after, err))
		rule_files_release(&files);
	else if (after->allowance_count != set->allowance_count + 1 ||
	         !is_same(&after->allowances[after->allowance_count - 1], a))
		(void)err_set(err, ERR_INPUT, "the entry would not be read as it was meant");
	else
		ok = true;
	ruleset_free(after);
	if (!ok) {
		err_context(err, "nothing was written");
		if (find_file(set) != NULL)
			(void)err_hint(err,
			               "an entry that is in %s is changed there, with an editor", ALLOW_FILE);
	}
	return ok;
}

static bool append_entry(const struct ruleset *set, const char *review, const struct allowance *a,
                         struct err *err)
{
	char *path = rule_drafts_allow_path(review), hex[DIGEST_HEX_SIZE], date[DATE_TEXT_SIZE];
	struct buf text = {0};
	bool ok;

	write_entry(set, find_file(set), a, &text);
	ok = read_back(set, &text, a, err) && fs_write_file(path, text.data, text.len, 0644, err);
	if (ok)
		printf(_("%s: %s until %s, text %s\nnot in force yet: review rules publish\n"), path, a->rule,
		       date_to_text(a->until, date), digest_to_hex(&a->text, hex));
	buf_release(&text);
	free(path);
	return ok;
}

static bool add_to(struct session *s, const char *review, const struct allow_order *order, int32_t until,
                   struct err *err)
{
	struct rule_files files = {0};
	const struct rule *rule;
	struct allowance a = {.until = until};
	bool ok;

	if (!rule_drafts_read(review, &files, err))
		return false;
	if (!ruleset_load(&files, &s->rules, err)) {
		rule_files_release(&files);
		return false;
	}
	rule = ruleset_find(s->rules, order->rule);
	if (rule == NULL) {
		(void)err_set(err, ERR_NOT_FOUND, "there is no rule '%s'", order->rule);
		return err_hint(err, "review rules list");
	}
	if (!digest_text(rule, order->text, &a.text, err))
		return false;
	a.rule = rule->id;
	a.person = s->person;
	a.reason = mem_copy_string(order->reason);
	a.path = copy_path(order->path);
	ok = append_entry(s->rules, review, &a, err);
	free(a.reason);
	free(a.path);
	return ok;
}

bool allow_add(struct session *s, const struct allow_order *order, struct err *err)
{
	int32_t until = 0;
	char *review;
	bool ok;

	if (!check_order(order, err) || !session_open_repo(s, err) || !session_open_person(s, err) ||
	    !check_until(order->until, s->today, &until, err))
		return false;
	if (repo_work_dir(s->repo) == NULL)
		return err_set(err, ERR_INPUT, "a bare repository has no drafts");
	review = fs_join(repo_work_dir(s->repo), ".review");
	ok = add_to(s, review, order, until, err);
	free(review);
	return ok;
}

bool allow_check_days(const struct ruleset *set, int32_t today, struct err *err)
{
	char date[DATE_TEXT_SIZE];

	for (size_t i = 0; i < set->allowance_count; i++) {
		const struct allowance *a = &set->allowances[i];

		if (a->until <= today + ALLOW_DAYS_MOST)
			continue;
		(void)err_set(err, ERR_DENIED, "%s:%u:%u: nothing is allowed for more than %d days", ALLOW_FILE,
		              a->line, a->column, ALLOW_DAYS_MOST);
		return err_hint(err, "until: %s at the latest", date_to_text(today + ALLOW_DAYS_MOST, date));
	}
	return true;
}

static void print_safe(const char *text)
{
	struct buf safe = {0};

	utf8_add_printable(&safe, text, strlen(text));
	printf("%s", safe.data != NULL ? safe.data : "");
	buf_release(&safe);
}

void allow_print(const struct ruleset *set, int32_t today)
{
	char hex[DIGEST_HEX_SIZE], date[DATE_TEXT_SIZE];

	for (size_t i = 0; i < set->allowance_count; i++) {
		const struct allowance *a = &set->allowances[i];
		const char *state = allowance_expired(a, today) ? _("EXPIRED") : _("allowed");

		printf(_("%s%*s %-32s until %s  %s\n        "), state, utf8_padding(state, 7), "", a->rule,
		       date_to_text(a->until, date), a->person);
		print_safe(a->reason);
		if (a->path != NULL) {
			printf(_(" (only "));
			print_safe(a->path);
			printf(")");
		}
		printf(_("\n        text sha-256 %s\n"), digest_to_hex(&a->text, hex));
	}
}
