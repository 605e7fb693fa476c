extern int seal_pending;
int seal_pending;
