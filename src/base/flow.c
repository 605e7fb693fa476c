/* flow.c - the words for where text stands: rules, records and messages say the same ones. */
#include "base/flow.h"

static const char *const kinds[FLOW_KINDS] = {
	[FLOW_BODY] = "body",         [FLOW_HEADER] = "header",     [FLOW_FOOTER] = "footer",
	[FLOW_FILENAME] = "filename", [FLOW_METADATA] = "metadata", [FLOW_COMMENT] = "comment",
	[FLOW_HIDDEN] = "hidden",     [FLOW_MESSAGE] = "message",
};

const char *flow_kind_name(enum flow_kind kind)
{
	return (unsigned)kind < FLOW_KINDS ? kinds[kind] : "";
}
