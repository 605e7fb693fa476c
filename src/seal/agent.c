/* agent.c - ssh-agent (RFC 9987), as a client: list keys, sign with one.
 *
 * The key stays where it is.  The agent is another program and may be slow, gone or strange:
 * replies are capped, waiting is bounded, and what it signs is verified by the caller. */
#include "signer_inside.h"

#include "agent_inside.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "key_inside.h"
#include "wire.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum {
	AGENT_REQUEST_IDENTITIES = 11,
	AGENT_IDENTITIES = 12,
	AGENT_SIGN_REQUEST = 13,
	AGENT_SIGN_RESPONSE = 14,
	AGENT_RSA_SHA2_512 = 4,
	REPLY_LIMIT = 256 * 1024,
	WAIT_SECONDS = 60, /* a person may have to touch a token */
};

static int connect_agent(const char *path, struct err *err)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	const struct timeval wait = {.tv_sec = WAIT_SECONDS};
	int fd;

	if (strlen(path) >= sizeof(address.sun_path)) {
		(void)err_set(err, ERR_INPUT, "ssh-agent: the socket's path is too long");
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof(address)) != 0) {
		(void)err_errno(err, "ssh-agent: %s", path);
		(void)err_hint(err, "eval \"$(ssh-agent)\", then ssh-add your key");
		if (fd >= 0)
			(void)close(fd);
		return -1;
	}
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
	return fd;
}

