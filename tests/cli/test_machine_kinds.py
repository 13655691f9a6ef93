"""Results by kind of machine."""

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
