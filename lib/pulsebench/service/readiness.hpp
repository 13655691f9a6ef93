#pragma once

#include <chrono>
#include <string>

#include "pulsebench/os/local_address.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::service {

/// When a server is ready.
struct Readiness {
  enum class Kind {
    http,     ///< a GET of `path` has a status below 400
    connect,  ///< the address can be connected to
  };
  Kind kind = Kind::connect;
  std::string address = {};  ///< as `os::parse_local_address` reads it, with placeholders
  std::string path = "/";    ///< of http, with placeholders
};

/// Reads "http://127.0.0.1:8080/health", "tcp://127.0.0.1:8080" or "unix:/run/a.sock", each with
/// placeholders. `bad_input` for anything else.
[[nodiscard]] Result<Readiness> parse_readiness(std::string_view text);

/// Asks once, within `patience`. The error says what is not as it should be.
[[nodiscard]] Result<void> ask_whether_ready(Readiness::Kind kind, const os::LocalAddress& address,
                                             const std::string& path,
                                             std::chrono::milliseconds patience);

}  // namespace pulsebench::service