static bool read_exactly(int fd, unsigned char *into, size_t len, struct err *err)
{
	while (len > 0) {
		const ssize_t n = read(fd, into, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return err_set(err, ERR_SYSTEM, "ssh-agent: no answer for %d seconds", WAIT_SECONDS);
		if (n < 0)
			return err_errno(err, "ssh-agent");
		if (n == 0)
			return err_set(err, ERR_SYSTEM, "ssh-agent: hung up");
		into += n;
		len -= (size_t)n;
	}
	return true;
}

/* One message there, one back. */
static bool ask(int fd, const struct buf *request, struct buf *reply, struct err *err)
{
	struct buf framed = {0};
	unsigned char size[4];
	unsigned char *bytes;
	struct wire w;
	uint32_t len;
	bool ok;

	wire_add_string(&framed, request->data, request->len);
	ok = fs_write_all(fd, framed.data, framed.len, err) && read_exactly(fd, size, sizeof(size), err);
	buf_release(&framed);
	if (!ok)
		return false;
	w = wire_of(size, sizeof(size));
	len = wire_u32(&w);
	if (len == 0 || len > REPLY_LIMIT)
		return err_set(err, ERR_LIMIT, "ssh-agent: a reply of %u bytes", (unsigned)len);
	bytes = mem_alloc(len, 1);
	ok = read_exactly(fd, bytes, len, err);
	if (ok)
		buf_add(reply, bytes, len);
	mem_wipe(bytes, len);
	free(bytes);
	return ok;
}

static bool read_identity(struct wire *w, agent_visit *visit, void *context, struct err *err)
{
	size_t blob_len, comment_len;
	const unsigned char *blob = wire_string(w, &blob_len), *text = wire_string(w, &comment_len);
	struct public_key *key = NULL;
	struct err unusable = {0};
	char *comment, *fingerprint;
	bool ok;

	if (text == NULL)
		return err_set(err, ERR_INPUT, "ssh-agent: its list of keys is malformed");
	comment = mem_copy_bytes(text, comment_len);
	fingerprint = blob_fingerprint(blob, blob_len);
	if (!public_key_from_blob(blob, blob_len, &key, &unusable))
		key = NULL;
	ok = visit(&(struct agent_key){.key = key, .fingerprint = fingerprint, .comment = comment,
	                               .unusable = key == NULL ? &unusable : NULL}, context, err);
	public_key_free(key);
	free(comment);
	free(fingerprint);
	return ok;
}

bool agent_read_identities(const void *reply, size_t len, agent_visit *visit, void *context, struct err *err)
{
	struct wire w = wire_of(reply, len);
	const bool right = wire_byte(&w) == AGENT_IDENTITIES;
	const uint32_t count = wire_u32(&w);

	if (!right || w.failed || count > 1024)
		return err_set(err, ERR_INPUT, "ssh-agent: it does not list its keys");
	for (uint32_t i = 0; i < count; i++)
		if (!read_identity(&w, visit, context, err))
			return false;
	return wire_done(&w) ? true : err_set(err, ERR_INPUT, "ssh-agent: its list of keys is malformed");
}

static bool list(int fd, agent_visit *visit, void *context, struct err *err)
{
	struct buf request = {0}, reply = {0};
	bool ok;

	buf_add_byte(&request, AGENT_REQUEST_IDENTITIES);
	ok = ask(fd, &request, &reply, err) && agent_read_identities(reply.data, reply.len, visit, context, err);
	buf_release(&request);
	buf_release(&reply);
	return ok;
}

bool agent_list(const char *socket_path, agent_visit *visit, void *context, struct err *err)
{
	const int fd = connect_agent(socket_path, err);
	bool ok;

	if (fd < 0)
		return false;
	ok = list(fd, visit, context, err);
	(void)close(fd);
	return ok;
}

struct wanted {
	const char *fingerprint;
	struct public_key *found;
};

static bool keep_wanted(const struct agent_key *key, void *context, struct err *err)
{
	struct wanted *wanted = context;

	if (wanted->found != NULL || strcmp(key->fingerprint, wanted->fingerprint) != 0)
		return true;
	if (key->key == NULL) {
		(void)err_pass(err, key->unusable);
		err->kind = ERR_DENIED;
		err_context(err, "ssh-agent holds %s, which cannot be used", key->fingerprint);
		return err_hint(err, "Ed25519, P-256, RSA of 3072 bits and more, and security keys can");
	}
	wanted->found = public_key_copy(key->key);
	return true;
}

bool signer_open_agent(const char *socket_path, const char *fingerprint, struct signer **out, struct err *err)
{
	struct wanted wanted = {.fingerprint = fingerprint};
	struct signer *signer;
	const int fd = connect_agent(socket_path, err);

	if (fd < 0)
		return false;
	if (!list(fd, keep_wanted, &wanted, err) || wanted.found == NULL) {
		(void)close(fd);
		public_key_free(wanted.found);
		(void)err_set(err, ERR_NOT_FOUND, "ssh-agent does not hold the key %s", fingerprint);
		return err_hint(err, "plug the token in and ssh-add -s its module, or ssh-add the key's file; "
		                     "review key list shows what the agent holds");
	}
	signer = mem_alloc(1, sizeof(*signer));
	signer->agent = fd;
	signer->key = wanted.found;
	*out = signer;
	return true;
}

bool agent_sign(int agent, const struct public_key *key, const void *payload, size_t len, struct buf *out, struct err *err)
{
	struct buf request = {0}, reply = {0};
	struct wire w;
	const unsigned char *signature;
	size_t signature_len;
	bool ok;

	buf_add_byte(&request, AGENT_SIGN_REQUEST);
	wire_add_string(&request, key->blob, key->blob_len);
	wire_add_string(&request, payload, len);
	wire_add_u32(&request, key->type == KEY_RSA ? AGENT_RSA_SHA2_512 : 0);
	ok = ask(agent, &request, &reply, err);
	w = wire_of(reply.data, reply.len);
	if (ok && wire_byte(&w) != AGENT_SIGN_RESPONSE) {
		(void)err_set(err, ERR_DENIED, "ssh-agent would not sign");
		ok = err_hint(err, "was it refused at the prompt, or is the token unplugged?");
	}
	if (ok) {
		signature = wire_string(&w, &signature_len);
		ok = signature != NULL && wire_done(&w);
		if (ok)
			buf_add(out, signature, signature_len);
		else
			(void)err_set(err, ERR_INPUT, "ssh-agent: its signature is malformed");
	}
	buf_release(&request);
	buf_release(&reply);
	return ok;
}
