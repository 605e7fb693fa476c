/* record.c - the scan record kept in the ledger ("Scan record" in src/ledger/FORMAT.md).
 *
 *   review-scan v1
 *   rules: <sha-256>
 *   file: <sha-256> <size> <mode> <path>
 *   undecided: <reason>
 *   finding: <id> <rule> <action> <ground> <clearance> <evidence> <kind> <start> <end> <line> <column> <place>
 *   end: review-scan v1
 *
 * "undecided" and "finding" lines belong to the file above them.  No matched text is in it: the
 * ledger is read by more people than the document.  Reading writes the record again and compares,
 * so there is one text for one result. */
#include "base/buf.h"
#include "base/mem.h"
#include "base/percent.h"
#include "extract/document.h"
#include "finding_inside.h"

#include <stdlib.h>
#include <string.h>

static const char FIRST[] = "review-scan v1", LAST[] = "end: review-scan v1";
static const char *const actions[] = {"block", "review", "note"};
enum { RECORD_LIMIT = 16 * 1024 * 1024, FILES_MOST = 1000, FINDINGS_MOST = 100000 };

static void add_text(struct buf *out, const char *text)
{
	if (text[0] == '\0')
		buf_add_byte(out, '-');
	else
		percent_encode(text, strlen(text), out);
}

static void write_finding(const struct finding *f, struct buf *out)
{
	char hex[DIGEST_HEX_SIZE];

	buf_addf(out, "finding: %s %s %s %s %s %s %s %llu %llu %u %u ", digest_to_hex(&f->id, hex), f->rule,
	         actions[f->action < 3 ? f->action : 0], ground_name(f->ground),
	         f->clearance[0] != '\0' ? f->clearance : "-", f->evidence ? "yes" : "no", f->kind, (unsigned long long)f->start,
	         (unsigned long long)f->end, (unsigned)f->line, (unsigned)f->column);
	add_text(out, f->place);
	buf_add_byte(out, '\n');
}

void scan_record_write(const struct scan *scan, struct buf *out)
{
	char hex[DIGEST_HEX_SIZE];

	buf_add_string(out, FIRST);
	buf_add_string(out, "\nrules: ");
	buf_add_string(out, digest_to_hex(&scan->rules, hex));
	buf_add_byte(out, '\n');
	for (size_t i = 0; i < scan->count; i++) {
		const struct scanned_file *file = &scan->files[i];

		buf_addf(out, "file: %s %llu %o ", digest_to_hex(&file->digest, hex), (unsigned long long)file->size, file->mode);
		add_text(out, file->path);
		buf_add_byte(out, '\n');
		if (file->undecided != NULL) {
			buf_add_string(out, "undecided: ");
			add_text(out, file->undecided);
			buf_add_byte(out, '\n');
		}
		for (size_t k = 0; k < file->count; k++)
			write_finding(&file->findings[k], out);
	}
	buf_add_string(out, LAST);
	buf_add_byte(out, '\n');
}

/* The words of one line. */
struct words {
	const char *at, *end;
	bool failed;
};

static char *word(struct words *w)
{
	const char *space = memchr(w->at, ' ', (size_t)(w->end - w->at));
	char *text;

	if (space == NULL || space == w->at) {
		w->failed = true;
		return mem_copy_string("");
	}
	text = mem_copy_bytes(w->at, (size_t)(space - w->at));
	w->at = space + 1;
	return text;
}

static bool word_digest(struct words *w, struct digest *out)
{
	char *text = word(w);
	const bool ok = digest_from_hex(out, text, strlen(text));

	w->failed = w->failed || !ok;
	free(text);
	return ok;
}

static uint64_t word_number(struct words *w, int base, uint64_t most)
{
	char *text = word(w), *end = NULL;
	const unsigned long long value = strtoull(text, &end, base);

	if (end == text || *end != '\0' || value > most)
		w->failed = true;
	free(text);
	return value;
}

/* The rest of the line, decoded; "-" is none. */
static char *rest(struct words *w)
{
	struct buf out = {0};
	const size_t len = (size_t)(w->end - w->at);

	if (len == 0 || !percent_decode(w->at, len, &out))
		w->failed = true;
	if (len == 1 && w->at[0] == '-')
		buf_clear(&out);
	return buf_take(&out);
}

static bool read_file(struct words *w, struct scan *scan)
{
	struct scanned_file file = {0};

	if (scan->count >= FILES_MOST)
		return false;
	(void)word_digest(w, &file.digest);
	file.size = word_number(w, 10, (uint64_t)1 << 40);
	file.mode = (unsigned)word_number(w, 8, 0177777);
	file.path = rest(w);
	if (w->failed || file.path[0] == '\0' || (scan->count > 0 && strcmp(scan->files[scan->count - 1].path, file.path) >= 0)) {
		free(file.path);
		return false;
	}
	scan->files = mem_grow(scan->files, scan->count, sizeof(*scan->files));
	scan->files[scan->count++] = file;
	return true;
}

