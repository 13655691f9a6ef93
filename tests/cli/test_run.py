"""A run against a suite that behaves."""

import json
import os

import jsonschema
from conftest import SOURCE

ALL = ["good/fast", "good/slow", "floors/load"]


def test_the_list_names_every_benchmark_and_its_tier(project):
    ran = project.run("fake_good", "--list", "--format", "json")
    assert ran.code == 0
    listed = {benchmark["id"]: benchmark["tier"] for benchmark in ran.json()["benchmarks"]}
    assert listed == {"good/fast": 0, "good/slow": 1, "floors/load": 0}


def test_the_list_as_text_names_every_benchmark(project):
    ran = project.run("fake_good", "--list")
    assert ran.code == 0
    assert all(name in ran.out for name in ALL)


def test_listing_and_a_dry_run_write_nothing(project):
    project.suite("fake_good")
    before = project.files()
    assert project.run("fake_good", "--list").code == 0
    assert project.run("fake_good", "--dry-run").code == 0
    assert project.files() == before


def test_a_dry_run_says_what_would_be_measured(project):
    ran = project.run("fake_good", "--dry-run", "--seed", "42")
    assert ran.code == 0
    assert "42" in ran.out and "quick" in ran.out


def test_tier_and_filter_select(project):
    _, fast = project.run_json("fake_good", "--tier", "1")
    assert list(fast) == ["good/slow"]
    _, good = project.run_json("fake_good", "--filter", "^good/")
    assert sorted(good) == ["good/fast", "good/slow"]


def test_a_filter_that_leaves_nothing_is_an_error(project):
    ran = project.run("fake_good", "--filter", "nothing-is-called-this")
    assert ran.code == 2
    assert "no benchmark" in ran.only_error()


def test_the_result_document_fits_its_schema(project):
    ran = project.run("fake_good", "--format", "json")
    assert ran.code == 0
    schema = json.loads((SOURCE / "docs" / "result.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(ran.json(), schema, cls=jsonschema.Draft202012Validator)


def test_the_schema_refuses_a_document_without_its_machine(project):
    document = project.run("fake_good", "--format", "json").json()
    del document["machine"]
    schema = json.loads((SOURCE / "docs" / "result.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    assert list(validator.iter_errors(document))


def test_data_go_to_stdout_and_progress_to_stderr(project):
    ran = project.run("fake_good", "--format", "json")
    ran.json()
    assert "launches" in ran.err and "\r" not in ran.err and "\x1b" not in ran.err


def test_a_report_written_to_a_file_leaves_the_verdict_to_the_terminal(project):
    ran = project.run("fake_good", "--format", "json", "-o", "result.json")
    assert ran.code == 0
    assert ran.out.startswith("tier 0: ")
    assert len(json.loads((project.root / "result.json").read_text())["benchmarks"]) == 3


def test_a_run_is_kept_and_saved_under_its_name(project):
    ran = project.save("main")
    assert "main" in ran.out
    assert "pulsebench compare main pr-123" in ran.out
    stored = json.loads(project.baseline("main").read_text())
    assert [benchmark["id"] for benchmark in stored["benchmarks"]] == ALL
    assert any(name.startswith(".pulsebench/runs/") for name in project.files())


def test_no_temporary_file_is_left(project):
    project.save("main")
    assert not [name for name in project.files() if "tmp" in name.lower() or name.endswith("~")]


def test_injected_work_shows_in_the_figure_and_is_written_down(project):
    _, plain = project.run_json("fake_good")
    _, slowed = project.run_json("fake_good", "--inject", "good/fast=15")
    before, after = (run["good/fast"]["median_ns_per_op"] for run in (plain, slowed))
    assert round(after / before, 3) == 1.15
    assert slowed["good/fast"]["injected_percent"] == 15
    assert slowed["good/slow"]["median_ns_per_op"] == plain["good/slow"]["median_ns_per_op"]


def test_a_missed_target_is_an_error_only_where_targets_are_enforced(project):
    targets = {
        "schema": "pulsebench-targets",
        "version": 1,
        "targets": [{"id": "good/fast", "max_ns_per_op": 2, "source": "a test"}],
    }
    project.write("config/targets.json", json.dumps(targets))
    assert project.run("fake_good").code == 0
    assert project.run("fake_good", "--enforce-targets").code == 6
    targets["targets"][0]["max_ns_per_op"] = 5
    project.write("config/targets.json", json.dumps(targets))
    assert project.run("fake_good", "--enforce-targets").code == 0


def test_the_root_is_found_from_a_folder_below(project):
    (project.root / "deep" / "below").mkdir(parents=True)
    suite = project.suite("fake_good")
    here = project.root
    project.root = here / "deep" / "below"
    ran = project.pulsebench("run", "--preset", "quick", "--exe", suite, "--save", "main")
    project.root = here
    assert ran.code == 0
    assert project.baseline("main").exists()


def test_two_suites_with_the_same_benchmark_are_refused(project):
    twin = project.suite("fake_twin")
    ran = project.run("fake_good", "--exe", twin)
    assert ran.code == 2
    assert "good/fast" in ran.only_error()


def test_colour_comes_only_where_it_is_asked_for(project):
    assert "\x1b[" not in project.run("fake_good").out
    assert "\x1b[" in project.run("fake_good", "--color", "always").out


def test_a_suite_gets_no_secret_of_the_environment(project):
    script = project.write(
        "suites/peek",
        "#!/bin/sh\nenv > " + str(project.root / "seen") + "\nexit 0\n",
    )
    os.chmod(script, 0o755)
    project.environment["SECRET_TOKEN"] = "hunter2"
    project.pulsebench("run", "--exe", str(script))
    seen = (project.root / "seen").read_text()
    assert "PATH=" in seen and "SECRET_TOKEN" not in seen
