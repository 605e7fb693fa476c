/* ucd.c - the data files behind the fold table.
 *
 * Each is read strictly: a line that is not what its format promises ends the build, because a
 * table with a silent hole in it would let a marking through. */
#define _XOPEN_SOURCE 700
#include "ucd.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct character chars[CHARS];

_Noreturn void give_up(const char *what, const char *where)
{
	fprintf(stderr, "make_fold_table: %s: %s\n", where, what);
	exit(1);
}

typedef void line_reader(char *fields[], size_t count, const char *path);

/* Fields end at `separator`; blanks around them and comments are cut off. */
static size_t split(char *line, char separator, char *fields[], size_t max)
{
	size_t count = 0;
	char *p = line;

	while (count < max) {
		char *end = strchr(p, separator);
		char *last;

		p += strspn(p, " \t");
		fields[count++] = p;
		last = end != NULL ? end : p + strlen(p);
		while (last > p && (last[-1] == ' ' || last[-1] == '\n' || last[-1] == '\t'))
			last--;
		if (end != NULL)
			p = end + 1;
		*last = '\0';
		if (end == NULL)
			break;
	}
	return count;
}

static void read_lines(const char *path, char separator, line_reader *reader)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t size = 0, lines = 0;

	if (file == NULL)
		give_up("cannot be opened", path);
	while (getline(&line, &size, file) >= 0) {
		char *fields[16];
		char *comment = strchr(line, '#');

		if (comment != NULL)
			*comment = '\0';
		if (line[strspn(line, " \t\n")] == '\0')
			continue;
		reader(fields, split(line, separator, fields, 16), path);
		lines++;
	}
	free(line);
	if (ferror(file) != 0 || fclose(file) != 0 || lines == 0)
		give_up("cannot be read, or holds nothing", path);
}

static uint32_t parse_char(const char *text, char **end, const char *path)
{
	const unsigned long c = strtoul(text, end, 16);

	if (*end == text || c >= CHARS)
		give_up(text, path);
	return (uint32_t)c;
}

static void parse_range(const char *text, uint32_t *first, uint32_t *last, const char *path)
{
	char *end;

	*first = *last = parse_char(text, &end, path);
	if (strncmp(end, "..", 2) == 0)
		*last = parse_char(end + 2, &end, path);
	if (*end != '\0' || *last < *first)
		give_up(text, path);
}

static const struct sequence *parse_sequence(const char *text, const char *path)
{
	struct sequence *s = calloc(1, sizeof(*s));

	if (s == NULL)
		give_up("out of memory", path);
	while (*text != '\0') {
		char *end;

		if (s->count == SEQUENCE_MAX)
			give_up("a longer sequence than expected", path);
		s->c[s->count++] = parse_char(text, &end, path);
		text = end + strspn(end, " ");
	}
	return s;
}

static void unicode_line(char *f[], size_t count, const char *path)
{
	static uint32_t first_of_range;
	uint32_t c;
	char *end;
	size_t name;

	if (count < 15 || strlen(f[2]) != 2)
		give_up(f[0], path);
	c = parse_char(f[0], &end, path);
	name = strlen(f[1]);
	if (name > 7 && strcmp(f[1] + name - 7, " First>") == 0)
		first_of_range = c;
	if (name <= 6 || strcmp(f[1] + name - 6, " Last>") != 0)
		first_of_range = c;
	for (uint32_t i = first_of_range; i <= c; i++) {
		memcpy(chars[i].category, f[2], 2);
		chars[i].combining_class = (uint8_t)strtoul(f[3], NULL, 10);
	}
	first_of_range = c;
	if (f[5][0] == '<') {
		chars[c].compatibility = true;
		f[5] = strchr(f[5], '>') + 1;
		f[5] += strspn(f[5], " ");
	}
	if (f[5][0] != '\0')
		chars[c].decomposition = parse_sequence(f[5], path);
}

static void exclusion_line(char *f[], size_t count, const char *path)
{
	uint32_t first, last;

	if (count < 2 || strcmp(f[1], "Full_Composition_Exclusion") != 0)
		return;
	for (parse_range(f[0], &first, &last, path); first <= last; first++)
		chars[first].excluded = true;
}

static void ignorable_line(char *f[], size_t count, const char *path)
{
	uint32_t first, last;

	if (count < 2 || strcmp(f[1], "Default_Ignorable_Code_Point") != 0)
		return;
	for (parse_range(f[0], &first, &last, path); first <= last; first++)
		chars[first].ignorable = true;
}

