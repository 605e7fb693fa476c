/* speech.c - which language the programs speak. */
#include "speech.h"

#include "base/language.h"

#include <locale.h>
#include <stdlib.h>

void speak_as_wished(void)
{
	(void)setlocale(LC_CTYPE, "");
	language_choose(&(struct language_wish){getenv("LANGUAGE"), getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG")});
}
