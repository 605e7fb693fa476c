/* place.c - the user's own directories, as the XDG Base Directory Specification names them. */
#include "place.h"

#include "base/fs.h"
#include "base/mem.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char *place(const char *variable, const char *below_home, const char *name)
{
	const char *dir = getenv(variable), *home = getenv("HOME");

	if (dir != NULL && dir[0] == '/')
		return mem_format("%s/review/%s", dir, name);
	return home != NULL && home[0] == '/' ? mem_format("%s/%s/review/%s", home, below_home, name) : NULL;
}

char *cache_place(const char *name)
{
	return place("XDG_CACHE_HOME", ".cache", name);
}

char *state_place(const char *name)
{
	return place("XDG_STATE_HOME", ".local/state", name);
}

bool place_is_own(const char *path)
{
	struct stat sb;

	return lstat(path, &sb) == 0 && S_ISREG(sb.st_mode) && sb.st_uid == geteuid() && (sb.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}
