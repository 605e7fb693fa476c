/* mail_test.c - messages as they come, and what stops them.  The bulk of what mail can hide is in
 * documents/made_mail.py; here are the parts a document cannot show so well. */
#include "mail/mail.h"
#include "text/charset.h"

#include "reading.h"

#include <stdio.h>
#include <stdlib.h>

#define HEAD "From: a@x\nMIME-Version: 1.0\n"

static void expect(const char *mail, const char *told)
{
	char *all = reading_of(mail_read, "a.eml", mail, strlen(mail));

	if (strstr(all, told) == NULL)
		fail_msg("%s is not in %s", told, all);
	free(all);
}

static void expect_not(const char *mail, const char *told)
{
	char *all = reading_of(mail_read, "a.eml", mail, strlen(mail));

	if (strstr(all, told) != NULL)
		fail_msg("%s is in %s", told, all);
	free(all);
}

static void headers_have_places_of_their_own(void **state)
{
	(void)state;
	expect("Subject: one\nBcc: two\n\nthree", "[header] : {header Subject}one / \n");
	expect("Subject: one\nBcc: two\n\nthree", "[metadata] : {header Bcc}two / \n");
	expect("Subject: one\nBcc: two\n\nthree", "bytes [body]  (a.eml, ): 5 bytes: three\n");
}

static void a_folded_line_is_joined_and_its_space_stays(void **state)
{
	(void)state;
	expect("Subject: one\n two\n\tthree\n\n", "{header Subject}one two\tthree / ");
}

static void encoded_words_are_decoded_and_told_as_written(void **state)
{
	(void)state;
	expect("Subject: =?GB2312?B?u/o=?= =?GB2312?B?w9y6rw==?=\n\n", "{header Subject}机密函 / ");
	expect("Subject: =?GB2312?B?u/o=?=\n\n", "{header Subject, as written}=?GB2312?B?u/o=?= / ");
	expect_not("Subject: plain\n\n", "as written");
}

static void what_is_no_encoded_word_stays(void **state)
{
	static const char *const none[] = {"=?", "=?utf-8", "=?utf-8?", "=?utf-8?B", "=?utf-8?B?", "=?utf-8?X?YQ==?=", "=??B?YQ==?=",
	                                   "=?utf-8?B?YQ==", "=?utf 8?B?YQ==?="};

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		char mail[100], told[100];

		(void)snprintf(mail, sizeof(mail), "Subject: %s\n\n", none[i]);
		(void)snprintf(told, sizeof(told), "{header Subject}%s / \n", none[i]);
		expect(mail, told);
		expect_not(mail, "as written");
	}
}

static void a_charset_that_lies_goes_out_as_bytes(void **state)
{
	(void)state;
	expect("Subject: =?utf-8?B?u/rD3A==?=\n\n", "bytes [metadata] header Subject, encoded words (header Subject, encoded words, utf-8): 4 bytes");
	expect("Subject: =?us-ascii?B?u/rD3A==?=\n\n", "bytes [metadata] header Subject, encoded words");
	expect("Subject: =?x-odd?B?u/rD3A==?=\n\n", "undecided: header Subject, encoded words: charset not known: x-odd");
}

static void parts_are_numbered_within_each_other(void **state)
{
	const char *mail = HEAD "Content-Type: multipart/mixed; boundary=a\n\n--a\n\none\n--a\n"
	                        "Content-Type: multipart/mixed; boundary=\"aa\"\n\n--aa\n\ntwo\n--aa--\n--a--\n";

	(void)state;
	expect(mail, "bytes [body] part 1 (part 1, ): 3 bytes: one\n");
	expect(mail, "bytes [body] part 2.1 (part 2.1, ): 3 bytes: two\n");
	expect_not(mail, "undecided");
}

static void nothing_between_parts_is_dropped(void **state)
{
	const char *mail = HEAD "Content-Type: multipart/mixed; boundary=a\n\nbefore\n--a\n\none\n--a--\nbehind\n--a\n\ntwo\n--a--\nend";

	(void)state;
	expect(mail, "before the first part (before the first part, ): 6 bytes: before\n");
	expect(mail, "bytes [hidden] behind the parts (behind the parts, ): 6 bytes: behind\n");
	expect(mail, "bytes [body] part 2 (part 2, ): 3 bytes: two\n");
	expect(mail, "bytes [hidden] behind the parts (behind the parts, ): 3 bytes: end\n");
}

