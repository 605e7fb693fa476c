/* main.c - review-desk: started by `review desk`, with its words. */
#include "desk.h"

#include "base/mem.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/reader_program.h"
#include "cli/speech.h"
#include "extract/worker.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static volatile int stopped;

static void on_signal(int number)
{
	(void)number;
	stopped = 1;
}

static void catch_signals(void)
{
	const struct sigaction stop = {.sa_handler = on_signal}; /* no SA_RESTART: waiting ends at once */

	(void)sigaction(SIGINT, &stop, NULL);
	(void)sigaction(SIGTERM, &stop, NULL);
	(void)sigaction(SIGHUP, &stop, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
}

/* Is there a ledger, and a person, before a page says that there is none? */
static bool can_begin(struct err *err)
{
	struct session s = {0};
	const bool ok = session_open(&s, err) && session_open_person(&s, err);

	session_close(&s);
	return ok;
}

static bool serve(unsigned idle, struct err *err)
{
	struct desk desk = {0};
	const struct web_order order = {.page = desk_page, .refused = desk_refused, .context = &desk, .idle = idle};
	struct web *web = NULL;
	char *address = NULL;
	bool ok;

	if (!can_begin(err) || !web_open(&order, &web, &address, err))
		return false;
	printf("open this in a browser on this machine; it works once:\n%s\nit stops after %u minutes without a request, or with Control-C\n",
	       address, idle / 60);
	(void)fflush(stdout);
	free(address);
	ok = web_serve(web, &stopped, err);
	web_close(web);
	pending_release(&desk.pending);
	audited_forget(&desk.audited);
	return ok;
}

int main(int argc, char **argv)
{
	struct desk_args args = {0};
	struct option_list words = {0};
	struct err err = {0};
	unsigned idle = 0;
	bool ok = false;

	speak_as_wished();
	catch_signals();
	if (options_parse(desk_options, &args, argc - 1, argv + 1, &words, &err) && desk_idle(&args, &words, &idle, &err)) {
		use_reader_programs();
		ok = serve(idle, &err);
		extract_stop_worker();
	}
	free(words.items);
	return ok ? STATUS_DONE : complain(&err);
}
