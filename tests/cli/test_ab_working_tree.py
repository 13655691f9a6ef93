"""`ab` of one revision and the working tree, of a fork point, and of projects of other shapes."""

import os
import shutil
import subprocess

from test_ab_revisions import git, revisions, under_git  # noqa: F401 (a fixture)


def test_one_revision_means_that_revision_and_the_working_tree_as_it_is(project):
    root = project.root
    under_git(project, f"cat {os.environ['FAKE_SUITE']} built.txt new.txt > out/fake_good && chmod +x out/*",
              "suites", "machine")
    project.write("built.txt", "\n")
    project.write("new.txt", "\nslower=0 pause=0\n")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "one")
    git(root, "tag", "main")
    git(root, "rm", "-q", "--cached", "new.txt")  # it is in the tree all the same
    project.write("new.txt", "\nslower=15 pause=0\n")
    status = subprocess.check_output(["git", "status", "--porcelain"], cwd=root)
    ran = project.pulsebench("ab", "main", "--format", "json")
    assert ran.code == 1, ran.err
    document = ran.json()
    assert (document["base"], document["candidate"]) == ("main", "working tree")
    assert document["summary"].endswith("the working tree was built in a copy")
    assert document["candidate_origin"].startswith("uncommitted changes on commit ")
    assert subprocess.check_output(["git", "status", "--porcelain"], cwd=root) == status
    assert "building " not in project.pulsebench("ab", "main").err, "the same tree is built once"
    git(root, "checkout", "-q", "-f", "main")
    ran = project.pulsebench("ab", "main", "--format", "json", "--max-blocks", "12")
    assert ran.code == 0
    assert "building " not in ran.err
    assert ran.json()["candidate_origin"].endswith("nothing uncommitted")
    assert "same_binaries" in ran.json()["warning_codes"]


def test_the_working_tree_is_compared_with_the_commit_it_forked_from(project):
    root = project.root
    (root / "upstream").mkdir()  # a folder of the name of a branch
    under_git(project, f"cat {os.environ['FAKE_SUITE']} built.txt > out/fake_good && chmod +x out/*",
              "suites")
    for commit, slower in [("one", 0), ("theirs", 15)]:
        project.write("built.txt", f"\nslower={slower} pause=0\n")
        git(root, "add", "-A")
        git(root, "commit", "-qm", commit)
        git(root, "tag", commit)
    git(root, "branch", "upstream")
    git(root, "checkout", "-q", "-b", "mine", "one")
    git(root, "commit", "-qm", "mine", "--allow-empty")
    words = ("--format", "json", "--max-blocks", "24")
    ran = project.pulsebench("ab", "upstream", "--merge-base", *words)
    assert ran.code == 0, ran.err
    one = subprocess.check_output(["git", "rev-parse", "one"], cwd=root, text=True).strip()
    assert ran.json()["base_origin"] == f"where HEAD forked, commit {one[:12]}"
    assert {b["verdict"] for b in ran.json()["benchmarks"]} == {"unchanged"}
    ran = project.pulsebench("ab", "upstream", "theirs", "--merge-base", *words)
    assert ran.json()["base_origin"].startswith("where theirs forked")
    suite = project.suite("fake_good")
    refused = project.pulsebench("ab", suite, "HEAD", "--merge-base")
    assert refused.code == 2 and "needs git revisions" in refused.only_error()


def test_a_shallow_clone_without_the_fork_point_says_what_to_fetch(project, revisions):
    revisions()
    git(project.root, "branch", "upstream", "HEAD~1")
    git(project.root, "checkout", "-q", "-b", "mine")
    git(project.root, "commit", "-qm", "three", "--allow-empty")
    shallow = project.root / "shallow"
    git(project.root, "clone", "-q", "--depth", "1", "--no-single-branch",
        f"file://{project.root}", str(shallow))
    words = ("--root", str(shallow), "ab", "origin/upstream", "--merge-base")
    ran = project.pulsebench(*words)
    assert ran.code == 2
    assert "have no commit in common" in ran.only_error()
    assert "shallow clone: git fetch --unshallow" in ran.only_error()
    git(shallow, "fetch", "-q", "--unshallow")
    ran = project.pulsebench(*words, "--max-blocks", "4")
    assert ran.code == 0, ran.err


def test_sub_modules_are_checked_out_from_where_they_are(project, tmp_path):
    def repository(name, **files):
        folder = tmp_path / name
        folder.mkdir()
        git(folder, "init", "-q")
        for file, text in files.items():
            (folder / file).write_text(text)
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", name)
        return folder

    inner = repository("inner", text="inner\n")
    vendor = repository("vendor", text="vendor\n")
    local = ("-c", "protocol.file.allow=always", "submodule")
    git(vendor, *local, "add", "-q", str(inner), "inner")
    git(vendor, "commit", "-qm", "with inner")
    root = project.root
    under_git(project, f"grep vendor vendor/text && grep inner vendor/inner/text && "
              f"cp {os.environ['FAKE_SUITE']} out/fake_good", "suites")
    git(root, *local, "add", "-q", str(vendor), "vendor")
    git(root, *local, "update", "-q", "--init", "--recursive")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "one")
    inner.rename(tmp_path / "gone")  # nothing is fetched: it is all here
    vendor.rename(tmp_path / "gone too")
    ran = project.pulsebench("ab", "HEAD", "--max-blocks", "4")
    assert ran.code == 0, ran.err
    (root / "vendor" / "text").write_text("vendor changed\n")
    ran = project.pulsebench("ab", "HEAD", "--max-blocks", "4")
    assert "warning: what is not committed in sub-module vendor is not part of the build" in ran.err


def test_a_project_in_a_folder_of_the_repository_is_built_there(project, tmp_path):
    under_git(project, f"test -f config/pulsebench.json && cp {os.environ['FAKE_SUITE']} out/fake_good",
              "suites")
    shutil.rmtree(project.root / ".git")
    git(project.root.parent, "init", "-q")
    git(project.root.parent, "add", "-A")
    git(project.root.parent, "commit", "-qm", "one")
    ran = project.pulsebench("ab", "HEAD", "--max-blocks", "4")
    assert ran.code == 0, ran.err
