/* ledger_forgery_test.c - one entry, spoiled in every way we could think of.
 *
 * First as an insider who holds a key and signs the spoiled entry; then as a stranger who has only
 * a good entry and wants a second one from it. */
#define _GNU_SOURCE
#include "ledger_fixture.h"

#include "../../src/ledger/commit.h"

struct spoil {
	const char *what, *from;
	size_t from_len;
	const char *to;
	size_t to_len;
};
#define SPOIL(what, from, to) {what, from, sizeof(from) - 1, to, sizeof(to) - 1}

#define FILE_A "file: " D1 " 12 100644 drafts/a.txt\n"
#define FILE_B "file: " D2 " 0 100755 drafts/b b.txt\n"

static const char submit[] =
	"case: 2026-0412\nround: 2\nsection: trade\ntitle: 年度报告 100%25\ndocument-number: -\nunit: -\nauthor: -\n"
	"maker: -\nformed: 2026-02-28\nchanged: -\norigin: -\ncarrier: -\nattribute: proactive\narticle-20: 15\n"
	"channels: -\nscope: -\nplanned: -\nundertaking: -\nnote: -\nscan: " D3 " 99\n" FILE_A FILE_B;

#define CLEAR_1 "clear: " D1 " - public since 2019\n"
#define CLEAR_2 "clear: " D2 " " D3 " consent: see letter\n"

static const char sign_off[] =
	"case: 2026-0412\nround: 2\nsubmit: " D1 "\nstage: section-head\ndecision: approve\nopinion: 同意\nground: -\n"
	"until: -\naddressee: -\nscan: " D3 "\n" FILE_A CLEAR_1 CLEAR_2 "answer: yes\nanswer: no\n"
	"evidence: " D3 " 5 letter.pdf\nevidence: " D3 " 5 annex.pdf\n";

static bool parse(const struct buf *raw, struct err *err)
{
	struct commit_links_of_entry links;
	struct entry entry = {0};
	char *exact = malloc(raw->len > 0 ? raw->len : 1);
	bool ok;

	assert_non_null(exact);
	memcpy(exact, raw->data, raw->len);
	ok = commit_parse(exact, raw->len, NULL, &entry, &links, err);
	entry_release(&entry);
	free(exact);
	return ok;
}

/* The entry with this change, signed by the office's key. */
static bool parse_spoiled(struct office *office, const char *type, const char *own, const struct spoil *s, struct err *err)
{
	struct buf payload = {0}, raw = {0};
	bool ok;

	write_payload(&payload, office->wang, type, own);
	if (s != NULL)
		swap(&payload, s->from, s->from_len, s->to, s->to_len);
	seal_payload(office->wang, &payload, &raw);
	ok = parse(&raw, err);
	buf_release(&payload);
	buf_release(&raw);
	return ok;
}

static void expect_all_refused(struct office *office, const char *type, const char *own, const struct spoil *list, size_t count)
{
	struct err none = {0};

	must(parse_spoiled(office, type, own, NULL, &none), &none);
	for (size_t i = 0; i < count; i++) {
		struct err err = {0};

		if (parse_spoiled(office, type, own, &list[i], &err))
			fail_msg("%s: accepted", list[i].what);
		if (err.kind != ERR_INPUT && err.kind != ERR_MISMATCH && err.kind != ERR_LIMIT && err.kind != ERR_UNKNOWN)
			fail_msg("%s: refused as %d, %s", list[i].what, (int)err.kind, err.why);
		if (strchr(err.why, '\n') != NULL)
			fail_msg("%s: a reason of several lines", list[i].what);
	}
}

