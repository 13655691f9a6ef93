#include "pulsebench/trend/history.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/baseline/kind.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::trend {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolder = "baselines/nightly/history";
constexpr const char* kExtension = ".jsonl";
constexpr std::size_t kMostHistoryBytes = 256U << 20U;  // 1000 nights of 3,500 benchmarks

std::string line_place(std::string_view file_name, std::size_t line) {
  return fmt::format("{}, line {}", printable(file_name), line);
}

/// The newest of the nights, as many as a history keeps.
std::string text_of(const std::vector<Night>& nights) {
  std::vector<std::string> lines;  // newest first
  std::size_t bytes = 0;
  for (std::size_t i = nights.size(); i > 0; --i) {
    std::string line = encode_night(nights[i - 1]);
    bytes += line.size();
    const bool full = lines.size() == kMostNights || bytes > kLargestHistory;
    if (full && !lines.empty()) break;
    lines.push_back(std::move(line));
  }
  std::ranges::reverse(lines);
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

}  // namespace

Result<History> decode_history(std::string_view text, std::string_view file_name) {
  History history;
  std::map<std::string, std::size_t> line_of;  // by day
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const bool last = end == std::string_view::npos;
    const std::string where = line_place(file_name, number);
    auto night = decode_night(text.substr(0, end), where);
    text.remove_prefix(last ? text.size() : end + 1);
    if (!night && last) {
      history.incomplete_line = where + ": the line is incomplete, as a cut write leaves it";
      break;
    }
    if (!night) return Failure{night.error()};
    const auto [known, added] = line_of.emplace(night->day, number);
    if (!added) {
      return fail(ErrorCode::bad_input, fmt::format("{}: 'night' {} is also that of line {}", where,
                                                    night->day, known->second));
    }
    history.nights.push_back(*std::move(night));
  }
  std::ranges::sort(history.nights, {}, &Night::day);
  return history;
}

Result<fs::path> history_file(std::string_view kind) {
  const bool plain = kind.find('/') == std::string_view::npos && baseline::check_name(kind);
  if (plain || baseline::is_kind(kind)) return fs::path{kFolder} / (std::string{kind} + kExtension);
  return fail(ErrorCode::bad_input,
              fmt::format("the machine kind '{}' cannot name a file; use letters, digits, dots, "
                          "dashes and underscores",
                          printable(kind, 60)));
}

Result<std::vector<std::string>> history_kinds(const baseline::Store& store) {
  const auto entries = store.files().list(kFolder);
  if (!entries && entries.error().code != ErrorCode::not_found) return Failure{entries.error()};
  std::vector<std::string> kinds;
  for (const os::FileFacts& entry : entries.value_or(std::vector<os::FileFacts>{})) {
    const fs::path file{entry.name};
    if (!entry.is_folder && file.extension() == kExtension) kinds.push_back(file.stem().string());
  }
  std::erase_if(kinds, [](const std::string& kind) { return !history_file(kind); });
  std::ranges::sort(kinds);
  return kinds;
}

Result<History> read_history(const baseline::Store& store, std::string_view kind) {
  PB_TRY(const fs::path file, history_file(kind));
  const auto text = store.files().read(file, 0, kMostHistoryBytes);
  if (text) return decode_history(*text, (store.files().path() / file).string());
  if (text.error().code == ErrorCode::not_found) return History{};
  return Failure{text.error()};
}

Result<History> read_whole_history(const baseline::Store& store, std::string_view kind) {
  PB_TRY(History history, read_history(store, kind));
  if (history.incomplete_line.empty()) return history;
  return fail(ErrorCode::bad_input,
              history.incomplete_line + "; remove the line, or restore the file with git");
}

Result<fs::path> record_night(const baseline::Store& store, const Night& night) {
  PB_TRY(const fs::path file, history_file(night.machine_kind));
  PB_CHECK(decode_night(encode_night(night), "the night to be recorded"));
  PB_TRY(const auto held, store.lock());
  PB_TRY(History history, read_whole_history(store, night.machine_kind));
  std::erase_if(history.nights, [&](const Night& one) { return one.day == night.day; });
  history.nights.push_back(night);
  std::ranges::sort(history.nights, {}, &Night::day);
  PB_CHECK(store.files().write(file, text_of(history.nights)));
  return store.files().path() / file;
}

}  // namespace pulsebench::trend