static void a_courtesy_before_the_parts_is_told_and_not_observed(void **state)
{
	const char *mail = HEAD "Content-Type: multipart/mixed; boundary=a\n\nThis is a multi-part message in MIME format.\n--a\n\none\n--a--\n";

	(void)state;
	expect(mail, "This is a multi-part message in MIME format.\n");
	expect_not(mail, "observed hidden-text");
	expect(HEAD "Content-Type: multipart/mixed; boundary=a\n\nThis is a multi-part message in MIME format. And more.\n--a--\n",
	       "observed hidden-text: before the first part\n");
}

static void a_line_that_only_begins_like_the_boundary_is_text(void **state)
{
	(void)state;
	expect(HEAD "Content-Type: multipart/mixed; boundary=a\n\n--a\n\none\n--ab\n--a-- x\n--a \t\n\ntwo\n--a--\n", "16 bytes: one / --ab / --a-- x\n");
}

static void a_header_that_decides_must_not_be_there_twice(void **state)
{
	(void)state;
	expect(HEAD "Content-Type: text/plain\nContent-Type: text/html\n\n", "undecided: two headers Content-Type that differ\n");
	expect(HEAD "Content-Transfer-Encoding: 8bit\nContent-Transfer-Encoding: base64\n\n", "two headers Content-Transfer-Encoding");
	expect_not(HEAD "Content-Type: text/plain\nContent-Type: text/plain\n\n", "undecided");
	expect(HEAD "Content-Type: multipart/mixed; boundary=a; boundary=b\n\n--a--\n", "undecided: Content-Type says the same parameter twice");
}

static void damaged_base64_is_decoded_told_and_undecided(void **state)
{
	static const char *const damaged[] = {"YWJj!", "YWJjZ", "YQ==YmM=", "=YWJj", "YWJj-A"};

	(void)state;
	for (size_t i = 0; i < sizeof(damaged) / sizeof(damaged[0]); i++) {
		char mail[200];

		(void)snprintf(mail, sizeof(mail), HEAD "Content-Transfer-Encoding: base64\n\n%s", damaged[i]);
		expect(mail, "undecided: damaged base64\n");
		expect(mail, damaged[i]);
	}
	expect_not(HEAD "Content-Transfer-Encoding: base64\n\nYWJj\n ZGU=\r\n", "undecided");
	expect(HEAD "Content-Transfer-Encoding: base64\n\nYWJj\n ZGU=\r\n", "5 bytes: abcde\n");
	expect(HEAD "Content-Transfer-Encoding: base64\n\nYQ==Yg==", "2 bytes: ab\n");
}

static void quoted_printable_keeps_what_is_no_escape(void **state)
{
	(void)state;
	expect(HEAD "Content-Transfer-Encoding: quoted-printable\n\na=3d=\r\nb=  \nc=", "4 bytes: a=bc\n");
	expect(HEAD "Content-Transfer-Encoding: quoted-printable\n\na=xyz", "5 bytes: a=xyz\n");
	expect(HEAD "Content-Transfer-Encoding: quoted-printable\n\na=xyz", "[hidden] as sent");
}

static void names_and_charsets_longer_than_a_message_may_say_are_cut(void **state)
{
	struct buf mail = {0};

	(void)state;
	buf_add_string(&mail, "Subject: =?");
	for (int i = 0; i < 5000; i++)
		buf_add_byte(&mail, 'c');
	buf_add_string(&mail, "?B?gQ==?=\nX: =?\xFF?B?gQ==?=\nContent-Type: text/html; name=");
	for (int i = 0; i < 5000; i++)
		buf_add_byte(&mail, 'n');
	buf_add_string(&mail, ".htm\n\n\xFF");
	expect(mail.data, "n.htm, ): 1 bytes: ");
	buf_release(&mail);
}

