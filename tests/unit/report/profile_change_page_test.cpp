#include "pulsebench/report/profile_change_page.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "profile/samples.hpp"

using namespace pulsebench;
using namespace pulsebench::profile;

namespace {

/// An operation of 100 ns, of which leaf() takes 30 and then 40. Its caller run() keeps its 70.
report::ProfilePair grown_leaf() {
  report::ProfilePair pair{.old_name = "old",
                           .new_name = "new",
                           .old_side = {.benchmark = "a/b", .by = "perf", .period_ns = 1e6},
                           .new_side = {.benchmark = "a/b", .by = "perf", .period_ns = 1e6},
                           .change = {},
                           .regressed = true};
  for (const std::uint64_t wander : {0U, 3U, 1U, 2U, 0U, 3U, 1U, 2U}) {
    add_launch(pair.old_side, 100.0, {{{"leaf", "run"}, 298 + wander}, {{"run"}, 702 - wander}});
    add_launch(pair.new_side, 110.0, {{{"leaf", "run"}, 362 + wander}, {{"run"}, 638 - wander}});
  }
  pair.change = change_of(pair.old_side, pair.new_side, SpotsBy::function);
  return pair;
}

std::string graph_of(const render::Page& page) {
  const auto svg =
      std::find_if(page.attachments.begin(), page.attachments.end(),
                   [](const render::Attachment& attachment) { return attachment.format == "svg"; });
  REQUIRE(svg != page.attachments.end());
  return svg->write();
}

}  // namespace

TEST_CASE("the headline names the function that grew, by how much") {
  const render::Page page = report::profile_change_page(grown_leaf(), SpotsBy::function, 1);
  CHECK(page.headline.verdict == "regressed");
  const std::string first = page.headline.clauses.front().plain();
  CHECK(first.find("leaf") == 0);
  CHECK(first.find("+10.") != std::string::npos);
}

TEST_CASE("only what changed significantly has a colour, and the rest says that it did not") {
  report::ProfilePair pair = grown_leaf();
  SUBCASE("a function grew") {
    const std::string svg = graph_of(report::profile_change_page(pair, SpotsBy::function, 1));
    CHECK(svg.find("#f08070") != std::string::npos);
  }
  SUBCASE("nothing did") {
    pair.change = change_of(pair.new_side, pair.new_side, SpotsBy::function);
    const std::string svg = graph_of(report::profile_change_page(pair, SpotsBy::function, 0));
    CHECK(svg.find("#f08070") == std::string::npos);
    CHECK(svg.find("not significant") != std::string::npos);
  }
}
