#include "pulsebench/config/load.hpp"

#include <system_error>

#include "pulsebench/os/guarded_folder.hpp"

namespace pulsebench::config {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestSettings = 4U << 20U;  // no hand-written file of settings is as long

/// What `parse` makes of the content of `file`; `otherwise` where there is no such file.
template <class Parsed>
Result<Parsed> load(const fs::path& root, const char* file,
                    Result<Parsed> (*parse)(std::string_view, std::string_view), Parsed otherwise) {
  const auto content = os::GuardedFolder{root}.read(file, 0, kLargestSettings);
  if (content) return parse(*content, (root / file).string());
  if (content.error().code == ErrorCode::not_found) return otherwise;
  return Failure{content.error()};
}

}  // namespace

Config defaults() {
  Config config;
  config.gates[index_of(Tier::critical)] = {.threshold = Percent{5},
                                            .alpha = 0.01,
                                            .effect = Effect::fail,
                                            .min_slices = 1000,
                                            .max_robust_cv = Percent{5},
                                            .budget = NsPerOp{100},
                                            .target = NsPerOp{50}};
  config.gates[index_of(Tier::fast)] = {.threshold = Percent{10},
                                        .alpha = 0.05,
                                        .effect = Effect::warn,
                                        .min_slices = 500,
                                        .max_robust_cv = Percent{10},
                                        .budget = NsPerOp{500},
                                        .target = NsPerOp{200}};
  config.gates[index_of(Tier::concurrent)] = {
      .threshold = Percent{20}, .alpha = 0.05, .effect = Effect::warn};
  config.gates[index_of(Tier::system)] = {
      .threshold = Percent{20}, .alpha = 0.05, .effect = Effect::inform};
  config.presets = {{"quick", {{8, 8, 8, 8}}},
                    {"standard", {{20, 16, 16, 16}}},
                    {"rigorous", {{64, 64, 64, 64}}}};
  config.suites = {"build/release/bin/suites"};
  config.build = {.command = "cmake --workflow --preset release",
                  .suites = "build/release/bin/suites"};
  return config;
}

std::optional<fs::path> find_root(const fs::path& start) {
  std::error_code error;
  fs::path folder = fs::absolute(start, error).lexically_normal();
  if (error) return std::nullopt;
  while (true) {
    const auto type = fs::symlink_status(folder / kConfigFile, error).type();
    const bool is_closed = error == std::errc::permission_denied;  // somebody else's folder
    if (type != fs::file_type::not_found && !is_closed) return folder;
    fs::path above = folder.parent_path();
    if (above == folder) return std::nullopt;
    folder = std::move(above);
  }
}

Result<Config> load_config(const fs::path& root) {
  return load(root, kConfigFile, parse_config, defaults());
}

Result<Targets> load_targets(const fs::path& root) {
  return load(root, kTargetsFile, parse_targets, Targets{});
}

}  // namespace pulsebench::config
