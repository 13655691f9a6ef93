"""Whether this machine can measure."""

NAMES = ["governor", "pinning", "load", "virtualisation", "pmu"]


def test_the_doctor_looks_at_what_decides_a_measurement(project):
    ran = project.pulsebench("doctor", "--format", "json")
    assert ran.code == 0
    checks = ran.json()["checks"]
    seen = " ".join(check["name"].lower() for check in checks)
    for name in NAMES:
        assert name in seen, seen
    assert {check["state"] for check in checks} <= {"bad", "warning", "ok", "not_applicable"}


def test_a_finding_comes_with_its_consequence(project):
    checks = project.pulsebench("doctor", "--format", "json").json()["checks"]
    for check in checks:
        if check["state"] in ("bad", "warning"):
            assert check["consequence"], check


def test_the_worst_comes_first(project):
    checks = project.pulsebench("doctor", "--format", "json").json()["checks"]
    states = [check["state"] for check in checks]
    order = ["bad", "warning", "ok", "not_applicable"]
    assert states == sorted(states, key=order.index)


def test_the_doctor_prints_one_screen(project):
    assert len(project.pulsebench("doctor").out.splitlines()) <= 24


def test_only_strict_makes_a_finding_an_error(project):
    ran = project.pulsebench("doctor", "--strict", "--format", "json")
    bad = ran.json()["verdict"] == "bad"
    assert ran.code == (5 if bad else 0)
    assert project.pulsebench("doctor").code == 0


def test_the_doctor_as_text_ends_well(project):
    ran = project.pulsebench("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("\n")
