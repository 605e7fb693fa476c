/* hook_lines.c - what git tells a hook about references. */
#include "hook_lines.h"

#include "base/buf.h"

#include <string.h>
#include <unistd.h>

static const size_t INPUT_LIMIT = (size_t)4 * 1024 * 1024;

bool hook_lines(hook_line *take, void *context, struct err *err)
{
	struct buf text = {0};
	bool ok = buf_read_fd(&text, STDIN_FILENO, INPUT_LIMIT, err);

	for (const char *p = text.data; ok && p < text.data + text.len;) {
		const size_t len = strcspn(p, "\n");

		ok = take(p, len, context, err);
		p += len + 1;
	}
	buf_release(&text);
	return ok;
}
