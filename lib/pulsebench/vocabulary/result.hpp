#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

#include "pulsebench/vocabulary/error.hpp"

namespace pulsebench {

/// A value, or why there is none.
template <class T>
using Result = tl::expected<T, Error>;

using Failure = tl::unexpected<Error>;

/// The failed side of any `Result`: `return fail(ErrorCode::io, "...")`.
[[nodiscard]] inline Failure fail(ErrorCode code, std::string message) {
  return Failure{Error{code, std::move(message)}};
}

}  // namespace pulsebench