static void a_spoiled_message_is_refused(void **state)
{
	static const struct spoil list[] = {
		SPOIL("other first line", "review-ledger v1\nledger", "review-ledger v2\nledger"),
		SPOIL("other last line", "end: review-ledger v1", "end: review-ledger v2"),
		SPOIL("no last line", "end: review-ledger v1\n", ""),
		SPOIL("no final LF", "end: review-ledger v1\n", "end: review-ledger v1"),
		SPOIL("a second final LF", "end: review-ledger v1\n", "end: review-ledger v1\n\n"),
		SPOIL("text behind the end", "end: review-ledger v1\n", "end: review-ledger v1\nnote: x\n"),
		SPOIL("an empty line", "type: submit\n", "type: submit\n\n"),
		SPOIL("a leading empty line", "\n\nreview-ledger", "\n\n\nreview-ledger"),
		SPOIL("CR LF", "type: submit\n", "type: submit\r\n"),
		SPOIL("a trailing space", "type: submit\n", "type: submit \n"),
		SPOIL("two spaces", "type: submit\n", "type:  submit\n"),
		SPOIL("no space", "type: submit\n", "type:submit\n"),
		SPOIL("a tab", "type: submit\n", "type:\tsubmit\n"),
		SPOIL("an upper-case key", "type: submit\n", "Type: submit\n"),
		SPOIL("a NUL in a value", "title: ", "title: a\0b"),
		SPOIL("a NUL behind a value", "section: trade\n", "section: trade\0\n"),
		SPOIL("a NUL at the end", "end: review-ledger v1\n", "end: review-ledger v1\n\0"),
		SPOIL("a key twice", "type: submit\n", "type: submit\ntype: submit\n"),
		SPOIL("an own key twice", "round: 2\n", "round: 2\nround: 2\n"),
		SPOIL("a key missing", "policy: 1\n", ""),
		SPOIL("an own key missing", "note: -\n", ""),
		SPOIL("keys out of order", "policy: 1\nrules: " D3 "\n", "rules: " D3 "\npolicy: 1\n"),
		SPOIL("own keys out of order", "unit: -\nauthor: -\n", "author: -\nunit: -\n"),
		SPOIL("an unknown key", "note: -\n", "note: -\nextra: x\n"),
		SPOIL("an unknown type", "type: submit\n", "type: checkpoint\n"),
		SPOIL("another type", "type: submit\n", "type: release\n"),
		SPOIL("an empty type", "type: submit\n", "type: \n"),
	};

	expect_all_refused(*state, "submit", submit, list, COUNT(list));
}

static void a_spoiled_value_is_refused(void **state)
{
	static const struct spoil list[] = {
		SPOIL("seq 0", "seq: 2\n", "seq: 0\n"),
		SPOIL("seq with a zero in front", "seq: 2\n", "seq: 02\n"),
		SPOIL("seq with a sign", "seq: 2\n", "seq: +2\n"),
		SPOIL("seq below zero", "seq: 2\n", "seq: -2\n"),
		SPOIL("seq of 2^31", "seq: 2\n", "seq: 2147483648\n"),
		SPOIL("seq of 2^32 + 2", "seq: 2\n", "seq: 4294967298\n"),
		SPOIL("seq of 2^64 + 2", "seq: 2\n", "seq: 18446744073709551618\n"),
		SPOIL("seq in hexadecimal", "seq: 2\n", "seq: 0x2\n"),
		SPOIL("seq none", "seq: 2\n", "seq: -\n"),
		SPOIL("policy 0", "policy: 1\n", "policy: 0\n"),
		SPOIL("a short digest", "prev: 2", "prev: "),
		SPOIL("a digest of 65 digits", "prev: 2", "prev: 22"),
		SPOIL("an upper-case digest", "rules: 3", "rules: A"),
		SPOIL("a time of another zone", "06:30:00Z\n", "06:30:00+00:00\n"),
		SPOIL("a time without a zone", "06:30:00Z\n", "06:30:00\n"),
		SPOIL("a time with a fraction", "06:30:00Z\n", "06:30:00.0Z\n"),
		SPOIL("a lower-case time", "T06:30:00Z\n", "t06:30:00z\n"),
		SPOIL("a leap second", "06:30:00Z\n", "06:30:60Z\n"),
		SPOIL("another time than the commit's", "06:30:00Z\n", "06:30:01Z\n"),
		SPOIL("another person than the commit's", "person: wang.wei\n", "person: li.na\n"),
		SPOIL("a person in upper case", "person: wang.wei\n", "person: Wang.wei\n"),
		SPOIL("no person", "person: wang.wei\n", "person: -\n"),
		SPOIL("another key", "key: SHA256:", "key: SHA256:A"),
		SPOIL("no key", "key: SHA256:", "key: \nSHA256: "),
		SPOIL("an id with a space", "section: trade\n", "section: tra de\n"),
		SPOIL("an id with a dot in front", "section: trade\n", "section: .trade\n"),
		SPOIL("an id with a slash", "section: trade\n", "section: trade/x\n"),
		SPOIL("an id of 65", "section: trade\n", "section: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"),
		SPOIL("no id", "section: trade\n", "section: -\n"),
		SPOIL("a date that never was", "2026-02-28", "2026-02-30"),
		SPOIL("a date of another form", "2026-02-28", "28.02.2026"),
		SPOIL("an unknown word", "attribute: proactive", "attribute: public"),
		SPOIL("a word of another case", "attribute: proactive", "attribute: Proactive"),
		SPOIL("a word with more", "attribute: proactive", "attribute: proactive "),
		SPOIL("a word that is needed", "attribute: proactive", "attribute: -"),
		SPOIL("article 20 item 16", "article-20: 15", "article-20: 16"),
		SPOIL("article 20 item 0", "article-20: 15", "article-20: 0"),
		SPOIL("a body without size", "scan: " D3 " 99", "scan: " D3),
		SPOIL("a body with a name", "scan: " D3 " 99", "scan: " D3 " 99 x"),
		SPOIL("a body of size 099", "scan: " D3 " 99", "scan: " D3 " 099"),
		SPOIL("a body of two spaces", "scan: " D3 " 99", "scan: " D3 "  99"),
		SPOIL("a body of 2^40 + 1", "scan: " D3 " 99", "scan: " D3 " 1099511627777"),
		SPOIL("a body of none", "scan: " D3 " 99", "scan: -"),
	};

	expect_all_refused(*state, "submit", submit, list, COUNT(list));
}

