/* calendar_parse.c - review-calendar files, read strictly: a holiday with a slip of the pen in it moves
 * every term that passes over it. */
#include "calendar_inside.h"
#include "parse_inside.h"

#include "base/calendar.h"
#include "base/embedded.h"
#include "base/mem.h"
#include "seal/hash.h"
#include "yaml/yaml.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_YEARS = 100, MOST_SPANS = 200, MOST_RULES = 100, LONGEST_SPAN = 60 };

extern const struct embedded builtin_calendars[];

static const char *const weekdays[] = {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", NULL};

static bool parse_day(const struct yaml *doc, const struct yaml_node *node, int32_t *out, struct err *err)
{
	if (node->kind == YAML_SCALAR && date_from_text(out, node->text, strlen(node->text)))
		return true;
	return yaml_complain(doc, node, err, "a day is wanted here, as 2026-10-01");
}

static bool parse_weekend(const struct yaml *doc, const struct yaml_node *node, struct calendar *c, struct err *err)
{
	size_t day = 0;

	if (node->kind != YAML_LIST)
		return yaml_complain(doc, node, err, "a list is wanted here");
	for (size_t i = 0; i < node->count; i++) {
		if (!yaml_choice(doc, node->items[i], weekdays, &day, err))
			return false;
		c->weekend |= 1u << day;
	}
	return c->weekend != 0x7f || yaml_complain(doc, node, err, "a week without a working day");
}

/* In that year, or in the December before. */
static bool day_belongs(const struct calendar_year *year, int32_t day)
{
	char text[DATE_TEXT_SIZE];

	return date_year(day) == year->year ||
	       (date_year(day) == year->year - 1 && strncmp(date_to_text(day, text) + 5, "12", 2) == 0);
}

/* No day twice: whether it is free must not depend on which line is read first. */
static bool add_span(const struct yaml *doc, const struct yaml_node *at, struct calendar_year *year,
                     struct day_span *span, struct err *err)
{
	char day[DATE_TEXT_SIZE];

	if (span->to < span->from || span->to - span->from >= LONGEST_SPAN)
		return yaml_complain(doc, at, err, "from and until are not in order, or far apart");
	for (int i = 0; i < 2; i++)
		if (!day_belongs(year, i == 0 ? span->from : span->to))
			return yaml_complain(doc, at, err, "%s does not belong to %d",
			                     date_to_text(i == 0 ? span->from : span->to, day), year->year);
	for (size_t i = 0; i < year->span_count; i++)
		if (span->from <= year->spans[i].to && span->to >= year->spans[i].from)
			return yaml_complain(doc, at, err, "%s is listed twice",
			                     date_to_text(span->from > year->spans[i].from ? span->from : year->spans[i].from, day));
	if (year->span_count >= MOST_SPANS)
		return yaml_complain(doc, at, err, "more than %d of them", MOST_SPANS);
	year->spans = mem_grow(year->spans, year->span_count, sizeof(*year->spans));
	year->spans[year->span_count++] = *span; /* transferred */
	*span = (struct day_span){0};
	return true;
}

/* {name: {en:, zh:}, from: DAY, until: DAY} or {name:, on: DAY}. */
static bool parse_span(const struct yaml *doc, const struct yaml_node *node, struct calendar_year *year, bool worked,
                       struct err *err)
{
	static const char *const keys[] = {"name", "on", "from", "until", NULL};
	const struct yaml_node *name = NULL, *on, *from, *until;
	struct day_span span = {.worked = worked};
	bool ok = false;

	if (!yaml_expect_keys(doc, node, keys, err) || !yaml_need(doc, node, "name", YAML_MAP, &name, err))
		return false;
	on = yaml_get(node, "on");
	from = on != NULL ? on : yaml_get(node, "from");
	until = on != NULL ? on : yaml_get(node, "until");
	if (from == NULL || until == NULL || (on != NULL && (yaml_get(node, "from") != NULL || yaml_get(node, "until") != NULL)))
		return yaml_complain(doc, node, err, "either 'on', or 'from' and 'until'");
	if (parse_day(doc, from, &span.from, err) && parse_day(doc, until, &span.to, err) &&
	    parse_titles(doc, name, &span.name_en, &span.name_zh, err))
		ok = add_span(doc, node, year, &span, err);
	free(span.name_en);
	free(span.name_zh);
	return ok;
}

static bool parse_spans(const struct yaml *doc, const struct yaml_node *node, struct calendar_year *year, bool worked,
                        struct err *err)
{
	if (node == NULL)
		return true;
	if (node->kind != YAML_LIST)
		return yaml_complain(doc, node, err, "a list is wanted here");
	for (size_t i = 0; i < node->count; i++)
		if (!parse_span(doc, node->items[i], year, worked, err))
			return false;
	return true;
}

static bool parse_optional(const struct yaml *doc, const struct yaml_node *map, const char *key, char **out, struct err *err)
{
	if (yaml_get(map, key) != NULL)
		return parse_text(doc, map, key, out, err);
	*out = mem_copy_string("");
	return true;
}

static bool parse_year(const struct yaml *doc, const struct yaml_node *key, const struct yaml_node *node,
                       struct calendar_year *year, struct err *err)
{
	static const char *const keys[] = {"source", "unverified", "holidays", "worked", NULL};
	int64_t number = 0;

	if (!yaml_number(doc, key, 1970, 9998, &number, err) || !yaml_expect_keys(doc, node, keys, err))
		return false;
	year->year = (int)number;
	return parse_optional(doc, node, "source", &year->source, err) &&
	       parse_optional(doc, node, "unverified", &year->unverified, err) &&
	       parse_spans(doc, yaml_get(node, "holidays"), year, false, err) &&
	       parse_spans(doc, yaml_get(node, "worked"), year, true, err);
}

static int by_year(const void *a, const void *b)
{
	return ((const struct calendar_year *)a)->year - ((const struct calendar_year *)b)->year;
}

/* Take a year in, in place of the one a calendar that is extended has. */
static void take_year(struct calendar *c, struct calendar_year *year)
{
	struct calendar_year *old = calendar_find_year(c, year->year);

	if (old != NULL) {
		calendar_year_release(old);
		*old = *year; /* transferred */
	} else {
		c->years = mem_grow(c->years, c->year_count, sizeof(*c->years));
		c->years[c->year_count++] = *year; /* transferred */
		qsort(c->years, c->year_count, sizeof(*c->years), by_year);
	}
	*year = (struct calendar_year){0};
}

static bool parse_years(const struct yaml *doc, const struct yaml_node *node, struct calendar *c, struct err *err)
{
	if (node == NULL)
		return true;
	if (node->kind != YAML_MAP || node->count == 0 || node->count > MOST_YEARS)
		return yaml_complain(doc, node, err, "years are wanted here, 1 to %d, as 2026: {...}", MOST_YEARS);
	for (size_t i = 0; i < node->count; i++) {
		struct calendar_year year = {0};

		if (!parse_year(doc, node->keys[i], node->items[i], &year, err)) {
			calendar_year_release(&year);
			return false;
		}
		take_year(c, &year);
	}
	return true;
}

/* on: 07-04, or weekday: monday, month: 9, nth: 1 (or last). */
static bool parse_when(const struct yaml *doc, const struct yaml_node *node, struct day_rule *rule, struct err *err)
{
	static const char *const counts[] = {"last", "1", "2", "3", "4", NULL};
	const struct yaml_node *on = yaml_get(node, "on"), *weekday = NULL, *month = NULL, *nth = NULL;
	size_t day = 0, count = 0;
	int64_t number = 0;
	int32_t leap_day;
	char *text;
	bool ok;

	if (on != NULL) {
		text = mem_format("2000-%s", on->kind == YAML_SCALAR ? on->text : "");
		ok = date_from_text(&leap_day, text, strlen(text));
		if (ok) {
			rule->month = (text[5] - '0') * 10 + (text[6] - '0');
			rule->day = (text[8] - '0') * 10 + (text[9] - '0');
		}
		free(text);
		return ok || yaml_complain(doc, on, err, "a day of the year is wanted here, as 10-01");
	}
	if (!yaml_need(doc, node, "weekday", YAML_SCALAR, &weekday, err) || !yaml_choice(doc, weekday, weekdays, &day, err) ||
	    !yaml_need(doc, node, "nth", YAML_SCALAR, &nth, err) || !yaml_choice(doc, nth, counts, &count, err) ||
	    !yaml_need(doc, node, "month", YAML_SCALAR, &month, err) || !yaml_number(doc, month, 1, 12, &number, err))
		return false;
	rule->weekday = (int)day;
	rule->nth = (int)count;
	rule->month = (int)number;
	return true;
}

static bool parse_rule(const struct yaml *doc, const struct yaml_node *node, struct day_rule *rule, struct err *err)
{
	static const char *const by_date[] = {"name", "on", "since", "observed", NULL};
	static const char *const by_weekday[] = {"name", "weekday", "nth", "month", "since", NULL};
	static const char *const ways[] = {"as-is", "nearest-weekday", "next-weekday", NULL};
	const struct yaml_node *name = NULL, *since, *observed;
	int64_t year = 0;
	size_t way = 0;

	if (!yaml_expect_keys(doc, node, yaml_get(node, "on") != NULL ? by_date : by_weekday, err) ||
	    !yaml_need(doc, node, "name", YAML_MAP, &name, err) || !parse_when(doc, node, rule, err))
		return false;
	since = yaml_get(node, "since");
	observed = yaml_get(node, "observed");
	if ((since != NULL && !yaml_number(doc, since, 1970, 9998, &year, err)) ||
	    (observed != NULL && !yaml_choice(doc, observed, ways, &way, err)))
		return false;
	rule->since = (int)year;
	rule->observed = way == 1 ? OBSERVED_NEAREST : way == 2 ? OBSERVED_NEXT : OBSERVED_AS_IS;
	return parse_titles(doc, name, &rule->name_en, &rule->name_zh, err);
}

static void take_rule(struct calendar *c, struct day_rule *rule)
{
	for (size_t i = 0; i < c->rule_count; i++)
		if (strcmp(c->rules[i].name_en, rule->name_en) == 0) {
			day_rule_release(&c->rules[i]);
			c->rules[i] = *rule; /* transferred */
			return;
		}
	c->rules = mem_grow(c->rules, c->rule_count, sizeof(*c->rules));
	c->rules[c->rule_count++] = *rule; /* transferred */
}

static bool parse_rules(const struct yaml *doc, const struct yaml_node *node, struct calendar *c, struct err *err)
{
	if (node == NULL)
		return true;
	if (node->kind != YAML_LIST || node->count > MOST_RULES)
		return yaml_complain(doc, node, err, "a list is wanted here, of at most %d", MOST_RULES);
	for (size_t i = 0; i < node->count; i++) {
		struct day_rule rule = {0};

		if (!parse_rule(doc, node->items[i], &rule, err)) {
			day_rule_release(&rule);
			return false;
		}
		take_rule(c, &rule);
	}
	return true;
}

/* What it starts from: the calendar that is compiled in, or nothing. */
static bool parse_extends(const struct yaml *doc, const struct yaml_node *root, struct calendar **out, struct err *err)
{
	static const char *const bases[] = {"built-in", NULL};
	const struct yaml_node *extends = yaml_get(root, "extends"), *id = NULL;
	size_t base;

	if (!yaml_need(doc, root, "calendar", YAML_SCALAR, &id, err))
		return false;
	if (!id_is_plain(id->text))
		return yaml_complain(doc, id, err, "the name of a calendar is wanted here");
	if (extends == NULL) {
		*out = mem_alloc(1, sizeof(**out));
		(*out)->id = mem_copy_string(id->text);
		return true;
	}
	if (!yaml_choice(doc, extends, bases, &base, err))
		return false;
	if (calendar_built_in_text(id->text, &base) == NULL)
		return yaml_complain(doc, extends, err, "no calendar '%s' is built in", id->text);
	return calendar_built_in(id->text, out, err);
}

static bool parse_head(const struct yaml *doc, const struct yaml_node *root, struct calendar *c, struct err *err)
{
	const struct yaml_node *title = yaml_get(root, "title"), *weekend = yaml_get(root, "weekend");

	if (title != NULL) {
		free(c->title_en);
		free(c->title_zh);
		c->title_en = c->title_zh = NULL;
		if (!parse_titles(doc, title, &c->title_en, &c->title_zh, err))
			return false;
	}
	if (c->title_en == NULL) {
		c->title_en = mem_copy_string(c->id);
		c->title_zh = mem_copy_string(c->id);
	}
	if (weekend == NULL && c->weekend == 0)
		c->weekend = 1u << 0 | 1u << 6;
	if (weekend == NULL)
		return true;
	c->weekend = 0;
	return parse_weekend(doc, weekend, c, err);
}

bool calendar_parse(const char *name, const char *text, size_t len, struct calendar **out, struct err *err)
{
	static const char *const keys[] = {"review-calendar", "calendar", "extends", "title", "weekend", "years", "every-year", NULL};
	struct calendar *c = NULL;
	const struct yaml_node *root, *version = NULL;
	struct yaml *doc = NULL;
	int64_t number;
	bool ok = false;

	if (!yaml_parse(name, text, len, &doc, err))
		return false;
	root = yaml_root(doc);
	if (yaml_expect_keys(doc, root, keys, err) && yaml_need(doc, root, "review-calendar", YAML_SCALAR, &version, err) &&
	    yaml_number(doc, version, 1, 1, &number, err) && parse_extends(doc, root, &c, err) &&
	    parse_head(doc, root, c, err) && parse_years(doc, yaml_get(root, "years"), c, err) &&
	    parse_rules(doc, yaml_get(root, "every-year"), c, err)) {
		hash_bytes(text, len, &c->digest);
		*out = c; /* transferred */
		c = NULL;
		ok = true;
	}
	calendar_free(c);
	yaml_doc_free(doc);
	return ok;
}

const char *calendar_built_in_text(const char *id, size_t *len)
{
	const size_t want = strlen(id);

	for (const struct embedded *e = builtin_calendars; e->name != NULL; e++)
		if (strlen(e->name) == want + 5 && memcmp(e->name, id, want) == 0) { /* id.yaml */
			*len = e->len;
			return (const char *)e->bytes;
		}
	return NULL;
}

bool calendar_built_in(const char *id, struct calendar **out, struct err *err)
{
	static const char plain[] = "review-calendar: 1\ncalendar: weekdays\ntitle: {en: Monday to Friday, zh: 周一至周五}\n";
	const char *text = plain;
	size_t len = sizeof(plain) - 1;

	if (id[0] != '\0')
		text = calendar_built_in_text(id, &len);
	if (text == NULL) {
		(void)err_set(err, ERR_NOT_FOUND, "there is no calendar '%s'", id);
		return err_hint(err, "write .review/calendar/%s.yaml: see docs/calendar.md", id);
	}
	return calendar_parse(id[0] != '\0' ? id : "weekdays", text, len, out, err);
}
