/* A docket put away and taken up again is the same docket, and goes on like it. */
#include "policy_docket_fixture.h"

#include "policy/docket_image.h"
#include "../../src/policy/docket_index.h"
#include "../../src/policy/docket_past.h"

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
		const struct review_case *c = docket_case_at(d, i);

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

/* A keeper in memory, and how often he was asked. */
struct kept {
	struct docket_image image;
	unsigned asked, damaged; /* damaged: the first so many answers to each question are */
	bool gone;               /* there is nothing to answer with */
};

static char *part_of(void *context, size_t number, unsigned tried, size_t *len, struct err *err)
{
	struct kept *k = context;
	const size_t from = number > 0 ? k->image.ends[number - 1] : 0;
	char *bytes;

	k->asked++;
	if (k->gone) {
		(void)err_set(err, ERR_MISMATCH, "gone");
		return NULL;
	}
	*len = k->image.ends[number] - from;
	bytes = mem_copy_bytes(k->image.parts.data + from, *len);
	if (tried < k->damaged)
		memset(bytes, 0xff, *len);
	return bytes;
}

static void forget(void *context)
{
	struct kept *k = context;

	docket_image_release(&k->image);
	free(k);
}

static struct kept *put_away(const struct docket *d)
{
	struct kept *k = mem_alloc(1, sizeof(*k));

	docket_freeze(d, &k->image);
	return k;
}

static void take_up(struct docket *d, struct kept *k)
{
	const struct docket_keeper keeper = {.part = part_of, .end = forget, .context = k};
	struct err err = {0};

	if (!docket_thaw(k->image.head.data, k->image.head.len, &keeper, d, &err))
		fail_msg("%s", err.why);
}

static struct kept *renew(struct docket *d)
{
	struct kept *k = put_away(d);

	docket_release(d);
	take_up(d, k);
	return k;
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
		(void)renew(&w.docket);
		after = told(&w.docket);
		assert_string_equal(before, after);
		free(before);
		free(after);
		docket_release(&w.docket);
	}
}

static void assert_told_the_same(struct world *plain, struct world *renewed)
{
	char *a = told(&plain->docket), *b = told(&renewed->docket);

	assert_string_equal(a, b);
	free(a);
	free(b);
	docket_release(&plain->docket);
	docket_release(&renewed->docket);
}

static void a_docket_taken_up_at_any_step_goes_on_to_the_same_end(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(stories); i++) {
		struct world plain = {0}, renewed = {0};

		tell(&plain, stories[i]);
		for (size_t k = 0; stories[i][k] != '\0'; k++) {
			const char step[2] = {stories[i][k], '\0'};

			tell(&renewed, step);
			(void)renew(&renewed.docket);
		}
		assert_told_the_same(&plain, &renewed);
	}
}

/* What becomes of a new case of this number. */
static void tell_case(struct world *w, unsigned number, const char *life)
{
	char *id = mem_format("2026-%04u", number), *file = mem_format("a1 drafts/trade/%u.txt", number);

	w->case_id = id;
	w->files = file;
	tell(w, life);
	w->case_id = NULL;
	w->files = NULL;
	free(id);
	free(file);
}

/* Forty cases make three parts: released, withdrawn, waiting, half released. */
static void tell_forty(struct world *w)
{
	static const char *const lives[] = {"S123RD", "S123RDW", "S12", "S123R"};

	tell(w, "G");
	for (unsigned i = 0; i < 40; i++)
		tell_case(w, i + 1, lives[i % COUNT(lives)]);
}

static void one_case_of_many_is_all_that_is_asked_for(void **state)
{
	struct world w = {0};
	struct kept *k;

	(void)state;
	tell_forty(&w);
	k = renew(&w.docket);
	assert_int_equal(k->image.part_count, 5); /* three of cases, and of both kinds of names one */
	assert_int_equal(w.docket.case_count, 40);
	for (size_t i = 0; i < 40; i++)
		assert_int_equal(docket_case_is_closed(&w.docket, i), i % 4 < 2);
	assert_int_equal(k->asked, 0);
	assert_string_equal(docket_case(&w.docket, "2026-0020")->id, "2026-0020");
	assert_ptr_equal(docket_case_at(&w.docket, 19), docket_case(&w.docket, "2026-0020"));
	assert_int_equal(k->asked, 2); /* the names, and its part */
	assert_null(docket_case(&w.docket, "2026-0041"));
	assert_int_equal(k->asked, 2);
	for (size_t i = 0; i < 40; i++)
		assert_int_equal(case_is_closed(docket_case_at(&w.docket, i)), i % 4 < 2);
	assert_int_equal(k->asked, 4);
	assert_non_null(docket_public_file(&w.docket, "trade/1.txt", NULL, NULL));
	assert_null(docket_public_file(&w.docket, "trade/2.txt", NULL, NULL)); /* withdrawn */
	assert_int_equal(k->asked, 5);                                         /* the public paths */
	docket_release(&w.docket);
}

