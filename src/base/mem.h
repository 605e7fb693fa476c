#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* Memory that is always there.  When the system has none left, the program says so and ends with
 * status 3 (could not decide) from this one place: half a verdict is worse than none.  Sizes that
 * come from input are capped by the caller before they get here.  Free with free(3). */

/* `count` zeroed items of `size` bytes. */
void *mem_alloc(size_t count, size_t size);

/* Room for one more item: `items` holds `count` of `size` bytes and grows by doubling, so it may
 * move.  The new item is zeroed.  Use: `v = mem_grow(v, n, sizeof(*v)); v[n++] = x;`
 * The array must have been built with this function alone, one item at a time. */
void *mem_grow(void *items, size_t count, size_t size);

/* Make `items` hold `count` of `size` bytes, keeping what fits; new bytes are not zeroed. */
void *mem_resize(void *items, size_t count, size_t size);

char *mem_copy_string(const char *text);                 /* NULL gives NULL */
char *mem_copy_bytes(const void *bytes, size_t len);     /* a NUL is added behind them */
char *mem_format(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* From now on, keep freed memory for the next document instead of giving it back between any two: memory
 * from the system comes in pages that cost more than the scan of what is put on them.  At most 64 MiB of
 * free memory is kept, and blocks of 32 MiB and more go back at once.  Does nothing where the C library
 * does not offer it. */
void mem_keep(void);

/* About 16 MiB will be asked for, in small pieces, by this thread: where mem_keep() was called it then comes in large
 * pages.  Touches nothing, and does nothing where the system has none. */
void mem_expect(void);

/* Overwrite `len` bytes in a way no compiler may leave out: for keys and passphrases. */
void mem_wipe(void *bytes, size_t len);

#endif
