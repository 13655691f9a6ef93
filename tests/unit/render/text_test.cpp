#include "pulsebench/render/text.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace pulsebench::render;

namespace {

std::vector<std::string> lines(const Text& text, int width) {
  std::vector<std::string> result;
  for (const Text& line : wrapped(text, width)) result.push_back(line.drawn(Style{}));
  return result;
}

}  // namespace

TEST_CASE("text wraps at blanks, and in a word only where the word is too long") {
  CHECK(lines("one two three", 20) == std::vector<std::string>{"one two three"});
  CHECK(lines("one two three", 8) == std::vector<std::string>{"one two", "three"});
  CHECK(lines("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(lines("abcdefgh ij", 4) == std::vector<std::string>{"abcd", "efgh", "ij"});
  CHECK(lines("基準測定", 5) == std::vector<std::string>{"基準", "測定"});
  CHECK(lines("noise 5 % more", 8) == std::vector<std::string>{"noise", "5 % more"});
  CHECK(lines("", 5) == std::vector<std::string>{""});
}

TEST_CASE("wrapping keeps the tones") {
  const Text text = Text{"all is ", Tone::plain}.add("well now", Tone::good);
  const auto parts = wrapped(text, 11);
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].spans.back().tone == Tone::good);
  CHECK(parts[1].spans.front().tone == Tone::good);
  CHECK(parts[1].spans.front().text == "now");
}

TEST_CASE("a wide character in no room at all still ends") { CHECK(lines("基準", 1).size() >= 2); }

TEST_CASE("further lines hang below the first") {
  CHECK(hanging("!", "one two three", Style{.width = 9}) == "! one two\n  three\n");
}

TEST_CASE("items flow in lines that break between them") {
  const std::vector<Text> items{"12.4 s", "400 launches", "", "seed 1"};
  CHECK(flowed(items, " · ", Style{.width = 80}) == "12.4 s · 400 launches · seed 1\n");
  CHECK(flowed(items, " · ", Style{.width = 21}) == "12.4 s · 400 launches\nseed 1\n");
  CHECK(flowed({}, " · ", Style{}).empty());
}

TEST_CASE("an item too long for a line is wrapped without a separator inside it") {
  CHECK(flowed({"a", "one two three", "b"}, "; ", Style{.width = 8}) == "a\none two\nthree; b\n");
}

TEST_CASE("text that could steer a terminal is made harmless where it becomes text") {
  CHECK(Text{"\x1b[2J\u202e\n"}.plain() == "?[2J??");
  CHECK(Text{std::string(3000, 'a')}.plain().size() == kLongestText + 3);  // and "..."
}

TEST_CASE("a cut keeps the tone of the part that stays") {
  const Text text = Text{"pre ", Tone::quiet}.add("hooks/before_poll/threads:4");
  CHECK(cut(text, 10, Style{}).drawn(Style{}) == "pre hooks…");
  CHECK(cut_name(text, 15, Style{}).drawn(Style{}) == "pre hooks…ads:4");
  CHECK(cut_name(text, 40, Style{}).width() == 31);
}
