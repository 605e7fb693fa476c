/* shape.c - reading a pattern without running it (pcre2pattern(3)).
 *
 * A rule is written for people; the engine wants to know what to look for before it runs a pattern,
 * and how far from there.  Both follow from the pattern by walking it once: for each part its longest
 * match, the strings it is if they are few, and what no match of it can lack.  Whatever is not
 * understood here makes the pattern unclear, and an unclear pattern is run over every text. */
#include "shape.h"

#include "base/language.h"
#include "base/mem.h"
#include "shape_inside.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MOST = 40, REPEAT_MOST = 3 };

static void part_clear(struct part *p)
{
	words_set_clear(&p->words);
	need_clear(&p->need);
}

static size_t add_sizes(size_t a, size_t b)
{
	return a == SHAPE_UNBOUNDED || b == SHAPE_UNBOUNDED || a + b > 1u << 20 ? SHAPE_UNBOUNDED : a + b;
}

static struct part read_alternatives(struct reader *r);

/* Behind "(?": which kind of group.  0: one that captures or not; else = ! (ahead) or < (behind). */
static int group_kind(struct reader *r, bool *captures)
{
	const char *at = r->at;
	const char *close;

	*captures = false;
	if (*at == ':' || *at == '>') {
		r->at++;
		return 0;
	}
	if (*at == '=' || *at == '!') {
		r->at++;
		return '=';
	}
	if (at[0] == '<' && (at[1] == '=' || at[1] == '!')) {
		r->at += 2;
		return '<';
	}
	at += *at == 'P' ? 1 : 0;
	close = *at == '<' ? strchr(at, '>') : *at == '\'' ? strchr(at + 1, '\'') : NULL;
	if (close == NULL)
		pattern_give_up(r, N_("a group of a rare kind"));
	else
		r->at = close + 1;
	*captures = true;
	return 0;
}

/* (?i) and (?-i: and the like; true when it is one, *closed when it ends there. */
static bool read_options(struct reader *r, bool *closed)
{
	const char *at = r->at;
	bool on = true, caseless = r->caseless, dotall = r->dotall;

	for (; *at != '\0' && strchr("ismJnU-", *at) != NULL; at++) {
		on = *at == '-' ? false : on;
		caseless = *at == 'i' ? on : caseless;
		dotall = *at == 's' ? on : dotall;
		if (*at == 'U' || *at == 'n' || (*at == 'm' && !on))
			return false;
	}
	if (at == r->at || (*at != ')' && *at != ':'))
		return false;
	*closed = *at == ')';
	r->at = at + 1;
	r->caseless = caseless;
	r->dotall = dotall;
	return true;
}

static void remember_reach(struct reader *r, int kind, const struct part *p)
{
	size_t *reach = kind == '<' ? &r->behind : &r->ahead;

	*reach = *reach == SHAPE_UNBOUNDED || p->longest == SHAPE_UNBOUNDED ? SHAPE_UNBOUNDED
	         : p->longest > *reach                                       ? p->longest
	                                                                     : *reach;
	r->reaches = r->reaches || (p->crosses && p->longest > 4); /* one character over is seen anyway */
}

static struct part read_group(struct reader *r)
{
	const bool caseless = r->caseless, dotall = r->dotall;
	struct part p = {.empty = true, .listed = true};
	unsigned group = GROUPS_MOST;
	bool captures = true, closed = false;
	int kind = 0;

	if (*r->at == '*')
		pattern_give_up(r, N_("a verb"));
	if (*r->at == '?') {
		r->at++;
		captures = false;
		if (!read_options(r, &closed))
			kind = group_kind(r, &captures);
	}
	if (closed) /* holds to the end of the group around it */
		return p;
	if (captures && r->group_count + 1 < GROUPS_MOST)
		group = ++r->group_count;
	p = read_alternatives(r);
	if (*r->at == ')')
		r->at++;
	else
		pattern_give_up(r, N_("a group without an end"));
	r->caseless = caseless;
	r->dotall = dotall;
	p.grouped = true;
	if (group < GROUPS_MOST) {
		r->groups[group].longest = p.longest;
		r->groups[group].crosses = p.crosses;
	}
	if (kind != 0) {
		remember_reach(r, kind, &p);
		part_clear(&p);
		p = (struct part){.empty = true, .listed = true};
	}
	return p;
}

static struct part quoted(struct reader *r)
{
	const char *end = strstr(r->at, "\\E");
	struct part p = {.listed = true};
	const size_t len = end != NULL ? (size_t)(end - r->at) : strlen(r->at);

	(void)len;
	pattern_give_up(r, "\\Q");
	return p;
}

static struct part read_escape(struct reader *r)
{
	const uint32_t name = pattern_take(r);
	uint32_t c = name;

