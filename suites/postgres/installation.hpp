#pragma once

#include <filesystem>
#include <fixtures/fixture_folder.hpp>
#include <optional>
#include <string>

/// The newest installed PostgreSQL, and the user who may run it.
struct Installation {
  std::filesystem::path programs;       ///< folder of initdb and postgres
  std::string version;                  ///< "15"
  std::optional<Account> account = {};  ///< absent: the one who runs the suite
  std::string problem = {};             ///< reason why there is none; empty if there is one
};

/// Looks where Debian installs servers, then along PATH. PostgreSQL refuses to run as root, so root
/// runs it as the user `postgres`.
[[nodiscard]] Installation find_installation();
