/* cage_test.c - what a document that has taken over its reader can do: nothing. */
#define _GNU_SOURCE
#include "cage/cage.h"
#include "wire/cage_part.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#if defined(__SANITIZE_ADDRESS__) /* which needs memory without end, and maps it as it likes */
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif
enum { OUT = 3, WORKED = 42, REFUSED = 43 };
static const char *const cat = "/bin/cat";

static void nothing(void)
{
}

static void open_file(void)
{
	(void)open("/etc/passwd", O_RDONLY);
}

static void write_file(void)
{
	(void)open("cage-was-here", O_WRONLY | O_CREAT, 0600);
}

static void open_socket(void)
{
	(void)socket(AF_INET, SOCK_STREAM, 0);
}

static void run_program(void)
{
	(void)execl(cat, cat, "/etc/passwd", (char *)NULL);
}

static void fork_off(void)
{
	(void)fork();
}

static void kill_parent(void)
{
	(void)kill(getppid(), SIGKILL);
}

static void map_code(void)
{
	(void)mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void read_other(void)
{
	char byte;

	if (read(STDIN_FILENO, &byte, 1) < 0)
		_exit(REFUSED);
}

static void catch_the_alarm(void)
{
	(void)signal(SIGALRM, SIG_IGN);
}

static void trace(void)
{
	(void)unlink("/nonexistent");
}

/* In a child, caged; its status. */
static int caged(void (*attempt)(void))
{
	const struct cage_limits limits = {.memory = 64 << 20, .seconds = 5};
	int status = 0;
	const pid_t pid = fork();

	if (pid == 0) {
		(void)dup2(STDOUT_FILENO, OUT);
		(void)cage_build(OUT, NULL);
		if (!cage_close(&limits))
			_exit(REFUSED);
		attempt();
		_exit(WORKED);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void computing_is_allowed(void **state)
{
	const int status = caged(nothing);

	(void)state;
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), WORKED);
}

static int by_byte(const void *a, const void *b)
{
	return *(const unsigned char *)a - *(const unsigned char *)b;
}

static void sort_much(void)
{
	unsigned char *bytes = calloc(64, 1024);

	if (bytes != NULL)
		qsort(bytes, 1024, 64, by_byte);
	free(bytes);
}

static void sorting_much_is_allowed(void **state)
{
	const int status = caged(sort_much);

	(void)state;
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), WORKED);
}

static void each_way_out_is_death(void **state)
{
	static const struct {
		const char *what;
		void (*attempt)(void);
	} attempts[] = {
		{"open a file", open_file},   {"write a file", write_file}, {"open a socket", open_socket},
		{"run a program", run_program}, {"fork", fork_off},         {"kill", kill_parent},
		{"read", read_other},         {"ignore the alarm", catch_the_alarm}, {"unlink", trace},
		{"make code", map_code}, /* the last: not with a sanitizer */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]) - SANITIZED; i++) {
		const int status = caged(attempts[i].attempt);

		if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS)
			fail_msg("%s: status %d", attempts[i].what, status);
	}
}

static void allocate(void)
{
	char *bytes = malloc((size_t)512 << 20);

	if (bytes == NULL)
		_exit(REFUSED);
	memset(bytes, 1, (size_t)512 << 20);
}

static void memory_ends_at_its_limit(void **state)
{
	const int status = SANITIZED ? 0 : caged(allocate);

	(void)state;
	if (SANITIZED)
		skip();
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), REFUSED);
}

/* Without the list of calls, files are still out of reach: each wall stands alone. */
static void landlock_alone_keeps_files_away(void **state)
{
	int status = 0;
	const pid_t pid = fork();

	(void)state;
	if (pid == 0) {
		const unsigned parts = cage_build(OUT, NULL);

		if ((parts & CAGE_LANDLOCK) == 0)
			_exit(WORKED);
		_exit(open("/etc/passwd", O_RDONLY) < 0 && errno == EACCES ? REFUSED : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(WEXITSTATUS(status), REFUSED);
}

static void read_what_may_be_read(void)
{
	char byte;
	const int fd = open(SOURCE_DIR "/src/README.md", O_RDONLY);

	if (fd < 0 || read(fd, &byte, 1) != 1)
		_exit(REFUSED);
}

static void write_what_may_be_read(void)
{
	(void)open(SOURCE_DIR "/src/README.md", O_WRONLY | O_APPEND);
}

/* In a child that may read the directory src; its status. */
static int caged_with_files(void (*attempt)(void))
{
	const struct cage_limits limits = {.memory = 64 << 20, .seconds = 5};
	int status = 0;
	const pid_t pid = fork();

	if (pid == 0) {
		if ((cage_build(OUT, SOURCE_DIR "/src") & CAGE_NEEDED) != CAGE_NEEDED || !cage_close(&limits))
			_exit(1);
		attempt();
		_exit(errno == EACCES ? REFUSED : WORKED);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void a_directory_that_may_be_read_is_all_that_may(void **state)
{
	int status;

	(void)state;
	errno = 0;
	status = caged_with_files(read_what_may_be_read);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == WORKED);
	status = caged_with_files(open_file);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == REFUSED);
	status = caged_with_files(write_what_may_be_read);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS);
	status = caged_with_files(open_socket);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(computing_is_allowed),
		cmocka_unit_test(sorting_much_is_allowed),
		cmocka_unit_test(each_way_out_is_death),
		cmocka_unit_test(memory_ends_at_its_limit),
		cmocka_unit_test(landlock_alone_keeps_files_away),
		cmocka_unit_test(a_directory_that_may_be_read_is_all_that_may),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
