#include "session.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "once.hpp"
#include "pulse_console_tables/lines.hpp"

using namespace std::chrono_literals;
using pulsebench::console::replay;
using pulsebench::console::Session;

namespace {

struct Folder {
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "console-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string write(const std::string& text) const {
    const auto file = path / "recording";
    std::ofstream(file) << text;
    return file;
  }

  std::filesystem::path path;
};

std::string content(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

std::string recording() {
  return std::string(kHello) + "\n" + everything_text(1'000, task_text(7, "waiting", "")) + "\n" +
         changes_text(3'600'000'000'000, task_text(8, "waiting", ""), "") + "\n";
}

}  // namespace

TEST_CASE("a recording is read to its end at once, and recorded again byte by byte") {
  const Folder folder;
  auto feed = replay(folder.write(recording()), true);
  REQUIRE(feed.has_value());
  Session session(std::move(*feed));
  const auto copy = folder.path / "copy";
  REQUIRE(session.record_to(copy).has_value());
  REQUIRE(watch_for(session, 0ms).has_value());
  CHECK(session.feed().is_over());
  CHECK(session.tasks().rows().size() == 2);
  CHECK(content(copy) == recording());
}

TEST_CASE("a recording is played at its own speed otherwise") {
  const Folder folder;
  auto feed = replay(folder.write(recording()), false);
  REQUIRE(feed.has_value());
  Session session(std::move(*feed));
  const auto taken = session.take();
  REQUIRE(taken.has_value());
  CHECK(*taken);
  CHECK_FALSE(session.feed().is_over());  // the last line is due in an hour
  CHECK(session.tasks().rows().size() == 1);
  CHECK(session.feed().wait_ms() > 0);
}

TEST_CASE("a torn recording, an empty one and one that is none are errors") {
  const Folder folder;
  const auto error = [&](const std::string& text) {
    auto feed = replay(folder.write(text), true);
    REQUIRE(feed.has_value());
    Session session(std::move(*feed));
    const auto watched = watch_for(session, 0ms);
    REQUIRE_FALSE(watched.has_value());
    return watched.error().message;
  };
  CHECK_FALSE(error(recording().substr(0, recording().size() - 20)).empty());
  CHECK(error("") == "the program ended before it sent its tasks");
  CHECK_FALSE(error("a text\n").empty());
  CHECK_FALSE(replay(folder.path / "nothing", true).has_value());
}
