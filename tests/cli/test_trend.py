"""`trend`: change points in the nightly history, and what a person decides about them."""

import datetime
import json
from pathlib import Path

import jsonschema
import pytest

from repository import Repository

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "trend.schema.json").read_text())
HISTORY = "baselines/nightly/history"
NIGHTS = 44
STEP = 30  # the first night of the new level


def day(night):
    """Such that the newest night is today's."""
    today = datetime.datetime.now(datetime.timezone.utc).date()
    return (today - datetime.timedelta(days=NIGHTS - 1 - night)).isoformat()


def commit(night):
    return f"{night:02x}" * 20


def line(night, costs, **other):
    """A line of the history, as docs/trend.md describes it."""
    return json.dumps({
        "schema": "pulsebench-night", "schema_version": 1, "night": day(night), "run": f"run-{night}",
        "commit": commit(night), "started": day(night) + "T02:00:00Z", "complete": True,
        "machine_key": "0011223344556677", "machine_kind": "kind", "timer": "rdtsc",
        "suites_sha256": f"{night:064x}", "anchor_sha256": "", "facts": {"compiler": "GNU 12.2.0"},
        "benchmarks": {name: [cost, None, None, None, None, 1, tier] for name, (cost, tier) in costs.items()},
        **other,
    })  # fmt: skip


def zigzag(night, cost):
    return cost * (1.002 if night % 2 else 0.998)


def costs_of(night, after=1.1):
    """Of three benchmarks, the first of which changes."""
    change = after if night >= STEP else 1
    return {
        "budget/consume(x)": (zigzag(night, 10 * change), 0),
        "hooks/none": (zigzag(night, 4), 1),
        "queue/push": (zigzag(night, 30), 2),
    }


def write_history(project, after=1.1, kind="kind", keep=lambda night: True, **other):
    lines = [line(night, costs_of(night, after), **other) for night in range(NIGHTS) if keep(night)]
    project.write(f"{HISTORY}/{kind}.jsonl", "\n".join(lines) + "\n")


@pytest.fixture
def slower(project):
    write_history(project)
    return project


def test_a_slower_benchmark_is_named_with_its_night_its_commits_and_what_settles_it(slower):
    ran = slower.pulsebench("trend")
    assert ran.code == 1, ran.err
    assert ran.out.splitlines()[0] == (
        "slower: 1 of 3 benchmarks is slower; 1 change fails the run (exit 1)"
    )
    row = next(text for text in ran.out.splitlines() if "budget/consume(x)" in text)
    for part in ("10.0 ns", "11.0 ns", "+10", day(STEP), "1d1d1d1d1..1e1e1e1e1"):
        assert part in row, part
    sides = commit(STEP - 1)[:9], commit(STEP)[:9]
    assert f"pulsebench ab {sides[0]} {sides[1]} --filter '^budget/consume\\(x\\)$'" in ran.out
    assert f"pulsebench bisect {sides[0]} {sides[1]} --filter '^budget/consume\\(x\\)$'" in ran.out
    assert "2 steady" in ran.out and f"{NIGHTS} nights from {day(0)} to {day(NIGHTS - 1)}" in ran.out


def test_a_faster_or_an_unchanged_history_is_green(project):
    write_history(project, after=0.9)
    ran = project.pulsebench("trend")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("steady: none of 3 benchmarks is slower (exit 0)")
    assert "-10" in next(text for text in ran.out.splitlines() if "budget/consume(x)" in text)
    write_history(project, after=1.0)
    assert project.pulsebench("trend").code == 0


def test_other_tiers_gate_where_they_are_asked_to(slower):
    assert slower.pulsebench("trend", "--fail-on", "1,2").code == 0
    assert slower.pulsebench("trend", "--fail-on", "0,1").code == 1


def test_an_accepted_change_is_stored_with_who_and_why_and_fails_nothing(slower):
    Repository(slower, "true").git("config", "user.name", "Ada")
    ran = slower.pulsebench("trend", "accept", "budget/consume(x)", "--at", day(STEP), "--reason", "#12")
    assert ran.code == 0, ran.err
    assert ran.out.startswith(f"accepted: the change of budget/consume(x) on {day(STEP)}: #12\n")
    stored = json.loads((slower.root / "baselines/trend.json").read_text())["accepted"]
    assert [(one["id"], one["night"], one["reason"], one["by"]) for one in stored] == [
        ("budget/consume(x)", day(STEP), "#12", "Ada")
    ]
    shown = slower.pulsebench("trend")
    assert shown.code == 0, shown.err
    assert "accepted by Ada" in shown.out and "#12" in shown.out
    assert "trend" not in slower.pulsebench("baseline", "list").out


