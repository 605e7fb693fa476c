extern int policy_pending;
int policy_pending;
