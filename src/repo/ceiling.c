/* ceiling.c - how much memory libgit2 may ask for at once.
 *
 * An object's size can be looked up before it is read, but that costs as much as reading it where git keeps
 * differences.  So the reading itself is held down: a thread that reads an object sets a ceiling, and
 * a larger piece of memory is refused before a byte of the object is inflated. */
#include "repo_inside.h"

#include <git2/sys/alloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local size_t ceiling = SIZE_MAX;

size_t ceiling_set(size_t bytes)
{
	const size_t before = ceiling;

	ceiling = bytes;
	return before;
}

static void *get(size_t n, const char *file, int line)
{
	(void)file;
	(void)line;
	return n <= ceiling ? malloc(n) : NULL;
}

static void *get_array(size_t count, size_t size, const char *file, int line)
{
	return size > 0 && count > SIZE_MAX / size ? NULL : get(count * size, file, line);
}

static void *get_zeros(size_t count, size_t size, const char *file, int line)
{
	(void)file;
	(void)line;
	return size > 0 && count > ceiling / size ? NULL : calloc(count, size);
}

static char *copy(const char *text, size_t n, const char *file, int line)
{
	char *out = n < SIZE_MAX ? get(n + 1, file, line) : NULL;

	if (out == NULL)
		return NULL;
	memcpy(out, text, n);
	out[n] = '\0';
	return out;
}

static char *copy_text(const char *text, const char *file, int line)
{
	return copy(text, strlen(text), file, line);
}

static char *copy_front(const char *text, size_t n, const char *file, int line)
{
	return copy(text, strnlen(text, n), file, line);
}

static void *resize(void *bytes, size_t n, const char *file, int line)
{
	(void)file;
	(void)line;
	return n <= ceiling ? realloc(bytes, n) : NULL;
}

static void *resize_array(void *items, size_t count, size_t size, const char *file, int line)
{
	return size > 0 && count > SIZE_MAX / size ? NULL : resize(items, count * size, file, line);
}

void ceiling_install(void)
{
	git_allocator allocator = {
		.gmalloc = get, .gcalloc = get_zeros, .gstrdup = copy_text, .gstrndup = copy_front, .gsubstrdup = copy,
		.grealloc = resize, .greallocarray = resize_array, .gmallocarray = get_array, .gfree = free};

	(void)git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &allocator);
}
