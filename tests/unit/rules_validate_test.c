/* rules_validate_test.c - numbers that prove to be one, and numbers that only look it.
 *
 * The worked ones are from the standards (GB 11643-1999, GB 32100-2015, ISO 13616-1) or were made
 * for this test; none belongs to a person. */
#include "rules_fixture.h"

static void expect_all(enum validator v, const char *const texts[], size_t count, bool accepted)
{
	for (size_t i = 0; i < count; i++)
		if (validator_accepts(v, texts[i], strlen(texts[i])) != accepted)
			fail_msg("%s: '%s' is %s", validator_name(v), texts[i], accepted ? "refused" : "accepted");
}

/* Every text with one digit changed must be refused: that is what a check character is for. */
static void expect_every_slip_refused(enum validator v, const char *text, size_t from)
{
	char changed[64];

	for (size_t i = from; i < strlen(text); i++)
		for (char c = '0'; c <= '9'; c++) {
			memcpy(changed, text, strlen(text) + 1);
			if (changed[i] == c || changed[i] < '0' || changed[i] > '9')
				continue;
			changed[i] = c;
			if (validator_accepts(v, changed, strlen(changed)))
				fail_msg("%s: '%s' is accepted", validator_name(v), changed);
		}
}

static void identity_numbers_prove_themselves(void **state)
{
	static const char *const good[] = {
		"11010519491231002X", "11010519491231002x", "440524188001010014", "110105 19491231 002X", "110105-19491231-002X",
		"110105200002290013", /* 2000 was a leap year */
		"810000199408230021", /* residence permit of Hong Kong */
		"911124198108030024", /* residence permit of a foreigner, 2023 form */
	};
	static const char *const bad[] = {
		"", "1", "11010519491231002", "11010519491231002X1", "110105194912310021", "110105194912310029",
		"110105194913310021", "110105194912000021", "110105194902290010", "010105194912310026", "X1010519491231002X",
		"1101051949X231002X", "11010519491231002A", "110105491231002", "110105 1949 1231 002Y",
		"110105190002290017", /* 1900 was none */
		"110105179912310024", "110105210012310021",
	};

	(void)state;
	expect_all(VALIDATE_CN_ID_18, good, COUNT(good), true);
	expect_all(VALIDATE_CN_ID_18, bad, COUNT(bad), false);
	expect_every_slip_refused(VALIDATE_CN_ID_18, "440524188001010014", 0);
}

static void unified_credit_codes_prove_themselves(void **state)
{
	static const char *const good[] = {"91350100M000100Y43", "91110000600037341L", "91350100m000100y43", "91350100-M000100Y4-3"};
	static const char *const bad[] = {"", "91350100M000100Y44", "91350100M000100Y4", "91350100M000100Y433", "9135O100M000100Y43",
	                                  "91350100I000100Y43", "机密机密机密", "000000000000000001"};
	static const char nul[] = "9135\0" "100M000100Y43";

	(void)state;
	expect_all(VALIDATE_CN_USCC, good, COUNT(good), true);
	expect_all(VALIDATE_CN_USCC, bad, COUNT(bad), false);
	expect_every_slip_refused(VALIDATE_CN_USCC, "91350100M000100Y43", 0);
	assert_false(validator_accepts(VALIDATE_CN_USCC, nul, 18)); /* a NUL is no zero */
}

static void cards_pass_luhn(void **state)
{
	static const char *const good[] = {"4111111111111111", "4111 1111 1111 1111", "5500-0055-5555-5559", "4012888888881881",
	                                   "378282246310005", "6222021234567890128", "411111111117"};
	static const char *const bad[] = {"", "4111111111111112", "6222026006705354217", "0000000000000000", "00000000000",
	                                  "18", "41111111112", "41111111111111111115", "4111x11111111111", "4111.1111.1111.1111"};

	(void)state;
	expect_all(VALIDATE_LUHN, good, COUNT(good), true);
	expect_all(VALIDATE_LUHN, bad, COUNT(bad), false);
	expect_every_slip_refused(VALIDATE_LUHN, "4012888888881881", 0);
}

static void account_numbers_fit_their_country(void **state)
{
	static const char *const good[] = {"GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432", "gb82west12345698765432",
	                                   "DE89370400440532013000", "FR14 2004 1010 0505 0001 3M02 606", "NL91ABNA0417164300",
	                                   "NO9386011117947", "MT84MALT011000012345MTLCAST001S", "PL61109010140000071219812874"};
	static const char *const bad[] = {"", "GB", "GB82", "GB83 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 3", "DE00370400440532013000",
	                                  "XX82WEST12345698765432", "PO12ABCD1234EFGH", "DE89370400440532013O00",
	                                  "GB82 WEST 1234 5698 7654 32 0", "GB82.WEST.1234.5698.76", "机密89370400440532013000"};

	(void)state;
	expect_all(VALIDATE_IBAN, good, COUNT(good), true);
	expect_all(VALIDATE_IBAN, bad, COUNT(bad), false);
	expect_every_slip_refused(VALIDATE_IBAN, "DE89370400440532013000", 2);
}

