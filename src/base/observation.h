#ifndef BASE_OBSERVATION_H
#define BASE_OBSERVATION_H

#include <stddef.h>

/* What a document has that is no text, or more than its text: noticed in reading, judged by the rule
 * whose `structure` has its name.  An observation no rule of the ruleset names makes the document
 * undecided. */
enum observation {
	OBSERVED_NOTHING = 0,
	OBSERVED_TRACKED_CHANGE,    /* deleted, inserted, moved text that is still there */
	OBSERVED_COMMENT,           /* comments, annotations, review marks */
	OBSERVED_HIDDEN_TEXT,       /* set to hidden, white, tiny, covered, outside the page */
	OBSERVED_HIDDEN_SHEET,      /* hidden and very hidden sheets */
	OBSERVED_HIDDEN_CELLS,      /* hidden, filtered or zero-sized rows and columns */
	OBSERVED_HIDDEN_SLIDE,
	OBSERVED_HIDDEN_LAYER,      /* optional content that is off */
	OBSERVED_SPEAKER_NOTES,
	OBSERVED_PROPERTIES,        /* who wrote it, for whom, with what: author, company, last printed */
	OBSERVED_CUSTOM_DATA,       /* custom properties, custom XML, document variables, private data of programs */
	OBSERVED_EMBEDDED_OBJECT,   /* a document inside the document */
	OBSERVED_ATTACHMENT,        /* a file carried along */
	OBSERVED_MACRO,             /* programs: VBA, Basic, XLM, ActiveX */
	OBSERVED_SCRIPT,            /* JavaScript and actions of PDF, SVG, HTML inside a container */
	OBSERVED_EXTERNAL_LINK,     /* to a file, a server, a data base */
	OBSERVED_CACHED_DATA,       /* pivot, chart, link and query caches: values no cell shows */
	OBSERVED_FORM_DATA,         /* what somebody typed into a form */
	OBSERVED_THUMBNAIL,         /* a small picture of an earlier state */
	OBSERVED_GEOLOCATION,       /* where a picture was taken */
	OBSERVED_PICTURE,           /* a picture in a document that has text besides */
	OBSERVED_MEDIA,             /* sound, video, 3D */
	OBSERVED_PAGE_WITHOUT_TEXT, /* a page, a slide or a file that is only a picture */
	OBSERVED_UNTRUSTED_FONT,    /* what the text layer says need not be what is drawn */
	OBSERVED_OTHER_READING,     /* two readers of the same page read different text */
	OBSERVED_EARLIER_VERSION,   /* earlier revisions kept in the file */
	OBSERVED_UNLISTED_DATA,     /* parts, objects, entries no table of contents names */
	OBSERVED_APPENDED_DATA,     /* bytes before, between or behind what the format accounts for */
	OBSERVED_POLYGLOT,          /* valid as two formats */
	OBSERVED_NAME_MISMATCH,     /* the name says another format than the bytes */
	OBSERVED_BINARY_DATA,       /* a part of a known kind that holds no text we can read: settings, fonts */
	OBSERVED_SIGNATURE,         /* an electronic signature or seal, which changing the file would break */
	OBSERVATIONS
};
const char *observation_name(enum observation what);  /* "tracked-change" */
const char *observation_title(enum observation what); /* "tracked changes", for a message */
enum observation observation_from_name(const char *name, size_t len); /* OBSERVED_NOTHING when unknown */

#endif
