/* extract_worker_test.c - a worker that lies, dies, floods or hangs makes a document undecided, and
 * nothing more.  The lying worker is this very program: started with --serve it does what the name of
 * the document asks for. */
#define _GNU_SOURCE
#include "base/buf.h"
#include "base/mem.h"
#include "extract/document.h"
#include "extract/worker.h"
#include "wire/cage_part.h"
#include "wire/wire.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

static const char *own;

static void say(int out, const struct message *m)
{
	struct buf bytes = {0};

	wire_write(m, &bytes);
	for (size_t at = 0; at < bytes.len;) {
		const ssize_t n = write(out, bytes.data + at, bytes.len - at);

		if (n <= 0)
			break; /* who asked had heard enough */
		at += (size_t)n;
	}
	buf_release(&bytes);
}

static void say_text(int out, const char *text, size_t len)
{
	say(out, &(struct message){.type = MESSAGE_FLOW, .place = {"page 1", 6}, .text = {text, len}});
}

/* Tells one text, then what the name says, then how it ended. */
static void lie(const char *name, int out, int status_fd)
{
	static char much[8 * 1024 * 1024];
	int status = 0;
	bool end = true;
	ssize_t n = 1;

	say_text(out, "told", 4);
	if (strcmp(name, "nonsense") == 0)
		n = write(out, "X123456789", 10);
	else if (strcmp(name, "half") == 0)
		n = write(out, "F\x10\0\0\0abc", 8);
	else if (strcmp(name, "huge") == 0)
		n = write(out, "F\xFF\xFF\xFF\xFF", 5);
	else if (strcmp(name, "not-utf8") == 0)
		say_text(out, "\xFF\xFE", 2);
	else if (strcmp(name, "status") == 0)
		status = 0x0500;
	else if (strcmp(name, "gave-up") == 0)
		status = 0x0100;
	else if (strcmp(name, "killed") == 0)
		status = 31;
	else if (strcmp(name, "gone") == 0)
		_exit(1);
	end = strcmp(name, "no-end") != 0 && strcmp(name, "half") != 0;
	memset(much, ' ', sizeof(much));
	for (int i = 0; strcmp(name, "flood") == 0 && i < 100; i++)
		say(out, &(struct message){.type = MESSAGE_UNDECIDED, .text = {much, sizeof(much)}});
	if (end)
		say(out, &(struct message){.type = MESSAGE_END});
	if (strcmp(name, "after") == 0)
		say_text(out, "more", 4);
	if (n <= 0 || write(status_fd, &status, sizeof(status)) < 0)
		return;
}

static int serve(const char *program)
{
	const bool weak = strstr(program, "weak") != NULL;
	const struct wire_hello hello = {.version = WIRE_VERSION, .cage = weak ? 31 & ~CAGE_LANDLOCK : 31};

	(void)signal(SIGPIPE, SIG_IGN);
	if (send(WIRE_SOCKET, &hello, sizeof(hello), 0) < 0)
		return 1;
	for (;;) {
		struct wire_request request = {0};
		union {
			struct cmsghdr header;
			char bytes[CMSG_SPACE(3 * sizeof(int))];
		} control = {0};
		struct iovec vector = {&request, sizeof(request)};
		struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control)};
		int fds[3];

		if (recvmsg(WIRE_SOCKET, &message, 0) <= 0)
			return 0;
		memcpy(fds, CMSG_DATA(&control.header), sizeof(fds));
		lie(request.name, fds[1], fds[2]);
		for (int i = 0; i < 3; i++)
			(void)close(fds[i]);
	}
}

static struct document read_as(const char *name)
{
	struct document doc;

	document_read(name, "%PDF-1.7", 8, &doc);
	return doc;
}

static void expect(const char *name, const char *why)
{
	struct document doc = read_as(name);

	if (doc.undecided == NULL || strstr(doc.undecided, why) == NULL)
		fail_msg("%s: %s", name, doc.undecided != NULL ? doc.undecided : "decided");
	assert_true(doc.flow_count >= 2); /* its name, and what was told before */
	assert_string_equal(doc.flows[1].text, "told");
	document_release(&doc);
}