static void script_line(char *f[], size_t count, const char *path)
{
	static const char *const foreign[] = {"Greek", "Cyrillic", "Armenian", "Coptic", "Cherokee"};
	enum script script = SCRIPT_OTHER;
	uint32_t first, last;

	if (count < 2)
		give_up(f[0], path);
	if (strcmp(f[1], "Latin") == 0)
		script = SCRIPT_LATIN;
	for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++)
		if (strcmp(f[1], foreign[i]) == 0)
			script = SCRIPT_FOREIGN;
	for (parse_range(f[0], &first, &last, path); first <= last; first++)
		chars[first].script = script;
}

static void casefold_line(char *f[], size_t count, const char *path)
{
	char *end;

	if (count < 3)
		give_up(f[0], path);
	if (f[1][0] == 'C' || f[1][0] == 'F')
		chars[parse_char(f[0], &end, path)].casefold = parse_sequence(f[2], path);
}

static void radical_line(char *f[], size_t count, const char *path)
{
	uint32_t first, last;
	char *end;

	if (count < 2)
		give_up(f[0], path);
	for (parse_range(f[0], &first, &last, path); first <= last; first++)
		chars[first].replacement = parse_char(f[1], &end, path);
}

/* GB 2312 is what simplified Chinese is written in; its characters are what rules are written in,
 * and so they stay themselves even where a list knows another form (乾, 予). */
static bool is_gb2312(const char *text)
{
	const iconv_t cd = iconv_open("GB2312", "UTF-8");
	char bytes[8], copy[8];
	char *in = copy, *out = bytes;
	size_t in_left = strlen(text), out_left = sizeof(bytes);
	bool encodes;

	if (cd == (iconv_t)-1 || in_left > sizeof(copy))
		give_up("this system's iconv(3) has no GB2312", text);
	memcpy(copy, text, in_left);
	encodes = iconv(cd, &in, &in_left, &out, &out_left) == 0;
	iconv_close(cd);
	return encodes;
}

static uint32_t first_char(const char *text, size_t *len, const char *path)
{
	const unsigned char *p = (const unsigned char *)text;

	*len = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : p[0] >= 0xC0 ? 2 : 1;
	if (strlen(text) < *len)
		give_up(text, path);
	switch (*len) {
	case 4:
		return (p[0] & 7u) << 18 | (p[1] & 63u) << 12 | (p[2] & 63u) << 6 | (p[3] & 63u);
	case 3:
		return (p[0] & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u);
	case 2:
		return (p[0] & 31u) << 6 | (p[1] & 63u);
	default:
		return p[0];
	}
}

/* "traditional TAB simplified alternatives...": the first alternative is the usual one. */
static void opencc_line(char *f[], size_t count, const char *path)
{
	size_t from_len, to_len;
	uint32_t from, to;

	if (count != 2)
		give_up(f[0], path);
	from = first_char(f[0], &from_len, path);
	to = first_char(f[1], &to_len, path);
	if (f[0][from_len] != '\0' || (f[1][to_len] != '\0' && f[1][to_len] != ' '))
		give_up(f[0], path);
	if (from != to && chars[from].replacement == 0 && !is_gb2312(f[0]))
		chars[from].replacement = to;
}

static void lookalike_line(char *f[], size_t count, const char *path)
{
	char *end;
	uint32_t from, to;

	if (count < 3)
		give_up(f[0], path);
	from = parse_char(f[0], &end, path);
	to = parse_char(f[1], &end, path);
	if (strcmp(f[2], "always") == 0) {
		chars[from].replacement = to;
		return;
	}
	chars[from].lookalike = to;
	chars[from].twin = strcmp(f[2], "mixed") == 0 ? TWIN_MIXED : TWIN_FORMULA;
	if (chars[from].twin == TWIN_FORMULA && strcmp(f[2], "formula") != 0)
		give_up(f[2], path);
}

static void star_line(char *f[], size_t count, const char *path)
{
	char *end;
	uint32_t from;

	if (count < 2)
		give_up(f[0], path);
	from = parse_char(f[0], &end, path);
	chars[from].replacement = parse_char(f[1], &end, path);
}

void read_unicode_data(const char *path) { read_lines(path, ';', unicode_line); }
void read_exclusions(const char *path) { read_lines(path, ';', exclusion_line); }
void read_ignorables(const char *path) { read_lines(path, ';', ignorable_line); }
void read_scripts(const char *path) { read_lines(path, ';', script_line); }
void read_casefolding(const char *path) { read_lines(path, ';', casefold_line); }
void read_radicals(const char *path) { read_lines(path, ';', radical_line); }
void read_opencc(const char *path) { read_lines(path, '\t', opencc_line); }
void read_lookalikes(const char *path) { read_lines(path, ';', lookalike_line); }
void read_stars(const char *path) { read_lines(path, ';', star_line); }
