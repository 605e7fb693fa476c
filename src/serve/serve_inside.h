#ifndef SERVE_SERVE_INSIDE_H
#define SERVE_SERVE_INSIDE_H

struct service;
struct wire_request;

/* The parts of the cage (enum cage_part). */
unsigned build_cage(const struct service *service);

/* In the child: closes the cage, reads the document, tells it to `out`, ends the process. */
_Noreturn void read_document(const struct service *service, const struct wire_request *request, int document, int out);

#endif
