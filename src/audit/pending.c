extern int audit_pending;
int audit_pending;
