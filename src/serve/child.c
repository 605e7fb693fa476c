/* child.c - one document, alone in its cage. */
#define _GNU_SOURCE
#include "serve_inside.h"

#include "cage/cage.h"
#include "reader/reader.h"
#include "reader/run.h"
#include "serve/serve.h"
#include "wire/wire.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OUT = 3, TOGETHER = 64 * 1024, SEALS = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW };

unsigned build_cage(const struct service *service)
{
	return cage_build(OUT, service->readable);
}

static void put(const char *bytes, size_t len)
{
	while (len > 0) {
		const ssize_t n = write(OUT, bytes, len);

		if (n <= 0)
			_exit(4);
		bytes += n;
		len -= (size_t)n;
	}
}

/* What was told and not written yet: both sides wake up once for many small messages. */
static struct {
	char bytes[TOGETHER];
	size_t len;
} held;

static void put_held(void)
{
	put(held.bytes, held.len);
	held.len = 0;
}

static void tell(void *context, const char *bytes, size_t len)
{
	(void)context;
	if (len > sizeof(held.bytes) - held.len)
		put_held();
	if (len > sizeof(held.bytes)) {
		put(bytes, len);
		return;
	}
	memcpy(held.bytes + held.len, bytes, len);
	held.len += len;
}

/* The document, which nobody can change while it is read. */
static const void *map(int document, size_t len)
{
	struct stat st;
	const int seals = fcntl(document, F_GET_SEALS);
	void *bytes;

	if (seals < 0 || (seals & SEALS) != SEALS || fstat(document, &st) != 0 || (size_t)st.st_size != len || len == 0)
		return NULL;
	bytes = mmap(NULL, len, PROT_READ, MAP_PRIVATE, document, 0);
	return bytes != MAP_FAILED ? bytes : NULL;
}

void read_document(const struct service *service, const struct wire_request *request, int document, int out)
{
	const struct cage_limits limits = {.memory = request->memory, .seconds = request->seconds};
	const struct reader_run run = {.tell = tell, .read = service->read[request->purpose], .limits = reader_limits_usual, .pictures = request->pictures == 1};
	const void *bytes = map(document, (size_t)request->len);
	const struct part part = {.name = request->name, .bytes = bytes, .len = (size_t)request->len};

	if (bytes == NULL || dup2(out, OUT) != OUT || close_range(OUT + 1, ~0u, 0) != 0 || close(STDIN_FILENO) != 0 ||
	    close(STDOUT_FILENO) != 0 || !cage_close(&limits))
		_exit(5);
	reader_run(&run, &part);
	put_held();
	_exit(0);
}