/* Put away again, with some parts never asked for, one changed, and the last one longer. */
static void what_was_never_asked_for_is_put_away_as_it_was(void **state)
{
	struct world plain = {0}, renewed = {0};

	(void)state;
	tell_forty(&plain);
	tell_forty(&renewed);
	(void)renew(&renewed.docket);
	tell_case(&plain, 41, "S1");
	tell_case(&renewed, 41, "S1");
	tell_case(&plain, 3, "3");
	tell_case(&renewed, 3, "3");
	(void)renew(&renewed.docket);
	assert_int_equal(renewed.docket.case_count, 41);
	assert_told_the_same(&plain, &renewed);
}

static void a_keeper_is_asked_again_when_his_answer_is_no_part(void **state)
{
	struct world w = {0};
	struct kept *k;

	(void)state;
	tell(&w, "GS12");
	k = renew(&w.docket);
	k->damaged = 2;
	assert_int_equal(case_round(docket_case_at(&w.docket, 0))->sign_off_count, 2);
	assert_int_equal(k->asked, 3);
	assert_string_equal(docket_case(&w.docket, "2026-0001")->id, "2026-0001");
	assert_int_equal(k->asked, 6);
	docket_release(&w.docket);
}

/* Three hundred names are two shards; forty more came behind them, and were put away with them. */
static void every_case_is_found_by_its_number_in_whichever_shard(void **state)
{
	struct world w = {0};
	struct kept *k;

	(void)state;
	tell(&w, "G");
	for (unsigned i = 1; i <= 300; i++)
		tell_case(&w, i, "S");
	(void)renew(&w.docket);
	for (unsigned i = 301; i <= 340; i++)
		tell_case(&w, i, "S");
	for (unsigned round = 0; round < 2; round++) {
		for (unsigned i = 1; i <= 340; i++) {
			char *id = mem_format("2026-%04u", i);

			assert_ptr_equal(docket_case(&w.docket, id), docket_case_at(&w.docket, i - 1));
			free(id);
		}
		assert_null(docket_case(&w.docket, "2026-0341"));
		k = renew(&w.docket);
		assert_int_equal(k->image.part_count, 22 + 2); /* of cases, of their numbers; nothing is public */
	}
	docket_release(&w.docket);
}

/* What is filed twice under one name comes in the order of filing, before and after. */
static void an_index_put_away_in_shards_answers_as_before(void **state)
{
	enum { NAMES = 2000, SHARDS = 7 };
	struct docket_index *index = NULL, *joined = NULL;
	struct buf shards[SHARDS] = {{0}};
	char name[16];

	(void)state;
	for (size_t i = 0; i < 2 * (size_t)NAMES; i++) {
		(void)snprintf(name, sizeof(name), "n%zu", i % NAMES);
		docket_index_add(&index, name, i);
	}
	docket_index_split(index, shards, SHARDS);
	for (size_t i = 0; i < SHARDS; i++) {
		assert_true(docket_shard_is_sound(shards[i].data, shards[i].len, 2 * (size_t)NAMES));
		assert_false(docket_shard_is_sound(shards[i].data, shards[i].len - 1, 2 * (size_t)NAMES));
		assert_false(docket_shard_is_sound(shards[i].data, shards[i].len, NAMES));
		docket_index_join(&joined, shards[i].data, shards[i].len);
	}
	assert_int_equal(docket_index_count(joined), 2 * NAMES);
	for (size_t i = 0; i < NAMES; i++) {
		size_t in_shard = 0, in_joined = 0;
		const struct buf *shard;

		(void)snprintf(name, sizeof(name), "n%zu", i);
		shard = &shards[docket_shard_of(name, SHARDS)];
		assert_int_equal(docket_shard_next(shard->data, shard->len, name, &in_shard), i);
		assert_int_equal(docket_shard_next(shard->data, shard->len, name, &in_shard), i + NAMES);
		assert_true(docket_shard_next(shard->data, shard->len, name, &in_shard) == SIZE_MAX);
		assert_int_equal(docket_index_next(joined, name, &in_joined), i);
		assert_int_equal(docket_index_next(joined, name, &in_joined), i + NAMES);
	}
	for (size_t i = 0; i < SHARDS; i++)
		buf_release(&shards[i]);
	docket_index_free(index);
	docket_index_free(joined);
}

