#ifndef CLI_SPEECH_H
#define CLI_SPEECH_H

/* Speak as the environment wishes (base/language.h).  Messages of the C library stay in English: some of
 * them are recorded. */
void speak_as_wished(void);

#endif
