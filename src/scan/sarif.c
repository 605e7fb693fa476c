/* sarif.c - SARIF 2.1.0 (OASIS, 27 March 2020): for forges and dashboards.  A file that could not be
 * decided is a failed execution, not a clean one. */
#include "base/buf.h"
#include "base/json.h"
#include "finding_inside.h"
#include "rules/ruleset.h"
#include "scan/report.h"

#include <string.h>

static const char *const levels[] = {"error", "warning", "note", "error"}; /* enum rule_action */

/* RFC 3986: a path as a relative URI. */
static void add_uri(struct buf *out, const char *path)
{
	buf_add_byte(out, '"');
	for (; *path != '\0'; path++) {
		const unsigned char c = (unsigned char)*path;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~/", c) != NULL)
			buf_add_byte(out, *path);
		else
			buf_addf(out, "%%%02X", c);
	}
	buf_add_byte(out, '"');
}

/* In both languages, because whoever reads a dashboard may not be who wrote the document. */
static void add_description(const struct rule *rule, struct buf *out)
{
	struct buf text = {0};

	buf_addf(&text, "%s. ", rule->title_en);
	if (rule->ground != GROUND_NONE)
		buf_addf(&text, "Ground: %s. ", ground_title_en(rule->ground));
	buf_addf(&text, "%s。", rule->title_zh);
	if (rule->ground != GROUND_NONE)
		buf_addf(&text, "理由：%s。", ground_title_zh(rule->ground));
	buf_add_string(out, "\"fullDescription\": {\"text\": ");
	json_string(out, text.data, text.len);
	buf_add_byte(out, '}');
	buf_release(&text);
}

static void add_rule(const struct rule *rule, struct buf *out)
{
	buf_add_string(out, "{\"id\": ");
	json_text(out, rule->id);
	buf_add_string(out, ", \"shortDescription\": {\"text\": ");
	json_text(out, rule->title_en);
	buf_add_string(out, "}, ");
	add_description(rule, out);
	buf_addf(out, ", \"defaultConfiguration\": {\"level\": \"%s\"}, \"properties\": {\"action\": \"%s\"",
	         levels[rule->action], rule_action_name(rule->action));
	buf_addf(out, ", \"ground\": \"%s\", \"clearance\": ", ground_name(rule->ground));
	json_text(out, rule->clearance);
	buf_addf(out, ", \"evidence\": %s, \"pack\": ", rule->evidence ? "true" : "false");
	json_text(out, rule->pack);
	buf_add_string(out, "}}");
}

static void add_result(const struct scanned_file *file, const struct finding *f, struct buf *out)
{
	char hex[DIGEST_HEX_SIZE];

	buf_add_string(out, "{\"ruleId\": ");
	json_text(out, f->rule);
	buf_addf(out, ", \"level\": \"%s\", \"message\": {\"text\": ", levels[f->action < 3 ? f->action : 0]);
	json_text(out, f->title_en != NULL ? f->title_en : f->rule);
	buf_add_string(out, "}, \"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
	add_uri(out, file->path);
	buf_add_byte(out, '}');
	if (f->line > 0)
		buf_addf(out, ", \"region\": {\"startLine\": %u, \"startColumn\": %u}", (unsigned)f->line, (unsigned)f->column);
	buf_add_byte(out, '}');
	if (f->line == 0 && f->place[0] != '\0') {
		buf_add_string(out, ", \"logicalLocations\": [{\"fullyQualifiedName\": ");
		json_text(out, f->place);
		buf_add_string(out, "}]");
	}
	buf_add_string(out, "}], ");
	if (f->allowed != NULL) {
		buf_add_string(out, "\"suppressions\": [{\"kind\": \"external\", \"justification\": ");
		json_text(out, f->allowed);
		buf_add_string(out, "}], ");
	}
	buf_addf(out, "\"partialFingerprints\": {\"reviewFinding/v1\": \"%s\"}", digest_to_hex(&f->id, hex));
	buf_add_string(out, ", \"properties\": {\"kind\": ");
	json_text(out, f->kind);
	buf_add_string(out, ", \"place\": ");
	json_text(out, f->place);
	buf_add_string(out, "}}");
}

static void add_notification(const struct scanned_file *file, struct buf *out)
{
	buf_add_string(out, "{\"level\": \"error\", \"message\": {\"text\": ");
	json_text(out, file->undecided);
	buf_add_string(out, "}, \"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
	add_uri(out, file->path);
	buf_add_string(out, "}}}]}");
}

static void add_invocation(const struct scan *scan, struct buf *out)
{
	struct scan_totals t;
	const char *comma = "";

	scan_count(scan, &t);
	buf_addf(out, "   \"invocations\": [{\"executionSuccessful\": %s, \"toolExecutionNotifications\": [",
	         t.undecided == 0 ? "true" : "false");
	for (size_t i = 0; i < scan->count; i++)
		if (scan->files[i].undecided != NULL) {
			buf_add_string(out, comma);
			add_notification(&scan->files[i], out);
			comma = ",\n    ";
		}
	buf_add_string(out, "]}],\n");
}

static void add_driver(const struct scan *scan, const char *version, struct buf *out)
{
	char hex[DIGEST_HEX_SIZE];

	buf_add_string(out, "{\"name\": \"review\", \"version\": ");
	json_text(out, version);
	buf_add_string(out, ", \"semanticVersion\": ");
	json_text(out, version);
	buf_addf(out, ", \"properties\": {\"rulesetSha256\": \"%s\"}, \"rules\": [", digest_to_hex(&scan->rules, hex));
}

void report_sarif(const struct scan *scan, const struct ruleset *set, const char *version, struct buf *out)
{
	const char *comma = "\n    ";

	buf_add_string(out, "{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"version\": \"2.1.0\",\n"
	                    " \"runs\": [{\n   \"tool\": {\"driver\": ");
	add_driver(scan, version, out);
	for (size_t i = 0; i < set->count; i++) {
		buf_add_string(out, i > 0 ? ",\n    " : "\n    ");
		add_rule(&set->rules[i], out);
	}
	buf_add_string(out, "]}},\n");
	add_invocation(scan, out);
	buf_add_string(out, "   \"columnKind\": \"unicodeCodePoints\",\n   \"results\": [");
	for (size_t i = 0; i < scan->count; i++)
		for (size_t k = 0; k < scan->files[i].count; k++) {
			buf_add_string(out, comma);
			add_result(&scan->files[i], &scan->files[i].findings[k], out);
			comma = ",\n    ";
		}
	buf_add_string(out, "]\n }]}\n");
}
