#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "installation.hpp"

/// How a program of PostgreSQL is started.
struct Start {
  std::vector<std::string> command;
  std::filesystem::path log;  ///< file for what it prints
  const Installation* installation = nullptr;
  int kept = -1;  ///< descriptor that it inherits, besides the standard ones
};

/// Starts a program as the account of the installation, in a session of its own. When this process
/// ends, however it ends, the program gets a SIGQUIT: with it PostgreSQL stops at once, and leaves
/// no process and no shared memory behind.
[[nodiscard]] pid_t start(const Start& start);

/// Last line that a program has printed to `log`.
[[nodiscard]] std::string last_line(const std::filesystem::path& log);
