#ifndef WIRE_WIRE_H
#define WIRE_WIRE_H

#include "base/err.h"
#include "base/flow.h"
#include "base/observation.h"

#include <stddef.h>
#include <stdint.h>

struct buf;

/* What the worker says about one document, as bytes on a pipe.  The worker is not trusted: a message
 * that this grammar does not give, one too many, or a missing end makes the document undecided.
 *
 *   message = type (1 byte) | length of what follows (4 bytes) | fields;  all numbers little-endian
 *   text    = length (4 bytes) | bytes
 *
 *   'F' flow:        kind (1) | place text | count (4) | count x (start (4) | place text) | text
 *   'A' again:       the same, of what other flows show too, in another order
 *   'B' bytes:       kind (1) | place text | name text | charset text | bytes as text
 *   'O' observation: number (1) | place text
 *   'U' undecided:   why text
 *   'S' second:      place text | bytes of a PDF inside, to be read by another reader too, as text
 *   'P' picture:     place text | bytes of a picture, as text (where the request wants them)
 *   'C' cleaned:     the next bytes of the new file, as text      (these three when it is asked to clean)
 *   'R' removed:     what, text
 *   'K' kept:        what, and why it could not be removed, text
 *   'E' end, empty; nothing follows it */
enum message_type {
	MESSAGE_FLOW = 'F',
	MESSAGE_AGAIN = 'A',
	MESSAGE_BYTES = 'B',
	MESSAGE_OBSERVATION = 'O',
	MESSAGE_UNDECIDED = 'U',
	MESSAGE_SECOND = 'S',
	MESSAGE_PICTURE = 'P',
	MESSAGE_CLEANED = 'C',
	MESSAGE_REMOVED = 'R',
	MESSAGE_KEPT = 'K',
	MESSAGE_END = 'E',
};

enum { WIRE_TEXT_MOST = 64 * 1024 * 1024, WIRE_PLACE_MOST = 4096 };

struct wire_text {
	const char *bytes; /* within the message; not NUL-ended */
	size_t len;
};

/* Where a stretch of a flow's text stands: from `start` to the next span's. */
struct wire_span {
	size_t start;
	struct wire_text place;
};

struct message {
	enum message_type type;
	enum flow_kind kind;
	enum observation observation;
	struct wire_text place, text, name, charset;
	struct wire_span *spans; /* ascending; owned */
	size_t span_count;
};

/* What the worker is asked, one packet each on its socket; with a request go three descriptors: the
 * document (a memory file nobody can change any more), a pipe for what it says and one for how it ended
 * (the status of wait(2) as 4 bytes).  The first packet comes from the worker: what its sandbox is. */
enum { WIRE_VERSION = 2, WIRE_NAME_MOST = 4096, WIRE_SOCKET = 3 };
enum wire_lacks { WIRE_LACKS_NOTHING = 0, WIRE_LACKS_CJK_DATA, WIRE_LACKS_LANGUAGES };
struct wire_hello {
	uint32_t version, cage; /* enum cage_part */
	uint32_t lacks;         /* enum wire_lacks; with anything but WIRE_LACKS_NOTHING it must not be asked */
};
enum wire_purpose { WIRE_READ = 0, WIRE_CLEAN, WIRE_PURPOSES };
struct wire_request {
	uint32_t version, seconds, purpose;
	uint32_t pictures; /* 1: they are wanted, for somebody who can read them */
	uint64_t len, memory;
	char name[WIRE_NAME_MOST]; /* NUL-ended; sent as far as that */
};

/* One message at the start of `bytes`; `*used` is its size, 0: more bytes are needed.  Texts but those of
 * MESSAGE_BYTES, MESSAGE_SECOND, MESSAGE_PICTURE and MESSAGE_CLEANED are valid UTF-8, numbers in range, spans ascending within the text.  ERR_INPUT otherwise.
 * Caller releases. */
bool wire_read(const char *bytes, size_t len, struct message *out, size_t *used, struct err *err) MUST_CHECK;
void wire_release(struct message *message);

/* Adds one message to `out`. */
void wire_write(const struct message *message, struct buf *out);

#endif
