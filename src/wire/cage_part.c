/* cage_part.c - the parts of the sandbox, in words. */
#include "wire/cage_part.h"

const char *cage_part_name(enum cage_part part)
{
	switch (part) {
	case CAGE_NO_NEW_PRIVILEGES:
		return "no new privileges";
	case CAGE_LIMITS:
		return "resource limits";
	case CAGE_NAMESPACES:
		return "namespaces";
	case CAGE_LANDLOCK:
		return "landlock";
	case CAGE_SECCOMP:
		return "seccomp";
	}
	return "";
}
