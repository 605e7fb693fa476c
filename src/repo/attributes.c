/* attributes.c - where git would not write a blob's bytes into the file.
 *
 * Read from the commit, not from the folder this machine may have of it.  $GIT_DIR/info/attributes of the repository counts too,
 * as it does for git, and so does an index, which a bare repository has not. */
#include "repo/attributes.h"

#include "repo_inside.h"

#include "base/mem.h"

#include <git2.h>
#include <string.h>
#include <strings.h>

enum { TEXT, EOL, IDENT, FILTER, ENCODING, NAMES };
static const char *const names[NAMES] = {"text", "eol", "ident", "filter", "working-tree-encoding"};

static bool is_string(const char *value)
{
	return git_attr_value(value) == GIT_ATTR_VALUE_STRING;
}

static char *effect(const char *const values[NAMES])
{
	if (is_string(values[FILTER]))
		return mem_format("filter=%s", values[FILTER]);
	if (is_string(values[ENCODING]) && strcasecmp(values[ENCODING], "utf-8") != 0)
		return mem_format("working-tree-encoding=%s", values[ENCODING]);
	if (git_attr_value(values[IDENT]) == GIT_ATTR_VALUE_TRUE)
		return mem_copy_string("ident");
	if (is_string(values[EOL]) && strcmp(values[EOL], "crlf") == 0 &&
	    git_attr_value(values[TEXT]) != GIT_ATTR_VALUE_FALSE)
		return mem_copy_string("eol=crlf");
	return NULL;
}

bool attributes_alter(struct repo *repo, const struct object_id *commit, const char *path, char **how,
                      struct err *err)
{
	git_attr_options options = {.version = GIT_ATTR_OPTIONS_VERSION};
	const char *values[NAMES] = {0};
	const char *wanted[NAMES];
	int code;

	*how = NULL;
	memcpy(wanted, names, sizeof(names));
	options.flags = GIT_ATTR_CHECK_INDEX_ONLY | GIT_ATTR_CHECK_NO_SYSTEM | GIT_ATTR_CHECK_INCLUDE_COMMIT;
	oid_of(&options.attr_commit_id, commit);
	code = git_attr_get_many_ext(values, repo->git, &options, path, NAMES, wanted);
	if (code != 0)
		return git_failed(err, code, "attributes");
	*how = effect(values);
	return true;
}
