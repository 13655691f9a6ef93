#include "pulsebench/baseline/stored_files.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/baseline/decode_text.hpp"
#include "pulsebench/baseline/kind.hpp"
#include "pulsebench/baseline/store.hpp"  // check_name
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::baseline {
namespace {

namespace fs = std::filesystem;

/// Adds the files of baselines in `folder` and below it. A link or a FIFO is one that cannot be
/// read.
Result<void> add_files(const os::GuardedFolder& files, const fs::path& folder,
                       std::vector<StoredFile>& found) {
  const auto entries = files.list(folder);
  if (!entries && entries.error().code != ErrorCode::not_found) return Failure{entries.error()};
  for (const os::FileFacts& entry : entries.value_or(std::vector<os::FileFacts>{})) {
    const fs::path file = folder / entry.name;
    if (entry.is_folder) {
      PB_CHECK(add_files(files, file, found));
    } else if (file.extension() == ".json") {
      const fs::path named = is_kind(file.stem().string()) ? folder : folder / file.stem();
      found.push_back({named.lexically_relative(kBaselines).generic_string(), file});
    }
  }
  return {};
}

/// The kinds of machine that `name` was measured on.
Result<std::vector<std::string>> kinds_of(const std::string& name, const os::GuardedFolder& files) {
  std::vector<std::string> kinds;
  const auto entries = files.list(fs::path{kBaselines} / name);
  if (!entries && entries.error().code != ErrorCode::not_found) return Failure{entries.error()};
  for (const os::FileFacts& entry : entries.value_or(std::vector<os::FileFacts>{})) {
    const fs::path file{entry.name};
    std::string stem = file.stem().string();
    if (file.extension() == ".json" && is_kind(stem)) kinds.push_back(std::move(stem));
  }
  return kinds;
}

Failure measured_elsewhere(const BaselineName& wanted, std::vector<std::string> kinds,
                           const std::string& this_kind) {
  constexpr std::size_t kShown = 4;
  const std::string more =
      kinds.size() > kShown ? fmt::format(" and {} more", kinds.size() - kShown) : "";
  if (kinds.size() > kShown) kinds.resize(kShown);
  const std::string where =
      fmt::format("'{}' was measured on {}{}, ", wanted.name, fmt::join(kinds, ", "), more);
  if (!wanted.kind.empty()) return fail(ErrorCode::not_found, where + "not on " + wanted.kind);
  if (this_kind.empty()) {
    return fail(ErrorCode::not_found, where + "and none of them is chosen; name one, as in " +
                                          wanted.name + "/" + kinds.front());
  }
  return fail(ErrorCode::not_found,
              fmt::format("{}and none is this machine's, {}; measure it: pulsebench run --save {}",
                          where, this_kind, wanted.name));
}

/// The file of its kind or of this machine's, else the flat one.
Result<std::optional<fs::path>> find_by_kind(const BaselineName& wanted,
                                             const os::GuardedFolder& files,
                                             const ThisKind& this_kind) {
  PB_TRY(auto kinds, kinds_of(wanted.name, files));
  std::string kind = wanted.kind;
  if (kind.empty() && !kinds.empty() && this_kind) kind = this_kind();
  const bool is_known = !kind.empty();
  if (!is_known && kinds.size() == 1) kind = kinds.front();
  if (std::ranges::find(kinds, kind) != kinds.end()) return file_of(wanted.name, kind);
  if (wanted.kind.empty()) {
    fs::path flat = file_of(wanted.name, "");
    const auto facts = files.facts(flat);
    if (facts || facts.error().code != ErrorCode::not_found) return std::optional{std::move(flat)};
  }
  if (!kinds.empty()) return measured_elsewhere(wanted, std::move(kinds), is_known ? kind : "");
  return std::optional<fs::path>{};
}

}  // namespace

Result<BaselineName> parse_baseline_name(std::string_view reference) {
  BaselineName wanted{.name = std::string{reference}, .kind = ""};
  const std::size_t slash = reference.rfind('/');
  if (slash != std::string_view::npos && is_kind(reference.substr(slash + 1))) {
    wanted = {.name = std::string{reference.substr(0, slash)},
              .kind = std::string{reference.substr(slash + 1)}};
  }
  PB_CHECK(check_name(wanted.name));
  return wanted;
}

fs::path file_of(const std::string& name, const std::string& kind) {
  if (kind.empty()) return fs::path{kBaselines} / (name + ".json");
  return fs::path{kBaselines} / name / (kind + ".json");
}

Result<std::vector<StoredFile>> stored_files(const os::GuardedFolder& files) {
  std::vector<StoredFile> found;
  PB_CHECK(add_files(files, kBaselines, found));
  std::erase_if(found, [](const StoredFile& one) { return !check_name(one.name); });
  std::ranges::sort(found, {}, [](const StoredFile& one) { return std::pair{one.name, one.file}; });
  return found;
}

Result<std::vector<std::string>> stored_names(const os::GuardedFolder& files) {
  PB_TRY(auto found, stored_files(files));
  std::vector<std::string> names;
  for (StoredFile& one : found) {
    if (names.empty() || names.back() != one.name) names.push_back(std::move(one.name));
  }
  return names;
}

Result<StoredText> read_found(const os::GuardedFolder& files, const fs::path& file) {
  PB_TRY(std::string text, files.read(file, kTextSlack));
  return StoredText{std::move(text), (files.path() / file).string()};
}

Result<Document> read_stored(const os::GuardedFolder& files, const fs::path& file, Detail detail) {
  PB_TRY(const auto stored, read_found(files, file));
  return decode_in_place(stored.text, stored.file_name, detail);
}

Result<std::optional<fs::path>> find_file(const BaselineName& wanted,
                                          const os::GuardedFolder& files,
                                          const ThisKind& this_kind) {
  PB_TRY(auto found, find_by_kind(wanted, files, this_kind));
  fs::path flat = file_of(wanted.name, "");
  if (!found || *found == flat || !wanted.kind.empty()) return found;
  const auto other = read_stored(files, flat, Detail::envelope);
  const bool absent = !other && other.error().code == ErrorCode::not_found;
  if (absent || (other && kind_of(other->machine) != found->stem().string())) return found;
  return std::optional{std::move(flat)};
}

Result<std::optional<fs::path>> also_replaced(const std::string& name, const std::string& kind,
                                              const os::GuardedFolder& files,
                                              const ThisKind& this_kind) {
  if (kind.empty()) {
    auto found = find_by_kind({name, ""}, files, this_kind);
    const bool is_elsewhere = !found && found.error().code == ErrorCode::not_found;
    return is_elsewhere ? std::optional<fs::path>{} : std::move(found);
  }
  fs::path flat = file_of(name, "");
  const auto opened = files.open(flat);
  if (!opened && opened.error().code == ErrorCode::not_found) return std::optional<fs::path>{};
  if (!opened) return Failure{opened.error()};
  const auto old = read_stored(files, flat, Detail::envelope);
  if (old && kind_of(old->machine) != kind) return std::optional<fs::path>{};
  return std::optional{std::move(flat)};
}

}  // namespace pulsebench::baseline
