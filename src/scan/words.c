/* words.c - the keyword automaton.
 *
 * A trie with failure links: one pass over the text whatever the number of keywords.  Children hang
 * in lists, except those of the root, which every byte visits; a hundred thousand keywords are then
 * some tens of megabytes, not a gigabyte. */
#include "words.h"

#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { ROOT = 0, NONE = 0 };

struct state {
	uint32_t child, sibling; /* NONE: no more (the root is nobody's child) */
	uint32_t fail;           /* longest proper suffix that is a prefix too */
	uint32_t next_output;    /* nearest state on the failure chain that ends a keyword */
	uint32_t output;         /* keywords that end here: index + 1 into outputs, a list */
	unsigned char byte;
};

struct output {
	uint32_t id, next;
};

struct words_index {
	struct state *states;
	struct output *outputs;
	size_t state_count, output_count;
	uint32_t root[256];
};

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

struct words_index *words_new(void)
{
	struct words_index *index = mem_alloc(1, sizeof(*index));

	index->states = mem_grow(NULL, 0, sizeof(*index->states));
	index->state_count = 1;
	return index;
}

void words_free(struct words_index *index)
{
	if (index == NULL)
		return;
	free(index->states);
	free(index->outputs);
	free(index);
}

static uint32_t child_of(const struct words_index *index, uint32_t state, unsigned char byte)
{
	uint32_t child = state == ROOT ? index->root[byte] : index->states[state].child;

	while (state != ROOT && child != NONE && index->states[child].byte != byte)
		child = index->states[child].sibling;
	return child;
}

static uint32_t add_child(struct words_index *index, uint32_t parent, unsigned char byte)
{
	const uint32_t at = (uint32_t)index->state_count;

	index->states = mem_grow(index->states, index->state_count, sizeof(*index->states));
	index->state_count++;
	index->states[at].byte = byte;
	index->states[at].sibling = index->states[parent].child;
	index->states[parent].child = at;
	if (parent == ROOT)
		index->root[byte] = at;
	return at;
}

void words_add(struct words_index *index, const char *word, uint32_t id)
{
	uint32_t state = ROOT;

	for (const char *p = word; *p != '\0'; p++) {
		const uint32_t child = child_of(index, state, lower(*p));

		state = child != NONE ? child : add_child(index, state, lower(*p));
	}
	index->outputs = mem_grow(index->outputs, index->output_count, sizeof(*index->outputs));
	index->outputs[index->output_count] = (struct output){.id = id, .next = index->states[state].output};
	index->states[state].output = (uint32_t)++index->output_count;
}

static uint32_t step(const struct words_index *index, uint32_t state, unsigned char byte)
{
	for (;;) {
		const uint32_t child = child_of(index, state, byte);

		if (child != NONE || state == ROOT)
			return child;
		state = index->states[state].fail;
	}
}

static void link_state(struct words_index *index, uint32_t parent, uint32_t state)
{
	struct state *s = &index->states[state];

	s->fail = parent == ROOT ? ROOT : step(index, index->states[parent].fail, s->byte);
	s->next_output = index->states[s->fail].output != 0 ? s->fail : index->states[s->fail].next_output;
}

/* Breadth first: a state's failure link is shorter than itself and already known. */
void words_build(struct words_index *index)
{
	uint32_t *queue = mem_alloc(index->state_count, sizeof(*queue));
	size_t head = 0, tail = 0;

	queue[tail++] = ROOT;
	while (head < tail) {
		const uint32_t parent = queue[head++];

		for (uint32_t c = index->states[parent].child; c != NONE; c = index->states[c].sibling) {
			link_state(index, parent, c);
			queue[tail++] = c;
		}
	}
	free(queue);
}

void words_find(const struct words_index *index, const char *text, size_t len, words_visit *visit, void *context)
{
	uint32_t state = ROOT;

	for (size_t i = 0; i < len; i++) {
		state = step(index, state, lower(text[i]));
		for (uint32_t s = state; s != ROOT; s = index->states[s].next_output) {
			for (uint32_t o = index->states[s].output; o != 0; o = index->outputs[o - 1].next)
				visit(index->outputs[o - 1].id, i + 1, context);
		}
	}
}