static void a_text_has_one_spelling(void **state)
{
	static const struct spoil list[] = {
		SPOIL("no title", "title: 年", "title: -\nx: 年"),
		SPOIL("an empty title", "title: 年度报告 100%25\n", "title: \n"),
		SPOIL("none for a title", "title: 年度报告 100%25\n", "title: -\n"),
		SPOIL("an empty note", "note: -\n", "note: \n"),
		SPOIL("a bare percent", "100%25", "100%"),
		SPOIL("a half percent", "100%25", "100%2"),
		SPOIL("lower-case hexadecimal", "100%25", "100%25%0a"),
		SPOIL("a needless encoding", "100%25", "%31%30%30%25"),
		SPOIL("a needless encoding of a dash", "100%25", "a%2D"),
		SPOIL("a NUL, encoded", "100%25", "%00"),
		SPOIL("a control, bare", "100%25", "\x1b[2J"),
		SPOIL("a DEL, bare", "100%25", "\x7f"),
		SPOIL("a C1 control, bare", "100%25", "\xC2\x85"),
		SPOIL("a bidi override, bare", "100%25", "\xE2\x80\xAEtxt"),
		SPOIL("a zero-width space, bare", "100%25", "a\xE2\x80\x8B" "b"),
		SPOIL("a line separator, bare", "100%25", "\xE2\x80\xA8"),
		SPOIL("a byte order mark, bare", "100%25", "\xEF\xBB\xBF"),
		SPOIL("a bidi override, half encoded", "100%25", "\xE2%80%AE"),
		SPOIL("not UTF-8", "100%25", "\xFF"),
		SPOIL("not UTF-8, encoded", "100%25", "%FF"),
		SPOIL("a surrogate, encoded", "100%25", "%ED%A0%80"),
		SPOIL("an overlong slash", "100%25", "\xC0\xAF"),
		SPOIL("a space at the end", "100%25", "100 "),
		SPOIL("a space in front", "title: 年", "title:  年"),
		SPOIL("a space inside, encoded", "告 100", "告%20100"),
	};
	static const struct spoil fine[] = {
		SPOIL("a dash", "title: 年度报告 100%25\n", "title: %2D\n"),
		SPOIL("two dashes", "title: 年度报告 100%25\n", "title: --\n"),
		SPOIL("spaces at the ends, encoded", "100%25", "100  x%20"),
		SPOIL("only a space", "title: 年度报告 100%25\n", "title: %20\n"),
		SPOIL("only two spaces", "title: 年度报告 100%25\n", "title: %20%20\n"),
		SPOIL("a line end, encoded", "100%25", "a%0Ab%0D%09"),
		SPOIL("a bidi override, encoded", "100%25", "%E2%80%AEtxt"),
		SPOIL("a bidi override in front", "title: 年", "title: %E2%80%AE年"),
	};

	expect_all_refused(*state, "submit", submit, list, COUNT(list));
	for (size_t i = 0; i < COUNT(fine); i++) {
		struct err err = {0};

		if (!parse_spoiled(*state, "submit", submit, &fine[i], &err))
			fail_msg("%s: %s", fine[i].what, err.why);
	}
}

