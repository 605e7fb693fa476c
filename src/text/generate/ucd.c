/* ucd.c - reading the Unicode Character Database and the lists beside it (build time only). */
#include "ucd.h"

#include "fold_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct character chars[LAST];
uint32_t pool[POOL];
static uint32_t pool_used = 1;

void die(const char *what, const char *which)
{
	(void)fprintf(stderr, "make_fold_table: %s: %s\n", what, which);
	exit(1);
}

uint32_t pool_add(const uint32_t *sequence, uint32_t len)
{
	const uint32_t at = pool_used;

	if (pool_used + len + 1 >= POOL)
		die("pool", "full");
	pool[pool_used++] = len;
	for (uint32_t i = 0; i < len; i++)
		pool[pool_used++] = sequence[i];
	return at;
}

typedef void line_fn(char *line);

static void each_line(const char *directory, const char *name, line_fn *fn)
{
	char path[4096], line[8192];
	FILE *f;
	int count = 0;

	(void)snprintf(path, sizeof(path), "%s%s%s", directory, directory[0] != '\0' ? "/" : "", name);
	f = fopen(path, "r");
	if (f == NULL)
		die("cannot read", path);
	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "#\r\n")] = '\0';
		if (line[strspn(line, " \t")] != '\0') {
			fn(line);
			count++;
		}
	}
	(void)fclose(f);
	if (count == 0)
		die("empty", path);
}

/* The n-th ';'-separated field, without spaces around it. */
static char *field(char *line, int n)
{
	static char copy[8192];
	char *at = line, *end;

	for (; n > 0; n--) {
		at = strchr(at, ';');
		if (at == NULL)
			die("missing field in", line);
		at++;
	}
	at += strspn(at, " \t");
	(void)snprintf(copy, sizeof(copy), "%.*s", (int)strcspn(at, ";"), at);
	end = copy + strlen(copy);
	while (end > copy && (end[-1] == ' ' || end[-1] == '\t'))
		*--end = '\0';
	return copy;
}

static uint32_t hex(const char *text, const char **after)
{
	char *end = NULL;
	const unsigned long value = strtoul(text, &end, 16);

	if (end == text || value >= LAST)
		die("not a code point", text);
	if (after != NULL)
		*after = end;
	return (uint32_t)value;
}

static uint32_t sequence(const char *text)
{
	uint32_t list[64], len = 0;

	while (*(text += strspn(text, " \t")) != '\0' && len < 64)
		list[len++] = hex(text, &text);
	return pool_add(list, len);
}

static void range(char *line, uint32_t *from, uint32_t *to)
{
	const char *after = NULL;

	*from = hex(line, &after);
	*to = strncmp(after, "..", 2) == 0 ? hex(after + 2, NULL) : *from;
}

static void unicode_data(char *line)
{
	static uint32_t first;
	const uint32_t c = hex(line, NULL);
	struct character *ch = &chars[c];
	char name[256];
	const char *mapping;

	(void)snprintf(name, sizeof(name), "%s", field(line, 1));
	(void)snprintf(ch->category, sizeof(ch->category), "%s", field(line, 2));
	ch->combining = (uint8_t)atoi(field(line, 3));
	mapping = field(line, 5);
	if (mapping[0] == '<')
		ch->compatible = sequence(strchr(mapping, '>') + 1);
	else if (mapping[0] != '\0')
		ch->compatible = ch->canonical = sequence(mapping);
	if (strstr(name, ", First>") != NULL)
		first = c;
	if (strstr(name, ", Last>") != NULL)
		for (uint32_t i = first; i < c; i++)
			memcpy(chars[i].category, ch->category, sizeof(ch->category));
}

static void exclusion(char *line)
{
	uint32_t from, to;

	if (strcmp(field(line, 1), "Full_Composition_Exclusion") != 0)
		return;
	for (range(line, &from, &to); from <= to; from++)
		chars[from].excluded = 1;
}

static void case_folding(char *line)
{
	const uint32_t c = hex(line, NULL);
	const char status = field(line, 1)[0];

	if (status == 'C' || status == 'F')
		chars[c].casefold = sequence(field(line, 2));
}

static void ideograph(char *line)
{
	uint32_t from, to;
	const uint32_t unified = hex(field(line, 1), NULL);

	for (range(line, &from, &to); from <= to; from++)
		chars[from].unified = unified;
}

static void ignorable(char *line)
{
	uint32_t from, to;

	if (strcmp(field(line, 1), "Default_Ignorable_Code_Point") != 0)
		return;
	for (range(line, &from, &to); from <= to; from++)
		chars[from].class = CLASS_INVISIBLE;
}