def test_a_reset_settles_what_was_before(slower):
    ran = slower.pulsebench("trend", "reset", "budget/consume(x)", "--reason", "another data set")
    assert ran.code == 0, ran.err
    assert f"a new epoch of budget/consume(x) begins after {day(NIGHTS - 1)}" in ran.out
    assert slower.pulsebench("trend").code == 0


@pytest.mark.parametrize(
    "words, said",
    [
        (("accept", "budget/consume(x)", "--at", "2020-01-01", "--reason", "x"), "its changes began in"),
        (("accept", "hooks/none", "--at", "2020-01-01", "--reason", "x"), "it has no change"),
        (("accept", "budget/consume", "--at", "x", "--reason", "x"), "did you mean budget/consume(x)?"),
        (("accept", "budget/consume(x)", "--at", "x", "--reason", " "), "needs a reason"),
        (("accept", "budget/consume(x)", "--reason", "x"), "--at is required"),
        (("reset", "none", "--reason", "x"), "no nightly history has a benchmark 'none'"),
        (("reset", "hooks/none", "--reason", "a\nb"), "without control characters"),
        (("unknown",), "no nightly history has a benchmark 'unknown'"),
        (("--filter", "["), "is not a valid regular expression"),
        (("--filter", "nothing"), "no benchmark of the nightly history matches 'nothing'"),
        (("--machine", "other"), "no nightly history of the machine 'other'; there is one of kind"),
        (("--since", "yesterday"), "give a day as in 2026-11-01"),
        (("--fail-on", "9"), "--fail-on"),
    ],
)
def test_bad_input_is_one_clear_line(slower, words, said):
    ran = slower.pulsebench("trend", *words)
    assert ran.code == 2
    assert said in ran.only_error()
    assert not (slower.root / "baselines/trend.json").exists()


def test_without_a_history_the_way_to_one_is_named(project):
    ran = project.pulsebench("trend")
    assert ran.code == 2 and "run --reason nightly" in ran.only_error()


def test_a_torn_history_is_named_by_its_line(slower):
    file = slower.root / HISTORY / "kind.jsonl"
    text = file.read_text()
    file.write_text(text[:-40])
    ran = slower.pulsebench("trend")
    assert ran.code == 1
    assert f"kind.jsonl, line {NIGHTS}: the line is incomplete" .replace(" ", "") in "".join(ran.out.split())
    assert "the history has an incomplete line" in ran.out.splitlines()[0]
    file.write_text(text.replace('"timer"', '"tmier"', 1))
    assert "line 1: 'tmier' is not known; did you mean 'timer'" in slower.pulsebench("trend").only_error()


def test_only_changes_since_a_night_count_and_older_ones_are_said(slower):
    ran = slower.pulsebench("trend", "--since", "3d")
    assert ran.code == 0, ran.err
    assert "1 open change for the worse is before" in ran.out
    assert slower.pulsebench("trend", "--since", day(STEP)).code == 1


def test_what_is_lost_is_not_green(project):
    lines = [line(night, costs_of(night, 1.0)) for night in range(NIGHTS)]
    gone = costs_of(NIGHTS - 1, 1.0)
    del gone["budget/consume(x)"]
    project.write(f"{HISTORY}/kind.jsonl", "\n".join(lines[:-1] + [line(NIGHTS - 1, gone)]) + "\n")
    ran = project.pulsebench("trend")
    assert ran.code == 3 and "1 benchmark is not in the newest night" in ran.out.splitlines()[0]
    assert "budget/consume(x) (tier 0) is not in the newest night" in ran.out
    project.pulsebench("trend", "reset", "budget/consume(x)", "--reason", "removed")
    assert project.pulsebench("trend").code == 0

    project.write(f"{HISTORY}/kind.jsonl", "\n".join(lines[:-5]) + "\n")
    late = project.pulsebench("trend")
    assert late.code == 3 and "the newest night is 5 days old" in late.out.splitlines()[0]
    stopped = line(NIGHTS - 1, costs_of(NIGHTS - 1, 1.0), complete=False)
    project.write(f"{HISTORY}/kind.jsonl", "\n".join(lines[:-1] + [stopped]) + "\n")
    ran = project.pulsebench("trend")
    assert ran.code == 3 and "the newest night was interrupted" in ran.out.splitlines()[0]


