/* main.c - review-ocr: says what may be written in a picture, to a person who asked. */
#include "ocr/ocr.h"
#include "serve/serve.h"
#include "wire/wire.h"

static uint32_t ready(void)
{
	return ocr_warm() ? WIRE_LACKS_NOTHING : WIRE_LACKS_LANGUAGES;
}

int main(int argc, char **argv)
{
	static const struct service service = {.program = "review-ocr", .ready = ready, .read = {[WIRE_READ] = ocr_read}};

	return serve(&service, argc, argv);
}
