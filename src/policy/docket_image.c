/* docket_image.c - what a docket points to, as tables; and what an image does not hold.
 *
 * A policy is kept as its text and parsed again: keys and all, it comes from the one parser that is
 * allowed to make one.  Cases are in parts of their own, which docket_past.c asks for, and so are the names they are
 * found by (docket_filed.c). */
#include "policy/docket_image.h"

#include "base/buf.h"
#include "base/mem.h"
#include "docket_inside.h"
#include "docket_past.h"
#include "image.h"
#include "ledger/entry.h"
#include "policy/compromise.h"
#include "scan/finding.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define TEXT(type, member) {PIECE_TEXT, offsetof(type, member), 0, NULL}
#define ONE(type, member, shape) {PIECE_ONE, offsetof(type, member), 0, shape}
#define ARRAY(type, member, counter, shape) {PIECE_ARRAY, offsetof(type, member), offsetof(type, counter), shape}
#define SHAPE(name, type) \
	static const struct shape name = {sizeof(type), name##_pieces, sizeof(name##_pieces) / sizeof(name##_pieces[0])}

/* Whoever gives one of these structures a member has to say here what it points to; a member that is
 * forgotten would be zero, or worse, in every view.  Then correct the size. */
#if UINTPTR_MAX == UINT64_MAX
#define HAS_SIZE(type, size) _Static_assert(sizeof(type) == (size), #type " changed: see its table in docket_image.c")
#else
#define HAS_SIZE(type, size) _Static_assert(sizeof(type) > 0, "")
#endif

HAS_SIZE(struct finding, 152);
HAS_SIZE(struct scanned_file, 80);
HAS_SIZE(struct scan, 48);
HAS_SIZE(struct file_ref, 56);
HAS_SIZE(struct clearance, 72);
HAS_SIZE(struct entry_line, 16);
HAS_SIZE(struct entry_body, 56);
HAS_SIZE(struct sign_off, 160);
HAS_SIZE(struct round, 152);
HAS_SIZE(struct publication, 88);
HAS_SIZE(struct review_case, 64);
HAS_SIZE(struct proposal, 64);
HAS_SIZE(struct known_key, 16);
HAS_SIZE(struct compromise, 32);
HAS_SIZE(struct mark, 16);
HAS_SIZE(struct trust, 88);

static const struct shape byte = {1, NULL, 0};

static const struct piece name_pieces[] = {{PIECE_TEXT, 0, 0, NULL}};
SHAPE(name, char *);

static const struct piece file_pieces[] = {TEXT(struct file_ref, path)};
SHAPE(file, struct file_ref);
static const struct piece files_pieces[] = {ARRAY(struct file_refs, items, count, &file)};
SHAPE(files, struct file_refs);

static const struct piece finding_pieces[] = {
	TEXT(struct finding, rule), TEXT(struct finding, clearance), TEXT(struct finding, kind), TEXT(struct finding, place),
	TEXT(struct finding, title_en), TEXT(struct finding, title_zh), TEXT(struct finding, excerpt),
	TEXT(struct finding, allowed), TEXT(struct finding, why)};
SHAPE(finding, struct finding);
static const struct piece scanned_pieces[] = {
	TEXT(struct scanned_file, path), TEXT(struct scanned_file, undecided),
	ARRAY(struct scanned_file, findings, count, &finding)};
SHAPE(scanned, struct scanned_file);
static const struct piece scan_pieces[] = {ARRAY(struct scan, files, count, &scanned)};
SHAPE(scan, struct scan);

static const struct piece clearance_pieces[] = {TEXT(struct clearance, reason)};
SHAPE(clearance, struct clearance);
static const struct piece sign_off_pieces[] = {
	TEXT(struct sign_off, person), TEXT(struct sign_off, key), TEXT(struct sign_off, stage),
	TEXT(struct sign_off, opinion), TEXT(struct sign_off, addressee), TEXT(struct sign_off, checks), TEXT(struct sign_off, answer),
	TEXT(struct sign_off, answer_key),
	ARRAY(struct sign_off, clears, clear_count, &clearance)};
SHAPE(sign_off, struct sign_off);

/* In a docket made from entries the keys are static; in an image they are the image's own. */
static const struct piece line_pieces[] = {{PIECE_SHARED, offsetof(struct entry_line, key), 0, NULL}, TEXT(struct entry_line, value)};
SHAPE(line, struct entry_line);
static const struct piece one_round_pieces[] = {
	TEXT(struct round, submitter), TEXT(struct round, key), ONE(struct round, files, &files), ONE(struct round, scan, &scan),
	ARRAY(struct round, fields, field_count, &line), ARRAY(struct round, sign_offs, sign_off_count, &sign_off)};
SHAPE(one_round, struct round);

static const struct piece publication_pieces[] = {
	TEXT(struct publication, person), TEXT(struct publication, key), TEXT(struct publication, withdrawn_why),
	ONE(struct publication, files, &files)};
SHAPE(publication, struct publication);

static const struct piece one_case_pieces[] = {
	TEXT(struct review_case, id), TEXT(struct review_case, section),
	ARRAY(struct review_case, rounds, round_count, &one_round),
	ARRAY(struct review_case, publications, publication_count, &publication),
	ARRAY(struct review_case, register_numbers.items, register_numbers.count, &name)};
SHAPE(one_case, struct review_case);

static const struct piece pack_pieces[] = {
	TEXT(struct entry_body, name), ARRAY(struct entry_body, bytes, len, &byte)};
SHAPE(pack, struct entry_body);

static const struct piece known_pieces[] = {TEXT(struct known_key, person), TEXT(struct known_key, key)};
SHAPE(known, struct known_key);
static const struct piece lost_pieces[] = {
	TEXT(struct compromise, person), TEXT(struct compromise, key), TEXT(struct compromise, reason)};
SHAPE(lost, struct compromise);
static const struct piece one_mark_pieces[] = {TEXT(struct mark, key)};
SHAPE(one_mark, struct mark);
static const struct piece trusted_pieces[] = {
	ARRAY(struct trust, keys, key_count, &known), ARRAY(struct trust, compromises, compromise_count, &lost),
	ARRAY(struct trust, policy.items, policy.count, &one_mark),
	ARRAY(struct trust, proposal.items, proposal.count, &one_mark),
	ARRAY(struct trust, rules.items, rules.count, &one_mark)};
SHAPE(trusted, struct trust);

/* The head begins with this. */
struct image {
	struct docket docket;
	unsigned char *closed;   /* of each case */
	char *policy, *proposed; /* their texts */
	size_t policy_len, proposed_len;
	size_t shard_counts[FILED_KINDS];
};

static const struct piece image_shape_pieces[] = {
	ARRAY(struct image, docket.packs, docket.pack_count, &pack),
	ARRAY(struct image, docket.proposal.endorsers.items, docket.proposal.endorsers.count, &name),
	ARRAY(struct image, closed, docket.case_count, &byte),
	ONE(struct image, docket.trust, &trusted),
	ARRAY(struct image, policy, policy_len, &byte),
	ARRAY(struct image, proposed, proposed_len, &byte)};
SHAPE(image_shape, struct image);

/* And a part with this. */
struct part_image {
	struct review_case *cases;
	size_t count;
};

static const struct piece part_shape_pieces[] = {ARRAY(struct part_image, cases, count, &one_case)};
SHAPE(part_shape, struct part_image);

void docket_image_layout(struct buf *out)
{
	image_layout(&image_shape, out);
	image_layout(&part_shape, out);
	buf_addf(out, "%d", PART_CASES);
}

static void freeze_head(const struct docket *docket, const size_t shard_counts[FILED_KINDS], struct buf *out)
{
	struct image image = {.docket = *docket, .policy = docket->policy->text, .policy_len = docket->policy->text_len};

	memcpy(image.shard_counts, shard_counts, sizeof(image.shard_counts));

	image.docket.policy = NULL;
	image.docket.proposal.policy = NULL;
	image.docket.cases = NULL;
	image.docket.by_id = image.docket.by_path = NULL;
	image.docket.past = NULL;
	image.closed = mem_alloc(docket->case_count, 1);
	for (size_t i = 0; i < docket->case_count; i++)
		image.closed[i] = docket_case_is_closed(docket, i);
	if (docket->proposal.policy != NULL) {
		image.proposed = docket->proposal.policy->text;
		image.proposed_len = docket->proposal.policy->text_len;
	}
	image_write(&image_shape, &image, out);
	free(image.closed);
}

static void freeze_part(const struct docket *docket, size_t number, struct buf *out)
{
	const size_t first = number * PART_CASES, left = docket->case_count - first;
	struct review_case cases[PART_CASES];
	struct part_image part = {.cases = cases, .count = left < PART_CASES ? left : PART_CASES};
	struct buf bytes = {0};

	if (past_copy_part(docket, number, out))
		return;
	for (size_t i = 0; i < part.count; i++)
		cases[i] = *docket_case_at(docket, first + i);
	image_write(&part_shape, &part, &bytes);
	buf_add(out, bytes.data, bytes.len);
	buf_release(&bytes);
}

void docket_image_part_ends(struct docket_image *image)
{
	image->ends = mem_grow(image->ends, image->part_count, sizeof(*image->ends));
	image->ends[image->part_count++] = image->parts.len;
}

void docket_freeze(const struct docket *docket, struct docket_image *out)
{
	size_t shard_counts[FILED_KINDS];

	while (out->part_count < past_case_parts(docket->case_count)) {
		freeze_part(docket, out->part_count, &out->parts);
		docket_image_part_ends(out);
	}
	for (size_t i = 0; i < FILED_KINDS; i++)
		shard_counts[i] = filed_freeze(docket, (enum filed)i, out);
	freeze_head(docket, shard_counts, &out->head);
}

void docket_image_release(struct docket_image *image)
{
	buf_release(&image->head);
	buf_release(&image->parts);
	free(image->ends);
	*image = (struct docket_image){0};
}

bool docket_part_settle(char *bytes, size_t len, size_t count, struct review_case **cases)
{
	struct part_image part;

	if (len < sizeof(part) || !image_settle(&part_shape, bytes, len))
		return false;
	memcpy(&part, bytes, sizeof(part));
	*cases = part.cases;
	return part.count == count;
}

struct review_case *docket_case_copy(const struct review_case *c)
{
	return image_copy(&one_case, c, 1);
}

/* All of the head that a docket has is copied out of it. */
static bool take_up(const struct image *from, struct docket *d, struct err *err)
{
	d->packs = image_copy(&pack, d->packs, d->pack_count);
	d->proposal.endorsers.items = image_copy(&name, d->proposal.endorsers.items, d->proposal.endorsers.count);
	d->trust = d->trust != NULL ? image_copy(&trusted, d->trust, 1) : NULL;
	if (!policy_parse("policy", from->policy, from->policy_len, &d->policy, err))
		return false;
	trust_mark_people(d);
	return from->proposed == NULL ||
	       policy_parse("policy", from->proposed, from->proposed_len, &d->proposal.policy, err);
}

bool docket_thaw(char *head, size_t len, const struct docket_keeper *keeper, struct docket *out, struct err *err)
{
	struct image from;
	struct docket d;

	if (len < sizeof(from) || !image_settle(&image_shape, head, len))
		return err_set(err, ERR_INPUT, "not an image of a docket");
	memcpy(&from, head, sizeof(from));
	for (size_t i = 0; i < FILED_KINDS; i++)
		if (from.shard_counts[i] > SHARDS_MOST)
			return err_set(err, ERR_INPUT, "not an image of a docket");
	d = from.docket;
	d.policy = NULL;
	d.proposal.policy = NULL;
	d.cases = NULL;
	d.case_count = 0;
	d.by_id = d.by_path = NULL;
	d.past = NULL;
	if (!take_up(&from, &d, err)) {
		docket_release(&d);
		return false;
	}
	past_begin(&d, keeper, from.closed, from.docket.case_count, from.shard_counts);
	*out = d;
	return true;
}
