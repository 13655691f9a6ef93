#include "pulsebench/vocabulary/try.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>

namespace pulsebench {
namespace {

Result<std::unique_ptr<int>> boxed(int number) {
  if (number < 0) return fail(ErrorCode::bad_input, "negative");
  return std::make_unique<int>(number);
}

Result<void> even(int number) {
  if (number % 2 != 0) return fail(ErrorCode::not_found, "odd");
  return {};
}

Result<std::string> shown(int number) {
  PB_TRY(const std::unique_ptr<int> first, boxed(number));
  PB_TRY(auto second, boxed(*first));
  PB_CHECK(even(*second));
  return std::to_string(*second);
}

TEST_CASE("PB_TRY declares the value of a result, which may be movable only") {
  REQUIRE(shown(4).has_value());
  CHECK(*shown(4) == "4");
}

TEST_CASE("PB_TRY returns the error of a result with its code and its message") {
  REQUIRE_FALSE(shown(-1).has_value());
  CHECK(shown(-1).error().code == ErrorCode::bad_input);
  CHECK(shown(-1).error().message == "negative");
}

TEST_CASE("PB_CHECK returns the error of a result without a value") {
  REQUIRE_FALSE(shown(3).has_value());
  CHECK(shown(3).error().code == ErrorCode::not_found);
}

}  // namespace
}  // namespace pulsebench
