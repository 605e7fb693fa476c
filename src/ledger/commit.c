/* commit.c - an entry as a commit object.
 *
 * Of 31 crafted commits git and libgit2 disagree on 12: signatures in the message, behind a NUL,
 * several of them, headers nobody signed.  So nothing is searched for here.  The parts are read
 * where they must be, the object is written again from what was understood, and only if it is the
 * same, byte for byte, is the signature checked over the rest. */
#include "commit.h"

#include "base/buf.h"
#include "base/decimal.h"
#include "base/mem.h"
#include "message.h"
#include "seal/hash.h"
#include "seal/key.h"
#include "seal/signature.h"

#include <stdlib.h>
#include <string.h>

static const char SIGNATURE[] = "gpgsig ";

struct digest commit_entry_id(const void *raw, size_t len)
{
	struct hash *hash = hash_new();
	char size[DECIMAL_SIZE];
	struct digest id;

	hash_add(hash, "commit ", 7);
	hash_add(hash, size, strlen(decimal_write(len, size)) + 1);
	hash_add(hash, raw, len);
	hash_end(hash, &id);
	hash_free(hash);
	return id;
}

static void write_who(const char *header, const struct entry *entry, struct buf *out)
{
	char seconds[DECIMAL_SIZE];

	buf_add_string(out, header);
	buf_add_string(out, entry->person);
	buf_add(out, " <", 2);
	buf_add_string(out, entry->person);
	buf_add_string(out, "@review.invalid> ");
	buf_add_string(out, decimal_write((uint64_t)entry->time, seconds));
	buf_add_string(out, " +0000\n");
}

static void write_head(const struct entry *entry, const struct commit_links_of_entry *links, struct buf *out)
{
	char hex[OBJECT_HEX_SIZE];

	buf_add_string(out, "tree ");
	buf_add_string(out, object_id_to_hex(&links->tree, hex));
	if (links->has_parent) {
		buf_add_string(out, "\nparent ");
		buf_add_string(out, object_id_to_hex(&links->parent, hex));
	}
	buf_add_byte(out, '\n');
	write_who("author ", entry, out);
	write_who("committer ", entry, out);
}

/* Each line of it begins with a space, but the first. */
static void write_signature(const char *armor, struct buf *out)
{
	buf_add_string(out, SIGNATURE);
	for (;;) {
		const size_t len = strcspn(armor, "\n");

		buf_add(out, armor, len);
		buf_add_byte(out, '\n');
		if (armor[len] == '\0')
			break;
		buf_add_byte(out, ' ');
		armor += len + 1;
	}
}

void commit_write(const struct entry *entry, const struct commit_links_of_entry *links, const char *key,
                  const char *armor, struct buf *out)
{
	write_head(entry, links, out);
	if (armor != NULL)
		write_signature(armor, out);
	buf_add_byte(out, '\n');
	message_write(entry, key, out);
}

/* One header line "name value\n" at *at; *value is borrowed. */
static bool header(const char **at, const char *end, const char *name, const char **value, size_t *len)
{
	const size_t name_len = strlen(name);
	const char *stop = memchr(*at, '\n', (size_t)(end - *at));

	if (stop == NULL || (size_t)(stop - *at) <= name_len || memcmp(*at, name, name_len) != 0)
		return false;
	*value = *at + name_len;
	*len = (size_t)(stop - *value);
	*at = stop + 1;
	return true;
}

/* The armor: the rest of the gpgsig line and its continuation lines, up to the empty line. */
static bool take_armor(const char **at, const char *end, struct buf *armor)
{
	const char *value;
	size_t len;

	if (!header(at, end, SIGNATURE, &value, &len))
		return false;
	buf_add(armor, value, len);
	while (header(at, end, " ", &value, &len)) {
		buf_add_byte(armor, '\n');
		buf_add(armor, value, len);
	}
	if (*at >= end || **at != '\n')
		return false;
	++*at;
	return true;
}

static bool take_links(const char **at, const char *end, struct commit_links_of_entry *links)
{
	const char *value;
	size_t len;

	if (!header(at, end, "tree ", &value, &len) || !object_id_from_hex(&links->tree, value, len))
		return false;
	links->has_parent = header(at, end, "parent ", &value, &len);
	if (links->has_parent && !object_id_from_hex(&links->parent, value, len))
		return false;
	return header(at, end, "author ", &value, &len) && header(at, end, "committer ", &value, &len);
}

