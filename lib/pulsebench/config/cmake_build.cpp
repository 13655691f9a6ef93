#include "pulsebench/config/cmake_build.hpp"

#include <set>
#include <system_error>

#include "pulsebench/json/parse.hpp"
#include "pulsebench/os/guarded_folder.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::config {
namespace fs = std::filesystem;

namespace {

using json::text_at;

constexpr std::size_t kLargestCache = std::size_t{16} << 20U;

/// Whether a build needs the entry to be as this one: what benchmarks are built, where packages and
/// compilers are.
bool is_needed(const std::string& name, const std::string& value) {
  constexpr const char* kNames[] = {"CMAKE_PREFIX_PATH", "CMAKE_TOOLCHAIN_FILE", "CMAKE_CXX_FLAGS"};
  for (const char* one : kNames) {
    if (name == one) return !value.empty();
  }
  const bool is_option = value == "ON" || value == "OFF" || value == "TRUE" || value == "FALSE";
  return is_option && name.find("BENCH") != std::string::npos && !name.starts_with("BENCHMARK_") &&
         !name.starts_with("CMAKE_");
}

std::string value_of(const std::map<std::string, std::string>& cache, const char* name) {
  const auto found = cache.find(name);
  return found == cache.end() ? "" : found->second;
}

std::string relative_to(const fs::path& root, const fs::path& path) {
  return path.lexically_normal().lexically_relative(root).string();
}

bool is_outside(const std::string& relative) {
  return relative.empty() || relative == ".." || relative.starts_with("../");
}

const json::Value* find(const json::Value& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

const json::Value* named(const json::Value& presets, const std::string& name) {
  for (const json::Value& preset : presets) {
    if (text_at(preset, "name") == name) return &preset;
  }
  return nullptr;
}

/// Its own binary folder, or that of the first preset it inherits which has one.
std::string binary_folder(const json::Value& presets, const json::Value& preset, int depth = 0) {
  std::string own = text_at(preset, "binaryDir");
  const json::Value* inherited = find(preset, "inherits");
  if (!own.empty() || inherited == nullptr || depth > 16) return own;
  std::vector<std::string> names;
  if (inherited->is_string()) names.push_back(inherited->get<std::string>());
  if (inherited->is_array()) {
    for (const json::Value& name : *inherited) {
      if (name.is_string()) names.push_back(name.get<std::string>());
    }
  }
  for (const std::string& name : names) {
    const json::Value* parent = named(presets, name);
    if (parent != nullptr) own = binary_folder(presets, *parent, depth + 1);
    if (!own.empty()) return own;
  }
  return own;
}

void replace(std::string& text, std::string_view from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from)) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

std::map<std::string, std::string> parse_cmake_cache(std::string_view text) {
  std::map<std::string, std::string> cache;
  for (const std::string& line : split(text, '\n')) {
    if (line.empty() || line.front() == '#' || line.starts_with("//")) continue;
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos) continue;
    const std::size_t equals = line.find('=', colon);
    if (equals == std::string::npos) continue;
    cache[line.substr(0, colon)] = line.substr(equals + 1);
  }
  return cache;
}

std::optional<CMakeBuild> cmake_build_in(const fs::path& folder, const fs::path& root) {
  const auto text = os::GuardedFolder{folder}.read("CMakeCache.txt", 0, kLargestCache);
  if (!text) return std::nullopt;
  const auto cache = parse_cmake_cache(*text);
  CMakeBuild build{.folder = relative_to(root, folder),
                   .source = relative_to(root, value_of(cache, "CMAKE_HOME_DIRECTORY")),
                   .project = value_of(cache, "CMAKE_PROJECT_NAME"),
                   .type = value_of(cache, "CMAKE_BUILD_TYPE"),
                   .options = {}};
  if (is_outside(build.folder) || is_outside(build.source)) return std::nullopt;
  for (const auto& [name, value] : cache) {
    if (is_needed(name, value)) build.options += " -D" + name + "=" + shell_word(value);
  }
  return build;
}

std::string preset_of(std::string_view presets, const std::string& folder) {
  const auto parsed = json::parse(presets, "CMakePresets.json");
  if (!parsed) return "";
  const json::Value* all = find(*parsed, "configurePresets");
  if (all == nullptr || !all->is_array()) return "";
  for (const json::Value& preset : *all) {
    const json::Value* hidden = find(preset, "hidden");
    if (hidden != nullptr && hidden->is_boolean() && hidden->get<bool>()) continue;
    std::string binary = binary_folder(*all, preset);
    replace(binary, "${sourceDir}/", "");
    replace(binary, "${presetName}", text_at(preset, "name"));
    if (!binary.empty() && fs::path{binary}.lexically_normal() == fs::path{folder}) {
      return text_at(preset, "name");
    }
  }
  return "";
}

std::vector<std::string> targets_of(const fs::path& folder,
                                    const std::vector<std::string>& programs) {
  std::set<std::string> known;
  std::error_code ignored;
  fs::recursive_directory_iterator entry{folder, ignored}, end;
  for (; entry != end; entry.increment(ignored)) {
    const fs::path& path = entry->path();
    const bool is_target =
        path.extension() == ".dir" && path.parent_path().filename() == "CMakeFiles";
    if (!is_target) continue;
    known.insert(path.stem().string());
    entry.disable_recursion_pending();
  }
  std::vector<std::string> targets;
  for (const std::string& program : programs) {
    const std::string name = fs::path{program}.filename().string();
    if (!known.contains(name)) return {};
    targets.push_back(name);
  }
  return targets;
}

std::string build_command(const CMakeBuild& build, const fs::path& root,
                          const std::vector<std::string>& programs) {
  const auto presets = os::GuardedFolder{root}.read("CMakePresets.json", 0, kLargestCache);
  const std::string preset =
      presets && build.source == "." ? preset_of(*presets, build.folder) : "";
  std::string command = "cmake --preset " + shell_word(preset);
  if (preset.empty()) {
    command = "cmake -S " + shell_word(build.source) + " -B " + shell_word(build.folder);
    if (!build.type.empty()) command += " -DCMAKE_BUILD_TYPE=" + shell_word(build.type);
    command += build.options;
  }
  command += " && cmake --build " + shell_word(build.folder) + " -j\"$(nproc)\"";
  const auto targets = targets_of(root / build.folder, programs);
  if (!targets.empty()) command += " --target";
  for (const std::string& target : targets) command += " " + shell_word(target);
  return command;
}

}  // namespace pulsebench::config
