/* ledger_documents_test.c - the submitted bytes beside the ledger: kept, proved, expunged. */
#define _GNU_SOURCE
#include "ledger_fixture.h"

#include "ledger/documents.h"

static struct object_id blob(struct office *office, const char *text)
{
	struct object_id id;
	struct err err = {0};

	must(object_write(office->repo, OBJECT_BLOB, text, strlen(text), &id, &err), &err);
	return id;
}

static struct file_ref named(const char *text, unsigned mode, char *path)
{
	struct file_ref ref = {.size = strlen(text), .mode = mode, .path = path};

	hash_bytes(text, strlen(text), &ref.digest);
	return ref;
}

static char annual[] = "drafts/annual.txt", folder[] = "drafts/2026 年/表.txt", missing[] = "drafts/missing.txt";

static bool store(struct office *office, const char *case_id, uint32_t round, const char *text, struct err *err)
{
	struct tree_file items[] = {
		{.path = folder, .mode = MODE_EXECUTABLE, .id = blob(office, "rows")},
		{.path = annual, .mode = MODE_FILE, .id = blob(office, text)},
	};
	const struct tree_files files = {.items = items, .count = 2};

	return documents_store(office->repo, case_id, round, &files, err);
}

static bool read_back(struct office *office, uint32_t round, const struct file_ref *want, struct buf *out, struct err *err)
{
	return documents_read(office->repo, "2026-0001", round, want, out, err);
}

static int no_documents(void **state)
{
	struct office *office = *state;
	struct object_id at;
	struct err err = {0}, none = {0};

	if (ref_read(office->repo, "refs/review/documents/2026-0001/1", &at, &none))
		must(ref_delete(office->repo, "refs/review/documents/2026-0001/1", &err), &err);
	return 0;
}

static void documents_come_back(void **state)
{
	struct file_ref want = named("text", MODE_FILE, annual);
	struct buf out = {0};
	struct err err = {0};

	must(store(*state, "2026-0001", 1, "text", &err), &err);
	buf_add_string(&out, "before ");
	must(read_back(*state, 1, &want, &out, &err), &err);
	assert_string_equal(out.data, "before text");
	buf_clear(&out);
	want = named("rows", MODE_EXECUTABLE, folder);
	must(read_back(*state, 1, &want, &out, &err), &err);
	assert_string_equal(out.data, "rows");
	buf_release(&out);
}

static void the_same_documents_may_be_kept_again(void **state)
{
	struct office *office = *state;
	struct object_id first, second;
	struct err err = {0};

	must(store(office, "2026-0001", 1, "text", &err), &err);
	must(ref_read(office->repo, "refs/review/documents/2026-0001/1", &first, &err), &err);
	must(store(office, "2026-0001", 1, "text", &err), &err);
	must(ref_read(office->repo, "refs/review/documents/2026-0001/1", &second, &err), &err);
	assert_true(object_id_equal(&first, &second));
}

static void other_documents_do_not_replace_them(void **state)
{
	struct file_ref want = named("text", MODE_FILE, annual);
	struct buf out = {0};
	struct err err = {0}, why = {0};

	must(store(*state, "2026-0001", 1, "text", &err), &err);
	assert_false(store(*state, "2026-0001", 1, "other", &why));
	assert_int_equal(why.kind, ERR_CONFLICT);
	must(read_back(*state, 1, &want, &out, &err), &err);
	buf_release(&out);
}

static void other_bytes_are_not_the_document(void **state)
{
	struct file_ref wants[] = {
		named("other text", MODE_FILE, annual), /* other bytes */
		named("text", MODE_FILE, annual),       /* another size */
		named("text", MODE_EXECUTABLE, annual), /* another mode */
		named("rows", MODE_FILE, folder),
		named("rows", MODE_EXECUTABLE, annual), /* another path's bytes */
	};
	struct buf out = {0};
	struct err err = {0};

	wants[1].size++;
	must(store(*state, "2026-0001", 1, "text", &err), &err);
	buf_add_string(&out, "before");
	for (size_t i = 0; i < COUNT(wants); i++) {
		err = (struct err){0};
		if (read_back(*state, 1, &wants[i], &out, &err))
			fail_msg("case %zu", i);
		assert_int_equal(err.kind, ERR_MISMATCH);
		assert_string_equal(out.data, "before");
	}
	buf_release(&out);
}

static void what_is_not_kept_is_not_found(void **state)
{
	struct office *office = *state;
	struct file_ref want = named("text", MODE_FILE, annual);
	struct buf out = {0};
	struct err err = {0};

	must(store(office, "2026-0001", 1, "text", &err), &err);
	assert_false(read_back(office, 2, &want, &out, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	err = (struct err){0};
	want.path = missing;
	assert_false(read_back(office, 1, &want, &out, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	err = (struct err){0};
	must(ref_delete(office->repo, "refs/review/documents/2026-0001/1", &err), &err); /* expunged */
	want.path = annual;
	assert_false(read_back(office, 1, &want, &out, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_null(out.data);
}

static void a_case_cannot_lead_to_another_reference(void **state)
{
	static const char *const bad[] = {"", "..", "../../heads/main", "a/b", "A", "a b", ".a", "a\n"};
	struct file_ref want = named("text", MODE_FILE, annual);
	struct office *office = *state;
	struct buf out = {0};

	for (size_t i = 0; i < COUNT(bad); i++) {
		struct err err = {0};

		if (store(office, bad[i], 1, "text", &err) || err.kind != ERR_INPUT)
			fail_msg("stored '%s'", bad[i]);
		err = (struct err){0};
		if (documents_read(office->repo, bad[i], 1, &want, &out, &err) || err.kind != ERR_INPUT)
			fail_msg("read '%s'", bad[i]);
	}
	struct err err = {0};
	assert_false(store(office, "2026-0001", 0, "text", &err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(documents_come_back, no_documents),
		cmocka_unit_test_setup(the_same_documents_may_be_kept_again, no_documents),
		cmocka_unit_test_setup(other_documents_do_not_replace_them, no_documents),
		cmocka_unit_test_setup(other_bytes_are_not_the_document, no_documents),
		cmocka_unit_test_setup(what_is_not_kept_is_not_found, no_documents),
		cmocka_unit_test_setup(a_case_cannot_lead_to_another_reference, no_documents),
	};

	return cmocka_run_group_tests(tests, office_open, office_close);
}