def test_missing_nights_are_counted_and_a_new_machine_is_an_epoch(project):
    write_history(project, after=1.0, keep=lambda night: night not in (10, 11))
    lines = (project.root / HISTORY / "kind.jsonl").read_text().splitlines()
    moved = [text.replace("0011223344556677", "8899aabbccddeeff") for text in lines[20:]]
    project.write(f"{HISTORY}/kind.jsonl", "\n".join(lines[:20] + moved) + "\n")
    ran = project.pulsebench("trend")
    assert ran.code == 0, ran.err
    assert "2 missing" in ran.out
    assert f"epoch {day(22)} machine: 0011223344556677 → 8899aabbccddeeff" in " ".join(ran.out.split())


def test_two_machine_kinds_are_shown_together_or_one_by_one(slower):
    write_history(slower, after=1.0, kind="other", machine_kind="other", machine_key="ffff223344556677")
    assert slower.pulsebench("trend").code == 1
    assert slower.pulsebench("trend", "--machine", "other").code == 0
    assert slower.pulsebench("trend", "--machine", "0011223344556677").code == 1
    both = slower.pulsebench("trend", "--machine", "all", "--format", "json").json()
    assert [one["machine_kind"] for one in both["machines"]] == ["kind", "other"]


def test_the_document_fits_its_schema_and_a_report_is_made_of_it(slower, tmp_path):
    ran = slower.pulsebench("trend", "--export", f"json={tmp_path}/trend.json", "--format", "html", "-o",
                            f"{tmp_path}/trend.html")  # fmt: skip
    assert ran.code == 1, ran.err
    document = json.loads((tmp_path / "trend.json").read_text())
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    series = {one["id"]: one for one in document["machines"][0]["series"]}
    (change,) = series["budget/consume(x)"]["changes"]
    assert change["id"] == f"budget/consume(x)@{day(STEP)}"
    assert change["status"] == "open" and change["commits"] == [commit(STEP - 1), commit(STEP)]
    assert 9 < change["change_percent"] < 11
    again = slower.pulsebench("report", f"{tmp_path}/trend.json", "--format", "json")
    assert again.code == 0, again.err
    assert again.json() == document
    for page in ((tmp_path / "trend.html").read_text(), slower.pulsebench("report", f"{tmp_path}/trend.json").out):
        assert "▲ slower" in page and "budget/consume(x)" in page


def test_the_formats_of_a_ci(slower):
    annotations = slower.pulsebench("trend", "--format", "github").out
    assert "::error title=slower%3A budget/consume(x)" in annotations and day(STEP) in annotations
    assert "`budget/consume(x)` | 0 | 10.0 ns | 11.0 ns | +10.0 % |" in slower.pulsebench("trend", "--format", "markdown").out
    assert 'failures="1"' in slower.pulsebench("trend", "--format", "junit").out


def test_a_selection_of_benchmarks(slower):
    assert slower.pulsebench("trend", "hooks/none", "queue/push").code == 0
    assert slower.pulsebench("trend", "--filter", "^budget/").code == 1
    every = slower.pulsebench("trend", "--all").out
    assert "hooks/none" in every and "queue/push" in every


def test_hostile_names_and_reasons_reach_no_terminal_and_no_shell(project):
    name = "a'; touch pwned; '"
    costs = lambda night: {name: (zigzag(night, 11 if night >= STEP else 10), 0)}  # noqa: E731
    lines = [line(night, costs(night)) for night in range(NIGHTS)]
    project.write(f"{HISTORY}/kind.jsonl", "\n".join(lines) + "\n")
    ran = project.pulsebench("trend")
    assert "--filter '^a'\\''; touch pwned; '\\''$'" in ran.out
