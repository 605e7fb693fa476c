/* scan_many_test.c - many documents side by side say what they say one after the other. */
#include "scan_fixture.h"

#include "scan/many.h"

enum { FILES = 200 };

/* Most short, some longer than a thread is worth, each path twice. */
static size_t write_file(size_t number, struct buf *out, char path[32])
{
	(void)snprintf(path, 32, "%02zu.txt", number * 37 % FILES / 2);
	for (size_t i = 0; i < (number % 50 == 7 ? 2000 : number % 5); i++)
		buf_addf(out, "line %zu of %zu, 机密 here\n", i, number);
	return number;
}

static void scan_all(struct trial *t, bool many, struct scan *out)
{
	struct scan_many *side_by_side = many ? scan_many_begin(t->scanner) : NULL;

	for (size_t i = 0; i < FILES; i++) {
		struct scanned_file file = {0};
		struct buf bytes = {0};
		char path[32];

		if (write_file(i, &bytes, path) % 11 == 3) {
			file.path = mem_copy_string(path);
			file.undecided = mem_copy_string("not looked at");
		} else if (!many) {
			scan_bytes(t->scanner, path, 0100644, bytes.data, bytes.len, &file);
		} else {
			scan_many_add(side_by_side, path, 0100644, &bytes);
			assert_null(bytes.data);
		}
		if (file.path != NULL && many)
			scan_many_put(side_by_side, &file);
		else if (file.path != NULL)
			scan_add(out, &file);
		buf_release(&bytes);
	}
	if (many)
		scan_many_end(side_by_side, out);
}

static void the_same_is_found_in_the_same_order(void **state)
{
	struct trial t = trial_of_rule("match: {keywords: [机密]}");
	struct scan one = {0}, all = {0};
	struct buf records[2] = {0};

	(void)state;
	scan_all(&t, false, &one);
	scan_all(&t, true, &all);
	assert_int_equal(all.count, FILES);
	scan_record_write(&one, &records[0]);
	scan_record_write(&all, &records[1]);
	assert_true(records[0].len > 10000);
	assert_int_equal(records[0].len, records[1].len);
	assert_memory_equal(records[0].data, records[1].data, records[0].len);
	buf_release(&records[0]);
	buf_release(&records[1]);
	scan_release(&one);
	scan_release(&all);
	trial_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_same_is_found_in_the_same_order)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
