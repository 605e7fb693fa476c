#ifndef BASE_WORD_H
#define BASE_WORD_H

struct buf;

/* The one of the NULL-ended `words` that is nearest to `word`, at most two letters away and fewer
 * than it has; NULL: none is near.  For "did you mean". */
const char *word_nearest(const char *word, const char *const words[]);

/* A file's name as a shell takes it, for a command that somebody is told to type: quoted where it has to be, behind
 * "--" where it would be an option, printable (utf8_add_printable).  Appended; or owned by the caller. */
void word_add_argument(struct buf *out, const char *word);
char *word_argument(const char *word);

#endif
