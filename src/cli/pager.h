#ifndef CLI_PAGER_H
#define CLI_PAGER_H

#include <stdbool.h>
#include <stdio.h>

/* What is printed between the two goes through $PAGER, or less -R where there is none; only to a terminal
 * that is not dumb, else straight on.  PAGER=cat or empty: never. */
struct pager {
	FILE *to; /* NULL: none was started */
	int terminal;
};
void pager_start(struct pager *pager);
void pager_end(struct pager *pager);

#endif
