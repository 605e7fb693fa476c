extern int ledger_pending;
int ledger_pending;
