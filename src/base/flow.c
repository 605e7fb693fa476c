/* flow.c - the words for where text stands: rules, records and messages say the same ones. */
#include "base/flow.h"

#include "base/language.h"

static const char *const kinds[FLOW_KINDS] = {
	[FLOW_BODY] = N_("body"),         [FLOW_HEADER] = N_("header"),     [FLOW_FOOTER] = N_("footer"),
	[FLOW_FILENAME] = N_("filename"), [FLOW_METADATA] = N_("metadata"), [FLOW_COMMENT] = N_("comment"),
	[FLOW_HIDDEN] = N_("hidden"),     [FLOW_MESSAGE] = N_("message"),
};

const char *flow_kind_name(enum flow_kind kind)
{
	return (unsigned)kind < FLOW_KINDS ? kinds[kind] : "";
}
