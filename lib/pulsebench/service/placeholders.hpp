#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::service {

/// What the texts of a service may name in braces: `{port.NAME}`, `{socket.NAME}`, `{scratch}`.
/// Other braces stay as they are.
struct Names {
  std::set<std::string> ports, sockets;
};

/// Adds the names that `text` has. `bad_input` where a name has other characters than letters,
/// digits, '_' and '-', or none.
[[nodiscard]] Result<void> find_names(std::string_view text, Names& names);

/// What stands for the placeholders during one life of a server.
struct Places {
  std::filesystem::path scratch;               ///< an empty folder of its own
  std::map<std::string, std::uint16_t> ports;  ///< of 127.0.0.1
  std::map<std::string, std::string> sockets;  ///< paths in `scratch`
};

/// Returns `text` with all placeholders replaced. Precondition: `places` has its names.
[[nodiscard]] std::string fill(std::string_view text, const Places& places);

}  // namespace pulsebench::service
