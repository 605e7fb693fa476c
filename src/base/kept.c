/* kept.c - structures on their way to a cache and back.
 *
 * A number is eight bytes as this machine has them: what is kept is for this build on this machine and
 * nobody else.  Whoever keeps it sees to it that bytes come back as they were; what is asked of bytes that
 * end too early is refused all the same. */
#define _GNU_SOURCE
#include "base/kept.h"

#include "base/buf.h"
#include "base/mem.h"

#include <elf.h>
#include <link.h>
#include <string.h>

struct build {
	unsigned char *out;
	size_t len;
};

/* Of the notes at `at`, the one that holds the name. */
static void read_notes(const char *at, size_t len, struct build *build)
{
	ElfW(Nhdr) note;

	while (build->len == 0 && len > sizeof(note)) {
		size_t name, text;

		memcpy(&note, at, sizeof(note));
		name = ((size_t)note.n_namesz + 3) & ~(size_t)3;
		text = ((size_t)note.n_descsz + 3) & ~(size_t)3;
		if (name > len - sizeof(note) || text > len - sizeof(note) - name)
			return;
		at += sizeof(note);
		if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && memcmp(at, "GNU", 4) == 0 && note.n_descsz <= BUILD_MOST) {
			memcpy(build->out, at + name, note.n_descsz);
			build->len = note.n_descsz;
		}
		at += name + text;
		len -= sizeof(note) + name + text;
	}
}

/* The first object of all is the program itself. */
static int on_object(struct dl_phdr_info *info, size_t size, void *context)
{
	(void)size;
	for (size_t i = 0; i < info->dlpi_phnum; i++)
		if (info->dlpi_phdr[i].p_type == PT_NOTE)
			read_notes((const char *)info->dlpi_addr + info->dlpi_phdr[i].p_vaddr, info->dlpi_phdr[i].p_memsz, context);
	return 1;
}

bool kept_build(unsigned char out[BUILD_MOST], size_t *len)
{
	struct build build = {.out = out};

	(void)dl_iterate_phdr(on_object, &build);
	*len = build.len;
	return build.len > 0;
}

static bool take(struct kept *k, void *to, size_t len)
{
	k->broken = k->broken || len > k->len;
	if (k->broken)
		return false;
	memcpy(to, k->bytes, len);
	k->bytes += len;
	k->len -= len;
	return true;
}

uint64_t kept_number(struct kept *k, uint64_t value)
{
	uint64_t found = 0;

	if (k->out != NULL) {
		buf_add(k->out, &value, sizeof(value));
		return value;
	}
	return take(k, &found, sizeof(found)) ? found : 0;
}

char *kept_text(struct kept *k, char *text)
{
	/* one more than its length; 0: there is none */
	const uint64_t size = kept_number(k, text != NULL ? strlen(text) + 1 : 0);

	if (k->out != NULL && size > 0)
		buf_add(k->out, text, size - 1);
	if (k->out != NULL || size == 0)
		return text;
	k->broken = k->broken || size - 1 > k->len;
	if (k->broken)
		return NULL;
	text = mem_copy_bytes(k->bytes, size - 1);
	k->bytes += size - 1;
	k->len -= size - 1;
	return text;
}

const void *kept_piece(struct kept *k, const void *bytes, size_t *len)
{
	*len = kept_number(k, *len);
	if (k->out != NULL) {
		buf_add(k->out, bytes, *len);
		return bytes;
	}
	k->broken = k->broken || *len > k->len;
	if (k->broken)
		return NULL;
	bytes = k->bytes;
	k->bytes += *len;
	k->len -= *len;
	return bytes;
}

void *kept_items(struct kept *k, void *items, size_t *count, size_t size)
{
	const uint64_t n = kept_number(k, *count);

	if (k->out != NULL) {
		buf_add(k->out, items, n * size);
		return items;
	}
	k->broken = k->broken || n > k->len / size;
	*count = k->broken ? 0 : n;
	if (*count == 0)
		return NULL;
	items = mem_alloc(*count, size);
	(void)take(k, items, *count * size);
	return items;
}
