/* ref_turn.c - who moves a reference, and what is left when that process is killed.
 *
 * libgit2, as git, makes NAME.lock, writes the new value into it and renames it.  Killed in between it leaves the
 * lock, and nobody can move the reference again until somebody removes it by hand.  So each process here takes a
 * flock(2) first, which the kernel lets go of, and notes which reference it moves and where to.  Whoever gets the
 * flock next and finds a note knows that its writer died, and removes the lock that is left; one that does not hold
 * the noted value, or the beginning of it, is not ours and stays. */
#define _GNU_SOURCE
#include "repo_inside.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/lock.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	NOTE_LIMIT = 1024,
	VALUE = OBJECT_HEX_SIZE, /* hexadecimal digits and the line's end */
};

/* A power cut leaves zeros where a value was. */
static bool is_beginning_of(const char *value, const char *bytes, size_t len)
{
	if (len > VALUE)
		return false;
	for (size_t i = 0; i < len; i++)
		if (bytes[i] != value[i] && bytes[i] != '\0')
			return false;
	return true;
}

static void remove_left(const char *path, const char *value)
{
	char bytes[VALUE + 1];
	struct stat sb;
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK);
	const ssize_t len = fd >= 0 && fstat(fd, &sb) == 0 && S_ISREG(sb.st_mode) ? read(fd, bytes, sizeof(bytes)) : -1;

	if (fd >= 0)
		(void)close(fd);
	if (len >= 0 && is_beginning_of(value, bytes, (size_t)len))
		(void)unlink(path);
}

/* A note is "NAME VALUE\n"; one that was not written to its end was written before anything was locked. */
static void clear_up(const struct repo *repo, int fd)
{
	char note[NOTE_LIMIT + 1];
	const ssize_t len = pread(fd, note, NOTE_LIMIT, 0);
	char *value, *path;
	int valid = 0;

	if (len <= VALUE + 1 || note[len - 1] != '\n' || memchr(note, '\0', (size_t)len) != NULL)
		return;
	note[len] = '\0';
	value = note + len - VALUE;
	value[-1] = '\0';
	if (git_reference_name_is_valid(&valid, note) != 0 || valid != 1)
		return;
	path = mem_format("%s/%s.lock", repo->common_dir, note);
	remove_left(path, value);
	free(path);
}

static bool write_note(int fd, const char *name, const struct object_id *to, struct err *err)
{
	char hex[OBJECT_HEX_SIZE];
	struct buf note = {0};
	bool ok;

	(void)object_id_to_hex(to, hex);
	buf_add_string(&note, name);
	buf_add_string(&note, " ");
	buf_add_string(&note, hex);
	buf_add_string(&note, "\n");
	ok = note.len <= NOTE_LIMIT ? true : err_set(err, ERR_LIMIT, "the name of a reference has more than %d bytes", NOTE_LIMIT);
	ok = ok && (ftruncate(fd, 0) == 0 || err_errno(err, "%s", name)) && fs_write_all(fd, note.data, note.len, err) &&
	     (fdatasync(fd) == 0 || err_errno(err, "%s", name));
	buf_release(&note);
	return ok;
}

/* A repository of several people: the file can be another's, who lets nobody write.  Then there is a turn, and no note. */
static bool can_write(int fd)
{
	const int flags = fcntl(fd, F_GETFL);

	return flags >= 0 && (flags & O_ACCMODE) == O_RDWR;
}

bool ref_turn_take(const struct repo *repo, const char *name, const struct object_id *to, int *turn, struct err *err)
{
	return ref_turn_wait(repo, name, to, REF_TURN_SECONDS, turn, err);
}

bool ref_turn_wait(const struct repo *repo, const char *name, const struct object_id *to, unsigned seconds, int *turn,
                   struct err *err)
{
	char *path = fs_join(repo->common_dir, "review-refs.lock");
	struct err why = {0};
	bool ok = lock_take(path, seconds, NULL, turn, &why);

	free(path);
	if (!ok && why.kind == ERR_CONFLICT)
		return err_set(err, ERR_SYSTEM, "another review command has not ended moving a reference for %u seconds", seconds);
	if (!ok)
		return err_pass(err, &why);
	if (*turn < 0 || !can_write(*turn))
		return true;
	clear_up(repo, *turn);
	ok = write_note(*turn, name, to, err);
	if (!ok)
		ref_turn_end(*turn);
	return ok;
}

void ref_turn_end(int turn)
{
	if (turn >= 0 && can_write(turn))
		(void)(ftruncate(turn, 0) == 0); /* kept, it says that nothing is left of what it names */
	lock_release(turn);
}