static void depth_and_number_of_parts_are_bounded(void **state)
{
	struct buf deep = {0};

	(void)state;
	for (int i = 0; i < 60; i++)
		buf_addf(&deep, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
	expect(deep.data, "parts within parts, deeper than can be read");
	buf_clear(&deep);
	buf_add_string(&deep, HEAD "Content-Type: multipart/mixed; boundary=a\n\n");
	for (int i = 0; i < 10001; i++)
		buf_add_string(&deep, "--a\n\nx\n");
	expect(deep.data, "undecided: more parts inside it than can be read\n");
	buf_release(&deep);
}

static void a_mailbox_is_cut_where_a_header_follows(void **state)
{
	const char *box = "From a\nSubject: x\n\none\nFrom here on\n\nFrom b\nSubject: y\n\ntwo\n>From c\n";
	char *all = reading_of(mailbox_read, "a.mbox", box, strlen(box));

	(void)state;
	assert_non_null(strstr(all, "bytes [body] message 1 (message 1, ): 18 bytes: one / From here on / "));
	assert_non_null(strstr(all, "bytes [body] message 2 (message 2, ): 11 bytes: two / From c / "));
	assert_non_null(strstr(all, "message 2 > envelope"));
	assert_null(strstr(all, "message 3"));
	free(all);
}

static void signed_content_is_taken_out_and_encrypted_is_refused(void **state)
{
	(void)state;
	expect(HEAD "Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\n"
	            "MCEGCSqGSIb3DQEHAqAUMBICAQExADALBgkqhkiG9w0BBwE=", "observed signature: ");
	expect(HEAD "Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\nMA8GCSqGSIb3DQEHA6ACMAA=",
	       "undecided: encrypted (S/MIME)\n");
	expect(HEAD "Content-Type: application/pkcs7-mime\n\nno", "undecided: S/MIME that cannot be taken apart\n");
}

static const char whole[] =
	"From: =?utf-8?Q?a_b?= <\"a\\b\"@x>\r\nContent-Type: multipart/mixed; boundary*0=\"b\"; boundary*1=c (c)\r\n\r\np\r\n--bc\r\n"
	"Content-Type: text/html; name*=utf-8''%E6%9C%BA.htm\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+eDwvYj4=\r\n--bc\r\n"
	"Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nbegin 644 a\r\n#86)C\r\n`\r\nend\r\n=ybegin line=1 size=1 name=b\r\nk\r\n"
	"=yend size=1\r\n-----BEGIN PGP SIGNATURE-----\r\n\r\nYWJj\r\n--bc\r\nContent-Type: text/plain; delsp=yes\r\n\r\na \r\nb\r\n--bc--\r\ne\r\n";

static void no_prefix_and_no_changed_byte_is_fatal(void **state)
{
	char changed[sizeof(whole)];

	(void)state;
	for (size_t len = 0; len < sizeof(whole); len++)
		free(reading_of(mail_read, "a.eml", whole, len));
	for (size_t at = 0; at + 1 < sizeof(whole); at++)
		for (int bit = 1; bit < 256; bit *= 2) {
			memcpy(changed, whole, sizeof(whole));
			changed[at] = (char)(changed[at] ^ bit);
			free(reading_of(mail_read, "a.eml", changed, sizeof(whole) - 1));
			free(reading_of(mailbox_read, "a.mbox", changed, sizeof(whole) - 1));
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_have_places_of_their_own),
		cmocka_unit_test(a_folded_line_is_joined_and_its_space_stays),
		cmocka_unit_test(encoded_words_are_decoded_and_told_as_written),
		cmocka_unit_test(what_is_no_encoded_word_stays),
		cmocka_unit_test(a_charset_that_lies_goes_out_as_bytes),
		cmocka_unit_test(parts_are_numbered_within_each_other),
		cmocka_unit_test(nothing_between_parts_is_dropped),
		cmocka_unit_test(a_courtesy_before_the_parts_is_told_and_not_observed),
		cmocka_unit_test(a_line_that_only_begins_like_the_boundary_is_text),
		cmocka_unit_test(a_header_that_decides_must_not_be_there_twice),
		cmocka_unit_test(damaged_base64_is_decoded_told_and_undecided),
		cmocka_unit_test(quoted_printable_keeps_what_is_no_escape),
		cmocka_unit_test(names_and_charsets_longer_than_a_message_may_say_are_cut),
		cmocka_unit_test(depth_and_number_of_parts_are_bounded),
		cmocka_unit_test(a_mailbox_is_cut_where_a_header_follows),
		cmocka_unit_test(signed_content_is_taken_out_and_encrypted_is_refused),
		cmocka_unit_test(no_prefix_and_no_changed_byte_is_fatal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
