/* alias.c - one file, two names: what file systems make of names.
 *
 * A checkout writes the names a tree has, and the file system it writes them to decides which of them are one. */
#include "text/alias.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/fold.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Apple's TN1150, and what other systems show as little of. */
static bool is_unseen(uint32_t c)
{
	return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xAD;
}

/* NTFS opens "name::$INDEX_ALLOCATION" and "name:stream" in the file `name`; Windows drops dots and spaces at the end. */
static size_t core_len(const char *name, size_t len)
{
	const char *colon = memchr(name, ':', len);

	len = colon != NULL ? (size_t)(colon - name) : len;
	while (len > 0 && (name[len - 1] == '.' || name[len - 1] == ' '))
		len--;
	return len;
}

static char *key_of(const char *name, size_t len)
{
	struct buf seen = {0};
	char *key;

	for (size_t i = 0; i < len;) {
		uint32_t c = 0;
		const size_t n = utf8_decode(name + i, len - i, &c);

		if (n == 0 || !is_unseen(c))
			buf_add(&seen, name + i, n > 0 ? n : 1);
		i += n > 0 ? n : 1;
	}
	key = text_name_key(seen.data != NULL ? seen.data : "", core_len(seen.data != NULL ? seen.data : "", seen.len));
	buf_release(&seen);
	return key;
}

/* "GITATT~1", "GI7D29~2": of the long name at least its first two letters are left. */
static bool is_short_name(const char *name, size_t len, const char *as)
{
	const char *tilde = memchr(name, '~', len);
	size_t same = 0;

	if (tilde == NULL || tilde == name || tilde - name > 6 || tilde + 1 == name + len || !isdigit((unsigned char)tilde[1]))
		return false;
	for (; *as != '\0' && same < 2; as++) {
		if (*as == '.' || *as == ' ')
			continue;
		if (tolower((unsigned char)*as) != tolower((unsigned char)name[same]))
			return false;
		same++;
	}
	return true;
}

/* Most names are so: two of them are one where case does not count, and nowhere else. */
static bool is_simple(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (name[i] == ':' || name[i] == '~' || (unsigned char)name[i] >= 0x80)
			return false;
	return len > 0 && name[len - 1] != '.' && name[len - 1] != ' ';
}

bool name_may_be(const char *name, size_t len, const char *as)
{
	char *a, *b;
	bool same;

	if (is_simple(name, len) && is_simple(as, strlen(as)))
		return len == strlen(as) && strncasecmp(name, as, len) == 0;
	if (is_short_name(name, len, as))
		return true;
	a = key_of(name, len);
	b = key_of(as, strlen(as));
	same = strcmp(a, b) == 0;
	free(a);
	free(b);
	return same;
}

bool name_hides(const char *name, size_t len)
{
	for (size_t i = 0; i < len;) {
		uint32_t c = 0;
		const size_t n = utf8_decode(name + i, len - i, &c);

		if (n > 0 && is_unseen(c))
			return true;
		i += n > 0 ? n : 1;
	}
	return false;
}
