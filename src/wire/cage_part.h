#ifndef WIRE_CAGE_PART_H
#define WIRE_CAGE_PART_H

/* What the worker's sandbox is made of (cage/cage.h), as the worker says at its start. */
enum cage_part {
	CAGE_NO_NEW_PRIVILEGES = 1, /* prctl(2) */
	CAGE_LIMITS = 2,            /* setrlimit(2): memory, processor time, no files, no processes, no core */
	CAGE_NAMESPACES = 4,        /* user, network, IPC, mount, UTS: where the host allows it */
	CAGE_LANDLOCK = 8,          /* no file can be opened, in whatever way */
	CAGE_SECCOMP = 16,          /* system calls by an allow list; another one kills */
};
enum { CAGE_NEEDED = CAGE_NO_NEW_PRIVILEGES | CAGE_LIMITS | CAGE_LANDLOCK | CAGE_SECCOMP };
const char *cage_part_name(enum cage_part part); /* "no new privileges", "landlock", ... */

#endif
