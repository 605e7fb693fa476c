/* A docket put away and taken up again is the same docket, and goes on like it. */
#include "policy_docket_fixture.h"

#include "policy/docket_image.h"

static void tell_names(struct buf *out, const struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		buf_addf(out, " %s", names->items[i]);
}

static void tell_round(struct buf *out, const struct round *r)
{
	char hex[DIGEST_HEX_SIZE];

	buf_addf(out, " round %u %s %u %lld %s", (unsigned)r->number, digest_to_hex(&r->submit, hex), (unsigned)r->seq,
	         (long long)r->time, r->submitter);
	for (size_t i = 0; i < r->files->count; i++)
		buf_addf(out, " %s %s", digest_to_hex(&r->files->items[i].digest, hex), r->files->items[i].path);
	for (size_t i = 0; i < r->field_count; i++)
		buf_addf(out, " %s=%s", r->fields[i].key, r->fields[i].value);
	scan_record_write(r->scan, out);
	for (size_t i = 0; i < r->sign_off_count; i++) {
		const struct sign_off *o = &r->sign_offs[i];

		buf_addf(out, " %s %s %s %d %s %d %s %d %s", digest_to_hex(&o->entry, hex), o->person, o->stage,
		         (int)o->decision, o->opinion, (int)o->until, o->addressee, o->answered, o->answer != NULL ? o->answer : "-");
		for (size_t k = 0; k < o->clear_count; k++)
			buf_addf(out, " %s %s", digest_to_hex(&o->clears[k].finding, hex), o->clears[k].reason);
	}
}

/* Everything a docket says, in words. */
static char *told(const struct docket *d)
{
	struct buf out = {0};
	char hex[DIGEST_HEX_SIZE];

	buf_addf(&out, "%s %u %u", digest_to_hex(&d->tip, hex), (unsigned)d->seq, (unsigned)d->policy_number);
	buf_addf(&out, " %s %s", digest_to_hex(&d->rules, hex), d->policy->text);
	for (size_t i = 0; i < d->pack_count; i++)
		buf_addf(&out, " %s %s", d->packs[i].name, d->packs[i].bytes);
	buf_addf(&out, " %d %u %s", d->proposal.open, (unsigned)d->proposal.number,
	         d->proposal.policy != NULL ? d->proposal.policy->text : "-");
	tell_names(&out, &d->proposal.endorsers);
	for (size_t i = 0; i < d->case_count; i++) {
		const struct review_case *c = &d->cases[i];

		buf_addf(&out, "\ncase %s %s", c->id, c->section);
		tell_names(&out, &c->register_numbers);
		for (size_t k = 0; k < c->round_count; k++)
			tell_round(&out, &c->rounds[k]);
		for (size_t k = 0; k < c->publication_count; k++)
			buf_addf(&out, " %u %s %s %d%d%d%d %s", (unsigned)c->publications[k].seq, c->publications[k].person,
			         c->publications[k].files->items[0].path, c->publications[k].done, c->publications[k].superseded,
			         c->publications[k].withdrawn, c->publications[k].incident,
			         c->publications[k].withdrawn_why != NULL ? c->publications[k].withdrawn_why : "-");
	}
	docket_receipt(d, &out);
	return buf_take(&out);
}

/* Put it away, take it up. */
static void renew(struct docket *d)
{
	struct buf image = {0};
	struct err err = {0};
	size_t len;

	docket_freeze(d, &image);
	docket_release(d);
	len = image.len;
	if (!docket_thaw(buf_take(&image), len, d, &err))
		fail_msg("%s", err.why);
}

static const char *const stories[] = {"G", "GS", "GS123", "GS1T", "GS1CA23FR", "GS123RD", "GS123RDW", "GS123RDS123RD", "GP", "GPE", "GPEU", "GSU1"};

static void a_docket_taken_up_again_is_the_same_docket(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(stories); i++) {
		struct world w = {0};
		char *before, *after;

		tell(&w, stories[i]);
		before = told(&w.docket);
		renew(&w.docket);
		after = told(&w.docket);
		assert_string_equal(before, after);
		free(before);
		free(after);
		docket_release(&w.docket);
	}
}

static void a_docket_taken_up_at_any_step_goes_on_to_the_same_end(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(stories); i++) {
		struct world plain = {0}, renewed = {0};
		char *a, *b;

		tell(&plain, stories[i]);
		for (size_t k = 0; stories[i][k] != '\0'; k++) {
			const char step[2] = {stories[i][k], '\0'};

			tell(&renewed, step);
			renew(&renewed.docket);
		}
		a = told(&plain.docket);
		b = told(&renewed.docket);
		assert_string_equal(a, b);
		free(a);
		free(b);
		docket_release(&plain.docket);
		docket_release(&renewed.docket);
	}
}

/* The image has to come from where it was put; but one that does not must not be worse than wrong. */
static void no_changed_byte_makes_an_image_point_outside_of_itself(void **state)
{
	struct world w = {0};
	struct buf image = {0};

	(void)state;
	tell(&w, "GS1CA23R");
	docket_freeze(&w.docket, &image);
	for (size_t at = 0; at < image.len; at += at < 1024 ? 1 : 5) {
		char *copy = mem_copy_bytes(image.data, image.len);
		struct docket d = {0};
		struct err err = {0};

		copy[at] = (char)(copy[at] ^ 0x41);
		if (docket_thaw(copy, image.len, &d, &err))
			docket_release(&d);
	}
	for (size_t len = 0; len < image.len; len += 7) {
		struct docket d = {0};
		struct err err = {0};

		if (docket_thaw(mem_copy_bytes(image.data, len), len, &d, &err))
			docket_release(&d);
	}
	buf_release(&image);
	docket_release(&w.docket);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_docket_taken_up_again_is_the_same_docket),
		cmocka_unit_test(a_docket_taken_up_at_any_step_goes_on_to_the_same_end),
		cmocka_unit_test(no_changed_byte_makes_an_image_point_outside_of_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
