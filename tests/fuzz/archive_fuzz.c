/* FUZZ: archive */
/* archive_fuzz.c - archives and compressed streams as they come, and what is in them; anything else in them
 * is nobody's. */
#include "archive/archive.h"
#include "reader/reader.h"
#include "reader/run.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void tell_nobody(void *context, const char *bytes, size_t len)
{
	(void)context, (void)bytes, (void)len;
}

static void read_any(struct reader *r, const struct part *part)
{
	static const struct {
		size_t len;
		const char *magic;
	} streams[] = {{2, "\x1F\x8B"}, {3, "BZh"}, {5, "\xFD" "7zXZ"}, {4, "\x28\xB5\x2F\xFD"}, {4, "\x04\x22\x4D\x18"},
	               {4, "LZIP"}, {2, "\x1F\x9D"}, {3, "\x5D\0\0"}};

	for (size_t i = 0; i < sizeof(streams) / sizeof(streams[0]); i++)
		if (part->len >= streams[i].len && memcmp(part->bytes, streams[i].magic, streams[i].len) == 0) {
			compressed_read(r, part);
			return;
		}
	if (part->len >= 7)
		archive_room_read(r, part);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader_run run = {.tell = tell_nobody, .read = read_any, .limits = reader_limits_usual};
	const struct part part = {"a.tar.gz", data, size};
	static int warm;

	if (warm++ == 0)
		archive_room_warm();
	run.limits.unpacked = 64 * 1024 * 1024;
	run.limits.entries = 500;
	reader_run(&run, &part);
	return 0;
}
