"""`dashboard`: a static site over all stored results."""

import json
import re


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_site_has_an_index_and_a_page_for_each_benchmark_and_result(measured, tmp_path):
    ran = measured.pulsebench("dashboard", "-o", str(tmp_path / "site"))
    assert (ran.code, ran.err) == (0, ""), ran.err
    files = files_of(tmp_path / "site")
    assert {"index.html", "page.css", "page.js"} < set(files)
    assert sum(name.startswith("run/") for name in files) == 3
    index = files["index.html"].decode()
    assert "pr-123" in index and "good/fast" in index
    assert "<h1>✓ unchanged: " in index and "<code>again</code>, compared with <code>main</code>" in index
    for target in re.findall(r'href="([^"#]+)"', index):
        assert target in files, target


def test_links_between_the_pages_are_relative_and_lead_somewhere(measured, tmp_path):
    site = tmp_path / "site"
    measured.pulsebench("dashboard", "-o", str(site))
    for page in site.rglob("*.html"):
        for target in re.findall(r'(?:href|src)="([^"#]+)"', page.read_text()):
            assert (page.parent / target).resolve().is_file(), f"{page}: {target}"


def test_a_second_time_nothing_is_written(measured, tmp_path):
    site = tmp_path / "site"
    first = measured.pulsebench("dashboard", "-o", str(site))
    before = files_of(site)
    times = {name: (site / name).stat().st_mtime_ns for name in before}
    second = measured.pulsebench("dashboard", "-o", str(site))
    assert f"{len(before)} files, {len(before)} written" in first.out
    assert f"{len(before)} files, 0 written" in second.out
    assert files_of(site) == before
    assert {name: (site / name).stat().st_mtime_ns for name in before} == times


def test_without_a_result_the_site_says_how_to_get_one(project, tmp_path):
    ran = project.pulsebench("dashboard", "-o", str(tmp_path / "site"))
    assert ran.code == 0, ran.err
    assert "pulsebench run --save main" in (tmp_path / "site" / "index.html").read_text()


def test_a_hostile_name_is_in_no_path_and_no_markup(project, tmp_path):
    project.save("main")
    file = project.baseline("main")
    document = json.loads(file.read_text())
    document["run_id"] = "../../../escaped"
    document["benchmarks"][0]["id"] = "../<script>x</script>"
    file.write_text(json.dumps(document))
    assert project.pulsebench("dashboard", "-o", str(tmp_path / "a" / "b" / "site")).code == 0
    assert [path.name for path in tmp_path.iterdir() if path.name != "project"] == ["a"]
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]
    for name, content in files_of(tmp_path / "a" / "b" / "site").items():
        assert re.fullmatch(r"(b/|run/)?[a-z0-9.-]+", name) and ".." not in name
        assert b"<script>x" not in content


def test_nothing_is_written_through_a_link(project, tmp_path):
    project.save("main")
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    site.mkdir()
    elsewhere.mkdir()
    (site / "b").symlink_to(elsewhere)
    ran = project.pulsebench("dashboard", "-o", str(site))
    assert ran.code == 2
    assert "symbolic link" in ran.only_error()
    assert list(elsewhere.iterdir()) == []


def test_a_folder_is_required(project):
    ran = project.pulsebench("dashboard")
    assert ran.code == 2
    assert "--output" in ran.only_error()
