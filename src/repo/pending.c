extern int repo_pending;
int repo_pending;
