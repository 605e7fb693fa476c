/* make_fold_table.c - the fold table as C (build time only).
 *
 * For every code point: NFKC (UAX #15), then equivalent ideograph, simplified form and star, again
 * and again until nothing changes, so that folding is idempotent by construction. */
#include "ucd.h"

#include "fold_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text {
	uint32_t at[256];
	uint32_t len;
};

static struct fold_pair *pairs;
static uint32_t pair_count;

static void put(struct text *t, uint32_t c)
{
	if (t->len == 256)
		die("sequence", "too long");
	t->at[t->len++] = c;
}

static uint32_t step(uint32_t c, int canonical)
{
	return canonical ? chars[c].canonical : chars[c].compatible;
}

static void decompose(uint32_t c, int canonical, struct text *out)
{
	const uint32_t at = step(c, canonical);

	if (at == 0) {
		put(out, c);
		return;
	}
	for (uint32_t i = 1; i <= pool[at]; i++)
		decompose(pool[at + i], canonical, out);
}

static int compare_pairs(const void *a, const void *b)
{
	const struct fold_pair *p = a, *q = b;

	if (p->first != q->first)
		return p->first < q->first ? -1 : 1;
	return p->second < q->second ? -1 : p->second > q->second;
}

static void collect_pairs(void)
{
	pairs = calloc(4096, sizeof(*pairs));
	for (uint32_t c = 0; c < LAST; c++) {
		const uint32_t at = chars[c].canonical;

		if (at != 0 && pool[at] == 2 && !chars[c].excluded && pair_count < 4096)
			pairs[pair_count++] = (struct fold_pair){pool[at + 1], pool[at + 2], c};
	}
	qsort(pairs, pair_count, sizeof(*pairs), compare_pairs);
}

static uint32_t compose(uint32_t first, uint32_t second)
{
	const struct fold_pair key = {first, second, 0};
	const struct fold_pair *found = bsearch(&key, pairs, pair_count, sizeof(*pairs), compare_pairs);

	return found != NULL ? found->composed : 0;
}

/* As the program does it: a mark joins the character directly before it. */
static void recompose(struct text *t)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < t->len; i++) {
		const uint32_t c = kept > 0 ? compose(t->at[kept - 1], t->at[i]) : 0;

		if (c != 0)
			t->at[kept - 1] = c;
		else
			t->at[kept++] = t->at[i];
	}
	t->len = kept;
}

static uint32_t replace(uint32_t c)
{
	if (chars[c].letter != 0)
		c = chars[c].letter;
	if (chars[c].unified != 0)
		c = chars[c].unified;
	if (chars[c].simplified != 0)
		c = chars[c].simplified;
	return chars[c].star != 0 ? 0x2605 : c;
}

static int is_dropped(uint32_t c)
{
	return chars[c].class == CLASS_INVISIBLE || chars[c].class == CLASS_BIDI || chars[c].class == CLASS_OVERLAY;
}

/* What the program would drop from a text does not come out of a character either. */
static void drop_hidden(struct text *t)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < t->len; i++)
		if (i == 0 || !is_dropped(t->at[i]))
			t->at[kept++] = t->at[i];
	t->len = kept;
}

/* One round of folding; true when it changed something. */
static int fold_once(struct text *t)
{
	struct text next = {{0}, 0};

	for (uint32_t i = 0; i < t->len; i++)
		decompose(t->at[i], 0, &next);
	drop_hidden(&next);
	for (uint32_t i = 0; i < next.len; i++)
		next.at[i] = chars[next.at[i]].class == CLASS_SPACE ? ' ' : replace(next.at[i]);
	recompose(&next);
	if (next.len == t->len && memcmp(next.at, t->at, t->len * sizeof(next.at[0])) == 0)
		return 0;
	*t = next;
	return 1;
}

static void fold(uint32_t c, struct text *out)
{
	int rounds = 0;

	*out = (struct text){{c}, 1};
	if (is_dropped(c) || chars[c].class == CLASS_BREAK || (c >= 0xAC00 && c <= 0xD7A3))
		return;
	while (fold_once(out))
		if (++rounds > 8)
			die("folding", "does not settle");
}

static void name_key(uint32_t c, struct text *out)
{
	*out = (struct text){{c}, 1};
	for (int round = 0; round < 3; round++) {
		struct text next = {{0}, 0}, folded = {{0}, 0};

		for (uint32_t i = 0; i < out->len; i++)
			decompose(out->at[i], 1, &next);
		for (uint32_t i = 0; i < next.len; i++) {
			const uint32_t at = chars[next.at[i]].casefold;

			for (uint32_t k = 1; at != 0 && k <= pool[at]; k++)
				put(&folded, pool[at + k]);
			if (at == 0)
				put(&folded, next.at[i]);
		}
		*out = folded;
	}
}

static uint32_t *sequences;
static uint32_t sequence_used = 1;

static uint32_t encode(uint32_t c, const struct text *t)
{
	uint32_t at;

	if (t->len == 1)
		return t->at[0] == c ? FOLD_KEEP : t->at[0];
	at = sequence_used;
	sequences[sequence_used++] = t->len;
	for (uint32_t i = 0; i < t->len; i++)
		sequences[sequence_used++] = t->at[i];
	return FOLD_SEQUENCE | at;
}