static void social_security_numbers_have_no_impossible_part(void **state)
{
	static const char *const good[] = {"457-55-5462", "457 55 5462", "457555462", "457‐55‑5462", "457–55–5462", "001-01-0001", "899-99-9999"};
	static const char *const bad[] = {"", "000-12-3456", "666-12-3456", "900-12-3456", "987-65-4320", "123-00-4567", "123-45-0000",
	                                  "123-45-678", "457—55—5462", "457-55-546\xE2\x80", "123-45-67890", "12a-45-6789"};

	(void)state;
	expect_all(VALIDATE_SSN, good, COUNT(good), true);
	expect_all(VALIDATE_SSN, bad, COUNT(bad), false);
}

/* Made up, the checksums computed; split so that no scanner of sources takes them for leaks. */
static void checked_tokens_prove_themselves(void **state)
{
	static const char *const good[] = {
		"ghp" "_ExampleExampleExampleExample013YbShJ", "npm" "_MadeUpForATestOnlyNoTokenAtAll2TjmXP",
		"ghs" "_ExampleWithLeadingZero000000010oJNq1", /* a checksum of five digits is padded */
	};
	static const char *const bad[] = {
		"", "_", "ghp" "_ExampleExampleExampleExample013YbShj", "ghp" "_ExampleExampleExampleExample023YbShJ",
		"ghp" "_exampleExampleExampleExample013YbShJ", "ghp-ExampleExampleExampleExample013YbShJ",
		"ExampleExampleExampleExample013YbShJ", "ghp" "_ExampleExampleExampleExample03YbShJ",
	};

	(void)state;
	expect_all(VALIDATE_TOKEN_CRC32, good, COUNT(good), true);
	expect_all(VALIDATE_TOKEN_CRC32, bad, COUNT(bad), false);
	expect_every_slip_refused(VALIDATE_TOKEN_CRC32, "npm" "_MadeUpForATestOnlyNoTokenAtAll2TjmXP", 4);
}

static void web_tokens_begin_with_a_header_that_names_an_algorithm(void **state)
{
	static const char *const good[] = {
		"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJleGFtcGxlIn0.c2ln",
		"eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.x.y", "eyJhbGciOiJFZERTQSJ9",
	};
	static const char *const bad[] = {
		"", ".", "eyJhbGciOiJF+ERTQSJ9.x.y", "eyJhbGciOiJF ERTQSJ9.x.y", "EYJHBGCIOIJFZERTQSJ9.x.y",
		"eyJ0eXAiOiJKV1QifQ.eyJhbGciOiJIUzI1NiJ9.x", /* no algorithm */
		"eyJhbGciOiJFZERTQSJ.x.y",                   /* no end */
		"IHsiYWxnIjoiRWREU0EifQ.x.y",                /* no beginning */
	};

	(void)state;
	expect_all(VALIDATE_JWT, good, COUNT(good), true);
	expect_all(VALIDATE_JWT, bad, COUNT(bad), false);
}

static void no_check_accepts_everything_and_an_unknown_one_nothing(void **state)
{
	(void)state;
	assert_true(validator_accepts(VALIDATE_NONE, "", 0));
	assert_true(validator_accepts(VALIDATE_NONE, "anything", 8));
	assert_false(validator_accepts((enum validator)99, "4111111111111111", 16));
}

static void a_text_of_any_length_is_decided(void **state)
{
	char *text = mem_alloc(100000, 1);

	(void)state;
	memset(text, '4', 100000);
	for (enum validator v = VALIDATE_CN_ID_18; v <= VALIDATE_JWT; v++)
		for (size_t len = 0; len < 100000; len = len * 3 + 1)
			assert_false(validator_accepts(v, text, len) && len > 40);
	memset(text, ' ', 100000); /* separators only, and then a number behind them */
	memcpy(text + 100000 - 16, "4111111111111111", 16);
	assert_true(validator_accepts(VALIDATE_LUHN, text, 100000));
	assert_false(validator_accepts(VALIDATE_LUHN, text, 100000 - 16));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(identity_numbers_prove_themselves),
		cmocka_unit_test(unified_credit_codes_prove_themselves),
		cmocka_unit_test(cards_pass_luhn),
		cmocka_unit_test(account_numbers_fit_their_country),
		cmocka_unit_test(social_security_numbers_have_no_impossible_part),
		cmocka_unit_test(checked_tokens_prove_themselves),
		cmocka_unit_test(web_tokens_begin_with_a_header_that_names_an_algorithm),
		cmocka_unit_test(no_check_accepts_everything_and_an_unknown_one_nothing),
		cmocka_unit_test(a_text_of_any_length_is_decided),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
