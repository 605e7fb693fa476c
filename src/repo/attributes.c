/* attributes.c - where git would not write a blob's bytes into the file.
 *
 * Programs differ in how they read these files: quoted patterns, lines that are too long, case.  So this is no
 * reader like theirs.  What may alter a file counts wherever any of them could see it; what takes that back counts
 * only in a form that all of them read alike. */
#include "repo/attributes.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { FILTER, ENCODING, IDENT, SUBST, EOL, TEXT, NAMES };
static const char *const names[NAMES] = {"filter", "working-tree-encoding", "ident", "export-subst", "eol", "text"};

static const char BLANK[] = " \t\r\n\f\v";
enum { LINES_LIMIT = 1000, SURE_LINE = 2000, PATTERN_LIMIT = 256 }; /* git reads no line of more than 2048 bytes */

struct line {
	char *text, *pattern; /* pattern: "" may be any file */
	char **words;
	size_t count, folder; /* folder: bytes of the path above the file, with its slash */
	const char *above;
	bool sure;            /* every program reads its words */
};

struct attributes {
	struct line *lines;
	char **folders, **macros;
	size_t count, folder_count, macro_count;
	const char *in_macro[NAMES]; /* the last of each that alters, in whatever macro */
};

struct attributes *attributes_new(void)
{
	return mem_alloc(1, sizeof(struct attributes));
}

void attributes_free(struct attributes *a)
{
	if (a == NULL)
		return;
	for (size_t i = 0; i < a->count; i++) {
		free(a->lines[i].text);
		free(a->lines[i].words);
	}
	for (size_t i = 0; i < a->folder_count; i++)
		free(a->folders[i]);
	free(a->lines);
	free(a->folders);
	free(a->macros);
	free(a);
}

static bool is_value(const char *word, const char *name, const char *value)
{
	const size_t len = strlen(name);

	return strncmp(word, name, len) == 0 && word[len] == '=' && strcasecmp(word + len + 1, value) == 0;
}

/* Which attribute a word is about; NAMES: none of these. */
static int name_of(const char *word)
{
	const char *name = word[0] == '-' || word[0] == '!' ? word + 1 : word;
	const size_t len = strcspn(name, "=");

	for (int i = 0; i < NAMES; i++)
		if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0)
			return i;
	return NAMES;
}

/* Does it, by itself, alter a file?  Of TEXT: does it leave the file to eol? */
static bool alters(const char *word, int name)
{
	if (word[0] == '-' || word[0] == '!')
		return name == TEXT && word[0] == '!';
	switch (name) {
	case FILTER:
		return strchr(word, '=') != NULL;
	case ENCODING:
		return strchr(word, '=') != NULL && !is_value(word, names[ENCODING], "utf-8") && !is_value(word, names[ENCODING], "utf8");
	case EOL:
		return is_value(word, names[EOL], "crlf");
	default:
		return true;
	}
}

/* A name that is not like this makes git pass over the whole line. */
static bool is_plain(const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
	const char *name = word[0] == '-' || word[0] == '!' ? word + 1 : word;
	const size_t len = strspn(name, plain);

	return len > 0 && name[0] != '-' && strncmp(name, "builtin_", 8) != 0 && (name[len] == '\0' || (name == word && name[len] == '='));
}

static void split(struct line *line, char *rest)
{
	for (char *save = NULL, *word = strtok_r(rest, BLANK, &save); word != NULL; word = strtok_r(NULL, BLANK, &save)) {
		line->words = mem_grow(line->words, line->count, sizeof(*line->words));
		line->words[line->count++] = word;
		line->sure = line->sure && is_plain(word);
	}
}

static void add_macro(struct attributes *a, const struct line *line)
{
	const size_t front = strlen("[attr]");
	const bool apart = line->pattern[front] == '\0'; /* "[attr] name" */

	if (apart && line->count == 0)
		return;
	a->macros = mem_grow(a->macros, a->macro_count, sizeof(*a->macros));
	a->macros[a->macro_count++] = apart ? line->words[0] : line->pattern + front;
	for (size_t i = apart ? 1 : 0; i < line->count; i++) {
		const int name = name_of(line->words[i]);

		if (name != NAMES && alters(line->words[i], name))
			a->in_macro[name] = line->words[i];
	}
}

/* Takes over `text`. */
static void add_line(struct attributes *a, char *text, const char *folder, bool sure)
{
	struct line line = {.text = text, .pattern = text + strspn(text, BLANK), .above = folder, .folder = strlen(folder)};
	const size_t len = strcspn(line.pattern, BLANK);

	line.sure = sure && strlen(text) <= SURE_LINE && strpbrk(text, "\f\v") == NULL; /* blanks to some */
	if (line.pattern[0] == '\0' || line.pattern[0] == '#') {
		free(text);
		return;
	}
	if (line.pattern[0] == '"') {
		for (char *p = line.pattern; *p != '\0'; p++)
			*p = *p == '"' ? ' ' : *p;
		line.sure = false;
		split(&line, line.pattern + 1);
		line.pattern = text + strlen(text);
	} else {
		char *rest = line.pattern[len] != '\0' ? line.pattern + len + 1 : line.pattern + len;

		line.pattern[len] = '\0';
		split(&line, rest);
	}
	if (strncmp(line.pattern, "[attr]", 6) == 0) {
		add_macro(a, &line);
		line.count = 0;
	}
	a->lines = mem_grow(a->lines, a->count, sizeof(*a->lines));
	a->lines[a->count++] = line;
}

