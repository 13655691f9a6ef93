#include "pulsebench/report/review_part.hpp"

#include <doctest/doctest.h>

#include "fixtures.hpp"
#include "golden.hpp"

using namespace pulsebench;
using namespace pulsebench::report;

namespace {

BenchmarkId id(const char* text) { return *BenchmarkId::parse(text); }

std::vector<trend::Review> sample() {
  trend::Review review{.machine_kind = "epyc@00112233",
                       .since = "2026-08-06",
                       .until = "2026-08-13",
                       .nights = 7,
                       .missing = 1,
                       .series = 60};
  review.drifts = {{id("metrics/a|b"), Tier::fast, Cost{10}, Cost{10.2}}};
  review.targets = {{id("spawn/local"), Tier::fast, Cost{600}, Cost{500}},
                    {id("budget/consume"), Tier::critical, Cost{0.861}, Cost{15}}};
  review.noisier = {{id("queue/spsc"), Tier::concurrent, Percent{1}, Percent{4.2}}};
  for (int i = 0; i < 12; ++i) review.still.push_back(id(("still/" + std::to_string(i)).c_str()));
  return {review};
}

/// A page, as that of a trend, with the review.
render::Page with(const std::vector<trend::Review>& reviews, bool all = false) {
  render::Page page{.title = "trend"};
  page.headline.clauses = {"slower: 1 of 60 series"};
  add_review(page, reviews, all);
  return page;
}

}  // namespace

TEST_CASE("a review fits 80 columns, and is Markdown for an issue") {
  const auto reviews = sample();
  fixtures::check_golden("review_80.txt", fixtures::as_text(with(reviews), 80));
  fixtures::check_golden("review.md", fixtures::as_markdown(with(reviews)));
}

TEST_CASE("a review without anything to see says so") {
  const std::vector<trend::Review> quiet{{.machine_kind = "k", .since = "2026-08-06", .until = ""}};
  const std::string text = fixtures::as_text(with(quiet));
  for (const char* line : {"drifts: none", "targets: none is set", "noise: grew nowhere",
                           "never moved: none", "2026-08-06 to today"}) {
    CAPTURE(line);
    CHECK(text.find(line) != std::string::npos);
  }
}

TEST_CASE("a table ends after 10 rows, unless all are asked for") {
  const auto reviews = sample();
  CHECK(fixtures::as_text(with(reviews)).find("still/11") == std::string::npos);
  CHECK(fixtures::as_text(with(reviews, true)).find("still/11") != std::string::npos);
}
