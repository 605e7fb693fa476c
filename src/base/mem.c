/* mem.c - the one place where the program ends because memory ran out. */
#define _DEFAULT_SOURCE /* explicit_bzero */
#include "base/mem.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#endif

static const int COULD_NOT_DECIDE = 3;

static _Noreturn void out_of_memory(void)
{
	static const char text[] = "review: error: out of memory\n";

	if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		_exit(COULD_NOT_DECIDE);
	_exit(COULD_NOT_DECIDE);
}

void *mem_alloc(size_t count, size_t size)
{
	void *p = calloc(count > 0 ? count : 1, size > 0 ? size : 1);

	if (p == NULL)
		out_of_memory();
	return p;
}

void *mem_resize(void *items, size_t count, size_t size)
{
	if (size > 0 && count > SIZE_MAX / size)
		out_of_memory();
	items = realloc(items, count * size);
	if (items == NULL)
		out_of_memory();
	return items;
}

void *mem_grow(void *items, size_t count, size_t size)
{
	enum { LEAST = 2 }; /* most lists of a case stay that short, and an audit holds all cases */
	/* The capacity is never stored: it is the next power of two, at least LEAST. */
	const bool full = count == 0 || (count >= LEAST && (count & (count - 1)) == 0);
	const size_t capacity = count == 0 ? LEAST : count * 2;

	if (full)
		items = mem_resize(items, capacity, size);
	memset((char *)items + count * size, 0, size);
	return items;
}

char *mem_copy_bytes(const void *bytes, size_t len)
{
	char *copy = mem_resize(NULL, len + 1, 1);

	if (len > 0)
		memcpy(copy, bytes, len);
	copy[len] = '\0';
	return copy;
}

char *mem_copy_string(const char *text)
{
	return text == NULL ? NULL : mem_copy_bytes(text, strlen(text));
}

char *mem_format(const char *fmt, ...)
{
	va_list args, again;
	char *text;
	int len;

	va_start(args, fmt);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (len < 0)
		out_of_memory();
	text = mem_alloc((size_t)len + 1, 1);
	(void)vsnprintf(text, (size_t)len + 1, fmt, again);
	va_end(again);
	return text;
}

#if defined(__GLIBC__) && defined(MADV_HUGEPAGE) && !defined(__SANITIZE_ADDRESS__)
#define IN_LARGE_PAGES 1
static char *probe, *filler; /* never touched, never freed */

/* The heap is laid out ahead and asked for in large pages: a small one costs a fault when it is first
 * touched, and on a virtual machine a fault can cost as much as scanning the page.  One small page in a large
 * one keeps it small, so what the C library has begun is filled up, untouched, to the next large page.  What
 * the system does not do of this changes nothing but the time. */
static void use_large_pages(void)
{
	enum { LARGE_PAGE = 2 * 1024 * 1024, AHEAD = 32 * 1024 * 1024, TOP_PAD = 1024 * 1024, HEAD = 16 };
	char *top, *end;
	size_t gap;

	(void)mallopt(M_TOP_PAD, AHEAD);
	probe = malloc(256 * 1024); /* more than is free yet: the heap grows */
	(void)mallopt(M_TOP_PAD, TOP_PAD);
	if (probe == NULL)
		return;
	top = probe + malloc_usable_size(probe); /* where what is free begins, but for its head */
	end = sbrk(0);
	gap = LARGE_PAGE - (uintptr_t)top % LARGE_PAGE;
	if (top < end && (size_t)(end - top) > gap + LARGE_PAGE && gap > 2 * HEAD) {
		filler = malloc(gap - HEAD);
		(void)madvise(top + gap, (size_t)(end - top) - gap, MADV_HUGEPAGE);
	}
}
#endif

void mem_expect(void)
{
#ifdef IN_LARGE_PAGES
	enum { LARGE_PAGE = 2 * 1024 * 1024, PAGES = 8 };
	char *room = malloc((size_t)(PAGES + 1) * LARGE_PAGE), *first;

	if (room == NULL)
		return;
	first = room + LARGE_PAGE - (uintptr_t)room % LARGE_PAGE;
	(void)madvise(first, (size_t)PAGES * LARGE_PAGE, MADV_HUGEPAGE);
	free(room); /* to the C library, which has it at hand */
#endif
}

void mem_keep(void)
{
#ifdef __GLIBC__
	(void)mallopt(M_MMAP_THRESHOLD, 32 * 1024 * 1024);
	(void)mallopt(M_TRIM_THRESHOLD, 64 * 1024 * 1024);
#endif
#ifdef IN_LARGE_PAGES
	use_large_pages();
#endif
}

void mem_wipe(void *bytes, size_t len)
{
	if (bytes != NULL)
		explicit_bzero(bytes, len);
}
