/* enrolment_file.c - a request to be enrolled, as it arrives. */
#include "enrolment_file.h"

#include "base/buf.h"
#include "base/fs.h"

enum { REQUEST_MOST = 65536 };

bool enrolment_file(const char *path, struct buf *out, struct err *err)
{
	if (!fs_read_file(path, REQUEST_MOST, out, err))
		return false;
	while (out->len > 0 && out->data[out->len - 1] == '\n')
		out->len--;
	buf_add_byte(out, '\n');
	return true;
}
