#ifndef BASE_CREW_H
#define BASE_CREW_H

#include <stddef.h>
#include <stdint.h>

/* Pieces of work that need nothing of each other, done by all processors in whatever order they are free: by
 * threads of the crew's own, and by whoever adds them when too much is waiting. */
struct crew;

struct crew_order {
	/* Does one piece.  `room`: bytes of the thread's own, as it left them; NULL where none are wanted. */
	void (*work)(void *piece, void *room);
	size_t room;
	size_t enough;      /* as many pieces waiting are worth waking others for, or as many */
	uint64_t enough_of; /* bytes; two pieces at least */
	uint64_t most_of;   /* bytes that may wait, besides the newest piece */
};

struct crew *crew_begin(const struct crew_order *order);

/* `piece` is the caller's, and stays where it is until crew_end().  `size`: bytes, or what it costs like. */
void crew_add(struct crew *crew, void *piece, uint64_t size);

/* All pieces are done. */
void crew_end(struct crew *crew);

#endif
