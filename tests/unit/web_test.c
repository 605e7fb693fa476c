/* The server: who is let in by a whole exchange is tested in tests/desk; here, that it ends. */
#include "base/mem.h"
#include "web/web.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void no_page(const struct web_request *request, struct web_answer *answer, void *context)
{
	(void)request;
	(void)answer;
	(void)context;
	fail();
}

static void refused(unsigned status, const char *why, struct buf *out) { buf_addf(out, "%u %s", status, why); }

static void ends_when_idle(void **state)
{
	const struct web_order order = {.page = no_page, .refused = refused, .idle = 1};
	const volatile int stop = 0;
	const time_t begun = time(NULL);
	struct web *web = NULL;
	struct err err = {0};
	char *address = NULL;

	(void)state;
	assert_true(web_open(&order, &web, &address, &err));
	assert_true(web_serve(web, &stop, &err));
	assert_true(time(NULL) - begun < 10);
	web_close(web);
	free(address);
}

static void ends_when_told_to(void **state)
{
	const struct web_order order = {.page = no_page, .refused = refused, .idle = 3600};
	const volatile int stop = 1;
	struct web *web = NULL;
	struct err err = {0};
	char *address = NULL;

	(void)state;
	assert_true(web_open(&order, &web, &address, &err));
	assert_true(web_serve(web, &stop, &err));
	web_close(web);
	free(address);
}

static void has_another_address_each_time(void **state)
{
	const struct web_order order = {.page = no_page, .refused = refused, .idle = 1};
	struct web *web[2] = {NULL, NULL};
	char *address[2] = {NULL, NULL};
	struct err err = {0};

	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_true(web_open(&order, &web[i], &address[i], &err));
		assert_memory_equal(address[i], "http://127.0.0.1:", 17);
		assert_non_null(strstr(address[i], "/enter?token="));
	}
	assert_string_not_equal(address[0], address[1]);
	assert_string_not_equal(strstr(address[0], "token="), strstr(address[1], "token="));
	for (int i = 0; i < 2; i++) {
		web_close(web[i]);
		free(address[i]);
	}
}

static void finds_values_by_name(void **state)
{
	struct web_field fields[] = {{.name = mem_copy_string("a"), .value = mem_copy_string("1")},
	                             {.name = mem_copy_string("a"), .value = mem_copy_string("2")},
	                             {.name = mem_copy_string("f"), .value = mem_copy_string(""), .file = true},
	                             {.name = mem_copy_string("g"), .value = mem_copy_string("letter.txt"), .file = true}};
	const struct web_request request = {.fields = fields, .field_count = 4};

	(void)state;
	assert_string_equal(web_value(&request, "a"), "1");
	assert_string_equal(web_value(&request, "b"), "");
	assert_string_equal(web_value(&request, "g"), "");
	assert_null(web_file(&request, "f"));
	assert_null(web_file(&request, "a"));
	assert_ptr_equal(web_file(&request, "g"), &fields[3]);
	for (size_t i = 0; i < 4; i++) {
		free(fields[i].name);
		free(fields[i].value);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends_when_idle),
		cmocka_unit_test(ends_when_told_to),
		cmocka_unit_test(has_another_address_each_time),
		cmocka_unit_test(finds_values_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
