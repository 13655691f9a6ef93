#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "pulsebench/baseline/runs.hpp"
#include "pulsebench/baseline/store.hpp"
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

/// The values of the keys "id", without a backslash. A search takes a tenth of the time of a
/// decoder.
std::vector<std::string> ids_in(std::string_view text) {
  constexpr std::string_view kKey = "\"id\":\"";
  std::vector<std::string> ids;
  for (auto at = text.find(kKey); at != std::string_view::npos; at = text.find(kKey, at)) {
    at += kKey.size();
    const std::string_view id = text.substr(at, text.find('"', at) - at);
    if (id.find('\\') == std::string_view::npos) ids.emplace_back(id);
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
  const auto text = files_.read(results->front().result, 0, most_bytes);
  return text ? ids_in(*text) : std::vector<std::string>{};
}

}  // namespace pulsebench::baseline
