/* key_place.c - where keys live on a desk. */
#include "key_place.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "seal/key.h"

#include <stdlib.h>
#include <string.h>

bool key_place_dir(char **out, struct err *err)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (config != NULL && config[0] == '/')
		*out = mem_format("%s/review/keys", config);
	else if (home != NULL && home[0] == '/')
		*out = mem_format("%s/.config/review/keys", home);
	else
		return err_set(err, ERR_INPUT, "neither HOME nor XDG_CONFIG_HOME is set: nowhere to keep keys");
	return true;
}

bool person_id_check(const char *person, struct err *err)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
	const size_t len = strlen(person);

	if (len >= 1 && len <= 64 && strspn(person, allowed) == len && strchr("._-", person[0]) == NULL)
		return true;
	(void)err_set(err, ERR_USAGE, "'%s' is not a person's id", person);
	return err_hint(err, "small letters, digits, dots and hyphens: wang.wei");
}

bool key_place_file(const char *person, char **out, struct err *err)
{
	char *dir = NULL;

	if (!person_id_check(person, err) || !key_place_dir(&dir, err))
		return false;
	*out = mem_format("%s/%s.pem", dir, person);
	free(dir);
	return true;
}

bool key_place_public(const char *path, struct public_key **out, struct err *err)
{
	char *public_path = mem_format("%s.pub", path);
	struct buf line = {0};
	const bool ok = fs_read_file(public_path, 16384, &line, err) &&
	                public_key_from_line(line.data, strcspn(line.data, "\n"), out, err);

	buf_release(&line);
	free(public_path);
	return ok;
}
