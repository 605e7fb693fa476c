#ifndef AUDIT_PAGE_H
#define AUDIT_PAGE_H

#include "audit/audit.h"

/* An HTML page being written (html.c), and its parts (page.c). */
struct page {
	struct buf *out;
	const struct audit_report *report;
};

/* Escaped, and nothing in it that cannot be seen. */
void page_words(struct page *page, const char *text);

void page_heading(struct page *page, const char *id, const char *title);
void page_table(struct page *page, const char *const columns[], size_t count);
void page_table_end(struct page *page);
void page_cell(struct page *page, const char *text);
void page_number(struct page *page, size_t number);
void page_entry(struct page *page, uint32_t seq); /* links to the timeline */
void page_time(struct page *page, int64_t time);
void page_digest(struct page *page, const struct digest *digest);
void page_ground(struct page *page, enum ground ground);
void page_person(struct page *page, const char *id); /* with the name, where the policy has one */

void page_figures(struct page *page);
void page_deadlines(struct page *page);
void page_publications(struct page *page);
void page_clearances(struct page *page);
void page_signers(struct page *page);
void page_timeline(struct page *page);

#endif
