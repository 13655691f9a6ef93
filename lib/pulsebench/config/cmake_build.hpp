#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the files of a CMake project say of its builds. Nothing is executed.
namespace pulsebench::config {

/// The entries of a CMakeCache.txt: name → value. Pure.
[[nodiscard]] std::map<std::string, std::string> parse_cmake_cache(std::string_view text);

/// A build folder of the project. Paths are relative to its root.
struct CMakeBuild {
  std::string folder, source;
  std::string project;  ///< the name in CMakeLists.txt
  std::string type;     ///< CMAKE_BUILD_TYPE; empty: none
  std::string options;  ///< "-DX_BENCHMARKS=ON ...", which a new build needs too
};

/// The build in `folder`; empty where that is not the build folder of a project in `root`.
[[nodiscard]] std::optional<CMakeBuild> cmake_build_in(const std::filesystem::path& folder,
                                                       const std::filesystem::path& root);

/// The configure preset of CMakePresets.json, given by its text, whose binary folder is `folder`,
/// relative to the root; empty where there is none.
[[nodiscard]] std::string preset_of(std::string_view presets, const std::string& folder);

/// The targets of the build in `folder` of which each of `programs`, by its file name, is one;
/// empty where one is not known.
[[nodiscard]] std::vector<std::string> targets_of(const std::filesystem::path& folder,
                                                  const std::vector<std::string>& programs);

/// A command that configures and builds `programs`, paths below the build folder, in a fresh
/// checkout.
[[nodiscard]] std::string build_command(const CMakeBuild& build, const std::filesystem::path& root,
                                        const std::vector<std::string>& programs);

}  // namespace pulsebench::config
