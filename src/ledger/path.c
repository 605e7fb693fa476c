/* path.c - paths that mean the same on every system they may be read on.
 *
 * A ledger is read for decades and on other machines than it was written on: what one file system
 * folds together, reserves or cannot show is refused when it is submitted, not when it is public. */
#include "ledger/entry.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/utf8.h"

#include <string.h>
#include <strings.h>

static const size_t PATH_MOST = 4000;

/* Names DOS gave to devices, with or without an ending; Windows still opens the device. */
static bool is_device(const char *name, size_t len)
{
	static const char *const devices[] = {"con", "prn", "aux", "nul"};
	const char *dot = memchr(name, '.', len);
	const size_t stem = dot != NULL ? (size_t)(dot - name) : len;

	for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]); i++)
		if (stem == 3 && strncasecmp(name, devices[i], 3) == 0)
			return true;
	return stem == 4 && (strncasecmp(name, "com", 3) == 0 || strncasecmp(name, "lpt", 3) == 0) &&
	       name[3] >= '1' && name[3] <= '9';
}

static const char *component_fault(const char *name, size_t len)
{
	if (len == 0)
		return N_("an empty component");
	if (len > 255)
		return N_("a component longer than 255 bytes");
	if ((len == 1 && name[0] == '.') || (len == 2 && memcmp(name, "..", 2) == 0))
		return N_("a component . or ..");
	if ((len >= 4 && strncasecmp(name, ".git", 4) == 0) || (len == 5 && strncasecmp(name, "git~1", 5) == 0))
		return N_("a component that begins with .git");
	if (name[len - 1] == '.' || name[len - 1] == ' ' || name[0] == ' ')
		return N_("a component that begins with a space or ends in a dot or a space");
	return is_device(name, len) ? N_("a component that is a device on some systems") : NULL;
}

static const char *character_fault(const char *path, size_t len)
{
	for (size_t i = 0; i < len;) {
		uint32_t c = 0;
		const size_t n = utf8_decode(path + i, len - i, &c);

		if (n == 0)
			return N_("bytes that are not UTF-8");
		if (c < 0x20 || (c >= 0x7F && c <= 0x9F))
			return N_("a control character");
		if (c == '\\' || c == ':')
			return N_("a backslash or a colon");
		if ((c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
		    c == 0xFEFF || c == 0xAD || c == 0x61C || (c >= 0xE0000 && c <= 0xE0FFF))
			return N_("an invisible or direction-changing character");
		i += n;
	}
	return NULL;
}

bool path_check(const char *path, size_t len, struct err *err)
{
	const char *fault = len == 0 ? N_("nothing") : len > PATH_MOST ? N_("more than 4000 bytes") : character_fault(path, len);
	size_t from = 0;
	struct buf shown = {0};

	while (fault == NULL && from <= len) {
		const char *slash = memchr(path + from, '/', len - from);
		const size_t to = slash != NULL ? (size_t)(slash - path) : len;

		fault = component_fault(path + from, to - from);
		from = to + 1;
	}
	if (fault == NULL)
		return true;
	utf8_add_printable(&shown, path, len < 200 ? len : 200);
	(void)err_set(err, ERR_INPUT, "'%s' cannot be a public path: it has %s", shown.data != NULL ? shown.data : "", _(fault));
	buf_release(&shown);
	return err_hint(err, "rename the file");
}
