/* object.c - objects of a PDF by qpdf's handles: asked for with their type, so that a document of the
 * wrong shape is an empty one and never an error of qpdf's. */
#include "pdf_inside.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void object_drop(struct pdf *pdf, qpdf_oh oh)
{
	qpdf_oh_release(pdf->qpdf, oh);
}

int object_number(struct pdf *pdf, qpdf_oh oh)
{
	return qpdf_oh_is_indirect(pdf->qpdf, oh) ? qpdf_oh_get_object_id(pdf->qpdf, oh) : 0;
}

bool object_is_null(struct pdf *pdf, qpdf_oh oh)
{
	return !qpdf_oh_is_initialized(pdf->qpdf, oh) || qpdf_oh_is_null(pdf->qpdf, oh);
}

bool object_is_dict(struct pdf *pdf, qpdf_oh oh)
{
	return qpdf_oh_is_dictionary(pdf->qpdf, oh) || qpdf_oh_is_stream(pdf->qpdf, oh);
}

const char *object_name(struct pdf *pdf, qpdf_oh oh)
{
	return qpdf_oh_is_name(pdf->qpdf, oh) ? qpdf_oh_get_name(pdf->qpdf, oh) : "";
}

bool object_string(struct pdf *pdf, qpdf_oh oh, const char **bytes, size_t *len)
{
	return qpdf_oh_get_value_as_string(pdf->qpdf, oh, bytes, len) != QPDF_FALSE;
}

bool object_number_value(struct pdf *pdf, qpdf_oh oh, double *value)
{
	return qpdf_oh_get_value_as_number(pdf->qpdf, oh, value) != QPDF_FALSE;
}

qpdf_oh dict_get(struct pdf *pdf, qpdf_oh dict, const char *key)
{
	qpdf_oh own, value;

	if (qpdf_oh_is_dictionary(pdf->qpdf, dict))
		return qpdf_oh_get_key(pdf->qpdf, dict, key);
	if (!qpdf_oh_is_stream(pdf->qpdf, dict))
		return qpdf_oh_new_null(pdf->qpdf);
	own = qpdf_oh_get_dict(pdf->qpdf, dict);
	value = qpdf_oh_get_key(pdf->qpdf, own, key);
	object_drop(pdf, own);
	return value;
}

bool dict_has(struct pdf *pdf, qpdf_oh dict, const char *key)
{
	const qpdf_oh value = dict_get(pdf, dict, key);
	const bool has = !object_is_null(pdf, value);

	object_drop(pdf, value);
	return has;
}

bool dict_names(struct pdf *pdf, qpdf_oh dict, const char *key, const char *name)
{
	const qpdf_oh value = dict_get(pdf, dict, key);
	const bool is = strcmp(object_name(pdf, value), name) == 0;

	object_drop(pdf, value);
	return is;
}

bool dict_number(struct pdf *pdf, qpdf_oh dict, const char *key, double *value)
{
	const qpdf_oh oh = dict_get(pdf, dict, key);
	const bool is = object_number_value(pdf, oh, value);

	object_drop(pdf, oh);
	return is;
}

bool dict_text(struct pdf *pdf, qpdf_oh dict, const char *key, struct buf *out)
{
	const qpdf_oh value = dict_get(pdf, dict, key);
	const char *bytes = NULL;
	size_t len = 0;
	const bool is = object_string(pdf, value, &bytes, &len);

	if (is)
		(void)string_decode(bytes, len, out);
	object_drop(pdf, value);
	return is;
}

char **dict_keys(struct pdf *pdf, qpdf_oh dict, size_t *count)
{
	char **keys = mem_grow(NULL, 0, sizeof(*keys));
	const bool stream = qpdf_oh_is_stream(pdf->qpdf, dict) != QPDF_FALSE;
	const qpdf_oh own = stream ? qpdf_oh_get_dict(pdf->qpdf, dict) : dict;

	*count = 0;
	if (qpdf_oh_is_dictionary(pdf->qpdf, own)) {
		qpdf_oh_begin_dict_key_iter(pdf->qpdf, own);
		while (qpdf_oh_dict_more_keys(pdf->qpdf)) {
			keys[(*count)++] = mem_copy_string(qpdf_oh_dict_next_key(pdf->qpdf));
			keys = mem_grow(keys, *count, sizeof(*keys));
		}
	}
	if (stream)
		object_drop(pdf, own);
	return keys;
}

void keys_free(char **keys)
{
	for (size_t i = 0; keys[i] != NULL; i++)
		free(keys[i]);
	free(keys);
}

size_t array_count(struct pdf *pdf, qpdf_oh array)
{
	const int n = qpdf_oh_is_array(pdf->qpdf, array) ? qpdf_oh_get_array_n_items(pdf->qpdf, array) : 0;

	return n > 0 ? (size_t)n : 0;
}

qpdf_oh array_get(struct pdf *pdf, qpdf_oh array, size_t index)
{
	return index < array_count(pdf, array) ? qpdf_oh_get_array_item(pdf->qpdf, array, (int)index)
	                                       : qpdf_oh_new_null(pdf->qpdf);
}

bool set_has(const struct object_set *set, int number)
{
	return number > 0 && (size_t)number < set->most && (set->bits[number / 8] >> (number % 8) & 1) != 0;
}

bool set_add(struct object_set *set, int number)
{
	if (number <= 0 || number > OBJECTS_MOST || set_has(set, number))
		return number <= 0;
	if ((size_t)number >= set->most) {
		const size_t most = ((size_t)number * 2 / 8 + 1) * 8;

		set->bits = mem_resize(set->bits, most / 8, 1);
		memset(set->bits + set->most / 8, 0, (most - set->most) / 8);
		set->most = most;
	}
	set->bits[number / 8] |= (unsigned char)(1u << number % 8);
	return true;
}

void set_release(struct object_set *set)
{
	free(set->bits);
	*set = (struct object_set){0};
}

void stream_account(struct pdf *pdf, qpdf_oh stream)
{
	(void)set_add(&pdf->accounted, object_number(pdf, stream));
}
