#include "pulsebench/os/guarded_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "fake_tree.hpp"
#include "pulsebench/os/file_lock.hpp"
#include "skip.hpp"

using namespace pulsebench;
using namespace pulsebench::os;
namespace fs = std::filesystem;

namespace {

constexpr uid_t kNobody = 65534, kSomebody = 1000;

bool says(const Error& error, const std::string& part) {
  CAPTURE(error.message);
  return error.message.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a file is read and written below the folder, and its folders are made") {
  const FakeTree tree;
  const GuardedFolder folder{tree.top() / "root"};
  CHECK(folder.read("a/b").error().code == ErrorCode::not_found);
  REQUIRE(folder.write("a/b", "text"));
  CHECK(folder.read("a/b").value() == "text");
  CHECK(folder.facts("a/b")->bytes == 4);
  REQUIRE(folder.list("a")->size() == 1);
  CHECK(folder.list("a")->front().name == "b");
  CHECK(folder.list("a")->front().is_file);
  CHECK_FALSE(*folder.make_folder("a"));
  CHECK(*folder.make_folder("c"));
  REQUIRE(folder.remove("a/b"));
  REQUIRE(folder.remove_folder("a"));
  CHECK(folder.list("a").error().code == ErrorCode::not_found);
}

TEST_CASE("the folder itself may be reached through a link") {
  const FakeTree tree;
  fs::create_directory(tree.top() / "real");
  fs::create_directory_symlink("real", tree.top() / "link");
  REQUIRE(GuardedFolder{tree.top() / "link"}.write("a", "text"));
  CHECK(GuardedFolder{tree.top() / "real"}.read("a").value() == "text");
}

TEST_CASE("no part below the folder may be a link, wherever it leads") {
  const FakeTree tree;
  tree.put("victim/file", "precious");
  const GuardedFolder folder{tree.top() / "root"};
  REQUIRE(folder.write("real/file", "x"));
  fs::create_directory_symlink("../victim", tree.top() / "root/out");
  fs::create_directory_symlink("real", tree.top() / "root/in");
  fs::create_symlink("../victim/file", tree.top() / "root/real/link");
  for (const char* name : {"out/file", "in/file", "real/link"}) {
    CAPTURE(name);
    CHECK(says(folder.read(name).error(), "is a symbolic link"));
    CHECK(folder.read(name).error().code == ErrorCode::bad_input);
    CHECK(says(folder.write(name, "y").error(), "is a symbolic link"));
  }
  CHECK(says(folder.list("out").error(), "is a symbolic link"));
  CHECK(says(folder.check_folder("out").error(), "is a symbolic link"));
  CHECK_FALSE(folder.make_folder("out/new"));
  CHECK_FALSE(folder.remove("out/file"));
  CHECK_FALSE(folder.read("../victim/file"));
  CHECK(read_file(tree.top() / "victim/file").value() == "precious");
  CHECK(fs::is_symlink(tree.top() / "root/real/link"));
}

TEST_CASE("a FIFO, a socket's place and a folder are no files, and nothing waits for them") {
  const FakeTree tree;
  const GuardedFolder folder{tree.top()};
  REQUIRE(::mkfifo((tree.top() / "fifo").c_str(), 0600) == 0);
  fs::create_directory(tree.top() / "folder");
  CHECK(says(folder.read("fifo").error(), "is not a file"));
  CHECK(says(folder.write("fifo", "x").error(), "is not a file"));
  CHECK(says(folder.list("fifo").error(), "is not a folder"));
  CHECK(says(folder.read("folder").error(), "is a directory"));
  CHECK(fs::is_fifo(tree.top() / "fifo"));
}

TEST_CASE("what cannot be looked at is not taken for absent") {
  const FakeTree tree;
  const GuardedFolder folder{tree.top()};
  tree.put("file", "x");
  CHECK(folder.read(std::string(256, 'x')).error().code == ErrorCode::io);  // ENAMETOOLONG
  CHECK(folder.read("file/below").error().code == ErrorCode::bad_input);
}

TEST_CASE("files of another user are refused, and those of the owner of the folder are not") {
  if (::geteuid() != 0) PULSEBENCH_SKIP("only root can give files away");
  const FakeTree tree;
  const GuardedFolder folder{tree.top()};
  tree.put("file", "x");
  tree.put("folder/file", "x");
  REQUIRE(::chown((tree.top() / "file").c_str(), kNobody, kNobody) == 0);
  REQUIRE(::chown((tree.top() / "folder").c_str(), kNobody, kNobody) == 0);
  CHECK(says(folder.read("file").error(), "belongs to another user (uid 65534)"));
  CHECK(says(folder.write("file", "y").error(), "belongs to another user"));
  CHECK(says(folder.read("folder/file").error(), "belongs to another user"));
  REQUIRE(::chown(tree.top().c_str(), kNobody, kNobody) == 0);  // as root in a user's checkout
  CHECK(folder.read("file"));
  CHECK(folder.write("file", "y"));
  struct stat status {};
  REQUIRE(::stat((tree.top() / "file").c_str(), &status) == 0);
  CHECK(status.st_uid == kNobody);
  REQUIRE(::chown((tree.top() / "folder").c_str(), kSomebody, kSomebody) == 0);
  CHECK_FALSE(folder.read("folder/file"));
}

TEST_CASE("a write goes through the staging folder and leaves nothing in it") {
  const FakeTree tree;
  const GuardedFolder folder{tree.top(), "staging"};
  REQUIRE(folder.write("file", "old"));
  fs::permissions(tree.top() / "file", fs::perms{0640});
  REQUIRE(folder.write("file", "new"));
  CHECK(folder.read("file").value() == "new");
  CHECK(fs::status(tree.top() / "file").permissions() == fs::perms{0640});
  CHECK(fs::is_empty(tree.top() / "staging"));
  REQUIRE(folder.write("program", "x", 0700));
  CHECK(fs::status(tree.top() / "program").permissions() == fs::perms{0700});
}

TEST_CASE("where root made the staging folder and the lock, its owner still writes the project") {
  if (::geteuid() != 0) PULSEBENCH_SKIP("only root can become another user");
  const FakeTree tree;
  const GuardedFolder folder{tree.top(), "own/staging"};
  REQUIRE(folder.write("own/file", "x"));
  REQUIRE(FileLock::try_take(tree.top() / "own/lock")->has_value());
  REQUIRE(::chown(tree.top().c_str(), kNobody, kNobody) == 0);
  REQUIRE(::seteuid(kNobody) == 0);
  const auto written = folder.write("baseline", "x");
  const auto refused = folder.write("own/file", "y");
  const auto lock = FileLock::try_take(tree.top() / "own/lock");
  REQUIRE(::seteuid(0) == 0);
  CHECK(written);
  CHECK_FALSE(refused);
  CHECK((lock && lock->has_value()));
}
