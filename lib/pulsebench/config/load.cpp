#include "pulsebench/config/load.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::config {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestFile = 4U << 20U;  // no hand-written file of settings is as long

/// The content of `file`; nothing where there is no such file.
Result<std::optional<std::string>> read_file(const fs::path& file) {
  const auto refuse = [&](const char* fact) {
    return fail(ErrorCode::io, fmt::format("cannot read {}: {}", printable(file.string()), fact));
  };
  std::error_code error;
  if (fs::is_directory(file, error)) return refuse("it is a folder");
  const auto close = [](std::FILE* stream) { (void)std::fclose(stream); };
  const std::unique_ptr<std::FILE, decltype(close)> stream(std::fopen(file.c_str(), "rbe"), close);
  if (!stream) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    return refuse(std::strerror(errno));
  }
  std::string content(kLargestFile + 1, '\0');
  content.resize(std::fread(content.data(), 1, content.size(), stream.get()));
  if (std::ferror(stream.get()) != 0) return refuse(std::strerror(errno));
  if (content.size() > kLargestFile) return refuse("it is larger than 4 MiB");
  return content;
}

}  // namespace

std::optional<fs::path> find_root(const fs::path& start) {
  std::error_code error;
  fs::path folder = fs::absolute(start, error).lexically_normal();
  if (error) return std::nullopt;
  while (true) {
    if (fs::exists(folder / kConfigFile, error)) return folder;
    fs::path above = folder.parent_path();
    if (above == folder) return std::nullopt;
    folder = std::move(above);
  }
}

Result<Config> load_config(const fs::path& root) {
  const fs::path file = root / kConfigFile;
  const auto content = read_file(file);
  if (!content) return Failure{content.error()};
  if (!*content) return defaults();
  return parse_config(**content, file.string());
}

Result<Targets> load_targets(const fs::path& root) {
  const fs::path file = root / kTargetsFile;
  const auto content = read_file(file);
  if (!content) return Failure{content.error()};
  if (!*content) return Targets{};
  return parse_targets(**content, file.string());
}

}  // namespace pulsebench::config
