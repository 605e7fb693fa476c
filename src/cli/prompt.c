/* prompt.c - questions.  A passphrase is asked for on the terminal itself, not on standard input,
 * so that a pipe can neither give nor see it. */
#define _DEFAULT_SOURCE
#include "prompt.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "progress_line.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <termios.h>
#include <unistd.h>

bool prompt_possible(void)
{
	return isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
}

enum { INTERRUPTED = 3 }; /* what Control-C types where it does not interrupt */

/* Bytes up to a line end; a line longer than any answer is refused. */
static bool read_line(int fd, struct buf *line, struct err *err)
{
	char c;
	ssize_t n;

	while ((n = read(fd, &c, 1)) == 1 && c != '\n') {
		buf_add_byte(line, c);
		if (c == INTERRUPTED)
			break;
		if (line->len > 3000)
			return err_set(err, ERR_LIMIT, "that line is too long");
	}
	if (n < 0)
		return err_errno(err, "read");
	if (n == 0 && line->len == 0)
		return err_set(err, ERR_INPUT, "no answer; nothing was signed");
	return true;
}

bool prompt_line(const char *question, char **out, struct err *err)
{
	struct buf line = {0};

	progress_end();
	(void)fflush(stdout);
	(void)fprintf(stderr, "%s ", question);
	(void)fflush(stderr);
	if (!read_line(STDIN_FILENO, &line, err)) {
		buf_release(&line);
		return false;
	}
	*out = buf_take(&line);
	return true;
}

bool prompt_means_yes(const char *answer) { return strcasecmp(answer, "y") == 0 || strcasecmp(answer, "yes") == 0 || strcmp(answer, "是") == 0; }

bool prompt_yes(const char *question)
{
	struct err err = {0};
	char *answer = NULL;
	bool yes;

	if (!prompt_line(question, &answer, &err))
		return false;
	yes = prompt_means_yes(answer);
	free(answer);
	return yes;
}

static bool from_file(const char *path, char **out, struct err *err)
{
	struct buf text = {0};
	bool ok = false;

	if (!fs_read_file(path, 4096, &text, err)) {
		err_context(err, "REVIEW_PASSPHRASE_FILE");
		goto out;
	}
	*out = mem_copy_bytes(text.data, strcspn(text.data, "\r\n"));
	ok = true;
out:
	mem_wipe(text.data, text.len);
	buf_release(&text);
	return ok;
}

static bool ask_hidden(int tty, const char *question, struct buf *line, struct err *err)
{
	struct termios before, silent;
	bool ok;

	if (tcgetattr(tty, &before) != 0)
		return err_errno(err, "terminal");
	silent = before;
	silent.c_lflag &= ~(tcflag_t)(ECHO | ISIG); /* an interrupt ends the line, so that the echo comes back */
	silent.c_cc[VEOL] = INTERRUPTED;
	if (tcsetattr(tty, TCSAFLUSH, &silent) != 0)
		return err_errno(err, "terminal");
	ok = fs_write_all(tty, question, strlen(question), err) && fs_write_all(tty, " ", 1, err) &&
	     read_line(tty, line, err);
	(void)tcsetattr(tty, TCSAFLUSH, &before);
	if (ok && memchr(line->data != NULL ? line->data : "", INTERRUPTED, line->len) != NULL)
		ok = err_set(err, ERR_DENIED, "interrupted; nothing was signed");
	return fs_write_all(tty, "\n", 1, err) && ok;
}

bool prompt_passphrase(const char *question, bool twice, char **out, struct err *err)
{
	const char *file = getenv("REVIEW_PASSPHRASE_FILE");
	struct buf first = {0}, second = {0};
	bool ok = false;
	int tty;

	progress_end();
	if (file != NULL && file[0] != '\0')
		return from_file(file, out, err);
	tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (tty < 0) {
		(void)err_set(err, ERR_INPUT, "there is no terminal to ask for the passphrase on");
		return err_hint(err, "set REVIEW_PASSPHRASE_FILE, or keep the key in ssh-agent");
	}
	if (!ask_hidden(tty, question, &first, err))
		goto out;
	if (twice && !ask_hidden(tty, _("the same again:"), &second, err))
		goto out;
	if (twice && (first.len != second.len || memcmp(first.data, second.data, first.len) != 0)) {
		(void)err_set(err, ERR_INPUT, "the two passphrases differ");
		goto out;
	}
	*out = mem_copy_bytes(first.data, first.len);
	ok = true;
out:
	(void)close(tty);
	mem_wipe(first.data, first.len);
	mem_wipe(second.data, second.len);
	buf_release(&first);
	buf_release(&second);
	return ok;
}
