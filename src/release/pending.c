extern int release_pending;
int release_pending;
