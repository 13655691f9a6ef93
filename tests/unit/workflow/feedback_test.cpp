#include "workflow/feedback.hpp"

#include <doctest/doctest.h>

using workflow::comment_on;
using workflow::count_words;

namespace {

std::string words(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "word ";
  return text;
}

}  // namespace

// The counts are those of `printf '…' | wc -w`.
TEST_CASE("words are what white space separates") {
  CHECK(count_words("") == 0);
  CHECK(count_words(" \t\n ") == 0);
  CHECK(count_words("one") == 1);
  CHECK(count_words("  one,two\tthree\nfour ") == 3);
}

TEST_CASE("a comment names the length of the answer and judges it") {
  const auto comments = comment_on({{1, words(99)}, {2, words(100)}, {5, words(501)}});
  REQUIRE(comments.size() == 3);
  CHECK(comments[0].words == 99);
  CHECK(comments[0].text.find("has 99 words. Say more") != std::string::npos);
  CHECK(comments[1].text.find("The length is right.") != std::string::npos);
  CHECK(comments[2].question == 5);
  CHECK(comments[2].text.find("Say less") != std::string::npos);
}

TEST_CASE("a comment says whether a source is named") {
  const auto comments = comment_on({{1, "As Codd (1970) shows."},
                                    {2, "It is known (Codd, 1970)."},
                                    {3, "See https://example.org/paper."},
                                    {4, "I think so."}});
  REQUIRE(comments.size() == 4);
  for (int i = 0; i < 3; ++i) {
    CHECK(comments[static_cast<std::size_t>(i)].text.find("You name a source.") !=
          std::string::npos);
  }
  CHECK(comments[3].text.find("Name the sources") != std::string::npos);
}
