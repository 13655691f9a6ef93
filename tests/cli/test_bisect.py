"""`bisect` finds the commit that made a benchmark slower, in repositories made here."""

import os
import signal

import pytest
from repository import Repository


@pytest.fixture
def repository(project):
    """Commits that build a copy of the fake suite whose good/fast is as slow as built.txt says."""
    build = (
        "test ! -e broken && "
        f"cat {os.environ['FAKE_SUITE']} built.txt > out/$(cat name.txt) && chmod +x out/*"
    )
    made = Repository(project, build)
    project.write("name.txt", "fake_good")
    return made


def speed(slower):
    return {"built.txt": f"\nslower={slower} pause=0\n"}


def line_of_commits(repository, culprit, count=16, broken=()):
    """`count` commits, of which those from number `culprit` on are 20 % slower."""
    hashes = []
    for number in range(count):
        files = {**speed(20 if number >= culprit else 0), "number": f"{number}\n"}
        if number in broken:
            files["broken"] = ""
        else:
            (repository.root / "broken").unlink(missing_ok=True)
        hashes.append(repository.commit(f"change number {number}", files))
    return hashes


@pytest.mark.parametrize("culprit", [1, 8, 15])
def test_the_slow_one_of_16_commits_is_named_after_at_most_5_builds(repository, culprit):
    hashes = line_of_commits(repository, culprit)
    ran = repository.bisect(hashes[0], "HEAD", "--filter", "good/fast")
    assert ran.code == 0, ran.err
    words = f"{hashes[culprit][:12]} is the first commit that is slower than {hashes[0][:12]}: +20.0 %"
    assert words in " ".join(ran.out.split())
    assert f"change number {culprit}" in ran.out and "Ada" in ran.out
    assert f"next: see what it changed: git show {hashes[culprit][:12]}" in ran.out
    assert "15 commits from" in ran.err and "at most 4 to build and measure" in ran.err
    assert len(repository.builds()) == len(set(repository.builds())) <= 5
    repository.check_clean()


def test_a_second_search_builds_nothing_and_measures_the_bad_commit_first(repository):
    hashes = line_of_commits(repository, 9)
    assert repository.found("HEAD~15", "HEAD~3", "--filter", "good/fast")["builds"] <= 5
    before = repository.builds()
    repository.project.pulsebench("ab", "HEAD~15", "HEAD")
    again = repository.found("HEAD~15", "HEAD", "--filter", "good/fast")
    assert again["outcome"] == "found" and again["suspects"][0]["commit"] == hashes[9]
    assert again["steps"][0]["position"] == 15, "the bad commit is built, and costs a measurement only"
    assert len(repository.builds()) == len(set(repository.builds()))
    assert repository.builds()[: len(before)] == before


def test_commits_that_do_not_build_are_passed_over(repository):
    hashes = line_of_commits(repository, 9, broken=(4, 7, 8, 12))
    found = repository.found(hashes[0], hashes[15], "--filter", "good/fast")
    assert (found["code"], found["outcome"]) == (5, "narrowed")
    assert [suspect["commit"] for suspect in found["suspects"]] == hashes[7:10]
    skipped = [step for step in found["steps"] if step["finding"] == "skipped"]
    assert skipped and all("the build of" in step["reason"] for step in skipped)
    ran = repository.bisect(hashes[0], hashes[15], "--filter", "good/fast")
    assert "the first slower commit is one of 3" in ran.out and "(exit 5)" in ran.out
    assert f"git log --patch {hashes[7][:12]}^..{hashes[9][:12]}" in ran.out


def test_a_culprit_beside_commits_that_do_not_build_is_found(repository):
    hashes = line_of_commits(repository, 6, broken=(2, 4, 8, 10, 12))
    found = repository.found(hashes[0], hashes[15], "--filter", "good/fast")
    assert (found["code"], found["outcome"]) == (0, "found")
    assert found["suspects"][0]["commit"] == hashes[6]


def test_a_commit_without_the_benchmark_is_passed_over(repository):
    first = repository.commit("one", speed(0))
    repository.commit("two", {"name.txt": "fake_exit_at_start"})
    culprit = repository.commit("three", {"name.txt": "fake_good", **speed(20)})
    found = repository.found(first, "HEAD", "--filter", "good/fast")
    assert found["outcome"] == "narrowed"
    assert found["suspects"][-1]["commit"] == culprit


def test_a_bad_commit_that_is_not_slower_is_said_so(repository):
    hashes = line_of_commits(repository, 99, count=4)
    found = repository.found(hashes[0], hashes[3], "--filter", "good/fast")
    assert (found["code"], found["outcome"]) == (2, "not_slower")
    assert found["suspects"] == []
    ran = repository.bisect(hashes[0], hashes[3], "--filter", "good/fast")
    assert f"{hashes[3][:12]} is not slower than {hashes[0][:12]} beyond 5 %: 0.0 %" in " ".join(ran.out.split())


def test_a_bad_commit_that_does_not_build_is_no_culprit(repository):
    hashes = line_of_commits(repository, 99, count=4, broken=(3,))
    found = repository.found(hashes[0], hashes[3], "--filter", "good/fast")
    assert (found["code"], found["outcome"]) == (3, "not_measured")


