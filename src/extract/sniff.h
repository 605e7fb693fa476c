#ifndef EXTRACT_SNIFF_H
#define EXTRACT_SNIFF_H

#include <stddef.h>
#include <stdbool.h>

/* The format the bytes declare by themselves, for people ("PDF document"); NULL: none known. */
const char *sniff_format(const char *bytes, size_t len);

/* The binary format a file name claims by its ending, or NULL. */
const char *sniff_name(const char *path);

/* HTML by name or by content. */
bool sniff_html(const char *path, const char *bytes, size_t len);

#endif
