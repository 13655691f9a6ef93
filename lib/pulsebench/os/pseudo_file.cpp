#include "pulsebench/os/pseudo_file.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/open_file.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::os {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMaxPseudoFileBytes = std::size_t{1} << 20U;

Failure cannot_read(const fs::path& file, int error) {
  if (error == ENOENT || error == ENOTDIR) {
    return fail(ErrorCode::not_found, "no " + file.generic_string());
  }
  return fail(ErrorCode::io, fmt::format("cannot read {}: {}", file.generic_string(),
                                         std::generic_category().message(error)));
}

template <class Value>
Result<std::optional<Value>> unless_absent(Result<Value> reading) {
  if (reading) return std::optional{*std::move(reading)};
  if (reading.error().code == ErrorCode::not_found) return std::optional<Value>{};
  return Failure{std::move(reading.error())};
}

}  // namespace

Result<std::string> read_pseudo_file(const fs::path& file) {
  if (!may_be_there(file)) return cannot_read(file, ENOENT);
  const Descriptor opened = open_to_read(file);
  if (!opened.open()) return cannot_read(file, errno);
  std::string content;
  const int error = read_all(opened, content, {.most = kMaxPseudoFileBytes});
  if (error != 0) return cannot_read(file, error);
  content.resize(content.find_last_not_of(" \t\r\n") + 1);  // npos + 1 is 0
  return content;
}

Result<std::optional<std::string>> read_unless_absent(const fs::path& file) {
  return unless_absent(read_pseudo_file(file));
}

std::optional<std::string> read_if_there(const fs::path& file) {
  auto content = read_pseudo_file(file);
  if (!content) return std::nullopt;
  return std::move(*content);
}

Result<long long> read_number(const fs::path& file) {
  PB_TRY(const auto& content, read_pseudo_file(file));
  long long number = 0;
  const char* end = content.data() + content.size();
  const auto [stop, error] = std::from_chars(content.data(), end, number);
  if (error != std::errc{} || stop != end) {
    return fail(ErrorCode::bad_input, file.string() + " is not a number");
  }
  return number;
}

Result<std::optional<long long>> read_number_unless_absent(const fs::path& file) {
  return unless_absent(read_number(file));
}

std::string why_none(const Error& error, const std::string& absent) {
  return error.code == ErrorCode::not_found ? absent : error.message;
}

std::string chosen(const std::string& content) {
  const auto open = content.find('[');
  const auto close = content.find(']', open == std::string::npos ? 0 : open);
  if (open == std::string::npos || close == std::string::npos) return content;
  return content.substr(open + 1, close - open - 1);
}

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  if (!may_be_there(folder)) return entries;
  std::error_code error;
  for (fs::directory_iterator it{folder, error}, end; !error && it != end; it.increment(error)) {
    entries.push_back(it->path());
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

bool has_word(std::string text, const std::string& word) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return has_part(text, word, ' ');
}

}  // namespace pulsebench::os