static void a_spoiled_file_line_is_refused(void **state)
{
	static const struct spoil list[] = {
		SPOIL("no file", FILE_A FILE_B, ""),
		SPOIL("files out of order", FILE_A FILE_B, FILE_B FILE_A),
		SPOIL("a file twice", FILE_A, FILE_A FILE_A),
		SPOIL("a path twice", FILE_A, FILE_A "file: " D2 " 12 100644 drafts/a.txt\n"),
		SPOIL("files apart", FILE_B, "note: -\n" FILE_B),
		SPOIL("a link", " 100644 ", " 120000 "),
		SPOIL("a submodule", " 100644 ", " 160000 "),
		SPOIL("a mode of seven digits", " 100644 ", " 0100644 "),
		SPOIL("mode 100664", " 100644 ", " 100664 "),
		SPOIL("no path", " 100644 drafts/a.txt\n", " 100644\n"),
		SPOIL("an empty path", " 100644 drafts/a.txt\n", " 100644 \n"),
		SPOIL("a path of a dash", " 100644 drafts/a.txt\n", " 100644 -\n"),
		SPOIL("a path that climbs", "drafts/a.txt", "drafts/../a.txt"),
		SPOIL("an absolute path", "drafts/a.txt", "/a.txt"),
		SPOIL("a path into .git", "drafts/a.txt", "a/.GIT/config"),
		SPOIL("a path with a backslash", "drafts/a.txt", "a\\b"),
		SPOIL("a device", "drafts/a.txt", "con.txt"),
		SPOIL("a path with a space, encoded", "drafts/b b.txt", "drafts/b%20b.txt"),
		SPOIL("a path with a line end, encoded", "drafts/a.txt", "a%0Ab"),
		SPOIL("a path with a letter, encoded", "drafts/a.txt", "drafts/%61.txt"),
		SPOIL("a size with a zero in front", " 12 100644", " 012 100644"),
		SPOIL("a size below zero", " 12 100644", " -12 100644"),
		SPOIL("a size of 2^64", " 12 100644", " 18446744073709551616 100644"),
		SPOIL("a digest in upper case", "file: 1", "file: A"),
		SPOIL("a space more", " 12 100644", " 12  100644"),
	};

	expect_all_refused(*state, "submit", submit, list, COUNT(list));
}

