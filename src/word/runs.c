/* runs.c - how characters look, as far as it hides them or says who changed them ([MS-DOC] 2.6.1).
 *
 * Formatting is in pages of the main stream, each a list of runs; a piece that was changed later has changes of
 * its own, which are applied on top. */
#include "word_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

enum {
	PAGE = 512,
	PAGE_RUNS_AT = 511,
	PAGE_NUMBER = 0x3FFFFF,
	TINY_HALF_POINTS = 4,
	WHITE = 8,
};

enum change {
	CHANGE_DELETED = 0x0800,
	CHANGE_INSERTED = 0x0801,
	CHANGE_DATA = 0x0806,
	CHANGE_HIDDEN = 0x083C,
	CHANGE_SPECIAL = 0x0855,
	CHANGE_HIGHLIGHT = 0x2A0C,
	CHANGE_COLOUR = 0x2A42,
	CHANGE_INSERTED_BY = 0x4804,
	CHANGE_SHADING_OLD = 0x4866,
	CHANGE_DELETED_BY = 0x4863,
	CHANGE_SIZE = 0x4A43,
	CHANGE_PICTURE = 0x6A03,
	CHANGE_COLOUR_FULL = 0x6870,
	CHANGE_SHADING = 0xCA71,
	CHANGE_TABLE = 0xD608,
};

static void set(struct marks *marks, unsigned mark, bool on)
{
	marks->is = on ? marks->is | mark : marks->is & ~mark;
}

static void apply(struct marks *marks, unsigned change, struct span value)
{
	switch (change) {
	case CHANGE_DELETED:
		set(marks, RUN_DELETED, span8(value, 0) != 0);
		break;
	case CHANGE_INSERTED:
		set(marks, RUN_INSERTED, span8(value, 0) != 0);
		break;
	case CHANGE_DATA:
		set(marks, RUN_DATA, span8(value, 0) != 0);
		break;
	case CHANGE_HIDDEN:
		set(marks, RUN_HIDDEN, (span8(value, 0) & 1) != 0);
		break;
	case CHANGE_SPECIAL:
		set(marks, RUN_SPECIAL, span8(value, 0) != 0);
		break;
	case CHANGE_HIGHLIGHT:
		set(marks, RUN_SHADED, span8(value, 0) != 0 && span8(value, 0) != WHITE);
		break;
	case CHANGE_SHADING:
	case CHANGE_SHADING_OLD:
		set(marks, RUN_SHADED, true);
		break;
	case CHANGE_COLOUR:
		set(marks, RUN_WHITE, span8(value, 0) == WHITE);
		break;
	case CHANGE_COLOUR_FULL:
		set(marks, RUN_WHITE, span32(value, 0) == 0xFFFFFF);
		break;
	case CHANGE_SIZE:
		set(marks, RUN_TINY, span16(value, 0) <= TINY_HALF_POINTS);
		break;
	case CHANGE_INSERTED_BY:
		marks->inserted_by = span16(value, 0);
		break;
	case CHANGE_DELETED_BY:
		marks->deleted_by = span16(value, 0);
		break;
	case CHANGE_PICTURE:
		marks->picture = span32(value, 0);
		set(marks, RUN_SPECIAL, true);
		break;
	default:
		break;
	}
}

/* How long the value of a change is: its kind says, or its first byte (2.2.5.1). */
static size_t value_len(unsigned change, struct span value)
{
	static const size_t lengths[] = {1, 1, 2, 4, 2, 2, 0, 3};

	if (change >> 13 != 6)
		return lengths[change >> 13];
	return change == CHANGE_TABLE ? (size_t)span16(value, 0) + 1 : (size_t)span8(value, 0) + 1;
}

void runs_apply(struct span changes, struct marks *marks)
{
	for (size_t at = 0; at + 2 < changes.len;) {
		const unsigned change = span16(changes, at);
		const struct span value = span_from(changes, at + 2);

		apply(marks, change, value);
		at += 2 + value_len(change, value);
	}
}

/* Runs are in order, or they are none. */
static void add_run(struct word *word, uint32_t from, uint32_t to, struct span changes)
{
	struct run *run;

	if (to <= from || (word->run_count > 0 && from < word->runs[word->run_count - 1].to))
		return;
	word->runs = mem_grow(word->runs, word->run_count, sizeof(*word->runs));
	run = &word->runs[word->run_count++];
	*run = (struct run){.from = from, .to = to};
	runs_apply(changes, &run->marks);
}

static void read_page(struct word *word, size_t number)
{
	const struct span page = span_cut(word->main, number * PAGE, PAGE);
	const size_t count = span8(page, PAGE_RUNS_AT);

	for (size_t i = 0; i < count; i++) {
		const size_t at = span8(page, (count + 1) * 4 + i) * (size_t)2;
		const struct span changes = at == 0 ? span_cut(page, 0, 0) : span_cut(page, at + 1, span8(page, at));

		add_run(word, span32(page, i * 4), span32(page, i * 4 + 4), changes);
	}
}

void runs_open(struct word *word)
{
	const struct span list = word_table(word, TABLE_RUNS);
	const size_t pages = list.len >= 4 ? (list.len - 4) / 8 : 0;

	if (pages > word->main.len / PAGE + 1) {
		reader_undecided(word->reader, "damaged: formatting of the text");
		return;
	}
	for (size_t i = 0; i < pages; i++)
		read_page(word, span32(list, (pages + 1) * 4 + i * 4) & PAGE_NUMBER);
}

const struct run *runs_find(const struct word *word, uint32_t at)
{
	size_t low = 0, high = word->run_count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (word->runs[middle].to <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low < word->run_count && word->runs[low].from <= at ? &word->runs[low] : NULL;
}
