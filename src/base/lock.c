/* lock.c - waiting for one's turn.
 *
 * The lock is flock(2)'s: the kernel lets go of it when its holder is killed, so that nobody ever has to find out
 * whether a lock is a dead one's. */
#define _GNU_SOURCE
#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

static int open_lock(const char *path)
{
	const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK, 0666);

	/* made by a colleague, who does not let others write */
	return fd < 0 && errno == EACCES ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK) : fd;
}

/* NFS without its lock service, some network and FUSE file systems. */
static bool knows_no_locks(int code)
{
	return code == ENOLCK || code == ENOSYS || code == EOPNOTSUPP || code == EBADF;
}

bool lock_take(const char *path, unsigned seconds, void (*waited)(void), int *fd, struct err *err)
{
	const struct timespec pause = {.tv_nsec = 20L * 1000 * 1000};
	const unsigned tries = seconds * 50;
	const int file = open_lock(path);

	if (file < 0)
		return err_errno(err, "%s", path);
	for (unsigned i = 0;; i++) {
		if (flock(file, LOCK_EX | LOCK_NB) == 0) {
			*fd = file;
			return true;
		}
		if (knows_no_locks(errno)) {
			(void)close(file);
			*fd = -1;
			return true;
		}
		if (errno != EWOULDBLOCK && errno != EINTR) {
			(void)err_errno(err, "%s", path);
			break;
		}
		if (i == 0 && waited != NULL)
			waited();
		if (i == tries) {
			(void)err_set(err, ERR_CONFLICT, "%s: another process holds it", path);
			break;
		}
		(void)nanosleep(&pause, NULL);
	}
	(void)close(file);
	return false;
}

void lock_release(int fd)
{
	if (fd >= 0)
		(void)close(fd);
}
