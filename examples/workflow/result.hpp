#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace workflow {

enum class ErrorCode {
  malformed,  ///< what the client sent is not a submission
  invalid,    ///< it is one, with a value that is not allowed
  not_found,
  full,  ///< the event store has no room left
  io,    ///< the event store or the operating system refused
};

/// `message` is one line: the thing, the fact and, where there is one, the way out.
struct Error {
  ErrorCode code;
  std::string message;
};

template <class T>
using Result = tl::expected<T, Error>;

using Failure = tl::unexpected<Error>;

[[nodiscard]] inline Failure fail(ErrorCode code, std::string message) {
  return Failure{Error{code, std::move(message)}};
}

}  // namespace workflow
