/* extract_second_test.c - what two readers of a PDF say is compared.  Both are this very program: started
 * with --serve, under the name "second-liar" or another, it tells its half of the document's bytes, which
 * are "%PDF-1.7|what the first says|what the second says". */
#define _GNU_SOURCE
#include "base/buf.h"
#include "base/mem.h"
#include "extract/document.h"
#include "extract/worker.h"
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

static const char *const second_liar = "./second-liar";
static const char *own;

static void say(int out, const struct message *m)
{
	struct buf bytes = {0};

	wire_write(m, &bytes);
	if (write(out, bytes.data, bytes.len) != (ssize_t)bytes.len)
		_exit(1);
	buf_release(&bytes);
}

static struct wire_text text_of(const char *text)
{
	return (struct wire_text){text, strlen(text)};
}

/* "visible[~hidden][^drawn]" on page 1; "!": undecided; "X": nonsense. */
static void tell(int out, char *half)
{
	char *drawn = strchr(half, '^'), *hidden;

	if (drawn != NULL)
		*drawn++ = '\0';
	hidden = strchr(half, '~');
	if (hidden != NULL)
		*hidden++ = '\0';
	if (half[0] == '!')
		say(out, &(struct message){.type = MESSAGE_UNDECIDED, .text = text_of(half + 1)});
	else if (half[0] == 'X' && write(out, half, strlen(half)) < 0)
		_exit(1);
	else if (half[0] != 'X' && half[0] != '\0')
		say(out, &(struct message){.type = MESSAGE_FLOW, .place = text_of("page 1"), .text = text_of(half)});
	if (hidden != NULL)
		say(out, &(struct message){.type = MESSAGE_FLOW, .kind = FLOW_HIDDEN, .place = text_of("page 1, under a box"), .text = text_of(hidden)});
	if (drawn != NULL)
		say(out, &(struct message){.type = MESSAGE_FLOW, .place = text_of("page 1: in the order it was drawn"), .text = text_of(drawn)});
	say(out, &(struct message){.type = MESSAGE_END});
}

static int serve(bool second)
{
	const struct wire_hello hello = {.version = WIRE_VERSION, .cage = 31};

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
		char bytes[4096] = "", *first, *other;
		const int status = 0;
		int fds[3];

		if (recvmsg(WIRE_SOCKET, &message, 0) <= 0)
			return 0;
		memcpy(fds, CMSG_DATA(&control.header), sizeof(fds));
		if (pread(fds[0], bytes, sizeof(bytes) - 1, 0) < 0)
			return 1;
		first = strchr(bytes, '|') + 1;
		other = strchr(first, '|');
		*other++ = '\0';
		tell(fds[1], second ? other : first);
		if (write(fds[2], &status, sizeof(status)) < 0)
			return 1;
		for (int i = 0; i < 3; i++)
			(void)close(fds[i]);
	}
}

static struct document read_both(const char *first, const char *second)
{
	char *bytes = mem_format("%%PDF-1.7|%s|%s", first, second);
	struct document doc;

	document_read("a.pdf", bytes, strlen(bytes), &doc);
	free(bytes);
	return doc;
}

/* The flow only the second reader gave; "" where there is none. */
static const char *only_second(const struct document *doc)
{
	for (size_t i = 0; i < doc->flow_count; i++)
		if (doc->flows[i].again == AGAIN_SECOND) {
			assert_string_equal(doc->flows[i].place, "page 1, as a second reader has it");
			return doc->flows[i].text;
		}
	return "";
}

static void expect(const char *first, const char *second, const char *added, bool observed)
{
	struct document doc = read_both(first, second);

	assert_null(doc.undecided);
	assert_string_equal(only_second(&doc), added);
	assert_int_equal(doc.observed_count, observed ? 1 : 0);
	if (observed) {
		assert_int_equal(doc.observed[0].what, OBSERVED_OTHER_READING);
		assert_string_equal(doc.observed[0].place, "page 1");
	}
	document_release(&doc);
}

static void what_both_say_is_told_once(void **state)
{
	(void)state;
	expect("关于发放补贴的通知", "关于发放补贴的通知", "", false);
	expect("关于 发放补贴的\n通知", "关于发放补贴的通知。\n", "", false);
	expect("The ﬁrst notice of the year", "the first notice of the year", "", false);
	expect("visible text here~hidden text there", "visible text here hidden text there", "", false);
}

static void what_is_told_again_in_another_order_counts_once(void **state)
{
	(void)state;
	expect("first column, and what stands below it^below it first column and what stands", "first column, and what stands below it", "", false);
}

static void a_line_only_the_second_reader_has_is_told(void **state)
{
	(void)state;
	expect("关于发放补贴的通知第一条第二条", "关于发放补贴的通知\n绝密\n第一条第二条", "关于发放补贴的通知\n绝密\n第一条第二条\n", false);
	expect("first column first line second column second line",
	       "first column second column\nfirst line second line\n", "first column second column\nfirst line second line\n", false);
}

static void letters_only_one_of_them_has_are_observed(void **state)
{
	(void)state;
	expect("a page", "a page with quite another text on it", "a page with quite another text on it\n", true);
	expect("what is drawn reads like a harmless notice", "", "", true);
	expect("~covered words nobody sees any more on this page", "", "", false);
}

static void a_second_reader_that_fails_makes_it_undecided(void **state)
{
	struct document doc = read_both("text", "!the second reader cannot read page 1");

	(void)state;
	assert_string_equal(doc.undecided, "the second reader cannot read page 1");
	document_release(&doc);
	doc = read_both("text", "X");
	assert_non_null(strstr(doc.undecided, "read a second time, not readable: a message of a type"));
	document_release(&doc);
}

static bool waived;

static bool does_without(void)
{
	return waived;
}

static void without_a_second_reader_a_pdf_is_undecided_unless_that_was_accepted(void **state)
{
	struct document doc;

	(void)state;
	for (int i = 0; i < 2; i++) {
		waived = i == 1;
		extract_use_second("/nonexistent/review-witness", does_without);
		doc = read_both("text", "");
		if (waived)
			assert_null(doc.undecided);
		else
			assert_non_null(strstr(doc.undecided, "No such file"));
		document_release(&doc);
	}
	extract_use_second(second_liar, NULL);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_both_say_is_told_once),
		cmocka_unit_test(what_is_told_again_in_another_order_counts_once),
		cmocka_unit_test(a_line_only_the_second_reader_has_is_told),
		cmocka_unit_test(letters_only_one_of_them_has_are_observed),
		cmocka_unit_test(a_second_reader_that_fails_makes_it_undecided),
		cmocka_unit_test(without_a_second_reader_a_pdf_is_undecided_unless_that_was_accepted),
	};
	int failed;

	if (argc > 1 && strcmp(argv[1], "--serve") == 0)
		return serve(strstr(argv[0], "second-liar") != NULL);
	own = argv[0];
	(void)unlink(second_liar);
	if (symlink(own, second_liar) != 0)
		return 1;
	extract_use_worker(own, NULL);
	extract_use_second(second_liar, NULL);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	extract_stop_worker();
	(void)unlink(second_liar);
	return failed;
}
