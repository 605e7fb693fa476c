#ifndef LEDGER_DRAFT_INSIDE_H
#define LEDGER_DRAFT_INSIDE_H

#include "ledger/entry.h"

/* The draft's lines in the order of the grammar, into entry->lines. */
bool draft_lines(const struct draft *draft, struct entry *out, struct err *err) MUST_CHECK;

#endif
