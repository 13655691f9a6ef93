#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace pulsebench {

/// What kind of thing went wrong; `exit_code.hpp` maps it to the exit code.
enum class ErrorCode {
  bad_input,         ///< an argument, a configuration or a file's content is unusable
  not_found,         ///< a baseline, a file or a benchmark does not exist
  io,                ///< the operating system refused to read or write (full disk, permission)
  build_failed,      ///< the configured command did not build a revision
  child_failed,      ///< a suite could not be started, crashed, hung or broke the protocol
  nothing_measured,  ///< a benchmark ran, but what it measured is not a measurement
  not_comparable,    ///< two results come from different machines
  interrupted,       ///< SIGINT arrived
  terminated,        ///< SIGTERM arrived
  hung_up,           ///< SIGHUP arrived: the terminal is gone
};

/// One failure of the outside world. `message` names the thing, the fact and the way out, in lower
/// case and without a full stop.
struct Error {
  ErrorCode code;
  std::string message;
};

/// A value, or why there is none.
template <class T>
using Result = tl::expected<T, Error>;

using Failure = tl::unexpected<Error>;

/// The failed side of any `Result`: `return fail(ErrorCode::io, "...")`.
[[nodiscard]] inline Failure fail(ErrorCode code, std::string message) {
  return Failure{Error{code, std::move(message)}};
}

}  // namespace pulsebench
