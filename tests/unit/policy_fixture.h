#ifndef POLICY_FIXTURE_H
#define POLICY_FIXTURE_H

/* What the policy room's tests share: one office, written as a policy that a test spoils in one place. */

#include "base/buf.h"
#include "base/calendar.h"
#include "base/mem.h"
#include "policy/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Throw-away keys; nobody has their private halves. */
#define KEY_ZHAO "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEjQlJhPiL4k9eI7Hb0L7M2N4LM3MqyU3kzPLCFzIlny"
#define KEY_WANG "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILGVh90B6lwbOQ9oKuRKZtAQLgnwxjc0dQADVYgpz2bk"
#define KEY_LIU "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILBq4+c0w6Q29jEYdwwWQXywPieSHq7C9S9vc9tIorOp"
#define KEY_LI "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIM+gvfkERzJqCMAngj+LTy1kqdBsL6xLY2Y8Pe1NCnUk"
#define KEY_SUN "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGeNylCvVzWOBcCzK7RvOhmeDo4WxBJvVwRaU3l9IU5P"
#define KEY_ZHANG "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINSP1F1nNYXyPrq2zS+hatnxpTVjAmIBAmoWZKnd9aCD"
#define KEY_CHEN "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPOCEf6S8Uv/AE/jyEHwR6WpTtn9ig9USN3LO0bRBla9"
#define KEY_HARD "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIIlsNdEL1DJMSQp7uS3JLU0KoX+MnC1cACL+VtEb+u6kAAAABHNzaDo="
#define KEY_OTHER "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIlsNdEL1DJMSQp7uS3JLU0KoX+MnC1cACL+VtEb+u6k"

static const char office_policy[] =
	/*  1 */ "review-policy: 1\n"
	/*  2 */ "office: {en: Commerce Bureau, zh: 区商务局}\n"
	/*  3 */ "zones: {public: public/, strip: drafts/, candidates: [\"drafts/**\"], ignore: [\"drafts/tools/**\"]}\n"
	/*  4 */ "sections:\n"
	/*  5 */ "  trade: {title: {zh: 外贸科}, paths: [\"drafts/trade/**\"]}\n"
	/*  6 */ "  market: {title: {en: Market}, paths: [\"drafts/market/**\"]}\n"
	/*  7 */ "stages:\n"
	/*  8 */ "  - {id: initial, title: {en: Initial reviewer}, people: 1, scope: section}\n"
	/*  9 */ "  - {id: head, title: {en: Section head}}\n"
	/* 10 */ "  - {id: director, title: {en: Director}, scope: office}\n"
	/* 11 */ "separation: {distinct-people: true, submitter-may-sign: false}\n"
	/* 12 */ "deadline: {working-days: 20, from: formed, calendar: cn}\n"
	/* 13 */ "people:\n"
	/* 14 */ "  zhao.lei: {name: 赵磊, keys: [\"" KEY_ZHAO "\"], may: [{submit: [trade, market]}]}\n"
	/* 15 */ "  wang.wei: {name: 王伟, keys: [\"" KEY_WANG "\"], may: [{stage: initial}]}\n"
	/* 16 */ "  liu.yang: {name: 刘洋, keys: [\"" KEY_LIU "\"], may: [{stage: initial, section: trade}, {submit: all}]}\n"
	/* 17 */ "  li.na: {name: 李娜, keys: [\"" KEY_LI "\"], may: [{stage: head, section: [trade, market]}]}\n"
	/* 18 */ "  sun.yue: {name: 孙悦, keys: [\"" KEY_SUN "\"], may: [{stage: head, section: market}, {acting: director, from: 2026-12-01, until: 2026-12-15}]}\n"
	/* 19 */ "  zhang.min: {name: 张敏, keys: [\"" KEY_ZHANG "\"], may: [{stage: director}]}\n"
	/* 20 */ "  chen.jing: {name: 陈静, keys: [\"" KEY_CHEN "\"], may: []}\n"
	/* 21 */ "root: {people: [zhang.min, li.na, zhao.lei], threshold: 2}\n"
	/* 22 */ "keepers: {rules: [zhao.lei]}\n"
	/* 23 */ "registrars: [chen.jing]\n";

/* `text` with the first `from` replaced, which has to be there; the caller frees. */
static inline char *text_with(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	struct buf out = {0};

	if (at == NULL)
		fail_msg("'%s' is not in the text", from);
	else {
		buf_add(&out, text, (size_t)(at - text));
		buf_add_string(&out, to);
		buf_add_string(&out, at + strlen(from));
	}
	return buf_take(&out);
}

static inline struct policy *parse_or_fail(const char *text)
{
	struct policy *policy = NULL;
	struct err err = {0};

	if (!policy_parse("policy", text, strlen(text), &policy, &err))
		fail_msg("%s", err.why);
	return policy;
}

/* The office, with one thing different. */
static inline struct policy *office_with(const char *from, const char *to)
{
	char *text = text_with(office_policy, from, to);
	struct policy *policy = parse_or_fail(text);

	free(text);
	return policy;
}

static inline int32_t date(const char *text)
{
	int32_t day = 0;

	assert_true(date_from_text(&day, text, strlen(text)));
	return day;
}

#endif
