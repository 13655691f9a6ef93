#include "pulsebench/config/load.hpp"

#include <algorithm>
#include <system_error>
#include <type_traits>

#include "pulsebench/os/guarded_folder.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::config {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestSettings = 4U << 20U;  // no hand-written file of settings is as long

/// What `parse` makes of the content of `file`; empty where there is no such file.
template <class Parse, class Parsed = typename std::invoke_result_t<Parse, std::string_view,
                                                                    std::string_view>::value_type>
Result<std::optional<Parsed>> load(const fs::path& root, const char* file, Parse parse) {
  const auto content = os::GuardedFolder{root}.read(file, 0, kLargestSettings);
  if (!content && content.error().code == ErrorCode::not_found) return std::optional<Parsed>{};
  PB_CHECK(content);
  return parse(*content, (root / file).string());
}

bool has_settings(const fs::path& folder) {
  return std::ranges::any_of(kConfigFiles, [&](const char* file) {
    std::error_code error;
    const auto type = fs::symlink_status(folder / file, error).type();
    const bool is_closed = error == std::errc::permission_denied;  // somebody else's folder
    return type != fs::file_type::not_found && !is_closed;
  });
}

}  // namespace

Config defaults() {
  Config config;
  config.gates[index_of(Tier::critical)] = {.threshold = Percent{5},
                                            .alpha = 0.01,
                                            .effect = Effect::fail,
                                            .min_slices = 1000,
                                            .max_robust_cv = Percent{5},
                                            .budget = Cost{100},
                                            .target = Cost{50}};
  config.gates[index_of(Tier::fast)] = {.threshold = Percent{10},
                                        .alpha = 0.05,
                                        .effect = Effect::warn,
                                        .min_slices = 500,
                                        .max_robust_cv = Percent{10},
                                        .budget = Cost{500},
                                        .target = Cost{200}};
  config.gates[index_of(Tier::concurrent)] = {
      .threshold = Percent{20}, .alpha = 0.05, .effect = Effect::warn};
  config.gates[index_of(Tier::system)] = {
      .threshold = Percent{20}, .alpha = 0.05, .effect = Effect::inform};
  config.presets = {{"quick", {{8, 8, 8, 8}}},
                    {"standard", {{20, 16, 16, 16}}},
                    {"rigorous", {{64, 64, 64, 64}}}};
  return config;
}

std::optional<fs::path> find_root(const fs::path& start) {
  std::error_code error;
  fs::path folder = fs::absolute(start, error).lexically_normal();
  if (error) return std::nullopt;
  while (true) {
    if (has_settings(folder)) return folder;
    fs::path above = folder.parent_path();
    if (above == folder) return std::nullopt;
    folder = std::move(above);
  }
}

Result<Config> load_config(const fs::path& root) {
  std::optional<Config> found;
  for (const char* file : kConfigFiles) {
    PB_TRY(auto config, load(root, file, parse_config));
    if (!config) continue;
    if (found) {
      return fail(ErrorCode::bad_input, printable(root.string()) + " has a " + found->file +
                                            " and a " + file + "; keep one of them");
    }
    found = std::move(config);
    found->file = file;
  }
  return found ? *std::move(found) : defaults();
}

Result<Targets> load_targets(const fs::path& root, HardwareClass machine) {
  const auto parse = [machine](std::string_view text, std::string_view file_name) {
    return parse_targets(text, file_name, machine);
  };
  PB_TRY(auto targets, load(root, kTargetsFile, parse));
  return targets ? *std::move(targets) : Targets{};
}

}  // namespace pulsebench::config