static bool read_undecided(struct words *w, struct scan *scan)
{
	struct scanned_file *file = scan->count > 0 ? &scan->files[scan->count - 1] : NULL;

	if (file == NULL || file->undecided != NULL || file->count > 0)
		return false;
	file->undecided = rest(w);
	return !w->failed && file->undecided[0] != '\0';
}

/* The id of a rule or of a stage.  These and the kinds are shown as they are: nothing else may come
 * to a terminal by way of a record. */
static bool is_id(const char *text)
{
	const size_t len = strlen(text);

	return len >= 1 && len <= 64 && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == len && text[0] != '-';
}

static bool is_kind(const char *text)
{
	for (int kind = 0; kind < FLOW_KINDS; kind++)
		if (strcmp(flow_kind_name((enum flow_kind)kind), text) == 0)
			return true;
	return false;
}

/* action, ground, clearance, evidence */
static void read_meaning(struct words *w, struct finding *f)
{
	char *action = word(w), *ground = word(w), *clearance = word(w), *evidence = word(w);

	for (f->action = 0; f->action < 3 && strcmp(actions[f->action], action) != 0; f->action++)
		continue;
	f->ground = ground_from_name(ground, strlen(ground));
	f->clearance = mem_copy_string(strcmp(clearance, "-") == 0 ? "" : clearance);
	f->evidence = strcmp(evidence, "yes") == 0;
	if (f->action == 3 || (f->clearance[0] != '\0' && !is_id(f->clearance)))
		w->failed = true;
	free(action);
	free(ground);
	free(clearance);
	free(evidence);
}

static bool read_finding(struct words *w, struct scan *scan)
{
	struct scanned_file *file = scan->count > 0 ? &scan->files[scan->count - 1] : NULL;
	struct finding *f;
	struct digest id = {{0}};

	if (file == NULL || file->count >= FINDINGS_MOST)
		return false;
	file->findings = mem_grow(file->findings, file->count, sizeof(*file->findings));
	f = &file->findings[file->count++];
	(void)word_digest(w, &id);
	f->rule = word(w);
	read_meaning(w, f);
	f->kind = word(w);
	f->start = word_number(w, 10, INT64_MAX);
	f->end = word_number(w, 10, INT64_MAX);
	f->line = (uint32_t)word_number(w, 10, UINT32_MAX);
	f->column = (uint32_t)word_number(w, 10, UINT32_MAX);
	f->place = rest(w);
	finding_name(f, file);
	if (!digest_equal(&f->id, &id))
		return false; /* a finding is named by what it is */
	if (!is_id(f->rule) || !is_kind(f->kind) || f->start >= f->end || (f->line == 0) != (f->column == 0))
		return false;
	return !w->failed && (file->count < 2 || finding_compare(f - 1, f) < 0);
}

static bool read_line(const char *line, const char *end, struct scan *scan)
{
	static const struct {
		const char *key;
		bool (*read)(struct words *, struct scan *);
	} kinds[] = {{"file: ", read_file}, {"undecided: ", read_undecided}, {"finding: ", read_finding}};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const size_t len = strlen(kinds[i].key);
		struct words w = {.at = line + len, .end = end};

		if ((size_t)(end - line) > len && memcmp(line, kinds[i].key, len) == 0)
			return kinds[i].read(&w, scan);
	}
	return false;
}

static bool read_all(const char *text, size_t len, struct scan *scan)
{
	static const size_t head = sizeof(FIRST) - 1 + 1 + 7 + 64 + 1, tail = sizeof(LAST) - 1 + 1;
	const char *at, *end;

	if (len < head + tail || memcmp(text + sizeof(FIRST), "rules: ", 7) != 0 ||
	    !digest_from_hex(&scan->rules, text + sizeof(FIRST) + 7, 64))
		return false;
	end = text + len - tail;
	for (at = text + head; at < end;) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));

		if (stop == NULL || !read_line(at, stop, scan))
			return false;
		at = stop + 1;
	}
	return true;
}

bool scan_record_read(const void *bytes, size_t len, struct scan *out, struct err *err)
{
	struct scan scan = {0};
	struct buf again = {0};
	bool ok;

	if (len > RECORD_LIMIT)
		return err_set(err, ERR_LIMIT, "scan record: larger than %d bytes", RECORD_LIMIT);
	ok = read_all(bytes, len, &scan);
	if (ok) {
		scan_record_write(&scan, &again);
		ok = again.len == len && memcmp(again.data, bytes, len) == 0;
	}
	buf_release(&again);
	if (!ok) {
		scan_release(&scan);
		return err_set(err, ERR_INPUT, "scan record: malformed");
	}
	*out = scan;
	return true;
}
