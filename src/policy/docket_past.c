/* docket_past.c - cases that are asked for when they are needed.
 *
 * After ten years nine hundred and ninety of a thousand cases are over.  A list of what is open must not
 * cost what all of them cost; so a case of the past has no place at all, until somebody looks at it. */
#include "docket_past.h"

#include "base/mem.h"
#include "ledger/entry.h"
#include "scan/finding.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static size_t part_end(size_t number, size_t count)
{
	const size_t end = (number + 1) * PART_CASES;

	return end < count ? end : count;
}

size_t past_case_parts(size_t cases)
{
	return (cases + PART_CASES - 1) / PART_CASES;
}

void past_begin(struct docket *docket, const struct docket_keeper *keeper, const unsigned char *closed, size_t count,
                const size_t shard_counts[FILED_KINDS])
{
	struct docket_past *past = mem_alloc(1, sizeof(*past));

	past->keeper = *keeper;
	past->count = count;
	past->closed = mem_alloc(count, sizeof(*past->closed));
	past->parts = mem_alloc(past_case_parts(count), sizeof(*past->parts));
	for (size_t i = 0; i < FILED_KINDS; i++) {
		past->shard_counts[i] = shard_counts[i];
		past->shards[i] = mem_alloc(shard_counts[i], sizeof(*past->shards[i]));
	}
	if (count > 0)
		memcpy(past->closed, closed, count);
	docket->case_count = count;
	docket->past = past;
}

void past_end(struct docket_past *past)
{
	if (past == NULL)
		return;
	for (size_t i = 0; i < past_case_parts(past->count); i++)
		free(past->parts[i].bytes);
	for (size_t i = 0; i < FILED_KINDS; i++) {
		for (size_t k = 0; k < past->shard_counts[i]; k++)
			free(past->shards[i][k].bytes);
		free(past->shards[i]);
	}
	past->keeper.end(past->keeper.context);
	free(past->parts);
	free(past->closed);
	free(past);
}

/* What is shown in place of a case that cannot be had, until somebody asks docket_is_whole(). */
static char nothing[1];
static struct file_refs no_files;
static struct scan no_scan;
static struct round no_round = {.submitter = nothing, .key = nothing, .files = &no_files, .scan = &no_scan};
static const struct review_case no_case = {.id = nothing, .section = nothing, .rounds = &no_round, .round_count = 1};

char *past_bytes(struct docket_past *past, size_t number, unsigned tried, size_t *len)
{
	char *bytes = NULL;

	if (past->lost.kind == ERR_NONE)
		bytes = past->keeper.part(past->keeper.context, number, tried, len, &past->lost);
	if (bytes == NULL && past->lost.kind == ERR_NONE)
		(void)err_set(&past->lost, ERR_SYSTEM, "what was remembered of the ledger is gone");
	return bytes;
}

static bool ask_for(struct docket_past *past, size_t number)
{
	struct past_part *part = &past->parts[number];
	const size_t count = part_end(number, past->count) - number * PART_CASES;

	for (unsigned tried = 0; part->bytes == NULL; tried++) {
		part->bytes = past_bytes(past, number, tried, &part->len);
		if (part->bytes == NULL)
			return false;
		if (!docket_part_settle(part->bytes, part->len, count, &part->cases)) {
			free(part->bytes);
			part->bytes = NULL;
		}
	}
	return true;
}

size_t past_count(const struct docket *docket)
{
	return docket->past != NULL ? docket->past->count : 0;
}

struct review_case *case_place(const struct docket *docket, size_t number)
{
	const size_t past = past_count(docket);
	const struct past_part *part;

	if (number >= past)
		return &docket->cases[number - past];
	part = &docket->past->parts[number / PART_CASES];
	return part->bytes != NULL ? &part->cases[number % PART_CASES] : NULL;
}

const struct review_case *docket_case_at(const struct docket *docket, size_t number)
{
	const struct review_case *c = case_place(docket, number);

	if (c == NULL && ask_for(docket->past, number / PART_CASES))
		c = case_place(docket, number);
	return c != NULL ? c : &no_case;
}

bool docket_is_whole(const struct docket *docket, struct err *err)
{
	return docket->past == NULL || docket->past->lost.kind == ERR_NONE || err_pass(err, &docket->past->lost);
}

bool docket_case_is_closed(const struct docket *docket, size_t number)
{
	const struct review_case *c = case_place(docket, number);

	return c != NULL ? case_is_closed(c) : docket->past->closed[number] != 0;
}

bool past_copy_part(const struct docket *docket, size_t number, struct buf *out)
{
	struct docket_past *past = docket->past;
	size_t len = 0;
	char *bytes;

	if (past == NULL || number * PART_CASES >= past->count || past->parts[number].bytes != NULL ||
	    part_end(number, past->count) != part_end(number, docket->case_count))
		return false;
	bytes = past_bytes(past, number, 0, &len);
	if (bytes != NULL)
		buf_add(out, bytes, len);
	free(bytes);
	return true;
}

bool case_is_frozen(const struct docket *docket, size_t number)
{
	const struct review_case *c = case_place(docket, number);
	const struct past_part *part;

	if (number >= past_count(docket))
		return false;
	part = &docket->past->parts[number / PART_CASES];
	return c == NULL || ((uintptr_t)c->id >= (uintptr_t)part->bytes && (uintptr_t)c->id < (uintptr_t)part->bytes + part->len);
}

struct review_case *case_to_change(struct docket *docket, size_t number)
{
	struct review_case *c = case_place(docket, number), *copy;

	if (!case_is_frozen(docket, number))
		return c;
	copy = docket_case_copy(c);
	*c = *copy;
	free(copy);
	return c;
}
