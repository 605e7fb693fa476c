#ifndef TEXT_CHARSET_H
#define TEXT_CHARSET_H

#include <stddef.h>
#include <stdint.h>

/* The charset a label means ("gb2312", "GBK", "cp936": "GB18030"), a name charset_convert() takes and
 * that lasts; NULL: not known. */
const char *charset_of_label(const char *label, size_t len);

/* The same of a Windows code page: 936, 1252. */
const char *charset_of_codepage(unsigned page);

/* All of `bytes` as UTF-8, strictly; NULL when they are not valid in `charset` (a name that lasts), and *out_len is 0 then.
 * Caller frees; a NUL is behind `*out_len`. */
char *charset_convert(const char *charset, const char *bytes, size_t len, size_t *out_len);

/* The same of bytes that are valid only in part: U+FFFD for each that is not, and how many. */
char *charset_convert_part(const char *charset, const char *bytes, size_t len, size_t *out_len, size_t *lost);

/* The character of a byte in Windows-1252; what is not assigned stands for itself. */
uint32_t charset_windows_1252(unsigned char byte);

/* Load every charset known here, for this thread: afterwards no file is opened to convert. */
void charset_warm(void);

#endif
