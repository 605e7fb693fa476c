/* ground.c - the eight legal reasons, spelled in one place. */
#include "base/ground.h"

#include "base/language.h"
#include "base/word.h"

#include <string.h>

static const struct {
	const char *name, *en, *zh;
} grounds[] = {
	[GROUND_NONE] = {"-", "none", "无"},
	[GROUND_STATE_SECRET] = {"state-secret", "state secret", "属于国家秘密"},
	[GROUND_LAW_PROHIBITS] = {"law-prohibits", "disclosure prohibited by law", "其他法律行政法规禁止公开"},
	[GROUND_SAFETY_STABILITY] = {"safety-stability", "safety or stability at risk", "危及“三安全一稳定”"},
	[GROUND_THIRD_PARTY] = {"third-party", "rights of a third party", "保护第三方合法权益"},
	[GROUND_INTERNAL_AFFAIRS] = {"internal-affairs", "internal affairs", "属于三类内部事务信息"},
	[GROUND_PROCESS] = {"process", "information from an unfinished process", "属于四类过程性信息"},
	[GROUND_ENFORCEMENT_FILE] = {"enforcement-file", "enforcement case file", "属于行政执法案卷"},
	[GROUND_INQUIRY] = {"inquiry", "matter for another inquiry procedure", "属于行政查询事项"},
};

static const size_t ground_count = sizeof(grounds) / sizeof(grounds[0]);

static size_t index_of(enum ground g)
{
	return (size_t)g < ground_count ? (size_t)g : GROUND_NONE;
}

const char *ground_name(enum ground g)
{
	return grounds[index_of(g)].name;
}

const char *ground_title_en(enum ground g)
{
	return grounds[index_of(g)].en;
}

const char *ground_title_zh(enum ground g)
{
	return grounds[index_of(g)].zh;
}

const char *ground_title(enum ground g)
{
	return language_is_chinese() ? ground_title_zh(g) : ground_title_en(g);
}

enum ground ground_from_name(const char *name, size_t len)
{
	for (size_t i = 1; i < ground_count; i++)
		if (strlen(grounds[i].name) == len && memcmp(grounds[i].name, name, len) == 0)
			return (enum ground)i;
	return GROUND_NONE;
}

const char *ground_nearest(const char *name)
{
	const char *names[sizeof(grounds) / sizeof(grounds[0])] = {0};

	for (size_t i = 1; i < ground_count; i++)
		names[i - 1] = grounds[i].name;
	return word_nearest(name, names);
}
