/* scan_batch.c - all processors over many files.
 *
 * Files are taken largest first, so that no thread is left alone with a big one at the end; results
 * are told in the order the files were named, whatever the order they were ready in.  A file is read
 * in one go, or mapped when it is very large; memory is what the threads' files need, whatever the number
 * of files. */
#define _DEFAULT_SOURCE
#include "scan_batch.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/progress.h"
#include "command.h"
#include "scan/finding.h"
#include "scan/scanner.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST = 64, THREADS_MOST = 64 };
static const uint64_t ALONE_MOST = (uint64_t)32 * 1024; /* bytes: to start a thread takes longer */
static const size_t LARGE_PAGE = (size_t)2 * 1024 * 1024;
static const size_t LARGE_FROM = (size_t)1024 * 1024, MAPPED_FROM = (size_t)256 * 1024 * 1024, LIST_MOST = (size_t)1024 * 1024 * 1024;

struct task {
	char *path;
	uint64_t size;
	unsigned mode;
	const char *undecided; /* NULL, or why it is not looked at */
	struct scanned_file result;
	bool done;
};

struct batch {
	struct task *tasks;
	size_t count, next;
	size_t *order; /* of tasks, the largest first */
	struct scanner *scanner;
	pthread_mutex_t lock;
	pthread_cond_t ready;
};

struct batch *batch_new(void)
{
	struct batch *b = mem_alloc(1, sizeof(*b));

	(void)pthread_mutex_init(&b->lock, NULL);
	(void)pthread_cond_init(&b->ready, NULL);
	return b;
}

void batch_free(struct batch *b)
{
	for (size_t i = 0; i < b->count; i++)
		free(b->tasks[i].path);
	(void)pthread_mutex_destroy(&b->lock);
	(void)pthread_cond_destroy(&b->ready);
	free(b->tasks);
	free(b->order);
	free(b);
}

static void add_task(struct batch *b, const char *path, const struct stat *sb, const char *undecided)
{
	struct task task = {.path = mem_copy_string(path), .undecided = undecided};

	if (sb != NULL) {
		task.size = sb->st_size > 0 ? (uint64_t)sb->st_size : 0;
		task.mode = (sb->st_mode & S_IXUSR) != 0 ? 0100755 : 0100644;
	}
	b->tasks = mem_grow(b->tasks, b->count, sizeof(*b->tasks));
	b->tasks[b->count++] = task;
}

/* Bytewise, so that the order is the same in every locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void add_path(struct batch *b, const char *path, int depth);

static void add_folder(struct batch *b, const char *path, int depth)
{
	struct dirent **names = NULL;
	const int n = depth < DEEPEST ? scandir(path, &names, NULL, by_name) : -1;

	if (n < 0)
		add_task(b, path, NULL, depth < DEEPEST ? "cannot be listed" : "too deep");
	for (int i = 0; i < n; i++) {
		const char *name = names[i]->d_name;

		if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 && strcmp(name, ".git") != 0) {
			char *inner = fs_join(path, name);

			add_path(b, inner, depth + 1);
			free(inner);
		}
		free(names[i]);
	}
	free(names);
}

static void add_path(struct batch *b, const char *path, int depth)
{
	struct stat sb;

	if (lstat(path, &sb) != 0)
		add_task(b, path, NULL, NULL); /* opening it will say why */
	else if (S_ISDIR(sb.st_mode) && depth >= 0)
		add_folder(b, path, depth);
	else if (S_ISREG(sb.st_mode))
		add_task(b, path, &sb, NULL);
	else
		add_task(b, path, NULL, S_ISLNK(sb.st_mode) ? "a symbolic link, not a document" : "not a regular file");
}

void batch_add(struct batch *b, const char *path)
{
	add_path(b, path, 0);
}

bool batch_add_list(struct batch *b, const char *list, struct err *err)
{
	struct buf names = {0};
	const bool ok = strcmp(list, "-") == 0 ? buf_read_fd(&names, STDIN_FILENO, LIST_MOST, err)
	                                       : fs_read_file(list, LIST_MOST, &names, err);

	for (size_t at = 0; ok && at < names.len; at += strlen(names.data + at) + 1)
		if (names.data[at] != '\0')
			add_path(b, names.data + at, -1);
	buf_release(&names);
	return ok;
}

static void not_looked_at(struct task *task, const char *why)
{
	task->result.path = mem_copy_string(task->path);
	task->result.undecided = mem_copy_string(why);
}

/* A mapped file that gets shorter while it is read ends the program, and says so. */
static void on_short_file(int signal)
{
	static const char text[] = "review: error: a file became shorter while it was read\n";
	const ssize_t written = write(STDERR_FILENO, text, sizeof(text) - 1);

	(void)signal;
	_exit(written > 0 ? STATUS_UNDECIDED : STATUS_UNDECIDED);
}

static bool scan_mapped(struct batch *b, struct task *task, int fd)
{
	void *bytes = mmap(NULL, task->size, PROT_READ, MAP_PRIVATE, fd, 0);

	if (bytes == MAP_FAILED)
		return false;
	(void)madvise(bytes, task->size, MADV_SEQUENTIAL);
	scan_bytes(b->scanner, task->path, task->mode, bytes, task->size, &task->result);
	(void)munmap(bytes, task->size);
	return true;
}

