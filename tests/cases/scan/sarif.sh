# What the SARIF 2.1.0 schema demands of the parts that are written here.
mkdir rules
cp "$SOURCE/rules/cn-classified.yaml" "$SOURCE/rules/personal-information.yaml" "$SOURCE/rules/structure.yaml" rules
cat >rules/allow.yaml <<A
review-allow: 1
allow:
  - rule: cn-secret-mark
    text-sha-256: $(printf '机密★20年' | sha256sum | cut -d' ' -f1)
    reason: says "how" a mark is written
    person: li.na
    until: 2999-12-31
A
printf '身份证号11010519491231002X\n\n标注：机密★10年\n' >'甲 [1]%.md'
printf '机密★20年\n' >training.md
printf 'SQLite format 3' >b.db
printf 'opening hours\n' >clean.md
review scan '甲 [1]%.md' training.md b.db clean.md --rules rules --format sarif >s; echo "exit $?"

# check NAME FILTER: what the filter says is true, of the log as a whole
check() { printf '%s: ' "$1"; jq "$2" s; }
check 'version and schema' '.version == "2.1.0" and (.["$schema"] | test("sarif-2.1.0.json$")) and (keys - ["$schema", "version", "runs"] == [])'
check 'one run, of known keys' '(.runs | length) == 1 and (.runs[0] | keys - ["tool", "invocations", "columnKind", "results"] == [])'
check 'columns' '.runs[0].columnKind == "unicodeCodePoints"'
check 'the driver' '.runs[0].tool.driver | .name == "review" and .version == .semanticVersion and (.semanticVersion | test("^[0-9]+[.][0-9]+[.][0-9]+$"))'
check 'the ruleset' '.runs[0].tool.driver.properties.rulesetSha256 | test("^[0-9a-f]{64}$")'
check 'rules are unique' '.runs[0].tool.driver.rules | length > 20 and length == (unique | length) and length == (map(.id) | unique | length)'
check 'rules say what they are' '[.runs[0].tool.driver.rules[] | (.id | type) == "string" and (.shortDescription.text | length) > 0 and (.fullDescription.text | length) > 0 and (.defaultConfiguration.level | IN("none", "note", "warning", "error")) and (.properties | type) == "object"] | all'
check 'executions' '[.runs[0].invocations[] | (.executionSuccessful | type) == "boolean" and ([.toolExecutionNotifications[] | (.message.text | length) > 0 and (.level | IN("none", "note", "warning", "error"))] | all)] | all'
check 'results' '[.runs[0].results[] | (.ruleId | length) > 0 and (.message.text | length) > 0 and (.level | IN("none", "note", "warning", "error")) and (.locations | length) == 1] | length == 3 and all'
check 'rules of results' '[.runs[0].tool.driver.rules[].id] as $ids | [.runs[0].results[].ruleId | IN($ids[])] | all'
check 'places' '[.runs[0].results[].locations[0].physicalLocation | .region.startLine >= 1 and .region.startColumn >= 1 and (.artifactLocation.uri | test("^([A-Za-z0-9._~/-]|%[0-9A-F]{2})+$"))] | all'
check 'fingerprints' '[.runs[0].results[].partialFingerprints | to_entries[] | (.key | test("/v1$")) and (.value | test("^[0-9a-f]{64}$"))] | length == 3 and all'
check 'suppressions' '[.runs[0].results[] | select(has("suppressions")) | .level == "note" and .suppressions[0].kind == "external" and (.suppressions[0].justification | type) == "string"] | length == 1 and all'

jq -c '.runs[0].results[] | [.ruleId, .level, (.locations[0].physicalLocation | .artifactLocation.uri, .region.startLine, .region.startColumn), .properties.kind, .suppressions[0].justification]' s
jq -c '.runs[0].invocations[0] | .executionSuccessful, [.toolExecutionNotifications[] | [.level, .message.text, .locations[0].physicalLocation.artifactLocation.uri]]' s
jq -c '.runs[0].tool.driver.rules[] | select(.id == "pi-cn-id") | .fullDescription, .properties' s
grep -c -e 11010519491231002X -e '机密★' s

review scan clean.md --format sarif | jq -c '.runs[0] | .results, .invocations'
