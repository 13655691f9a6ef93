#include "pulsebench/compare/comparison.hpp"

#include <doctest/doctest.h>

#include "compared.hpp"

using namespace pulsebench;
using namespace pulsebench::compare;

TEST_CASE("a missing benchmark of a tier that gates fails the run, unless that is allowed") {
  const auto both = result_of("both", near(10));
  auto gone = result_of("gone", near(10));
  CHECK(compared(document_of({gone, both}), document_of({both})).misses_gating());
  CHECK_FALSE(compared(document_of({both}), document_of({gone, both})).misses_gating());
  gone.info.tier = Tier::fast;
  CHECK_FALSE(compared(document_of({gone, both}), document_of({both})).misses_gating());
  gone.info.tier = Tier::critical;
  gone.info.role = Role::floor;
  CHECK_FALSE(compared(document_of({gone, both}), document_of({both})).misses_gating());
  gone.info.role = Role::operation;
  Comparison allowed = compared(document_of({gone, both}), document_of({both}));
  allowed.missing_allowed = true;
  CHECK_FALSE(allowed.misses_gating());
}

TEST_CASE("two results without a benchmark in common judge nothing") {
  const auto one = document_of({result_of("one", near(10))});
  CHECK(compared(one, document_of({result_of("other", near(10))})).judged_nothing());
  CHECK(compared(document_of({}), document_of({})).judged_nothing());
  CHECK_FALSE(compared(one, one).judged_nothing());
}
