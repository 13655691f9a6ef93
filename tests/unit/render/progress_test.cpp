#include "pulsebench/render/progress.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <vector>

#include "pulsebench/render/text.hpp"

using namespace pulsebench::render;
using namespace std::chrono_literals;

namespace {

/// Progress with a clock that a test turns and a stream that it reads.
struct Stage {
  explicit Stage(bool is_terminal)
      : progress(
            Style{.width = 80}, is_terminal, [this] { return now; },
            [this](std::string_view text) { written.emplace_back(text); }) {}

  std::chrono::steady_clock::time_point now{};
  std::vector<std::string> written;
  Progress progress;
};

}  // namespace

TEST_CASE("progress shows bar, share, launches, time left and the benchmark") {
  CHECK(render({180, 440, "budget/consume", 12s}, Style{.width = 80}) ==
        "━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌  40 %  180/440  12 s left  budget/consume");
  CHECK(render({440, 440, "", {}}, Style{.width = 80}) ==
        "━━━━━━━━━━━━━━━━━━━━━━━━ 100 %  440/440");
  CHECK(render({0, 0, "", {}}, Style{.unicode = false, .width = 80}) ==
        "........................   0 %  0/0");
  CHECK(render({1, 4, "x", 3s, "blocks", "3 unchanged, 1 suspect"}, Style{.width = 80}) ==
        "━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌  25 %  1/4  3 s left  3 unchanged, 1 suspect  x");
  CHECK(render_plain({1, 4, "x", 3s, "blocks", "1 failed"}) ==
        " 25 %  1 of 4 blocks, about 3 s left; 1 failed");
  CHECK(render_plain({1, 4, "x", 3s}) == " 25 %  1 of 4 launches, about 3 s left");
  CHECK(render_plain({1, 4, "x", 3s, "blocks"}) == " 25 %  1 of 4 blocks, about 3 s left");
  CHECK(render_plain({180, 440, "x", 12s}) == " 40 %  180 of 440 launches, about 12 s left");
}

TEST_CASE("a long or hostile name never makes the line wider than the terminal or steers it") {
  const std::string names[] = {std::string(500, 'x'), "\x1b[2J", "基準測定基準測定基準測定基準測定",
                               "e\u0301e\u0301"};
  for (const auto& name : names) {
    for (int width = 1; width < 130; ++width) {
      const std::string line = render({99'999, 100'000, name, 3599s}, Style{.width = width});
      CHECK(display_width(line) < width);
      CHECK(line.find('\x1b') == std::string::npos);
    }
  }
}

TEST_CASE("a terminal is redrawn at most ten times a second, and at the end") {
  Stage stage{true};
  for (int done = 0; done <= 100; ++done) {
    stage.progress.update({done, 100, "a", {}});
    stage.now += 20ms;
  }
  // 100 steps of 20 ms are 2 s: at 0, 100, ... 2000 ms.
  CHECK(stage.written.size() == 21);
  CHECK(stage.written.back().find("100 %") != std::string::npos);
  for (const auto& frame : stage.written) CHECK(frame.find('\n') == std::string::npos);
}

TEST_CASE("the time left is that of the pace so far") {
  Stage stage{true};
  stage.progress.update({10, 50, "a", {}});
  CHECK(stage.written.back().find("left") == std::string::npos);
  stage.now += 5s;
  stage.progress.update({20, 50, "a", {}});  // 10 launches in 5 s, 30 to go
  CHECK(stage.written.back().find("15 s left") != std::string::npos);
}

TEST_CASE("the share of the work goes before the number of decisions, also for the time left") {
  Stage stage{false};
  stage.progress.update({.done = 0, .total = 60, .unit = "benchmarks", .share = 0.0});
  stage.now += 4s;
  stage.progress.update({.done = 0, .total = 60, .unit = "benchmarks", .share = 0.4});
  // 40 % in 4 s, and 60 % to go.
  CHECK(stage.written.back() == " 40 %  0 of 60 benchmarks, about 6 s left\n");
}

TEST_CASE("clearing takes the line away once, and the next update draws it again") {
  Stage stage{true};
  stage.progress.clear();
  CHECK(stage.written.empty());
  stage.progress.update({1, 10, "a", {}});
  stage.progress.clear();
  CHECK(stage.written.back() == "\r\x1b[K");
  stage.progress.clear();
  CHECK(stage.written.size() == 2);
  stage.progress.update({2, 10, "a", {}});
  CHECK(stage.written.size() == 3);
}

TEST_CASE("off a terminal there is one plain line for each tenth at most") {
  Stage stage{false};
  for (int done = 0; done <= 1000; ++done) stage.progress.update({done, 1000, "a", {}});
  CHECK(stage.written.size() == 10);
  CHECK(stage.written.front().rfind(" 10 %  100 of 1000 launches", 0) == 0);
  for (const auto& line : stage.written) {
    CHECK(line.back() == '\n');
    CHECK(line.find('\r') == std::string::npos);
    CHECK(line.find('\x1b') == std::string::npos);
  }
}

TEST_CASE("a short run off a terminal skips tenths it jumps over") {
  Stage stage{false};
  for (int done = 0; done <= 3; ++done) stage.progress.update({done, 3, "a", {}});
  CHECK(stage.written.size() == 3);
}
