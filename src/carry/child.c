/* child.c - one run of git.
 *
 * Input, output and errors are files in memory, not pipes: nobody waits for anybody who waits.  A
 * question for a passphrase goes to the terminal, where ssh and git look for it themselves. */
#define _GNU_SOURCE
#include "child.h"

#include "base/fs.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static const size_t OUTPUT_LIMIT = (size_t)256 * 1024 * 1024;

/* Before the command.  Whatever the repository's configuration says, carrying runs no program of the
 * repository's and does nothing on the side. */
static const char *const settings[] = {
	"--no-replace-objects", "--no-pager",
	"-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "protocol.ext.allow=never",
	"-c", "fetch.fsckObjects=true", "-c", "fetch.prune=false", "-c", "fetch.pruneTags=false",
	"-c", "fetch.writeCommitGraph=false", "-c", "submodule.recurse=false", "-c", "push.pushOption=",
	"-c", "core.fsync=committed", "-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "advice.pushUpdateRejected=false",
};

static const char *const needed[] = {
	"HOME", "PATH", "USER", "LOGNAME", "TERM", "TMPDIR", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "XDG_STATE_HOME",
	"SSH_AUTH_SOCK", "SSH_AGENT_PID", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY",
	"DBUS_SESSION_BUS_ADDRESS", "KRB5CCNAME", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_ASKPASS",
	"GIT_TERMINAL_PROMPT", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_PROXY_COMMAND",
	"GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "http_proxy", "https_proxy", "HTTPS_PROXY",
	"all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
};

static bool is_needed(const char *variable)
{
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		const size_t len = strlen(needed[i]);

		if (strncmp(variable, needed[i], len) == 0 && variable[len] == '=')
			return true;
	}
	return false;
}

char **carry_environment(char *const *from)
{
	static char messages[] = "LC_ALL=C", locks[] = "GIT_OPTIONAL_LOCKS=0";
	char **out;
	size_t count = 0, n = 0;

	while (from[count] != NULL)
		count++;
	out = mem_alloc(count + 3, sizeof(*out));
	for (size_t i = 0; i < count; i++)
		if (is_needed(from[i]))
			out[n++] = from[i];
	out[n++] = messages;
	out[n] = locks;
	return out;
}

void child_answer_release(struct child_answer *answer)
{
	buf_release(&answer->output);
	buf_release(&answer->errors);
}

/* input, output, errors */
enum { FILES = 3 };

static bool open_files(int files[FILES], const struct buf *input, struct err *err)
{
	for (int i = 0; i < FILES; i++) {
		files[i] = memfd_create("review", MFD_CLOEXEC);
		if (files[i] < 0)
			return err_errno(err, "memory for git's output");
	}
	if (input == NULL)
		return true;
	if (!fs_write_all(files[0], input->data, input->len, err))
		return false;
	return lseek(files[0], 0, SEEK_SET) == 0 ? true : err_errno(err, "memory for git's input");
}

static void close_files(int files[FILES])
{
	for (int i = 0; i < FILES; i++)
		if (files[i] >= 0)
			(void)close(files[i]);
}

static char **arguments(const struct carry *carry, const char *const *words)
{
	const size_t fixed = sizeof(settings) / sizeof(settings[0]);
	size_t count = 0, n = 0;
	char **out;

	while (words[count] != NULL)
		count++;
	out = mem_alloc(fixed + count + 3, sizeof(*out));
	out[n++] = mem_copy_string("git");
	out[n++] = mem_format("--git-dir=%s", carry->git_dir);
	for (size_t i = 0; i < fixed; i++)
		out[n++] = mem_copy_string(settings[i]);
	for (size_t i = 0; i < count; i++)
		out[n++] = mem_copy_string(words[i]);
	return out;
}

static void arguments_free(char **words)
{
	for (size_t i = 0; words[i] != NULL; i++)
		free(words[i]);
	free(words);
}

static bool start(const struct carry *carry, char **words, const int files[FILES], pid_t *out, struct err *err)
{
	posix_spawn_file_actions_t actions;
	int failed = posix_spawn_file_actions_init(&actions);

	if (failed == 0) {
		for (int i = 0; failed == 0 && i < FILES; i++)
			failed = posix_spawn_file_actions_adddup2(&actions, files[i], i);
		if (failed == 0)
			failed = posix_spawn_file_actions_addclosefrom_np(&actions, FILES);
		if (failed == 0)
			failed = posix_spawnp(out, "git", &actions, NULL, words, carry->environment);
		(void)posix_spawn_file_actions_destroy(&actions);
	}
	if (failed == 0)
		return true;
	errno = failed;
	(void)err_errno(err, "git");
	err->kind = ERR_SYSTEM; /* a program that is missing is not a ledger that is missing */
	return err_hint(err, "install git, or carry bundles made on another machine");
}

static bool wait_for(pid_t child, int *status, struct err *err)
{
	int raw = 0;

	while (waitpid(child, &raw, 0) < 0)
		if (errno != EINTR)
			return err_errno(err, "git");
	*status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
	return true;
}

static bool read_back(int fd, struct buf *out, struct err *err)
{
	return lseek(fd, 0, SEEK_SET) == 0 ? buf_read_fd(out, fd, OUTPUT_LIMIT, err) : err_errno(err, "git's output");
}

bool child_run(const struct carry *carry, const char *const *words, const struct buf *input,
               struct child_answer *out, struct err *err)
{
	int files[FILES] = {-1, -1, -1};
	struct child_answer answer = {0};
	char **argv = arguments(carry, words);
	pid_t child;
	const bool ok = open_files(files, input, err) && start(carry, argv, files, &child, err) &&
	                wait_for(child, &answer.status, err) && read_back(files[1], &answer.output, err) &&
	                read_back(files[2], &answer.errors, err);

	close_files(files);
	arguments_free(argv);
	if (ok)
		*out = answer;
	else
		child_answer_release(&answer);
	return ok;
}