static void a_spoiled_sign_off_is_refused(void **state)
{
	static const struct spoil list[] = {
		SPOIL("a clearance twice", CLEAR_1, CLEAR_1 CLEAR_1),
		SPOIL("two reasons for one finding", CLEAR_1, CLEAR_1 "clear: " D1 " - q\n"),
		SPOIL("clearances out of order", CLEAR_1 CLEAR_2, CLEAR_2 CLEAR_1),
		SPOIL("a clearance without reason", CLEAR_1, "clear: " D1 " -\n"),
		SPOIL("a clearance of a space", CLEAR_1, "clear: " D1 " - \n"),
		SPOIL("a clearance without evidence", CLEAR_1, "clear: " D1 " public\n"),
		SPOIL("a clearance of nothing", CLEAR_1, "clear: -\n"),
		SPOIL("evidence of another form", CLEAR_2, "clear: " D2 " " EMPTY_TREE " see letter\n"),
		SPOIL("an unknown decision", "decision: approve", "decision: approved"),
		SPOIL("two decisions", "decision: approve\n", "decision: approve\ndecision: refuse\n"),
		SPOIL("no opinion", "opinion: 同意", "opinion: -"),
		SPOIL("an unknown ground", "ground: -", "ground: secret"),
		SPOIL("no submit entry", "submit: " D1, "submit: -"),
		SPOIL("an answer of nothing", "answer: no\n", "answer: -\n"),
		SPOIL("answers before clearances", CLEAR_1 CLEAR_2 "answer: yes\n", "answer: yes\n" CLEAR_1 CLEAR_2),
		SPOIL("evidence without a name", " 5 letter.pdf", " 5"),
		SPOIL("evidence with a folder", " 5 letter.pdf", " 5 a/letter.pdf"),
		SPOIL("evidence that climbs", " 5 letter.pdf", " 5 .."),
		SPOIL("evidence with an empty name", " 5 letter.pdf", " 5 "),
	};
	static const struct spoil fine[] = {
		SPOIL("a reason of one letter", "- public since 2019", "- x"),
		SPOIL("a reason of a dash", "- public since 2019", "- %2D"),
		SPOIL("no clearance", CLEAR_1 CLEAR_2, ""),
		SPOIL("no answer", "answer: yes\nanswer: no\n", ""),
		SPOIL("a ground", "ground: -", "ground: inquiry"),
	};

	expect_all_refused(*state, "sign-off", sign_off, list, COUNT(list));
	for (size_t i = 0; i < COUNT(fine); i++) {
		struct err err = {0};

		if (!parse_spoiled(*state, "sign-off", sign_off, &fine[i], &err))
			fail_msg("%s: %s", fine[i].what, err.why);
	}
}

#define TREE "tree " EMPTY_TREE "\n"
#define WHO "wang.wei <wang.wei@review.invalid> 1795415400 +0000\n"

static void a_spoiled_header_is_refused(void **state)
{
	static const struct spoil list[] = {
		SPOIL("no tree", TREE, ""),
		SPOIL("two trees", TREE, TREE TREE),
		SPOIL("an upper-case tree", TREE, "tree 4B825DC642CB6EB9A060E54BF8D69288FBEE4904\n"),
		SPOIL("two parents", "parent " PARENT "\n", "parent " PARENT "\nparent " PARENT "\n"),
		SPOIL("an upper-case parent", "parent 5555", "parent AAAA"),
		SPOIL("a parent in front of the tree", TREE "parent " PARENT "\n", "parent " PARENT "\n" TREE),
		SPOIL("no author", "author " WHO, ""),
		SPOIL("two authors", "author " WHO, "author " WHO "author " WHO),
		SPOIL("two committers", "committer " WHO, "committer " WHO "committer " WHO),
		SPOIL("no committer", "committer " WHO, ""),
		SPOIL("another author", "author wang.wei <wang", "author li.na <wang"),
		SPOIL("another address", "author wang.wei <wang", "author wang.wei <li.na"),
		SPOIL("another domain", "review.invalid> 1795415400 +0000\ncommitter", "review.example> 1795415400 +0000\ncommitter"),
		SPOIL("another committer", "committer wang.wei <wang", "committer li.na <wang"),
		SPOIL("another author time", "1795415400 +0000\ncommitter", "1795415401 +0000\ncommitter"),
		SPOIL("another committer time", "1795415400 +0000\n\n", "1795415401 +0000\n\n"),
		SPOIL("another zone", "1795415400 +0000\n\n", "1795415400 +0100\n\n"),
		SPOIL("a negative zone", "1795415400 +0000\n\n", "1795415400 -0000\n\n"),
		SPOIL("a time with a zero in front", "1795415400 +0000\n\n", "01795415400 +0000\n\n"),
		SPOIL("an encoding", "\n\nreview-ledger", "\nencoding UTF-8\n\nreview-ledger"),
		SPOIL("a mergetag", "\n\nreview-ledger", "\nmergetag object " PARENT "\n\nreview-ledger"),
		SPOIL("an unknown header", "\n\nreview-ledger", "\nx y\n\nreview-ledger"),
		SPOIL("a gpgsig-sha256 header", "\n\nreview-ledger", "\ngpgsig-sha256 x\n\nreview-ledger"),
		SPOIL("a header of another case", "author wang", "Author wang"),
		SPOIL("CR LF in the header", TREE, "tree " EMPTY_TREE "\r\n"),
		SPOIL("a NUL in the header", "author wang.wei", "author wang\0wei"),
		SPOIL("a signature in the message", "\n\nreview-ledger", "\n\ngpgsig -----BEGIN SSH SIGNATURE-----\nreview-ledger"),
	};

	expect_all_refused(*state, "submit", submit, list, COUNT(list));
}