/* Print a two-stage table, pages that are alike once. */
static void print_table(FILE *out, const char *name, const char *type, const uint32_t *values)
{
	static uint32_t index[LAST / FOLD_PAGE];
	uint32_t unique[LAST / FOLD_PAGE], pages = 0;

	for (uint32_t p = 0; p < LAST / FOLD_PAGE; p++) {
		uint32_t k = 0;

		while (k < pages && memcmp(values + unique[k] * FOLD_PAGE, values + p * FOLD_PAGE, FOLD_PAGE * 4) != 0)
			k++;
		if (k == pages)
			unique[pages++] = p;
		index[p] = k;
	}
	(void)fprintf(out, "const uint16_t %s_index[] = {", name);
	for (uint32_t p = 0; p < LAST / FOLD_PAGE; p++)
		(void)fprintf(out, "%s%u,", p % 32 == 0 ? "\n" : "", (unsigned)index[p]);
	(void)fprintf(out, "};\nconst %s %s_pages[][FOLD_PAGE] = {", type, name);
	for (uint32_t p = 0; p < pages; p++) {
		(void)fprintf(out, "{");
		for (uint32_t i = 0; i < FOLD_PAGE; i++)
			(void)fprintf(out, "%s%uu,", i % 16 == 0 ? "\n" : "", (unsigned)values[unique[p] * FOLD_PAGE + i]);
		(void)fprintf(out, "},\n");
	}
	(void)fprintf(out, "};\n");
}

/* What a three-byte character becomes when that is all there is to it: one Chinese character, or
 * the ASCII one it is the wide form of.  0: look closer. */
static uint32_t quick(uint32_t c, const uint32_t *folds)
{
	const uint32_t to = folds[c] == FOLD_KEEP ? c : folds[c];

	if (c < 0x800 || (to & FOLD_SEQUENCE) != 0 || chars[c].class == CLASS_SPACE || chars[c].class == CLASS_INVISIBLE)
		return 0;
	if (to >= 0x800 && to < 0x10000 && chars[to].class == CLASS_CJK)
		return to;
	return c >= 0xFF01 && c <= 0xFF5E && to > 0x20 && to < 0x7F && to != '*' ? to : 0;
}

static void print_quick(FILE *out, const uint32_t *folds)
{
	(void)fprintf(out, "const uint16_t fold_quick[0x10000] = {");
	for (uint32_t c = 0; c < 0x10000; c++)
		(void)fprintf(out, "%s%u,", c % 16 == 0 ? "\n" : "", (unsigned)quick(c, folds));
	(void)fprintf(out, "};\n");
}

static void print_lookalikes(FILE *out, const char *path)
{
	FILE *f = fopen(path, "r");
	char line[256];
	unsigned from, to, count = 0;

	if (f == NULL)
		die("cannot read", path);
	(void)fprintf(out, "const struct fold_lookalike fold_lookalikes[] = {\n");
	while (fgets(line, sizeof(line), f) != NULL)
		if (line[0] != '#' && sscanf(line, "%x %x", &from, &to) == 2) {
			(void)fprintf(out, "\t{0x%X, 0x%X},\n", from, to);
			count++;
		}
	(void)fclose(f);
	if (count == 0)
		die("empty", path);
	(void)fprintf(out, "};\nconst uint32_t fold_lookalike_count = %u;\n", count);
}

static void print_rest(FILE *out)
{
	(void)fprintf(out, "const uint32_t fold_sequences[] = {");
	for (uint32_t i = 0; i < sequence_used; i++)
		(void)fprintf(out, "%s%u,", i % 16 == 0 ? "\n" : "", (unsigned)sequences[i]);
	(void)fprintf(out, "};\nconst struct fold_pair fold_pairs[] = {\n");
	for (uint32_t i = 0; i < pair_count; i++)
		(void)fprintf(out, "\t{0x%X, 0x%X, 0x%X},\n", (unsigned)pairs[i].first, (unsigned)pairs[i].second,
		              (unsigned)pairs[i].composed);
	(void)fprintf(out, "};\nconst uint32_t fold_pair_count = %u;\n", (unsigned)pair_count);
}

int main(int argc, char **argv)
{
	static uint32_t folds[LAST], names[LAST], classes[LAST];
	FILE *out;

	if (argc != 7)
		die("usage", "make_fold_table UCD SIMPLIFIED LOOKALIKES STARS LETTERS OUTPUT");
	ucd_load(argv[1]);
	ucd_load_simplified(argv[2]);
	ucd_load_stars(argv[4]);
	ucd_load_letters(argv[5]);
	collect_pairs();
	sequences = calloc(1000000, sizeof(*sequences));
	out = fopen(argv[6], "w");
	if (sequences == NULL || pairs == NULL || out == NULL)
		die("cannot write", argv[6]);
	for (uint32_t c = 0; c < LAST; c++) {
		struct text t;

		fold(c, &t);
		folds[c] = encode(c, &t);
		name_key(c, &t);
		names[c] = encode(c, &t);
		classes[c] = chars[c].class;
	}
	(void)fprintf(out, "/* Made by make_fold_table; do not edit. */\n#include \"fold_table.h\"\n");
	print_table(out, "fold", "uint32_t", folds);
	print_table(out, "name", "uint32_t", names);
	print_table(out, "class", "uint8_t", classes);
	print_quick(out, folds);
	print_lookalikes(out, argv[3]);
	print_rest(out);
	return fclose(out) == 0 ? 0 : 1;
}
