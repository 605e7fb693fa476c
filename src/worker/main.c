/* main.c - review-extract: reads documents of every format, and makes cleaned copies. */
#include "cleaner/cleaner.h"
#include "formats/formats.h"
#include "serve/serve.h"
#include "text/charset.h"
#include "wire/wire.h"

static uint32_t ready(void)
{
	charset_warm();
	formats_warm();
	return WIRE_LACKS_NOTHING;
}

int main(int argc, char **argv)
{
	static const struct service service = {
		.program = "review-extract", .ready = ready, .read = {[WIRE_READ] = formats_read, [WIRE_CLEAN] = clean_part}};

	return serve(&service, argc, argv);
}