	if (name >= 0x80)
		return part_literal(r, name);
	if (name != 0 && strchr("bBAzZ", (char)name) != NULL) {
		r->behind = r->behind > 4 ? r->behind : 4;
		r->ahead = r->ahead > 4 ? r->ahead : 4;
		return (struct part){.empty = true, .listed = true};
	}
	if (name == 'Q')
		return quoted(r);
	if (name >= '1' && name <= '9' && !(*r->at >= '0' && *r->at <= '9')) {
		const unsigned group = name - '0';

		if (group > r->group_count)
			pattern_give_up(r, N_("a reference to a group further on"));
		return part_of(group <= r->group_count ? r->groups[group].longest : SHAPE_UNBOUNDED,
		              group > r->group_count || r->groups[group].crosses);
	}
	if (name != 0 && strchr("dDwWsShHvVNpP", (char)name) != NULL) {
		struct class k = {.ascii = true, .digits = true};
		const bool letters = (name == 'p' || name == 'P') && pattern_property(r);
		struct part p;

		class_name(&k, (char)name, letters);
		p = part_of(k.ascii ? 1 : 4, k.line_end);
		p.number = name == 'd';
		p.digits = p.number ? 1 : 0;
		return p;
	}
	if (!pattern_escape(r, (char)name, &c))
		pattern_give_up(r, N_("an escape of a rare kind"));
	return part_literal(r, c);
}

static struct part read_atom(struct reader *r)
{
	const uint32_t c = pattern_take(r);

	switch (c) {
	case '(':
		if (++r->depth > DEPTH_MOST) {
			pattern_give_up(r, N_("too many groups in groups"));
		} else {
			struct part p = read_group(r);

			r->depth--;
			return p;
		}
		return part_of(SHAPE_UNBOUNDED, true);
	case '[':
		return pattern_class(r);
	case '.':
		return part_of(4, r->dotall);
	case '^':
		r->behind = r->behind > 4 ? r->behind : 4;
		return (struct part){.empty = true, .listed = true};
	case '$':
		r->ahead = r->ahead > 4 ? r->ahead : 4;
		return (struct part){.empty = true, .listed = true};
	case '\\':
		return read_escape(r);
	default:
		return part_literal(r, c);
	}
}

/* {2}, {2,}, {2,5}, or *, +, ?; true when there is one. */
static bool read_quantifier(struct reader *r, size_t *least, size_t *most)
{
	char *end = NULL;

	*least = *most = 1;
	if (*r->at == '*' || *r->at == '+' || *r->at == '?') {
		*least = *r->at == '+' ? 1 : 0;
		*most = *r->at == '?' ? 1 : SHAPE_UNBOUNDED;
		r->at++;
	} else if (*r->at == '{' && r->at[1] >= '0' && r->at[1] <= '9') {
		*least = *most = strtoul(r->at + 1, &end, 10);
		if (*end == ',')
			*most = end[1] == '}' ? SHAPE_UNBOUNDED : strtoul(end + 1, &end, 10);
		end += *end == ',' ? 1 : 0;
		if (*end != '}')
			return false; /* a brace that stands for itself */
		r->at = end + 1;
	} else {
		return false;
	}
	if (*r->at == '?' || *r->at == '+')
		r->at++;
	return true;
}

/* The strings of `p` repeated, when they stay few. */
static bool repeat_words(struct part *p, size_t least, size_t most)
{
	struct words all = {0}, run = {0};
	bool few = p->listed && most <= REPEAT_MOST;

	words_set_add(&run, "", 0);
	for (size_t n = 0; few && n <= most; n++) {
		if (n >= least)
			words_set_copy(&all, &run);
		few = all.count <= WORDS_MOST && (n == most || words_set_append(&run, &p->words));
	}
	words_set_clear(&run);
	words_set_clear(&p->words);
	if (few)
		p->words = all;
	else
		words_set_clear(&all);
	return few;
}

static void repeat(struct part *p, size_t least, size_t most)
{
	if (p->empty)
		return;
	if (least == 0 && !p->listed)
		need_clear(&p->need);
	if (p->listed && least > 0 && !p->need.known) { /* kept for when it can no longer be listed */
		p->need.known = true;
		words_set_copy(&p->need.words, &p->words);
	} else if (least == 0) {
		need_clear(&p->need);
	}
	p->longest = p->longest == SHAPE_UNBOUNDED || most == SHAPE_UNBOUNDED || p->longest * most > 1u << 20
	                     ? SHAPE_UNBOUNDED
	                     : p->longest * most;
	p->digits *= (unsigned)(least < 1000 ? least : 1000);
	p->capital = p->capital && least == 1 && most == 1;
	p->listed = repeat_words(p, least, most);
}

/* A sequence while it grows. */
struct sequence {
	struct part all;
	struct words run;  /* the listed parts directly before, strung together; */
	bool running;      /* there are such */
	bool whole;        /* and nothing else */
	unsigned digits, capitals;
	bool numeric;      /* the parts directly before are a number */
	size_t run_at, number_at; /* bytes before them at most */
};

