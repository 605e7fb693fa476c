extern int rules_pending;
int rules_pending;
