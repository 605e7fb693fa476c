/* state_cache.c - what a verified ledger said, kept for the next look at it.
 *
 *   <part of the docket> ...
 *   <head of the docket> <place and SHA-256 of each part> ...
 *   review-state v2 <layout> <seq> <where the head begins> <parts> <commit> <entry id> <ledger id> <nonce> <MAC>\n
 *
 * A view begins here and not at the first entry, so nobody else may be able to make one: head, places and
 * the last line are sealed with a key that this account made and keeps elsewhere, where caches are not
 * shared, restored or cleaned up; and the parts are what the sealed digests say.  What is not this user's own,
 * sealed with that key, and written by this very program is as good as not there.  A part is read when one of its
 * cases is asked for; one that is not what it was is made again from the ledger, with all others.
 * Nothing that signs, releases or audits ever asks for any of it. */
#define _GNU_SOURCE
#include "state_cache.h"

#include "base/buf.h"
#include "base/mem.h"
#include "cache_seal.h"
#include "ledger/ledger.h"
#include "place.h"
#include "policy/docket.h"
#include "policy/docket_image.h"
#include "seal/hash.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char MARK[] = "review-state v2 ";
static const size_t LARGEST = (size_t)1024 * 1024 * 1024;
enum { NUMBER = 10, HEX = 64, COMMIT = 40 };
enum {
	MARK_LEN = sizeof(MARK) - 1,
	SAID = MARK_LEN + HEX + 1 + 3 * (NUMBER + 1) + COMMIT + 1 + HEX + 1 + HEX + 1,
	TRAILER = SAID + CACHE_SEAL_LEN
};

/* Where in the file a part is. */
struct part_place {
	uint64_t at, len;
	struct digest digest;
};

/* What the last line says. */
struct trailer {
	struct ledger_tip tip;
	size_t head_at, part_count;
	size_t head_len; /* follows from them and the length of the file */
};

/* A file that is believed, open as long as its docket lives. */
struct memory {
	struct repo *repo;
	struct ledger_tip tip;
	int fd;
	struct part_place *places;
	size_t part_count;
	bool lost;                  /* it is not what it was: */
	struct docket_image remade; /* so this is, of the same entries, verified again */
};

/* This very program: another one may verify more, or lay things out differently. */
static void layout(struct digest *out)
{
	struct buf text = {0};

	cache_program(&text);
	docket_image_layout(&text);
	hash_bytes(text.data, text.len, out);
	buf_release(&text);
}

static void write_what_it_is(const struct trailer *t, struct buf *out)
{
	struct digest program;
	char a[DIGEST_HEX_SIZE], id[DIGEST_HEX_SIZE], ledger[DIGEST_HEX_SIZE], commit[OBJECT_HEX_SIZE];

	layout(&program);
	buf_addf(out, "%s%s %010u %010zu %010zu %s %s %s ", MARK, digest_to_hex(&program, a), (unsigned)t->tip.seq, t->head_at,
	         t->part_count, object_id_to_hex(&t->tip.commit, commit), digest_to_hex(&t->tip.id, id),
	         digest_to_hex(&t->tip.ledger, ledger));
}

/* Read by its places, then written again and compared, as everything here is. */
static bool read_trailer(const char *text, struct trailer *out)
{
	const char *seq = text + MARK_LEN + HEX + 1, *head_at = seq + NUMBER + 1, *parts = head_at + NUMBER + 1;
	const char *commit = parts + NUMBER + 1, *id = commit + COMMIT + 1;
	struct trailer t = {0};
	struct buf again = {0};
	bool ok = object_id_from_hex(&t.tip.commit, commit, COMMIT) && digest_from_hex(&t.tip.id, id, HEX) &&
	          digest_from_hex(&t.tip.ledger, id + HEX + 1, HEX);

	t.tip.seq = (uint32_t)strtoul(seq, NULL, 10);
	t.head_at = strtoul(head_at, NULL, 10);
	t.part_count = strtoul(parts, NULL, 10);
	if (ok) {
		write_what_it_is(&t, &again);
		ok = again.len == SAID && memcmp(again.data, text, SAID) == 0;
	}
	buf_release(&again);
	*out = t;
	return ok;
}