static void offer_words(struct sequence *s)
{
	struct need need = {.known = s->running && s->run.count > 0 && s->run.shortest > 0, .before = s->run_at};

	if (need.known) {
		need.words = s->run;
		s->run = (struct words){0}; /* transferred */
	}
	need_better(&s->all.need, &need);
	words_set_clear(&s->run);
	s->running = false;
}

static void offer_number(struct sequence *s)
{
	struct need need = {.known = s->digits >= 5, .digits = s->digits, .before = s->number_at};

	need_better(&s->all.need, &need);
	s->digits = 0;
	s->numeric = false;
}

/* `at`: bytes before this part at most. */
static void join_number(struct sequence *s, const struct part *p, size_t at, bool capitals_twice)
{
	if (!p->number) {
		offer_number(s);
		s->capitals = capitals_twice ? 2 : p->capital ? s->capitals + 1 : 0;
		return;
	}
	if (s->digits == 0) /* separators before the first digit are not looked for */
		s->number_at = p->grouped ? add_sizes(at, p->longest) : at;
	s->digits += p->digits;
	s->numeric = true;
	if (s->capitals >= 2 && s->digits >= 2) {
		struct need code = {.known = true, .code = true, .before = s->number_at};

		need_better(&s->all.need, &code);
	}
	if (s->digits >= 2)
		s->capitals = 0;
}

static void join_words(struct sequence *s, struct part *p, size_t at)
{
	if (p->listed) {
		if (!s->running) {
			words_set_add(&s->run, "", 0);
			s->run_at = at;
		}
		s->running = true;
		if (words_set_append(&s->run, &p->words))
			return;
		offer_words(s);
		s->running = true;
		s->run_at = at;
		words_set_copy(&s->run, &p->words);
	} else {
		offer_words(s);
	}
	s->whole = false;
}

static void join(struct sequence *s, struct part *p, bool capitals_twice)
{
	const size_t at = s->all.longest;

	s->all.longest = add_sizes(s->all.longest, p->longest);
	s->all.crosses = s->all.crosses || p->crosses;
	s->all.number = s->all.number && p->number;
	s->all.digits += p->digits;
	join_number(s, p, at, capitals_twice);
	join_words(s, p, at);
	p->need.before = add_sizes(p->need.before, at);
	need_better(&s->all.need, &p->need);
	part_clear(p);
}

static struct part read_sequence(struct reader *r)
{
	struct sequence s = {.all = {.number = true}, .whole = true};

	while (r->unclear == NULL && *r->at != '\0' && *r->at != '|' && *r->at != ')') {
		struct part p = read_atom(r);
		size_t least = 1, most = 1;
		bool twice = false;

		if (read_quantifier(r, &least, &most)) {
			twice = p.capital && least >= 2;
			repeat(&p, least, most);
		}
		if (p.empty)
			part_clear(&p);
		else
			join(&s, &p, twice);
	}
	offer_number(&s);
	if (s.whole) {
		if (!s.running)
			words_set_add(&s.run, "", 0);
		s.all.listed = true;
		words_set_copy(&s.all.words, &s.run);
		s.running = true;
	}
	offer_words(&s);
	return s.all;
}

static struct part read_alternatives(struct reader *r)
{
	struct part all = read_sequence(r);

	while (r->unclear == NULL && *r->at == '|') {
		struct part p;

		r->at++;
		p = read_sequence(r);
		all.longest = p.longest == SHAPE_UNBOUNDED || p.longest > all.longest ? p.longest : all.longest;
		all.crosses = all.crosses || p.crosses;
		all.number = all.number && p.number;
		all.digits = p.digits < all.digits ? p.digits : all.digits;
		all.listed = all.listed && p.listed && all.words.count + p.words.count <= WORDS_MOST;
		if (all.listed)
			words_set_copy(&all.words, &p.words);
		else
			words_set_clear(&all.words);
		all.capital = false;
		need_either(&all.need, &p.need);
		part_clear(&p);
	}
	return all;
}

void shape_of(const char *pattern, struct shape *out)
{
	struct reader r = {.at = pattern};
	struct part p = read_alternatives(&r);

	if (r.unclear == NULL && *r.at != '\0')
		pattern_give_up(&r, N_("a parenthesis that closes nothing"));
	*out = (struct shape){.longest = p.longest, .behind = r.behind, .ahead = r.ahead, .crosses = p.crosses || r.reaches};
	if (r.unclear != NULL) {
		*out = (struct shape){.longest = SHAPE_UNBOUNDED, .behind = SHAPE_UNBOUNDED, .ahead = SHAPE_UNBOUNDED,
		                      .crosses = true, .unclear = r.unclear};
	} else if (need_value(&p.need) >= 2) {
		out->need = p.need;
		words_set_sort(&out->need.words);
		p.need = (struct need){0};
	}
	part_clear(&p);
}

void shape_release(struct shape *shape)
{
	need_clear(&shape->need);
}
