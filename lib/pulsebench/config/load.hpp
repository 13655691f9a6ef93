#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

#include "pulsebench/config/config.hpp"
#include "pulsebench/vocabulary/hardware_class.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::config {

/// Where a project's settings may be, below its root.
inline constexpr std::array kConfigFiles{"pulsebench.json", "config/pulsebench.json"};
inline constexpr const char* kTargetsFile = "config/targets.json";

/// The tiers of `docs/design/overview.md` and the sampling of `docs/design/verdict.md` (i): what
/// holds where no file says otherwise.
[[nodiscard]] Config defaults();

/// The nearest folder at or above `start` that has a file of settings; empty where none has.
[[nodiscard]] std::optional<std::filesystem::path> find_root(const std::filesystem::path& start);

/// The settings of the project over the defaults; the defaults alone where there is no file of
/// settings. Fails with `bad_input` on anything `parse_config` refuses, where there are two files
/// and where a part of the path is a symbolic link, with `io` where the file is there and cannot be
/// read.
[[nodiscard]] Result<Config> load_config(const std::filesystem::path& root);

/// Settings over the defaults. Pure. A key nobody knows, a wrong type or a value out of range is
/// `bad_input`, with one line that names `file_name`, the field and what is allowed.
[[nodiscard]] Result<Config> parse_config(std::string_view json, std::string_view file_name);

/// The targets of `<root>/config/targets.json` for a machine of that class; none where there is no
/// such file.
[[nodiscard]] Result<Targets> load_targets(const std::filesystem::path& root,
                                           HardwareClass machine);

/// Targets: `{"schema": "pulsebench-targets", "version": 2, "targets": [{"id": …,
/// "max_ns_per_op": …, "source": …}], "classes": {"nvidia_gpu": [{"id": …}]}}`. Those under the
/// class of the machine come before those of `targets`, which every class has. Version 1 has no
/// classes. Pure; an id that one list has twice is `bad_input`.
[[nodiscard]] Result<Targets> parse_targets(std::string_view json, std::string_view file_name,
                                            HardwareClass machine);

}  // namespace pulsebench::config
