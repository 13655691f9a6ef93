"""The pages that pulsebench writes, in Debian's Chromium: from a file, offline, as readers see them."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
CHROMIUM = shutil.which("chromium")
HOSTILE = "<script>window.hacked=1</script>\"'><img src=x onerror=window.hacked=2>"


def what_is_missing():
    if not CHROMIUM:
        return "Chromium is not installed"
    if not shutil.which("node"):
        return "Node.js is not installed"
    if not (HERE / "node_modules" / "playwright-core").is_dir():
        return "the packages of tests/web are not installed"
    return None


needs_chromium = pytest.mark.skipif(
    what_is_missing() is not None, reason=f"{what_is_missing()}; run: config/bootstrap.sh web"
)


def pulsebench(root, *words):
    return subprocess.run(
        [os.environ["PULSEBENCH"], "--root", str(root), *words],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """60 benchmarks of 20 launches in two results, of which three cost more in the new one and one
    has a hostile name."""
    root = tmp_path_factory.mktemp("project")
    subprocess.run([os.environ["LARGE_COMPARISON"], "write", str(root), "60"], check=True)
    for name in ("old", "new"):
        (file,) = (root / "baselines" / name).glob("*.json")
        document = json.loads(file.read_text())
        document["benchmarks"][0]["id"] = HOSTILE
        for number in (0, 2, 5) if name == "new" else ():
            result = document["benchmarks"][number]
            for column in ("p25_ns_per_op", "median_ns_per_op", "minimum_ns_per_op", "undisturbed_mean_ns_per_op"):
                result["launches"][column] = [1.2 * cost for cost in result["launches"][column]]
            result["quantiles_ns_per_op"] = [1.2 * cost for cost in result["quantiles_ns_per_op"]]
            result["median_ns_per_op"] *= 1.2
            for end in ("low_ns_per_op", "high_ns_per_op"):
                result["interval"][end] *= 1.2
        file.write_text(json.dumps(document))
    return root


def looked_at(page, folder):
    """What Chromium finds in the page."""
    folder.mkdir(exist_ok=True)
    checked = subprocess.run(
        ["node", str(HERE / "check_page.mjs"), str(page), str(folder)],
        capture_output=True, text=True, timeout=100, check=False,
        env={**os.environ, "CHROMIUM": CHROMIUM},
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr
    return json.loads(checked.stdout)


def reported(project, folder, *inputs):
    page = folder / "report.html"
    # The results are of a machine that is none.
    files = [str(file) for name in inputs for file in (project / "baselines" / name).glob("*.json")]
    ran = pulsebench(project, "report", *files, "-o", str(page))
    assert ran.returncode == 0, ran.stderr
    return page


def check_what_holds_for_each_page(found, beside=()):
    allowed = {found["address"], *((Path(found["address"].removeprefix("file://")).parent / name)
                                   .resolve().as_uri() for name in beside)}  # fmt: skip
    assert set(found["requests"]) == allowed
    assert found["messages"] == []
    assert found["hacked"] is None
    assert found["styled"] and found["scripted"]
    for scheme in ("light", "dark"):
        assert found[f"axe_{scheme}"]["violations"] == []
        assert found[f"axe_{scheme}"]["passes"] > 20
    assert found["sidewaysAt400"] == 0
    assert not found["noScript"]["filterVisible"]


def check_that_rows_unfold_without_a_script(found):
    assert found["noScript"]["opened"] == 1 and found["noScript"]["figureVisible"]


@needs_chromium
def test_the_report_of_two_results(project, tmp_path):
    page = reported(project, tmp_path, "old", "new")
    assert page.stat().st_size <= 200_000
    found = looked_at(page, tmp_path / "shots")
    check_what_holds_for_each_page(found)
    check_that_rows_unfold_without_a_script(found)
    assert found["heading"].startswith("✗ regressed: 3 of 60 benchmarks are slower")
    assert found["rows"] == found["unfiltered"] == found["details"] == found["opened"] == 60
    assert found["filtered"]["shown"] == 1 and found["filtered"]["said"] == "1 of 60 shown"
    assert found["openedByKeys"] == 1
    changes = [float(cell.removesuffix(" %")) for cell in found["sorted"]["cells"]]
    assert found["sorted"]["by"] == "ascending" and changes == sorted(changes)
    assert 2 <= found["printedPages"] <= 9


@needs_chromium
def test_the_report_of_one_result(project, tmp_path):
    page = reported(project, tmp_path, "new")
    found = looked_at(page, tmp_path / "shots")
    check_what_holds_for_each_page(found)
    check_that_rows_unfold_without_a_script(found)
    assert found["rows"] == found["details"] == 60
    units = {"ps": 1e-3, "ns": 1, "µs": 1e3}
    costs = [float(number) * units[unit] for number, unit in
             (re.fullmatch(r"([\d.]+) (\S+)", cell).groups() for cell in found["sorted"]["cells"])]  # fmt: skip
    assert costs == sorted(costs)


@needs_chromium
@pytest.mark.parametrize("page", ["index.html", "b/*.html"])
def test_the_pages_of_the_dashboard(project, tmp_path, page):
    site = tmp_path / "site"
    assert pulsebench(project, "dashboard", "-o", str(site)).returncode == 0
    above = "../" if "/" in page else ""
    found = looked_at(sorted(site.glob(page))[0], tmp_path / "shots")
    check_what_holds_for_each_page(found, [above + "page.css", above + "page.js"])


def nights_of(project, root, nights):
    """A copy of the project whose baselines are so many nights of its result."""
    folder = root / "baselines" / "nightly"
    folder.mkdir(parents=True)
    (old,) = (project / "baselines" / "old").glob("*.json")
    text = old.read_text()
    for night in range(nights):
        day = f"{2026 + night // 360}-{night % 360 // 30 + 1:02}-{night % 30 + 1:02}"
        renamed = re.sub(r'"run_id": *"old"', f'"run_id":"night-{night}"', text, count=1)
        (folder / f"{day}.json").write_text(
            re.sub(r'"started": *"[^"]*"', f'"started":"{day}T03:00:00Z"', renamed, count=1)
        )


def test_a_year_of_nights_is_a_site_of_at_most_6_mb_and_is_not_written_twice(project, tmp_path):
    root, site = tmp_path / "year", tmp_path / "site"
    nights_of(project, root, 365)
    first = pulsebench(root, "dashboard", "-o", str(site))
    assert first.returncode == 0, first.stderr
    sizes = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    assert len(sizes) == 3 + 60 + 365
    assert sum(sizes.values()) <= 6_000_000
    assert max(sizes.values()) <= 300_000
    assert "428 files, 0 written" in pulsebench(root, "dashboard", "-o", str(site)).stdout
