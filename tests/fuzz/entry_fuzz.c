/* FUZZ: ledger */
/* entry_fuzz.c - bytes that claim to be an entry: a commit object, or (anything else) a message.
 *
 * What is understood must be what was written: a message that parses is written again, and that
 * text must parse to the same text.  Asking the entry must stay inside it. */
#include "base/buf.h"
#include "base/err.h"
#include "ledger/commit.h"
#include "ledger/entry.h"
#include "ledger/message.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask(const struct entry *e)
{
	struct file_refs files = {0};
	struct clearance c = {0};

	entry_files(e, &files);
	if (!file_refs_equal(&files, &files))
		abort();
	for (size_t i = 0; i < files.count; i++) {
		struct err err = {0};

		if (!path_check(files.items[i].path, strlen(files.items[i].path), &err))
			abort();
	}
	file_refs_release(&files);
	for (size_t i = 0; i < e->line_count; i++) {
		(void)entry_get_digest(e, e->lines[i].key);
		(void)entry_get_number(e, e->lines[i].key);
		(void)entry_get_body(e, e->lines[i].key);
		if (strcmp(e->lines[i].key, "clear") != 0)
			continue;
		if (!clearance_read(e->lines[i].value, &c))
			abort();
		free(c.reason);
	}
}

static void try_message(const char *text, size_t len)
{
	struct entry e = {0}, again = {0};
	struct buf one = {0}, two = {0};
	struct err err = {0};
	char *key = NULL, *same = NULL;

	if (!message_parse(text, len, &e, &key, &err)) {
		if (err.kind == ERR_NONE || e.lines != NULL || key != NULL)
			abort();
		return;
	}
	ask(&e);
	message_write(&e, key, &one);
	if (strlen(key) == strcspn(key, "\n") && message_parse(one.data, one.len, &again, &same, &err)) {
		message_write(&again, same, &two);
		if (one.len != two.len || memcmp(one.data, two.data, one.len) != 0)
			abort();
	}
	free(key);
	free(same);
	entry_release(&e);
	entry_release(&again);
	buf_release(&one);
	buf_release(&two);
}

/* A commit that is accepted is, byte for byte, what we would write: any other twin would have been
 * accepted, too. */
static void try_commit(const char *raw, size_t len)
{
	struct commit_links_of_entry links;
	struct entry e = {0};
	struct err err = {0};

	if (!commit_parse(raw, len, NULL, &e, &links, &err)) {
		if (err.kind == ERR_NONE || e.lines != NULL)
			abort();
		return;
	}
	ask(&e);
	if (e.key == NULL || memchr(raw, '\0', len) != NULL || raw[len - 1] != '\n')
		abort();
	entry_release(&e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size > 0 ? size : 1);

	if (text == NULL)
		return 0;
	memcpy(text, data, size);
	if (size > 5 && memcmp(text, "tree ", 5) == 0)
		try_commit(text, size);
	else
		try_message(text, size);
	free(text);
	return 0;
}
