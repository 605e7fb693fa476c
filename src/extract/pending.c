extern int extract_pending;
int extract_pending;