/* Nobody acts on half a docket: what cannot be had is an error wherever somebody could. */
static void a_docket_without_its_past_says_so_and_takes_nothing_in(void **state)
{
	static const struct { const char *story; struct order next; } steps[] = {
		{"GS1", {.what = '2'}}, {"GS1", {.what = 'S'}}, {"GS1", {.what = 'K'}}, {"GS123", {.what = 'R'}},
		{"GS123R", {.what = 'D'}}, {"GS123RD", {.what = 'W'}},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(steps); i++) {
		struct world w = {0};
		struct err err = {0};
		struct entry e;
		struct kept *k;

		tell(&w, steps[i].story);
		make_entry(&w, &steps[i].next, &e);
		k = renew(&w.docket);
		k->gone = true;
		assert_true(docket_is_whole(&w.docket, &err)); /* nobody has asked yet */
		assert_false(docket_apply(&w.docket, &e, &err));
		assert_string_equal(err.why, "gone");
		assert_int_equal(w.docket.seq, e.seq - 1);
		assert_false(docket_is_whole(&w.docket, &err));
		assert_null(docket_case(&w.docket, "2026-0001"));
		assert_string_equal(docket_case_at(&w.docket, 0)->id, "");
		assert_null(docket_public_file(&w.docket, "trade/a.txt", NULL, NULL));
		assert_int_equal(k->asked, 1);
		entry_release(&e);
		docket_release(&w.docket);
	}
}

/* Offers `bytes` of `len` as the part of one case. */
static void offer_part(const char *bytes, size_t len)
{
	struct review_case *cases = NULL;
	char *copy = mem_copy_bytes(bytes, len);

	(void)docket_part_settle(copy, len, 1, &cases);
	free(copy);
}

static void nothing_to_forget(void *context) { (void)context; }

static void offer_head(const char *bytes, size_t len)
{
	const struct docket_keeper keeper = {.part = part_of, .end = nothing_to_forget};
	char *copy = mem_copy_bytes(bytes, len);
	struct docket d = {0};
	struct err err = {0};

	if (docket_thaw(copy, len, &keeper, &d, &err))
		docket_release(&d);
	free(copy);
}

static void offer_changed(const struct buf *image, void offer(const char *bytes, size_t len))
{
	char *copy = mem_copy_bytes(image->data, image->len);

	for (size_t at = 0; at < image->len; at += at < 1024 ? 1 : 5) {
		copy[at] = (char)(copy[at] ^ 0x41);
		offer(copy, image->len);
		copy[at] = image->data[at];
	}
	for (size_t len = 0; len < image->len; len += 7)
		offer(copy, len);
	free(copy);
}

/* The image has to come from where it was put; but one that does not must not be worse than wrong. */
static void no_changed_byte_makes_an_image_point_outside_of_itself(void **state)
{
	struct world w = {0};
	struct kept *k;

	(void)state;
	tell(&w, "GS1CA23R");
	k = put_away(&w.docket);
	offer_changed(&k->image.head, offer_head);
	offer_changed(&k->image.parts, offer_part);
	forget(k);
	docket_release(&w.docket);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_docket_taken_up_again_is_the_same_docket),
		cmocka_unit_test(a_docket_taken_up_at_any_step_goes_on_to_the_same_end),
		cmocka_unit_test(one_case_of_many_is_all_that_is_asked_for),
		cmocka_unit_test(what_was_never_asked_for_is_put_away_as_it_was),
		cmocka_unit_test(a_keeper_is_asked_again_when_his_answer_is_no_part),
		cmocka_unit_test(every_case_is_found_by_its_number_in_whichever_shard),
		cmocka_unit_test(an_index_put_away_in_shards_answers_as_before),
		cmocka_unit_test(a_docket_without_its_past_says_so_and_takes_nothing_in),
		cmocka_unit_test(no_changed_byte_makes_an_image_point_outside_of_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
