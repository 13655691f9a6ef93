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
        if check["state"] in ("bad", "doubtful"):
            assert check["consequence"], check


def test_the_doctor_as_text_ends_well(project):
    ran = project.pulsebench("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("\n")
