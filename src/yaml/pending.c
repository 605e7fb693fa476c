extern int yaml_pending;
int yaml_pending;
