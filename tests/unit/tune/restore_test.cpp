#include "pulsebench/tune/restore.hpp"

#include <cerrno>

#include <doctest/doctest.h>

#include "fake_settings.hpp"

using namespace pulsebench::tune;

TEST_CASE("values are restored in reverse order, each once") {
  FakeSettings io;
  io.files = {{"/a", "2\n"}, {"/b", "y\n"}};
  const auto report = restore(io, {{"/a", "1\n", "2"}, {"/b", "x\n", "y"}});
  CHECK(io.writes == std::vector<std::string>{"/b=x", "/a=1"});
  CHECK(io.files["/a"] == "1\n");
  CHECK(report.put_back.size() == 2);
  CHECK(report.complete());
}

TEST_CASE("a value set by another program is not changed and is reported") {
  FakeSettings io;
  io.files = {{"/a", "99\n"}};
  const auto report = restore(io, {{"/a", "1\n", "2"}});
  CHECK(io.writes.empty());
  REQUIRE(report.left_alone.size() == 1);
  CHECK(report.left_alone[0] == "/a is '99', changed by another program (it was '1')");
}

TEST_CASE("a setting that was journalled but not written is not changed") {
  FakeSettings io;
  io.files = {{"/a", "1\n"}};
  const auto report = restore(io, {{"/a", "1\n", "2"}});
  CHECK(io.writes.empty());
  CHECK(report.put_back.empty());
  CHECK(report.left_alone.empty());
}

TEST_CASE("a setting that was changed twice is restored to the first value") {
  FakeSettings io;
  io.files = {{"/a", "3\n"}};
  CHECK(restore(io, {{"/a", "1\n", "2"}, {"/a", "1\n", "3"}}).complete());
  CHECK(io.files["/a"] == "1\n");
}

TEST_CASE("a turbo switch that the governor's restoration resets is restored again") {
  FakeSettings io;
  io.files = {{"/governor", "performance\n"}, {"/no_turbo", "1\n"}};
  io.side_effects["/governor"] = [](FakeSettings& kernel) { kernel.files["/no_turbo"] = "0\n"; };
  // no_turbo was 1, the governor's write changed it to 0, and the knob to 1 again.
  const auto report =
      restore(io, {{"/governor", "powersave\n", "performance"}, {"/no_turbo", "1\n", "1"}});
  CHECK(report.complete());
  CHECK(io.files["/no_turbo"] == "1\n");
  CHECK(io.files["/governor"] == "powersave\n");
}

TEST_CASE("a preference that is busy under one governor is restored after the governor") {
  FakeSettings io;
  io.files = {{"/governor", "performance\n"}, {"/epp", "performance\n"}};
  io.refuses["/epp"] = EBUSY;
  io.side_effects["/governor"] = [](FakeSettings& kernel) { kernel.refuses.erase("/epp"); };
  const auto report = restore(io, {{"/governor", "powersave\n", "performance"},
                                   {"/epp", "balance_power\n", "performance"}});
  CHECK(report.complete());
  CHECK(io.files["/epp"] == "balance_power\n");
}

TEST_CASE("a refusal of the kernel is a failure with the reason") {
  FakeSettings io;
  io.files = {{"/a", "2\n"}, {"/b", "2\n"}};
  io.refuses["/a"] = EPERM;
  io.ignores.insert("/b");
  const auto report = restore(io, {{"/a", "1\n", "2"}, {"/b", "1\n", "2"}});
  CHECK_FALSE(report.complete());
  REQUIRE(report.failed.size() == 2);
  CHECK(report.failed[0] == "/a cannot be restored to '1': Operation not permitted");
  CHECK(report.failed[1] == "/b cannot be restored to '1': accepted, but without effect");
}

TEST_CASE("a missing setting is reported, and the others are restored") {
  FakeSettings io;
  io.files = {{"/b", "2\n"}};
  const auto report = restore(io, {{"/a", "1\n", "2"}, {"/b", "1\n", "2"}});
  CHECK(report.left_alone == std::vector<std::string>{"/a no longer exists"});
  CHECK(io.files["/b"] == "1\n");
}

TEST_CASE("a choice is restored by its word") {
  FakeSettings io;
  io.files = {{"/thp", "always madvise [never]\n"}};
  CHECK(restore(io, {{"/thp", "[always] madvise never\n", "never"}}).complete());
  CHECK(io.writes == std::vector<std::string>{"/thp=always"});
  CHECK(io.files["/thp"] == "[always] madvise never\n");
}

TEST_CASE("a path that is not a setting is not written") {
  FakeSettings io;
  io.files = {{"etc/passwd", "2\n"}};
  const auto report = restore(io, {{"etc/passwd", "1\n", "2"}});
  CHECK(io.writes.empty());
  CHECK(report.left_alone.size() == 1);
}

TEST_CASE("a setting that cannot be read failed, and is neither written nor called missing") {
  FakeSettings io;
  io.files = {{"/a", "2\n"}, {"/b", "2\n"}};
  io.unreadable.insert("/a");
  const auto report = restore(io, {{"/a", "1\n", "2"}, {"/b", "1\n", "2"}});
  CHECK(report.failed == std::vector<std::string>{"/a cannot be restored to '1': cannot read /a"});
  CHECK(report.left_alone.empty());
  CHECK(io.writes == std::vector<std::string>{"/b=1"});
}

TEST_CASE("a value that only the second round can read is not taken for ours") {
  FakeSettings io;
  io.files = {{"/a", "2\n"}, {"/b", "99\n"}};
  io.unreadable.insert("/b");
  io.side_effects["/a"] = [](FakeSettings& kernel) { kernel.unreadable.clear(); };
  const auto report = restore(io, {{"/a", "1\n", "2"}, {"/b", "1\n", "2"}});
  CHECK(io.files["/b"] == "99\n");
  CHECK(report.left_alone.size() == 1);
}

TEST_CASE("a setting that cannot be read after its write failed") {
  FakeSettings io;
  io.files = {{"/a", "2\n"}};
  io.side_effects["/a"] = [](FakeSettings& kernel) { kernel.unreadable.insert("/a"); };
  CHECK_FALSE(restore(io, {{"/a", "1\n", "2"}}).complete());
}
