#ifndef RTF_RTF_INSIDE_H
#define RTF_RTF_INSIDE_H

#include "base/buf.h"
#include "base/flow.h"
#include "base/observation.h"
#include "fonts.h"
#include "token.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct flow_out;
struct reader;

/* ---- Destinations: where the text of a group goes. */
enum mode {
	MODE_INLINE = 0, /* part of the text around it */
	MODE_STORY,      /* paragraphs of its own: a header, a footnote, a comment */
	MODE_LINE,       /* a line among others of its kind: fonts, properties */
	MODE_COLOURS,
	MODE_HEX,        /* bytes, two digits each */
};

struct destination {
	const char *word;
	enum mode mode;
	enum flow_kind kind;
	const char *title;
	enum observation observation; /* made where the destination has anything in it */
};
enum { DESTINATIONS_MOST = 160 };

/* NULL: no word of a destination.  What a \* says of a word nobody knows: rtf_destination_unknown. */
const struct destination *rtf_destination_of(const char *word);
extern const struct destination rtf_destination_body, rtf_destination_unknown;
size_t rtf_destination_row(const struct destination *destination); /* below DESTINATIONS_MOST */

/* ---- How text looks; a group begins with that of the group around it. */
struct look {
	bool hidden, deleted, inserted, outside; /* outside: in \htmlrtf, no part of the HTML */
	long colour, back, marked, shaded;       /* numbers in the colour table; 0: none */
	long half_points, font, fallbacks;       /* fallbacks: \uc */
	long author;                             /* of the change, a number in the table of authors */
};

/* What text of one destination collects in until its paragraph ends. */
struct sink {
	const struct destination *destination;
	char *place;
	size_t paragraph;
	struct buf seen, whole;     /* what a reader sees; and with what is hidden */
	bool has_hidden, has_change;
	struct buf raw;             /* bytes not decoded yet, all of one page and one look */
	unsigned page;
	bool raw_hidden, raw_outside;
	unsigned long high;         /* first half of a surrogate pair; 0: none */
	struct buf unicode, fallback; /* what \u said, and what was beside it for programs that do not know \u */
	struct buf data;            /* MODE_HEX */
	int nibble;                 /* -1: none */
	char word[32];              /* digits since the last space: what turns out to be no number is text */
	size_t word_len;
	bool in_word;
	bool other_picture;         /* of a kind that is no file by itself */
	size_t characters;
};

struct level {
	struct look look;
	struct sink *sink;
	bool owned; /* this group began the sink */
	bool star;  /* \* was just read */
};

/* Charsets bytes may be in besides the one of their font. */
enum { OTHER_DOUBLED = 1, OTHER_UTF16 = 5, OTHERS };

struct rtf {
	struct reader *reader;
	struct level *levels;
	size_t depth;
	struct flow_out *texts[DESTINATIONS_MOST], *hidden[DESTINATIONS_MOST];
	bool told[OBSERVATIONS];
	struct fonts fonts;
	long font;              /* being defined */
	unsigned page;
	uint32_t *colours;
	size_t colour_count;
	uint32_t colour;        /* being defined */
	bool row_shaded;
	char **authors;         /* of changes */
	size_t author_count;
	char *author;           /* of the comment that follows */
	size_t skip;            /* fallbacks still to come */
	struct buf drawn;       /* what the field of the group at `drawn_depth` shows, if it has no result */
	size_t drawn_depth, drawn_at;
	bool from_html;
	struct buf html;
	struct flow_out *others[OTHERS], *fallbacks; /* bytes of doubtful pages, as other charsets read them */
	size_t pictures, objects, notes, characters, paragraph;
	bool begun, hides;      /* the body has; the next shape value hides the shape */
	bool stopped;           /* too deep */
};

struct level *rtf_level(struct rtf *rtf); /* the innermost */
void rtf_observe_once(struct rtf *rtf, enum observation what, const char *place);

/* ---- sink.c */
struct sink *rtf_sink_open(struct rtf *rtf, const struct destination *destination);
void rtf_sink_close(struct rtf *rtf, struct sink *sink); /* told, and freed */
void rtf_sink_byte(struct rtf *rtf, struct sink *sink, unsigned char byte);
void rtf_sink_codepoint(struct rtf *rtf, struct sink *sink, unsigned long codepoint);
void rtf_sink_fallback(struct sink *sink, const char *bytes, size_t len);
void rtf_sink_flush(struct rtf *rtf, struct sink *sink); /* decode what is raw */
void rtf_sink_paragraph(struct rtf *rtf, struct sink *sink, const char *separator);

/* ---- decode.c: the raw bytes of a sink as UTF-8; what else they may be is told besides.  Never NULL. */
char *rtf_decode_raw(struct rtf *rtf, const struct sink *sink, size_t *len);
bool rtf_look_is_unseen(const struct rtf *rtf, const struct look *look);
unsigned rtf_look_page(const struct rtf *rtf, const struct look *look);

/* ---- words.c */
void rtf_word_act(struct rtf *rtf, const struct token *token);
unsigned long rtf_word_character(const struct token *token); /* \emdash, \~; 0: no character */

/* ---- data.c: the bytes of a MODE_HEX sink, read as what they are. */
void rtf_data_read(struct rtf *rtf, struct sink *sink);
void rtf_object_read(struct rtf *rtf, const char *place, const unsigned char *bytes, size_t len);

#endif
