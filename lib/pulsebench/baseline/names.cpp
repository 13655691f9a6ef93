#include <algorithm>
#include <cctype>
#include <cstring>
#include <span>

#include <fmt/format.h>

#include "pulsebench/baseline/runs.hpp"
#include "pulsebench/baseline/store.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/find_bytes.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::baseline {
namespace {

bool is_name_byte(char byte) {
  return std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '.' || byte == '_' ||
         byte == '-';
}

/// What is wrong with one part between slashes; empty where nothing is.
std::string_view fault_of_part(std::string_view part) {
  if (part.empty()) return "has an empty part between slashes";
  if (part.front() == '.') return "has a part that begins with a dot";
  if (part.front() == '-') return "has a part that begins with a dash";
  if (!std::all_of(part.begin(), part.end(), is_name_byte)) {
    return "has something other than letters, digits, dots, dashes, underscores and slashes";
  }
  return "";
}

std::string_view fault_of(std::string_view name) {
  if (name.empty()) return "is empty";
  if (name.size() > 200) return "is longer than 200 bytes";
  if (name == "last") return "means the newest run and cannot be saved under";
  if (name == "approved") return "is where approvals are kept";
  if (name == "trend") return "is where decisions about trends are kept";
  if (name.ends_with(".json")) return "ends in .json, which the store adds itself";
  while (true) {
    const std::size_t slash = name.find('/');
    if (const auto fault = fault_of_part(name.substr(0, slash)); !fault.empty()) return fault;
    if (slash == std::string_view::npos) return "";
    name.remove_prefix(slash + 1);
  }
}

/// Adds the values of the keys "id" that are whole in `text` and have no backslash. A search takes
/// a tenth of the time of a decoder. Returns where the next search has to begin.
std::size_t add_ids(std::string_view text, std::vector<std::string>& ids) {
  constexpr std::string_view kKey = "\"id\":\"";
  std::size_t begin = 0;
  while (true) {
    const std::size_t key = os::find_bytes(text, kKey, begin);
    if (key == std::string_view::npos) break;
    const std::size_t value = key + kKey.size();
    const std::size_t end = text.find('"', value);
    if (end == std::string_view::npos) return key;
    const std::string_view id = text.substr(value, end - value);
    if (id.find('\\') == std::string_view::npos) ids.emplace_back(id);
    begin = end;
  }
  return std::max(begin, text.size() - std::min(text.size(), kKey.size()));
}

/// Reads in pieces, since to make room for a large file takes longer than to search it.
std::vector<std::string> read_ids(const os::Descriptor& file) {
  std::vector<std::string> ids;
  std::vector<char> buffer(std::size_t{256} * 1024);
  std::size_t kept = 0;
  while (kept < buffer.size()) {
    const ssize_t got = os::read_piece(file, std::span{buffer}.subspan(kept));
    if (got <= 0) break;
    const std::string_view text{buffer.data(), kept + static_cast<std::size_t>(got)};
    const std::size_t done = add_ids(text, ids);
    kept = text.size() - done;
    std::memmove(buffer.data(), buffer.data() + done, kept);
  }
  return ids;
}

}  // namespace

bool is_run_id(std::string_view name) {
  constexpr std::string_view kForm = "00000000T000000Z-xxxxxx";
  const auto fits = [](char byte, char form) {
    const auto digit = static_cast<unsigned char>(byte);
    if (form == '0') return std::isdigit(digit) != 0;
    if (form == 'x') return std::isxdigit(digit) != 0 && std::isupper(digit) == 0;
    return byte == form;
  };
  return std::equal(name.begin(), name.end(), kForm.begin(), kForm.end(), fits);
}

Result<void> check_name(std::string_view name) {
  const std::string_view fault = fault_of(name);
  if (fault.empty()) return {};
  return fail(
      ErrorCode::bad_input,
      fmt::format("the baseline name '{}' {}; use something like main or nightly/2026-01-01",
                  printable(name, 60), fault));
}

std::vector<std::string> Store::newest_ids(std::uintmax_t most_bytes) const {
  const auto results = run_results(files_);
  if (!results || results->empty() || results->front().bytes > most_bytes) return {};
  const auto opened = files_.open(results->front().result);
  return opened ? read_ids(*opened) : std::vector<std::string>{};
}

}  // namespace pulsebench::baseline