/* All of it, and it is as long as it was. */
static bool read_whole(int fd, char *to, size_t size)
{
	size_t len = 0;

	while (len < size) {
		const ssize_t n = read(fd, to + len, size - len);

		if (n <= 0)
			return false;
		len += (size_t)n;
	}
	return true;
}

/* Into large pages where there are some: a mapped file costs a fault for every few small ones. */
static bool scan_read(struct batch *b, struct task *task, int fd)
{
	const size_t whole = task->size + LARGE_PAGE;
	char *memory = mmap(NULL, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *bytes;
	bool ok;

	if (memory == MAP_FAILED)
		return false;
	bytes = memory + (LARGE_PAGE - (uintptr_t)memory % LARGE_PAGE);
#ifdef MADV_HUGEPAGE
	(void)madvise(bytes, task->size, MADV_HUGEPAGE);
#endif
	ok = read_whole(fd, bytes, task->size);
	if (ok)
		scan_bytes(b->scanner, task->path, task->mode, bytes, task->size, &task->result);
	(void)munmap(memory, whole);
	return ok;
}

/* False: not so, and nothing was scanned. */
static bool scan_large(struct batch *b, struct task *task, int fd)
{
	struct stat sb;

	if (fstat(fd, &sb) != 0 || !S_ISREG(sb.st_mode) || (uint64_t)sb.st_size != task->size)
		return false;
	return task->size < MAPPED_FROM ? scan_read(b, task, fd) : scan_mapped(b, task, fd);
}

static void scan_task(struct batch *b, struct task *task, struct buf *bytes)
{
	const int fd = open(task->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
	struct err why = {0};

	if (fd < 0) {
		(void)err_errno(&why, "cannot be read");
		not_looked_at(task, why.told);
		return;
	}
	buf_clear(bytes);
	if (task->size >= LARGE_FROM && scan_large(b, task, fd)) {
		(void)close(fd);
		return;
	}
	(void)lseek(fd, 0, SEEK_SET);
	if (buf_read_fd(bytes, fd, LARGE_FROM * 512, &why))
		scan_bytes(b->scanner, task->path, task->mode, bytes->data, bytes->len, &task->result);
	else
		not_looked_at(task, why.told);
	(void)close(fd);
}

static struct task *claim(struct batch *b)
{
	struct task *task = NULL;

	(void)pthread_mutex_lock(&b->lock);
	if (b->next < b->count)
		task = &b->tasks[b->order[b->next++]];
	(void)pthread_mutex_unlock(&b->lock);
	return task;
}

static void *work(void *context)
{
	struct batch *b = context;
	struct buf bytes = {0};

	for (struct task *task = claim(b); task != NULL; task = claim(b)) {
		if (task->undecided != NULL)
			not_looked_at(task, task->undecided);
		else
			scan_task(b, task, &bytes);
		(void)pthread_mutex_lock(&b->lock);
		task->done = true;
		(void)pthread_cond_signal(&b->ready);
		(void)pthread_mutex_unlock(&b->lock);
	}
	buf_release(&bytes);
	return NULL;
}

struct sized {
	uint64_t size;
	size_t index;
};

static int by_size(const void *a, const void *b)
{
	const struct sized *x = a, *y = b;

	if (x->size != y->size)
		return x->size > y->size ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static void plan_order(struct batch *b)
{
	struct sized *sizes = mem_alloc(b->count + 1, sizeof(*sizes));

	b->order = mem_alloc(b->count + 1, sizeof(*b->order));
	for (size_t i = 0; i < b->count; i++)
		sizes[i] = (struct sized){b->tasks[i].size, i};
	qsort(sizes, b->count, sizeof(*sizes), by_size);
	for (size_t i = 0; i < b->count; i++)
		b->order[i] = sizes[i].index;
	free(sizes);
}

static bool is_small(const struct batch *b)
{
	uint64_t all = 0;

	for (size_t i = 0; i < b->count && all <= ALONE_MOST; i++)
		all += b->tasks[i].size;
	return all <= ALONE_MOST;
}

/* Waits for each file in turn. */
static void tell(struct batch *b, batch_done *done, void *context)
{
	for (size_t i = 0; i < b->count; i++) {
		(void)pthread_mutex_lock(&b->lock);
		while (!b->tasks[i].done)
			(void)pthread_cond_wait(&b->ready, &b->lock);
		(void)pthread_mutex_unlock(&b->lock);
		done(&b->tasks[i].result, context);
	}
}

void batch_run(struct batch *b, struct scanner *scanner, unsigned threads, batch_done *done, void *context)
{
	pthread_t ids[THREADS_MOST];
	const long processors = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned wanted = threads > 0 ? threads : processors > 0 ? (unsigned)processors : 1, started = 0;

	b->scanner = scanner;
	plan_order(b);
	progress_expect(PROGRESS_DOCUMENTS, b->count);
	for (size_t i = 0; i < b->count; i++)
		progress_expect(PROGRESS_BYTES, b->tasks[i].size);
	(void)signal(SIGBUS, on_short_file);
	wanted = wanted > THREADS_MOST ? THREADS_MOST : wanted;
	wanted = b->count < wanted ? (unsigned)b->count : wanted;
	wanted = is_small(b) ? 1 : wanted;
	while (wanted > 1 && started < wanted && pthread_create(&ids[started], NULL, work, b) == 0)
		started++;
	if (started == 0)
		(void)work(b);
	tell(b, done, context);
	for (unsigned i = 0; i < started; i++)
		(void)pthread_join(ids[i], NULL);
}