static bool read_at(int fd, size_t at, void *into, size_t len)
{
	for (size_t done = 0; done < len;) {
		const ssize_t n = pread(fd, (char *)into + done, len - done, (off_t)(at + done));

		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

/* The trailer is read twice, and believed only from behind the seal. */
static char *read_sealed(int fd, const unsigned char key[MAC_KEY_LEN], struct trailer *trailer)
{
	char line[TRAILER], *sealed;
	struct stat sb;
	size_t size, len;

	if (fstat(fd, &sb) != 0 || sb.st_size <= TRAILER || (size_t)sb.st_size > LARGEST)
		return NULL;
	size = (size_t)sb.st_size;
	if (!read_at(fd, size - TRAILER, line, TRAILER) || !read_trailer(line, trailer) ||
	    trailer->head_at >= size - TRAILER ||
	    trailer->part_count > (size - TRAILER - trailer->head_at) / sizeof(struct part_place))
		return NULL;
	len = size - trailer->head_at;
	trailer->head_len = len - TRAILER - trailer->part_count * sizeof(struct part_place);
	sealed = mem_resize(NULL, len, 1);
	if (read_at(fd, trailer->head_at, sealed, len) && cache_seal_holds(key, sealed, len) &&
	    memcmp(sealed + len - TRAILER, line, TRAILER) == 0)
		return sealed;
	free(sealed);
	return NULL;
}

/* NULL: it is not the part that was put away. */
static char *read_part(const struct memory *m, size_t number, size_t *len)
{
	const struct part_place *place = &m->places[number];
	struct digest digest;
	char *bytes;

	bytes = mem_resize(NULL, place->len + 1, 1);
	if (read_at(m->fd, place->at, bytes, place->len)) {
		hash_bytes(bytes, place->len, &digest);
		if (digest_equal(&digest, &place->digest)) {
			*len = place->len;
			return bytes;
		}
	}
	free(bytes);
	return NULL;
}

/* The same entries, from the first on.  Where that cannot be done any more, an old entry is broken, and without
 * anything remembered the ledger would be refused for the same reason. */
static bool remake(struct memory *m, struct err *err)
{
	struct docket docket = {0};
	struct ledger_tip tip;
	bool ok = ledger_walk(m->repo, &m->tip.commit, docket_apply_visit, &docket, &tip, err);

	if (ok && !digest_equal(&tip.id, &m->tip.id))
		ok = err_set(err, ERR_MISMATCH, "it is not the entry that was verified");
	if (ok) {
		docket_freeze(&docket, &m->remade);
		state_cache_save(m->repo, &docket, &tip);
		m->lost = true;
	}
	docket_release(&docket);
	return ok || err_hint(err, "review audit names what is wrong");
}

static char *recall_part(void *context, size_t number, unsigned tried, size_t *len, struct err *err)
{
	struct memory *m = context;
	char *bytes = m->lost || tried > 0 || number >= m->part_count ? NULL : read_part(m, number, len);
	size_t from;

	if (bytes != NULL)
		return bytes;
	if (!m->lost && !remake(m, err))
		return NULL;
	if (tried > 1 || number >= m->remade.part_count) {
		(void)err_set(err, ERR_SYSTEM, "this program cannot read what it has just written");
		return NULL;
	}
	from = number > 0 ? m->remade.ends[number - 1] : 0;
	*len = m->remade.ends[number] - from;
	return mem_copy_bytes(m->remade.parts.data + from, *len);
}

static void memory_end(void *context)
{
	struct memory *m = context;

	docket_image_release(&m->remade);
	free(m->places);
	(void)close(m->fd);
	free(m);
}

/* `fd` and `sealed` are taken over. */
static bool take_up(struct repo *repo, int fd, char *sealed, const struct trailer *trailer, struct docket *docket)
{
	struct memory *m = mem_alloc(1, sizeof(*m));
	const struct docket_keeper keeper = {.part = recall_part, .end = memory_end, .context = m};
	struct docket found = {0};
	struct err err = {0};
	bool ok;

	*m = (struct memory){.repo = repo, .tip = trailer->tip, .fd = fd, .part_count = trailer->part_count};
	m->places = mem_alloc(m->part_count, sizeof(*m->places));
	memcpy(m->places, sealed + trailer->head_len, m->part_count * sizeof(*m->places));
	ok = docket_thaw(sealed, trailer->head_len, &keeper, &found, &err);
	free(sealed);
	if (!ok) {
		memory_end(m);
		return false;
	}
	if (found.seq != trailer->tip.seq || !digest_equal(&found.tip, &trailer->tip.id) ||
	    !digest_equal(&found.ledger, &trailer->tip.ledger)) {
		docket_release(&found);
		return false;
	}
	*docket = found;
	return true;
}

bool state_cache_load(struct repo *repo, struct docket *docket, struct ledger_tip *tip)
{
	char *path = cache_file(repo, "state"), *sealed = NULL;
	unsigned char key[MAC_KEY_LEN];
	struct trailer trailer;
	const bool own = path != NULL && cache_key(false, key) && place_is_own(path);
	const int fd = own ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
	bool ok = false;

	if (fd >= 0)
		sealed = read_sealed(fd, key, &trailer);
	if (sealed != NULL)
		ok = take_up(repo, fd, sealed, &trailer, docket);
	else if (fd >= 0)
		(void)close(fd);
	if (ok)
		*tip = trailer.tip;
	free(path);
	return ok;
}

static void write_places(const struct docket_image *image, struct buf *out)
{
	for (size_t i = 0; i < image->part_count; i++) {
		const size_t at = i > 0 ? image->ends[i - 1] : 0;
		struct part_place place = {.at = at, .len = image->ends[i] - at};

		hash_bytes(image->parts.data + at, place.len, &place.digest);
		buf_add(out, &place, sizeof(place));
	}
}

void state_cache_save(struct repo *repo, const struct docket *docket, const struct ledger_tip *tip)
{
	char *path = cache_file(repo, "state");
	unsigned char key[MAC_KEY_LEN];
	struct docket_image image = {0};
	struct err err = {0};

	if (path != NULL && cache_key(true, key)) {
		struct buf *file = &image.parts;
		struct trailer trailer = {.tip = *tip};

		docket_freeze(docket, &image);
		trailer.head_at = file->len;
		trailer.part_count = image.part_count;
		write_places(&image, &image.head);
		buf_add(file, image.head.data, image.head.len);
		write_what_it_is(&trailer, file);
		cache_seal_add(key, trailer.head_at, file);
		if (docket_is_whole(docket, &err) && file->len <= LARGEST)
			(void)cache_write(path, file); /* next time, then */
	}
	docket_image_release(&image);
	free(path);
}
