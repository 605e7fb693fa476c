/* main.c - review-witness: reads the pages of PDF documents once more, by other code.
 *
 * A program of its own, so that what breaks one reader says nothing of the other, and so that nothing under
 * Poppler's licence shares a process with anything else. */
#include "poppler/second.h"
#include "serve/serve.h"
#include "wire/wire.h"

static uint32_t ready(void)
{
	return second_warm() ? WIRE_LACKS_NOTHING : WIRE_LACKS_CJK_DATA;
}

int main(int argc, char **argv)
{
	const struct service service = {
		.program = "review-witness", .ready = ready, .read = {[WIRE_READ] = second_read}, .readable = second_data()};

	return serve(&service, argc, argv);
}
