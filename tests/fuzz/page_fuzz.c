/* FUZZ: pdf */
/* page_fuzz.c - any bytes as the content of a page that has fonts, a form, a picture and a layer: it is
 * read to its end, whatever it draws. */
#include "base/buf.h"
#include "pdf/pdf.h"
#include "reader/reader.h"
#include "reader/run.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const objects[] = {
	"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[9 0 R]/D<</OFF[9 0 R]>>>>>>",
	"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]>>",
	"<</Type/Page/Parent 2 0 R/Contents 11 0 R/Resources<</Font<</A 4 0 R/B 5 0 R/C 6 0 R>>/XObject<</X 7 0 R/I 8 0 R>>"
	"/Properties<</L 9 0 R>>/Pattern<</X 7 0 R>>/ExtGState<</G<</ca 0/BM/Multiply/Font[4 0 R 9]>>>>"
	"/ColorSpace<</S[/Separation/Red/DeviceGray 9 0 R]>>>>>>",
	"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[65/a35/uni673A/f_i]>>/ToUnicode 10 0 R>>",
	"<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/GBK-EUC-V/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
	"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/W[1[500 9]7 9 3]>>]>>",
	"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<</a 7 0 R>>/FirstChar 65/Widths[9]"
	"/Encoding<</Differences[65/a/a/a]>>>>",
	"<</Type/XObject/Subtype/Form/BBox[0 0 99 99]/Length 32>>\nstream\nBT /A 9 Tf (A) Tj ET /X Do /I Do \nendstream",
	"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>\nstream\n0\nendstream",
	"<</Type/OCG/Name(L)>>",
	"<</Length 51>>\nstream\n2 beginbfchar <41> <0042> <42> <D840DC00> endbfchar   \nendstream",
};
enum { OBJECTS = sizeof(objects) / sizeof(objects[0]) };

static void tell_nobody(void *context, const char *bytes, size_t len)
{
	(void)context, (void)bytes, (void)len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct reader_run run = {.tell = tell_nobody, .read = pdf_read, .limits = reader_limits_usual};
	struct buf pdf = {0};
	size_t starts[OBJECTS + 1], table;

	buf_add_string(&pdf, "%PDF-1.7\n");
	for (size_t i = 0; i < OBJECTS; i++) {
		starts[i] = pdf.len;
		buf_addf(&pdf, "%zu 0 obj\n%s\nendobj\n", i + 1, objects[i]);
	}
	starts[OBJECTS] = pdf.len;
	buf_addf(&pdf, "%d 0 obj\n<</Length %zu>>\nstream\n", OBJECTS + 1, size);
	buf_add(&pdf, data, size);
	buf_add_string(&pdf, "\nendstream\nendobj\n");
	table = pdf.len;
	buf_addf(&pdf, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS + 2);
	for (size_t i = 0; i <= OBJECTS; i++)
		buf_addf(&pdf, "%010zu 00000 n \n", starts[i]);
	buf_addf(&pdf, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", OBJECTS + 2, table);
	const struct part part = {"a.pdf", (const unsigned char *)pdf.data, pdf.len};

	reader_run(&run, &part);
	buf_release(&pdf);
	return 0;
}
