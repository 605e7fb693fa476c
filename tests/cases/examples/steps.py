"""steps.py FILE - the shell commands of a workflow or a pipeline, in order, without those that install."""
import sys

import yaml

with open(sys.argv[1], encoding="utf-8") as f:
    doc = yaml.safe_load(f)
if "jobs" in doc:
    steps = [step for job in doc["jobs"].values() for step in job["steps"]]
    assert doc[True] == ["push", "pull_request"], doc[True]  # "on" is a boolean to YAML 1.1
    assert all(("run" in s) != ("uses" in s) for s in steps)
    commands = [s["run"] for s in steps if "run" in s and s["name"] != "install"]
else:
    commands = ["\n".join(job["script"]) for job in doc.values()]
print("\n".join(commands))