static bool is_same(const struct buf *again, const void *raw, size_t len)
{
	return again->len == len && memcmp(again->data, raw, len) == 0;
}

/* A commit's bytes: what is in front of the signature, and the message. */
struct parts {
	const char *raw, *message, *end;
	size_t head;
};

static bool part(const void *raw, size_t len, struct parts *out, struct commit_links_of_entry *links, struct buf *armor,
                 struct err *err)
{
	const char *at = raw, *end = at + len;

	if (len > COMMIT_LIMIT)
		return err_set(err, ERR_LIMIT, "the entry is larger than %d bytes", COMMIT_LIMIT);
	buf_reserve(armor, 512);
	if (!take_links(&at, end, links))
		return err_set(err, ERR_INPUT, "not the form of a ledger entry");
	*out = (struct parts){.raw = raw, .end = end, .head = (size_t)(at - (const char *)raw)};
	if (!take_armor(&at, end, armor))
		return err_set(err, ERR_INPUT, "not the form of a ledger entry");
	out->message = at;
	return true;
}

/* Everything but the signature is what was signed, the empty line included. */
static struct public_key *signer_of(const struct parts *parts, const struct buf *armor, struct err *err)
{
	struct buf payload = {0};
	struct public_key *key = NULL;

	buf_reserve(&payload, (size_t)(parts->end - parts->raw));
	buf_add(&payload, parts->raw, parts->head);
	buf_add(&payload, parts->message - 1, (size_t)(parts->end - parts->message) + 1);
	if (!signature_verify(armor->data, armor->len, "git", payload.data, payload.len, &key, err))
		key = NULL;
	buf_release(&payload);
	return key;
}

struct public_key *commit_signer(const void *raw, size_t len)
{
	struct commit_links_of_entry links = {0};
	struct buf armor = {0};
	struct parts parts;
	struct err ignored = {0};
	struct public_key *key = part(raw, len, &parts, &links, &armor, &ignored) ? signer_of(&parts, &armor, &ignored) : NULL;

	buf_release(&armor);
	return key;
}

static bool check_signature(struct entry *entry, const struct parts *parts, const char *key, const struct buf *armor,
                            struct public_key *signer, struct err *err)
{
	entry->key = signer != NULL ? public_key_share(signer) : signer_of(parts, armor, err);
	if (entry->key == NULL)
		return false;
	entry->pin = public_key_is_hardware(entry->key) && signature_has_pin(armor->data, armor->len, "git");
	return strcmp(public_key_fingerprint(entry->key), key) == 0 || err_set(err, ERR_MISMATCH, "signed by another key than it names");
}

bool commit_recall(const void *raw, size_t len, struct entry *out, struct commit_links_of_entry *links, struct err *err)
{
	struct commit_links_of_entry found = {0};
	struct entry entry = {0};
	struct buf armor = {0};
	struct parts parts;
	char *key = NULL;
	const bool ok = part(raw, len, &parts, &found, &armor, err) &&
	                message_parse(parts.message, (size_t)(parts.end - parts.message), &entry, &key, err);

	if (ok) {
		entry.id = commit_entry_id(raw, len);
		*links = found;
		*out = entry;
	} else {
		entry_release(&entry);
	}
	free(key);
	buf_release(&armor);
	return ok;
}

bool commit_parse(const void *raw, size_t len, struct public_key *signer, struct entry *out,
                  struct commit_links_of_entry *links, struct err *err)
{
	struct commit_links_of_entry found = {0};
	struct entry entry = {0};
	struct buf armor = {0}, again = {0};
	struct parts parts;
	char *key = NULL;
	bool ok = false;

	if (!part(raw, len, &parts, &found, &armor, err) ||
	    !message_parse(parts.message, (size_t)(parts.end - parts.message), &entry, &key, err))
		goto out;
	buf_reserve(&again, len);
	commit_write(&entry, &found, key, armor.data, &again);
	if (!is_same(&again, raw, len)) {
		(void)err_set(err, ERR_INPUT, "not the canonical form of a ledger entry");
		goto out;
	}
	if (!check_signature(&entry, &parts, key, &armor, signer, err))
		goto out;
	entry.id = commit_entry_id(raw, len);
	*links = found;
	*out = entry;
	entry = (struct entry){0}; /* transferred */
	ok = true;
out:
	entry_release(&entry);
	free(key);
	buf_release(&armor);
	buf_release(&again);
	return ok;
}
