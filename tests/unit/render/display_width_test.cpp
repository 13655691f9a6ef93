#include "pulsebench/render/text.hpp"

#include <doctest/doctest.h>

using namespace pulsebench::render;

// Expected widths: Unicode standard annex 11 (East Asian Width W and F are two columns), general
// category Mn is none.
TEST_CASE("wide characters take two columns, combining marks none") {
  CHECK(display_width("") == 0);
  CHECK(display_width("consume") == 7);
  CHECK(display_width("größe") == 5);
  CHECK(display_width("e\u0301") == 1);  // e, combining acute accent
  CHECK(display_width("基準") == 4);
  CHECK(display_width("Ａ") == 2);  // fullwidth A
  CHECK(display_width("🚀") == 2);
  CHECK(display_width("✓ ─ µ ± … →") == 11);
}

TEST_CASE("bytes that are not UTF-8 count one column each") {
  CHECK(display_width("\xFF\xC3") == 2);
}

TEST_CASE("text that fits is not cut") {
  CHECK(cut_end("consume", 7, "…") == "consume");
  CHECK(cut_middle("consume", 7, "…") == "consume");
}

TEST_CASE("a cut keeps the beginning, or both ends, around an ellipsis") {
  CHECK(cut_end("before_poll", 6, "…") == "befor…");
  CHECK(cut_end("before_poll", 6, "..") == "befo..");
  CHECK(cut_middle("hooks/before_poll/threads:4", 15, "…") == "hooks/b…reads:4");
  CHECK(cut_middle("abcdef", 4, "..") == "a..f");
}

TEST_CASE("a wide character is never split and a mark stays with its letter") {
  CHECK(cut_end("基準測定", 4, "…") == "基…");
  CHECK(cut_end("基準測定", 5, "…") == "基準…");
  CHECK(cut_middle("e\u0301xxxxe\u0301", 4, "…") == "e\u0301x…e\u0301");
}

TEST_CASE("a cut is never wider than the room, down to none at all") {
  for (const char* text : {"hooks/before_poll", "基準測定基準", "e\u0301e\u0301e\u0301", "🚀🚀🚀"}) {
    for (int width = 0; width < 20; ++width) {
      CHECK(display_width(cut_end(text, width, "…")) <= width);
      CHECK(display_width(cut_middle(text, width, "…")) <= width);
      CHECK(display_width(cut_middle(text, width, "..")) <= width);
    }
  }
}