static bool yes(void)
{
	return true;
}

static void what_an_honest_worker_tells_is_the_document(void **state)
{
	struct document doc;

	(void)state;
	extract_use_worker(own, NULL);
	doc = read_as("honest");
	assert_null(doc.undecided);
	assert_int_equal(doc.flow_count, 2);
	assert_string_equal(doc.flows[1].place, "page 1");
	assert_true(doc.flows[1].at >= 8); /* behind the document's own bytes */
	document_release(&doc);
}

static void every_way_to_end_badly_is_undecided(void **state)
{
	struct document doc;

	(void)state;
	extract_use_worker(own, NULL);
	expect("nonsense", "a message of a type that does not exist");
	expect("half", "stopped before the end");
	expect("huge", "a message of");
	expect("not-utf8", "a message that is not whole");
	expect("status", "could not start on it");
	expect("gave-up", "gave up on it");
	expect("killed", "something its sandbox forbids");
	expect("no-end", "stopped before the end");
	expect("after", "something after the end");
	expect("gone", "its reader disappeared");
	doc = read_as("honest"); /* it may be asked before it is known to be gone; */
	document_release(&doc);
	expect("nonsense", "a message of a type"); /* then a new one is */
	doc = read_as("flood");
	assert_non_null(doc.undecided);
	document_release(&doc);
}

static bool accepted;

static bool accepts(void)
{
	return accepted;
}

static void a_cage_with_a_gap_is_refused_unless_somebody_accepts_it(void **state)
{
	struct document doc;

	(void)state;
	(void)unlink("weak-worker");
	assert_int_equal(symlink(own, "weak-worker"), 0);
	for (int i = 0; i < 2; i++) {
		accepted = i == 1;
		extract_use_worker("./weak-worker", accepts);
		doc = read_as("honest");
		if (accepted)
			assert_null(doc.undecided);
		else
			assert_non_null(strstr(doc.undecided, "landlock; git config review.sandbox reduced"));
		document_release(&doc);
	}
	extract_stop_worker();
	(void)unlink("weak-worker");
}

static void without_a_worker_nothing_is_readable(void **state)
{
	struct document doc;

	(void)state;
	extract_use_worker("/nonexistent/review-extract", NULL);
	doc = read_as("a");
	assert_non_null(strstr(doc.undecided, "No such file"));
	document_release(&doc);
}

/* Not the liar: the programs that are installed, cage and all. */
static void the_real_workers_say_what_their_cages_are_and_read(void **state)
{
	struct buf parts = {0};
	struct err err = {0};
	struct document doc;

	(void)state;
	extract_use_worker(EXTRACT_PROGRAM, NULL);
	extract_use_second(WITNESS_PROGRAM, NULL);
	assert_true(extract_check_worker(&parts, &err));
	assert_non_null(strstr(parts.data, "the reader of documents, seccomp: "));
	assert_non_null(strstr(parts.data, "the second reader of PDFs, seccomp: "));
	doc = read_as("a.pdf");
	assert_non_null(doc.undecided); /* eight bytes of a PDF are none */
	document_release(&doc);
	buf_release(&parts);
	extract_stop_worker();
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_an_honest_worker_tells_is_the_document),
		cmocka_unit_test(every_way_to_end_badly_is_undecided),
		cmocka_unit_test(a_cage_with_a_gap_is_refused_unless_somebody_accepts_it),
		cmocka_unit_test(without_a_worker_nothing_is_readable),
		cmocka_unit_test(the_real_workers_say_what_their_cages_are_and_read),
	};

	if (argc > 1 && strcmp(argv[1], "--serve") == 0)
		return serve(argv[0]);
	own = argv[0];
	extract_use_second(NULL, yes); /* extract_second_test.c is about that one */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
