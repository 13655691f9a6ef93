"""`trend --since`: what to look at once a week or a month."""

import datetime
import json


def with_nights(project, nights):
    """So many nights up to today, as one that was measured; the last 7 of them noisier, and
    good/slow 2 % slower."""
    project.write("config/targets.json", json.dumps({
        "schema": "pulsebench-targets", "version": 1,
        "targets": [{"id": "good/fast", "max_ns_per_op": 0.5}, {"id": "good/slow", "max_ns_per_op": 1e6}]}))
    ran = project.run("fake_good", "--reason", "nightly", "--save", "nightly/today")
    assert ran.code == 0, ran.err
    (file,) = (project.root / "baselines/nightly/history").glob("*.jsonl")
    line = json.loads(file.read_text())
    today = datetime.date.fromisoformat(line["night"])
    lines = []
    for ago in reversed(range(nights)):
        one = json.loads(json.dumps(line))
        one["night"] = str(today - datetime.timedelta(days=ago))
        cost = one["benchmarks"]["good/slow"]
        cost[0] *= 1.02 if ago < 7 else 1.0
        cost[1] = cost[2] = None
        cost[4] = 3.0 if ago < 7 else 1.0
        lines.append(json.dumps(one) + "\n")
    file.write_text("".join(lines))


def test_a_week_is_reviewed_as_text_and_as_markdown(project):
    with_nights(project, 28)
    ran = project.pulsebench("trend", "--since", "6d")
    assert ran.code == 0, ran.err
    text = " ".join(ran.out.split())
    assert "7 nights" in text
    assert "never moved: 2 of 2 benchmarks: good/fast, good/slow" in text
    markdown = project.pulsebench("trend", "--since", "6d", "--format", "markdown").out
    assert "| `good/slow` |" in markdown and "+2.0 %" in markdown  # drifted
    assert "noise that grew" in markdown and "| 1.0 | 3.0 |" in markdown
    assert markdown.index("`good/fast`", markdown.index("slowest against")) < markdown.index(
        "`good/slow`", markdown.index("slowest against"))
    assert "slowest against" not in project.pulsebench("trend").out