bool attributes_add(struct attributes *a, const char *path, const char *bytes, size_t len, struct err *err)
{
	static const char mark[] = "\xEF\xBB\xBF";
	const char *slash = strrchr(path, '/'), *end = bytes + len;
	const bool sure = len > 0 && memchr(bytes, '\0', len) == NULL; /* some read no further than there */

	a->folders = mem_grow(a->folders, a->folder_count, sizeof(*a->folders));
	a->folders[a->folder_count++] = mem_copy_bytes(path, slash != NULL ? (size_t)(slash - path) + 1 : 0);
	if (len >= 3 && memcmp(bytes, mark, 3) == 0)
		bytes += 3;
	while (bytes < end) {
		const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
		const size_t n = stop != NULL ? (size_t)(stop - bytes) : (size_t)(end - bytes);
		char *text = mem_copy_bytes(bytes, n);

		if (a->count >= LINES_LIMIT) {
			free(text);
			return err_set(err, ERR_LIMIT, "%s: more than %d lines of attributes", path, LINES_LIMIT);
		}
		for (size_t i = 0; i < n; i++)
			text[i] = text[i] == '\0' ? ' ' : text[i];
		add_line(a, text, a->folders[a->folder_count - 1], sure);
		bytes += n + (stop != NULL ? 1 : 0);
	}
	return true;
}

static unsigned char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned char)(c - 'A' + 'a') : (unsigned char)c;
}

/* '*' takes slashes too, '?' is one, and two with a slash are nothing or anything. */
static bool may_glob(const char *p, const char *s)
{
	const char *star = NULL, *from = NULL;

	while (*s != '\0') {
		if (*p == '*' || *p == '?') {
			const size_t stars = strspn(p, "*?");

			p += stars + (stars > 1 && p[stars] == '/' ? 1 : 0);
			star = p;
			from = s;
		} else if (*p != '\0' && lower(*p) == lower(*s)) {
			p++;
			s++;
		} else if (star != NULL) {
			p = star;
			s = ++from;
		} else {
			return false;
		}
	}
	return p[strspn(p, "*?")] == '\0';
}

static bool is_simple(const char *pattern)
{
	for (const char *p = pattern; *p != '\0'; p++)
		if (*p == '[' || *p == '\\' || (unsigned char)*p >= 0x80)
			return false;
	return pattern[0] != '\0' && pattern[0] != '!' && strlen(pattern) <= PATTERN_LIMIT;
}

static bool may_match(const struct line *line, const char *path)
{
	const char *rest = path + line->folder, *base = strrchr(path, '/'), *p = line->pattern;
	const bool anchored = strchr(p, '/') != NULL;
	char *folder;
	bool matches;

	if (strlen(path) < line->folder || !is_simple(p))
		return true;
	p += p[0] == '/' ? 1 : 0;
	if (!anchored)
		return may_glob(p, base != NULL ? base + 1 : path);
	if (p[0] == '\0' || p[strlen(p) - 1] != '/')
		return may_glob(p, rest);
	folder = mem_format("**/%s*", p); /* for a folder alone, says git */
	matches = may_glob(folder, rest);
	free(folder);
	return matches;
}

static bool has_wildcard(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (strchr("*?[\\!\"", text[i]) != NULL)
			return true;
	return false;
}

/* "*", "*.end", "name", "folder/name", "folder/" and two stars: nobody reads these differently. */
static bool surely_matches(const struct line *line, const char *path)
{
	const char *p = line->pattern, *rest = path + line->folder, *slash = strrchr(path, '/'), *base = slash != NULL ? slash + 1 : path;
	const bool anchored = strchr(p, '/') != NULL;
	size_t len;

	if (!line->sure || strncmp(path, line->above, line->folder) != 0)
		return false;
	p += p[0] == '/' ? 1 : 0;
	len = strlen(p);
	if (!anchored && p[0] == '*' && !has_wildcard(p + 1, len - 1))
		return strlen(base) >= len - 1 && strcmp(base + strlen(base) - (len - 1), p + 1) == 0;
	if (len > 3 && strcmp(p + len - 3, "/**") == 0 && !has_wildcard(p, len - 2))
		return strncmp(rest, p, len - 2) == 0;
	return len > 0 && !has_wildcard(p, len) && strcmp(anchored ? rest : base, p) == 0;
}

static bool is_macro(const struct attributes *a, const char *word)
{
	for (size_t i = 0; i < a->macro_count; i++)
		if (strcmp(a->macros[i], word) == 0)
			return true;
	return false;
}

static void apply(const struct attributes *a, const struct line *line, const char *path, const char *may[NAMES])
{
	const bool sure = surely_matches(line, path);

	for (size_t i = 0; i < line->count; i++) {
		const char *word = line->words[i];
		const int name = name_of(word);

		if (name != NAMES && alters(word, name))
			may[name] = word;
		else if (name != NAMES && sure)
			may[name] = NULL;
		for (int k = 0; k < NAMES && is_macro(a, word); k++)
			may[k] = a->in_macro[k] != NULL ? a->in_macro[k] : may[k];
	}
}

char *attributes_effect(const struct attributes *a, const char *path)
{
	const char *may[NAMES] = {[TEXT] = ""};

	for (size_t i = 0; i < a->count; i++)
		if (a->lines[i].count > 0 && may_match(&a->lines[i], path))
			apply(a, &a->lines[i], path, may);
	for (int i = FILTER; i < EOL; i++)
		if (may[i] != NULL)
			return mem_copy_string(may[i]);
	return may[EOL] != NULL && may[TEXT] != NULL ? mem_copy_string(may[EOL]) : NULL;
}
