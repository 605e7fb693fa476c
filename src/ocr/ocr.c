/* ocr.c - text in pictures, for a person who has to decide about them.
 *
 * Of 100 characters it reads 97: good enough to say "look here", never to say "there is nothing". */
#include "ocr/ocr.h"

#include "reader/reader.h"

#include <leptonica/allheaders.h>
#include <tesseract/capi.h>

#include <string.h>

enum { PIXELS_MOST = 50 * 1000 * 1000, DOTS_PER_INCH = 200 };
static TessBaseAPI *engine;

bool ocr_warm(void)
{
	static const char *const languages[] = {"chi_sim+eng", "chi_sim", "eng"};

	setMsgSeverity(L_SEVERITY_NONE);
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++) {
		engine = TessBaseAPICreate();
		if (TessBaseAPIInit3(engine, NULL, languages[i]) == 0)
			return true;
		TessBaseAPIDelete(engine);
	}
	engine = NULL;
	return false;
}

static void recognise(struct reader *reader, PIX *picture)
{
	char *text;

	TessBaseAPISetImage2(engine, picture);
	TessBaseAPISetSourceResolution(engine, DOTS_PER_INCH);
	text = TessBaseAPIGetUTF8Text(engine);
	if (text == NULL) {
		reader_undecided(reader, "it cannot be recognised");
		return;
	}
	reader_text(reader, FLOW_BODY, "", text, strlen(text));
	TessDeleteText(text);
}

void ocr_read(struct reader *reader, const struct part *part)
{
	int format = 0, width = 0, height = 0;
	PIX *picture;

	if (pixReadHeaderMem(part->bytes, part->len, &format, &width, &height, NULL, NULL, NULL) != 0) {
		reader_undecided(reader, "no picture it can read");
		return;
	}
	if (width < 1 || height < 1 || width > PIXELS_MOST / height) {
		reader_undecided(reader, "a picture of %d x %d is too large", width, height);
		return;
	}
	picture = pixReadMem(part->bytes, part->len);
	if (picture == NULL) {
		reader_undecided(reader, "a damaged picture");
		return;
	}
	recognise(reader, picture);
	pixDestroy(&picture);
}
