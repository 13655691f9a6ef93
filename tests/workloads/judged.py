"""What `pulsebench ab` says of two sides."""

import json
import subprocess


def compared(build, *words):
    """The benchmarks of the comparison. A regression is an answer; what else fails is raised."""
    ran = subprocess.run(
        [build / "bin" / "pulsebench", "ab", *words, "--no-explain", "--format", "json"],
        capture_output=True, text=True, check=False)
    if ran.returncode not in (0, 1):
        raise RuntimeError(ran.stderr)
    return json.loads(ran.stdout)["benchmarks"]


def false_alarms(what, verdicts):
    """The row of verdicts on code that did not change."""
    alarms = sum(verdict in ("regressed", "improved") for verdict in verdicts)
    return (f"false alarms, {what} against itself, all metrics", "0",
            f"{alarms} of {len(verdicts)} decisions", alarms == 0)