def test_a_threshold_decides_what_is_slower(repository):
    hashes = [repository.commit(f"at {slower}", speed(slower)) for slower in (0, 4, 8, 12)]
    culprit = repository.found(hashes[0], "HEAD", "--filter", "good/fast")["suspects"][0]
    assert culprit["commit"] == hashes[2]
    culprit = repository.found(hashes[0], "HEAD", "--filter", "good/fast", "--threshold", "10")
    assert culprit["suspects"][0]["commit"] == hashes[3]


def test_what_is_inconclusive_is_measured_longer(repository):
    hashes = line_of_commits(repository, 2, count=4)
    found = repository.found(hashes[0], "HEAD", "--filter", "good/fast", "--max-blocks", "4")
    assert found["suspects"][0]["commit"] == hashes[2]
    assert "inconclusive: measuring it longer" in found["err"]


def test_a_slow_branch_is_found_as_its_merge_and_then_inside(repository):
    first = repository.commit("root", speed(0))
    repository.git("checkout", "-qb", "topic")
    repository.commit("harmless", {"a": "1"})
    culprit = repository.commit("slow", speed(20))
    repository.commit("harmless again", {"a": "2"})
    repository.git("checkout", "-q", "main")
    repository.commit("on main", {"b": "1"})
    repository.git("merge", "-q", "--no-ff", "-m", "merge topic", "topic")
    merge = repository.git("rev-parse", "HEAD")
    repository.commit("after", {"b": "2"})
    ran = repository.bisect(first, "HEAD", "--filter", "good/fast")
    assert ran.code == 0 and f"{merge[:12]} is the first commit that is slower" in ran.out
    command = ran.out.splitlines()[-1].partition("pulsebench bisect ")[2]
    good, bad, *_ = command.split()
    inside = repository.found(good, bad, "--filter", "good/fast")
    assert inside["suspects"][0]["commit"] == culprit


@pytest.mark.parametrize(
    "words, code, error",
    [
        (["nothing", "HEAD", "--filter", "good/fast"], 2, "'nothing' is no revision"),
        (["HEAD", "HEAD", "--filter", "good/fast"], 2, "are the same commit"),
        (["HEAD", "HEAD~1", "--filter", "good/fast"], 2, "comes after it: give the older one first"),
        (["HEAD~1", "HEAD"], 2, "--filter is required"),
        (["HEAD~1", "HEAD", "--filter", ""], 2, "name it with --filter ID"),
        (["HEAD~1", "HEAD", "--filter", "("], 2, "not a valid regular expression"),
        (["other", "HEAD", "--filter", "good/fast"], 2, "give the commit where both fork"),
    ],
)
def test_what_is_asked_wrongly_is_one_clear_line(repository, words, code, error):
    line_of_commits(repository, 99, count=2)
    repository.git("branch", "other")
    repository.git("checkout", "-q", "other")
    repository.commit("elsewhere", {"c": "1"})
    repository.git("checkout", "-q", "main")
    repository.commit("two", {"d": "1"})
    ran = repository.bisect(*words)
    assert ran.code == code, ran.err
    assert error in ran.err.splitlines()[-1]
    assert ran.out == ""


def test_a_filter_that_matches_several_benchmarks_names_them(repository):
    line_of_commits(repository, 99, count=2)
    ran = repository.bisect("HEAD~1", "HEAD", "--filter", "^good/")
    assert ran.code == 2
    assert "matches 2 benchmarks (good/fast, good/slow); give the id of one" in ran.err


def test_a_good_commit_that_does_not_build_ends_the_search(repository):
    line_of_commits(repository, 99, count=2, broken=(0,))
    ran = repository.bisect("HEAD~1", "HEAD", "--filter", "good/fast")
    assert ran.code == 2 and "failed with exit code 1" in ran.err
    repository.check_clean()


@pytest.mark.parametrize("which, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_build_ends_the_search_and_leaves_nothing(
    project, wait_until, no_process_left, which, code
):
    copy = f"cat {os.environ['FAKE_SUITE']} built.txt > out/fake_good && chmod +x out/*"
    wait = 'if [ "$(cat number)" = 2 ]; then cp /bin/sleep compiler && ./compiler 1000; fi'
    repository = Repository(project, f"{wait}; {copy}")
    hashes = line_of_commits(repository, 3, count=5)
    process = project.start("bisect", hashes[0], hashes[4], "--filter", "good/fast")
    wait_until(lambda: list(project.root.glob(".pulsebench/worktrees/*/compiler")), "the build")
    process.send_signal(which)
    out, err = process.communicate(timeout=30)
    no_process_left(project.root)
    assert process.returncode == code, err
    assert b"interrupted" in out and b"4 commits are left" in out
    repository.check_clean()


@pytest.mark.parametrize("which, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_measurement_ends_the_search(project, wait_until, no_process_left, which, code):
    copy = f"cat {os.environ['FAKE_SUITE']} built.txt > out/fake_good && chmod +x out/*"
    repository = Repository(project, copy)
    slow_visits = {"built.txt": "\nslower=0 pause=90000\n"}
    first = repository.commit("one", slow_visits)
    repository.commit("two", {"number": "1"})
    process = project.start("bisect", first, "HEAD", "--filter", "good/fast")
    wait_until(lambda: len(list(project.root.glob(".pulsebench/builds/*/facts.txt"))) == 2, "the builds")
    process.send_signal(which)
    process.communicate(timeout=30)
    assert process.returncode == code
    no_process_left(project.root)
    repository.check_clean()
