extern int scan_pending;
int scan_pending;
