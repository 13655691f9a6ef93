#pragma once

#include <sys/types.h>

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

/// Runs a program that has asked to be traced, and stands before its first instruction, with a
/// breakpoint at each of the addresses of its file. Writes to `report` what main.cpp describes.
/// Returns its wait status, or nothing where it was ended here. `program` is its canonical path.
[[nodiscard]] std::optional<int> watch(pid_t process, const std::vector<std::uint64_t>& addresses,
                                       std::string program, std::FILE* report);
