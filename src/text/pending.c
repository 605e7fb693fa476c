extern int text_pending;
int text_pending;