static void script(char *line)
{
	static const char *const cjk[] = {"Han", "Hiragana", "Katakana", "Bopomofo"};
	char name[64];
	uint32_t from, to;

	(void)snprintf(name, sizeof(name), "%s", field(line, 1));
	for (range(line, &from, &to); from <= to; from++) {
		const char kind = chars[from].category[0];

		if (strcmp(name, "Latin") == 0 && kind == 'L')
			chars[from].class = CLASS_LATIN;
		for (size_t i = 0; i < 4; i++)
			if (strcmp(name, cjk[i]) == 0)
				chars[from].class = CLASS_CJK;
	}
}

static void classify(void)
{
	static const uint32_t overlays[][2] = {{0x0334, 0x0338}, {0x0488, 0x0489}, {0x20D2, 0x20D3},
	                                       {0x20D8, 0x20DA}, {0x20DD, 0x20E0}, {0x20E2, 0x20E6}, {0x20EA, 0x20EB}};
	static const uint32_t breaks[] = {0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029};

	for (uint32_t c = 0; c < LAST; c++) {
		struct character *ch = &chars[c];

		if (ch->class == CLASS_OTHER && ch->category[0] == 'L')
			ch->class = CLASS_LETTER;
		else if (ch->class == CLASS_OTHER && ch->category[0] == 'M')
			ch->class = CLASS_MARK;
		else if (ch->class == CLASS_OTHER && strcmp(ch->category, "Nd") == 0)
			ch->class = CLASS_DIGIT;
		else if (strcmp(ch->category, "Zs") == 0 || c == 0x09)
			ch->class = CLASS_SPACE;
		if (c >= 0x3001 && c <= 0x303F && ch->class != CLASS_INVISIBLE)
			ch->class = ch->class == CLASS_MARK ? CLASS_MARK : CLASS_CJK;
	}
	for (size_t i = 0; i < sizeof(overlays) / sizeof(overlays[0]); i++)
		for (uint32_t c = overlays[i][0]; c <= overlays[i][1]; c++)
			chars[c].class = CLASS_OVERLAY;
	for (size_t i = 0; i < sizeof(breaks) / sizeof(breaks[0]); i++)
		chars[breaks[i]].class = CLASS_BREAK;
	chars[0x2605].class = CLASS_CJK;
	for (uint32_t c = 0x202A; c <= 0x202E; c++)
		chars[c].class = CLASS_BIDI;
	for (uint32_t c = 0x2066; c <= 0x2069; c++)
		chars[c].class = CLASS_BIDI;
	chars[0x200E].class = chars[0x200F].class = chars[0x061C].class = CLASS_BIDI;
}

void ucd_load(const char *directory)
{
	each_line(directory, "UnicodeData.txt", unicode_data);
	each_line(directory, "DerivedNormalizationProps.txt", exclusion);
	each_line(directory, "CaseFolding.txt", case_folding);
	each_line(directory, "EquivalentUnifiedIdeograph.txt", ideograph);
	each_line(directory, "DerivedCoreProperties.txt", ignorable);
	each_line(directory, "Scripts.txt", script);
	classify();
}

/* One character of strict UTF-8, as OpenCC writes it. */
static uint32_t utf8(const unsigned char **p)
{
	const unsigned char *s = *p;
	const int n = s[0] < 0x80 ? 1 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
	uint32_t c = n == 1 ? s[0] : s[0] & (0xFFu >> (n + 1));

	for (int i = 1; i < n; i++)
		c = c << 6 | (s[i] & 0x3F);
	*p += n;
	return c;
}

/* "trad TAB simplified SPACE others": only pairs of one character each. */
static void simplified(char *line)
{
	const unsigned char *p = (const unsigned char *)line;
	const uint32_t from = utf8(&p);
	uint32_t to;

	if (*p++ != '\t')
		return;
	to = utf8(&p);
	if ((*p == '\0' || *p == ' ') && from < LAST && to < LAST && from != to)
		chars[from].simplified = to;
}

void ucd_load_simplified(const char *path)
{
	each_line("", path, simplified);
}

static void letter(char *line)
{
	uint32_t from, to, c = 0;
	const char *space = strchr(line, ' ');

	if (space == NULL)
		die("not a pair", line);
	c = hex(space + 1, NULL);
	for (range(line, &from, &to); from <= to; from++)
		chars[from].letter = c++;
}

void ucd_load_letters(const char *path)
{
	each_line("", path, letter);
}

static void star(char *line)
{
	chars[hex(line, NULL)].star = 1;
}

void ucd_load_stars(const char *path)
{
	each_line("", path, star);
}
