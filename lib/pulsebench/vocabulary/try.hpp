#pragma once

#include <utility>

#include "pulsebench/vocabulary/result.hpp"

// The two ways to hand an error to the caller. They are macros, since only a macro can return from
// the function that uses it. Both work in a function that returns any `tl::expected` of that error.

/// Declares a variable with the value of a `Result`, or returns the error of the result:
///   PB_TRY(const Config config, config::load_config(root));
/// The declaration takes the value by move. It stands for two statements: put it into braces.
#define PB_TRY(declaration, ...) \
  PB_TRY_NAMED(PB_TRY_JOIN(pb_result_of_line_, __LINE__), declaration, __VA_ARGS__)

/// Returns the error of a `Result` whose value is not needed, such as a `Result<void>`:
///   PB_CHECK(os::write_whole(file, text));
#define PB_CHECK(...)                                      \
  do {                                                     \
    if (auto pb_result = (__VA_ARGS__); !pb_result) {      \
      return tl::unexpected{std::move(pb_result).error()}; \
    }                                                      \
  } while (false)

#define PB_TRY_JOIN(left, right) PB_TRY_JOIN_EXPANDED(left, right)
#define PB_TRY_JOIN_EXPANDED(left, right) left##right
#define PB_TRY_NAMED(result, declaration, ...)                     \
  auto&& result = (__VA_ARGS__);                                   \
  if (!(result)) return tl::unexpected{std::move(result).error()}; \
  declaration = *std::move(result) /* NOLINT(bugprone-macro-parentheses) */
