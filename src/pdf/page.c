/* page.c - the text of a page. */
#include "pdf_inside.h"

void page_text(struct pdf *pdf, qpdf_oh page, const char *place, enum flow_kind kind, struct content_seen *seen)
{
	(void)pdf, (void)page, (void)place, (void)kind;
	*seen = (struct content_seen){0};
}

void content_text(struct pdf *pdf, qpdf_oh stream, qpdf_oh resources, const char *place, enum flow_kind kind,
                  struct content_seen *seen)
{
	(void)pdf, (void)stream, (void)resources, (void)place, (void)kind;
	*seen = (struct content_seen){0};
}
