"""Results by kind of machine, and targets by class of hardware."""

import json


def of_another_kind(project, name):
    """The result, as if it were measured on another kind of machine. Returns that kind."""
    stored = project.baseline(name)
    document = json.loads(stored.read_text())
    document["machine"]["key"] = "0123456789abcdef"
    kind = stored.stem.partition("@")[0] + "@01234567"
    stored.with_name(f"{kind}.json").write_text(json.dumps(document))
    return kind


def test_each_kind_of_machine_has_its_own_result_and_another_kinds_is_named_and_not_compared(project):
    project.save("main")
    here = project.baseline("main")
    other = of_another_kind(project, "main")
    listed = project.pulsebench("baseline", "list", "--format", "json").json()["baselines"]
    assert sorted((one["name"], one["machine_kind"], one["this_machine"]) for one in listed) == sorted(
        [("main", other, False), ("main", here.stem, True)])
    assert other in project.pulsebench("baseline", "list").out
    assert project.pulsebench("compare", "main", "last", "--no-confirm").code == 0

    assert project.pulsebench("baseline", "rm", "main").code == 0
    assert not here.exists()
    for command in (["compare", "main", "last"], ["run", "--compare", "main", "--exe", project.suite("fake_good")],
                    ["run", "--like", "main", "--exe", project.suite("fake_good")],
                    ["baseline", "show", "main"]):
        ran = project.pulsebench(*command)
        assert ran.code == 2, command
        assert (f"'main' was measured on {other}, and none is this machine's, {here.stem}; "
                "measure it: pulsebench run --save main") in ran.only_error()
    assert project.pulsebench("compare", f"main/{other}", "last").code == 4
    assert project.pulsebench("baseline", "show", f"main/{other}").code == 0
    assert project.run("fake_good").code == 0  # main is taken for its batch sizes only where it fits


def test_a_flat_file_of_an_older_version_is_read_until_its_machine_saves_again(project):
    project.save("main")
    stored = project.baseline("main")
    flat = project.write("baselines/main.json", stored.read_text())
    stored.unlink()
    assert project.pulsebench("compare", "main", "last", "--no-confirm").code == 0
    assert project.pulsebench("baseline", "list").out.count("main") == 1
    project.save("main")
    assert stored.exists() and not flat.exists()


def test_targets_of_the_class_of_this_machine_hold_and_the_class_is_named(project):
    of_class = lambda ns: [{"id": "good/fast", "max_ns_per_op": ns}]
    project.write("config/targets.json", json.dumps({
        "schema": "pulsebench-targets", "version": 2, "targets": of_class(1e6),
        "classes": {"cpu_only": of_class(1e5), "nvidia_gpu": of_class(1e4)}}))
    listed = project.pulsebench("run", "--list", "--format", "json", "--exe", project.suite("fake_good")).json()
    (fast,) = [one for one in listed["benchmarks"] if one["id"] == "good/fast"]
    assert fast["target_ns_per_op"] == {"cpu_only": 1e5, "nvidia_gpu": 1e4}[listed["hardware_class"]]
    ran = project.run("fake_good", "--save", "main")
    assert f"targets for the hardware class {listed['hardware_class']}" in ran.out
    stored = json.loads(project.baseline("main").read_text())
    assert stored["machine"]["shown"]["hardware_class"] == listed["hardware_class"]


def test_a_class_that_is_not_known_is_one_clear_line(project):
    project.write("config/targets.json", json.dumps({
        "schema": "pulsebench-targets", "version": 2, "targets": [], "classes": {"gpu": []}}))
    ran = project.run("fake_good")
    assert ran.code == 2
    assert "targets.json: 'classes.gpu' is not known" in ran.only_error()