static void too_much_is_refused(void **state)
{
	struct office *office = *state;
	struct buf own = {0};
	struct err err = {0};
	struct spoil long_note = {"a note of 3001", "note: -\n", 8, NULL, 0};

	for (int i = 0; i < 1000; i++)
		buf_addf(&own, "file: " D1 " 1 100644 f%04d\n", i);
	buf_add_string(&own, "end: review-ledger v1\n");
	must(parse_spoiled(office, "submit", submit, &(struct spoil){"1000 files", FILE_A FILE_B "end: review-ledger v1\n",
	     strlen(FILE_A FILE_B "end: review-ledger v1\n"), own.data, own.len}, &err), &err);
	swap_text(&own, "end:", "file: " D1 " 1 100644 f1000\nend:");
	assert_false(parse_spoiled(office, "submit", submit, &(struct spoil){"1001 files", FILE_A FILE_B "end: review-ledger v1\n",
	             strlen(FILE_A FILE_B "end: review-ledger v1\n"), own.data, own.len}, &err));
	err = (struct err){0};
	buf_clear(&own);
	buf_add_string(&own, "note: ");
	for (int i = 0; i < 3000; i++)
		buf_add_byte(&own, 'x');
	buf_add_byte(&own, '\n');
	long_note.to = own.data;
	long_note.to_len = own.len;
	must(parse_spoiled(office, "submit", submit, &long_note, &err), &err);
	swap_text(&own, "note: x", "note: xx");
	long_note.to = own.data;
	long_note.to_len = own.len;
	assert_false(parse_spoiled(office, "submit", submit, &long_note, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	buf_release(&own);
}

static void an_entry_has_at_most_256_kibibytes(void **state)
{
	struct office *office = *state;
	struct buf own = {0}, payload = {0}, raw = {0};
	struct err err = {0};

	buf_add_string(&own, sign_off);
	for (int i = 0; i < 100; i++) {
		buf_addf(&own, "evidence: " D1 " 1 %d", i);
		for (int k = 0; k < 250; k++)
			buf_add_byte(&own, 'e');
		buf_add_byte(&own, '\n');
	}
	write_payload(&payload, office->wang, "sign-off", own.data);
	seal_payload(office->wang, &payload, &raw);
	must(parse(&raw, &err), &err);
	for (int i = 0; i < 100; i++) {
		buf_add_string(&own, "evidence: " D1 " 1 x");
		for (int k = 0; k < 2250; k++)
			buf_add_byte(&own, 'e');
		buf_add_byte(&own, '\n');
	}
	buf_clear(&payload);
	buf_clear(&raw);
	write_payload(&payload, office->wang, "sign-off", own.data);
	seal_payload(office->wang, &payload, &raw);
	assert_false(parse(&raw, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	buf_release(&own);
	buf_release(&payload);
	buf_release(&raw);
}

/* A good entry, and what a stranger without a key can make of it. */
struct twin {
	struct buf payload, armor, raw;
};

static void make_twin(struct office *office, struct twin *t)
{
	*t = (struct twin){0};
	write_payload(&t->payload, office->wang, "submit", submit);
	sign_text(office->wang, "git", &t->payload, &t->armor);
	seal_payload(office->wang, &t->payload, &t->raw);
}

static void release_twin(struct twin *t)
{
	buf_release(&t->payload);
	buf_release(&t->armor);
	buf_release(&t->raw);
}

static void expect_refused(struct twin *t, const char *what)
{
	struct err err = {0};

	if (parse(&t->raw, &err))
		fail_msg("%s: accepted", what);
	release_twin(t);
}

static void nobody_can_make_a_second_entry_from_a_good_one(void **state)
{
	static const struct spoil list[] = {
		SPOIL("a NUL and text behind it", "end: review-ledger v1\n", "end: review-ledger v1\n\0more"),
		SPOIL("text behind the end", "end: review-ledger v1\n", "end: review-ledger v1\nmore\n"),
		SPOIL("a gpgsig-sha256 header", "\n\nreview-ledger", "\ngpgsig-sha256 junk\n\nreview-ledger"),
		SPOIL("a gpgsigX header", "\n\nreview-ledger", "\ngpgsigX hidden\n\nreview-ledger"),
		SPOIL("text behind the armor", "-----END SSH SIGNATURE-----\n", "-----END SSH SIGNATURE-----\n more\n"),
		SPOIL("an empty line in the armor", "-----END SSH SIGNATURE-----\n", "-----END SSH SIGNATURE-----\n \n"),
		SPOIL("text in front of the armor", "gpgsig -----", "gpgsig x\n -----"),
		SPOIL("a space more", "gpgsig -----", "gpgsig  -----"),
		SPOIL("armor with CR LF", "-----BEGIN SSH SIGNATURE-----\n", "-----BEGIN SSH SIGNATURE-----\r\n"),
		SPOIL("armor of PGP", "-----BEGIN SSH SIGNATURE-----", "-----BEGIN PGP SIGNATURE-----"),
		SPOIL("another header name", "gpgsig -----", "gpgSig -----"),
		SPOIL("another parent", "parent 5", "parent 6"),
		SPOIL("another tree", "tree 4b8", "tree 4b9"),
		SPOIL("no parent", "parent " PARENT "\n", ""),
		SPOIL("another word", "attribute: proactive", "attribute: on-request"),
		SPOIL("another round", "round: 2", "round: 3"),
		SPOIL("an encoded letter", "100%25", "%3100%25"),
	};
	struct twin t;
	struct err err = {0};

	make_twin(*state, &t);
	must(parse(&t.raw, &err), &err);
	release_twin(&t);
	for (size_t i = 0; i < COUNT(list); i++) {
		make_twin(*state, &t);
		swap(&t.raw, list[i].from, list[i].from_len, list[i].to, list[i].to_len);
		expect_refused(&t, list[i].what);
	}
}

static void a_signature_is_in_one_place_and_one_form(void **state)
{
	struct buf header = {0}, twice = {0};
	struct twin t;
	char *line;

	make_twin(*state, &t); /* two headers */
	write_header(&header, "gpgsig", t.armor.data);
	insert_header(&t.raw, header.data, header.len, &twice);
	buf_release(&t.raw);
	t.raw = twice;
	expect_refused(&t, "two signatures");

	make_twin(*state, &t); /* a bogus second one */
	swap_text(&t.raw, "\n\nreview-ledger", "\ngpgsig bogus\n\nreview-ledger");
	expect_refused(&t, "a bogus second signature");

	make_twin(*state, &t); /* none */
	buf_clear(&t.raw);
	buf_add(&t.raw, t.payload.data, t.payload.len);
	expect_refused(&t, "no signature");

	make_twin(*state, &t); /* in the message */
	buf_clear(&t.raw);
	buf_add(&t.raw, t.payload.data, t.payload.len);
	swap(&t.raw, "review-ledger v1\nledger", 23, header.data, header.len);
	swap_text(&t.raw, "-----END SSH SIGNATURE-----\n", "-----END SSH SIGNATURE-----\n\nreview-ledger v1\nledger");
	expect_refused(&t, "a signature in the message");

	make_twin(*state, &t); /* between author and committer */
	buf_clear(&t.raw);
	buf_add(&t.raw, t.payload.data, t.payload.len);
	swap(&t.raw, "committer ", 10, header.data, header.len);
	swap_text(&t.raw, "-----END SSH SIGNATURE-----\n", "-----END SSH SIGNATURE-----\ncommitter ");
	expect_refused(&t, "a signature before the committer");

	make_twin(*state, &t); /* wrapped otherwise */
	line = memmem(t.raw.data, t.raw.len, "SIGNATURE-----\n ", 16);
	assert_non_null(line);
	line = memchr(line + 16, '\n', 100);
	assert_non_null(line);
	memmove(line, line + 2, t.raw.len - (size_t)(line + 2 - t.raw.data)); /* two lines become one */
	t.raw.len -= 2;
	expect_refused(&t, "armor wrapped otherwise");
	buf_release(&header);
}

static void another_signature_is_refused(void **state)
{
	struct office *office = *state;
	struct buf armor = {0}, header = {0};
	struct err err = {0};
	struct twin t;

	make_twin(office, &t); /* for another purpose */
	sign_text(office->wang, "file", &t.payload, &armor);
	write_header(&header, "gpgsig", armor.data);
	buf_clear(&t.raw);
	insert_header(&t.payload, header.data, header.len, &t.raw);
	assert_false(parse(&t.raw, &err));
	assert_int_equal(err.kind, ERR_MISMATCH);
	release_twin(&t);

	make_twin(office, &t); /* by another key than the entry names */
	buf_clear(&t.raw);
	seal_payload(office->li, &t.payload, &t.raw);
	err = (struct err){0};
	assert_false(parse(&t.raw, &err));
	assert_int_equal(err.kind, ERR_MISMATCH);
	release_twin(&t);

	make_twin(office, &t); /* of another entry */
	swap_text(&t.payload, "round: 2", "round: 3");
	buf_clear(&header);
	write_header(&header, "gpgsig", t.armor.data);
	buf_clear(&t.raw);
	insert_header(&t.payload, header.data, header.len, &t.raw);
	err = (struct err){0};
	assert_false(parse(&t.raw, &err));
	assert_int_equal(err.kind, ERR_MISMATCH);
	release_twin(&t);
	buf_release(&armor);
	buf_release(&header);
}

/* The whole object, a bit and a case bit at a time; and every shorter one. */
static void every_changed_byte_is_noticed(void **state)
{
	struct twin t;

	make_twin(*state, &t);
	for (size_t i = 0; i < t.raw.len; i++) {
		static const char bits[] = {0x01, 0x20, (char)0x80};

		for (size_t k = 0; k < COUNT(bits); k++) {
			struct err err = {0};

			t.raw.data[i] = (char)(t.raw.data[i] ^ bits[k]);
			if (parse(&t.raw, &err))
				fail_msg("byte %zu", i);
			t.raw.data[i] = (char)(t.raw.data[i] ^ bits[k]);
		}
	}
	for (size_t len = t.raw.len; len > 0; len--) {
		const struct buf shorter = {.data = t.raw.data, .len = len - 1};
		struct err err = {0};

		if (parse(&shorter, &err))
			fail_msg("cut to %zu bytes", len - 1);
	}
	release_twin(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_spoiled_message_is_refused),
		cmocka_unit_test(a_spoiled_value_is_refused),
		cmocka_unit_test(a_text_has_one_spelling),
		cmocka_unit_test(a_spoiled_file_line_is_refused),
		cmocka_unit_test(a_spoiled_sign_off_is_refused),
		cmocka_unit_test(a_spoiled_header_is_refused),
		cmocka_unit_test(too_much_is_refused),
		cmocka_unit_test(an_entry_has_at_most_256_kibibytes),
		cmocka_unit_test(nobody_can_make_a_second_entry_from_a_good_one),
		cmocka_unit_test(a_signature_is_in_one_place_and_one_form),
		cmocka_unit_test(another_signature_is_refused),
		cmocka_unit_test(every_changed_byte_is_noticed),
	};

	return cmocka_run_group_tests(tests, office_open, office_close);
}
