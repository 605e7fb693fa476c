/* signed.c - S/MIME: what is signed is taken out, what is encrypted is said to be.
 *
 * Of CMS (RFC 5652) only as much is walked as leads to the content; nothing is verified.  All else in it,
 * names in certificates among it, is told as the strings there are. */
#include "mail_inside.h"

#include "reader/reader.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { BER_DEPTH = 24, TAG_OCTETS = 0x04, TAG_OID = 0x06, TAG_SEQUENCE = 0x30, TAG_SET = 0x31, TAG_EXPLICIT = 0xA0 };

/* One element of BER (X.690 8.1). */
struct element {
	unsigned char tag;
	struct slice content;
};

static bool element_take(struct slice *rest, unsigned depth, struct element *out);

/* Of indefinite length: up to two zeros where an element could begin. */
static bool take_indefinite(struct slice *rest, unsigned depth, struct element *out)
{
	struct element inner;

	out->content = (struct slice){rest->text, 0};
	while (depth < BER_DEPTH && rest->len >= 2) {
		if (rest->text[0] == '\0' && rest->text[1] == '\0') {
			out->content.len = (size_t)(rest->text - out->content.text);
			rest->text += 2;
			rest->len -= 2;
			return true;
		}
		if (!element_take(rest, depth + 1, &inner))
			return false;
	}
	return false;
}

/* The next element; tags of one byte only, which are all there are here. */
static bool element_take(struct slice *rest, unsigned depth, struct element *out)
{
	size_t len, digits;

	if (rest->len < 2 || ((unsigned char)rest->text[0] & 0x1F) == 0x1F)
		return false;
	out->tag = (unsigned char)rest->text[0];
	len = (unsigned char)rest->text[1];
	*rest = (struct slice){rest->text + 2, rest->len - 2};
	if (len == 0x80)
		return take_indefinite(rest, depth, out);
	digits = len > 0x80 ? len - 0x80 : 0;
	if (digits > 4 || digits > rest->len)
		return false;
	for (len = digits > 0 ? 0 : len; digits > 0; digits--, rest->text++, rest->len--)
		len = len << 8 | (unsigned char)rest->text[0];
	if (len > rest->len)
		return false;
	out->content = (struct slice){rest->text, len};
	*rest = (struct slice){rest->text + len, rest->len - len};
	return true;
}

static bool take(struct slice *rest, unsigned char tag, struct slice *content)
{
	struct element element;
	struct slice after = *rest;

	if (!element_take(&after, 0, &element) || element.tag != tag)
		return false;
	*rest = after;
	*content = element.content;
	return true;
}

/* An octet string, in one piece or in many. */
static bool add_octets(const struct element *element, unsigned depth, struct buf *out)
{
	struct slice rest = element->content;
	struct element inner;

	if (element->tag == TAG_OCTETS) {
		buf_add(out, rest.text, rest.len);
		return true;
	}
	if (element->tag != (TAG_OCTETS | 0x20) || depth > BER_DEPTH)
		return false;
	while (rest.len > 0)
		if (!element_take(&rest, depth, &inner) || !add_octets(&inner, depth + 1, out))
			return false;
	return true;
}

/* The content of a SignedData; `around` gets all else.  False: it has none, or is damaged. */
static bool signed_content(struct slice whole, struct slice data, struct buf *content, struct slice *inside)
{
	struct slice sequence, skipped, type;
	struct element octets;

	return take(&data, TAG_SEQUENCE, &sequence) && take(&sequence, 0x02, &skipped) && take(&sequence, TAG_SET, &skipped) &&
	       take(&sequence, TAG_SEQUENCE, &data) && take(&data, TAG_OID, &type) && take(&data, TAG_EXPLICIT, inside) &&
	       (skipped = *inside, element_take(&skipped, 0, &octets)) && add_octets(&octets, 0, content) && content->len > 0 &&
	       inside->text >= whole.text;
}

static void tell_strings(struct reader *r, const char *place, struct slice whole, struct slice inside)
{
	struct buf around = {0};
	char *where = mail_place(place, "signature");

	buf_add(&around, whole.text, (size_t)(inside.text - whole.text));
	buf_add_byte(&around, '\0');
	buf_add(&around, inside.text + inside.len, (size_t)(whole.text + whole.len - inside.text) - inside.len);
	reader_binary(r, where, &(struct part){"", (const unsigned char *)around.data, around.len});
	buf_release(&around);
	free(where);
}

static void read_signed(struct reader *r, const char *place, unsigned depth, struct slice whole, struct slice data)
{
	struct slice inside = {whole.text, 0};
	struct buf content = {0};
	char *where = mail_place(place, "signed");

	reader_observe(r, OBSERVED_SIGNATURE, "%s", place);
	if (signed_content(whole, data, &content, &inside))
		message_read(r, where, depth + 1, (struct slice){content.data, content.len});
	else
		inside = (struct slice){whole.text, 0};
	tell_strings(r, place, whole, inside);
	buf_release(&content);
	free(where);
}

static bool is_oid(struct slice oid, const char *bytes, size_t len)
{
	return oid.len == len && memcmp(oid.text, bytes, len) == 0;
}

/* 1.2.840.113549.1.7.2, .3 and .6; 1.2.840.113549.1.9.16.1.23 and .9 */
bool cms_read(struct reader *r, const char *place, unsigned depth, struct slice bytes)
{
	static const char pkcs7[] = "\x2A\x86\x48\x86\xF7\x0D\x01\x07", smime[] = "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01";
	struct slice rest = bytes, sequence, oid, data = {"", 0};
	const char *colon = place[0] != '\0' ? ": " : "";
	char last;

	if (!take(&rest, TAG_SEQUENCE, &sequence) || !take(&sequence, TAG_OID, &oid) || oid.len < 9 ||
	    !take(&sequence, TAG_EXPLICIT, &data))
		return false;
	last = oid.text[oid.len - 1];
	oid.len--;
	if (is_oid(oid, pkcs7, sizeof(pkcs7) - 1) && last == 2) {
		read_signed(r, place, depth, bytes, data);
		return true;
	}
	if ((is_oid(oid, pkcs7, sizeof(pkcs7) - 1) && (last == 3 || last == 6)) || (is_oid(oid, smime, sizeof(smime) - 1) && last == 23))
		reader_undecided(r, "%s%sencrypted (S/MIME)", place, colon);
	else if (is_oid(oid, smime, sizeof(smime) - 1) && last == 9)
		reader_undecided(r, "%s%scompressed (S/MIME)", place, colon);
	else
		return false;
	reader_binary(r, place, &(struct part){"", (const unsigned char *)bytes.text, bytes.len});
	return true;
}
