# JSON and SARIF are for machines: they parse, and carry no matched text.
printf '身份证号11010519491231002X\nSECRET//NOFORN\n' >a.md
printf 'SQLite format 3' >b.db
review scan a.md b.db --format json >j; echo "exit $?"
jq -c '.["review-scan-version"], .totals, [.files[] | {path, undecided, rules: [.findings[].rule]}]' j
review scan a.md b.db --format sarif >s; echo "exit $?"
jq -c '.version, (.runs[0] | .invocations[0].executionSuccessful, ([.results[] | [.ruleId, .level, .locations[0].physicalLocation.region.startLine]]))' s
grep -c '11010519491231002X' j s
review scan a.md --format xml; echo "exit $?"
