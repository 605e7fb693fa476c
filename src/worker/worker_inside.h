#ifndef WORKER_WORKER_INSIDE_H
#define WORKER_WORKER_INSIDE_H

struct wire_request;

/* Libraries, charsets, the cage: everything that needs files.  Returns the parts of the cage. */
unsigned make_ready(void);

/* In the child: closes the cage, reads the document, tells it to `out`, ends the process. */
_Noreturn void read_document(const struct wire_request *request, int document, int out);

#endif
