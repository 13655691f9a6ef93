#include "pulsebench/baseline/store.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <system_error>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "pulsebench/baseline/decode_text.hpp"
#include "pulsebench/baseline/kind.hpp"
#include "pulsebench/baseline/runs.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/vocabulary/nearest.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::baseline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOwnFolder = ".pulsebench";
constexpr const char* kStaging = ".pulsebench/tmp";
constexpr std::chrono::seconds kPatience{30};       // a write takes milliseconds
constexpr std::size_t kMostApprovals = 16U << 20U;  // bytes; 30,000 of them
constexpr const char* kApprovals = "baselines/approved.json";

/// A file that the user named.
Result<StoredText> read_named(const fs::path& file) {
  PB_TRY(std::string text, os::read_file(file, kTextSlack));
  return StoredText{std::move(text), file == "-" ? "standard input" : file.string()};
}

bool looks_like_a_path(std::string_view reference) {
  return reference.find('/') != std::string_view::npos || reference.ends_with(".json");
}

/// Of a baseline that is to be removed: what there is that it may be a slip of.
Failure nothing_to_remove(std::string_view name, const os::GuardedFolder& files) {
  const auto names = stored_names(files).value_or(std::vector<std::string>{});
  const auto near = nearest(name, std::vector<std::string_view>{names.begin(), names.end()});
  return fail(ErrorCode::not_found, fmt::format("no baseline '{}' in {}; {}", printable(name, 60),
                                                printable((files.path() / kBaselines).string()),
                                                near ? fmt::format("did you mean {}?", *near)
                                                : names.empty() ? "there is none"
                                                                : "see pulsebench baseline list"));
}

Failure no_such_baseline(std::string_view reference, const os::GuardedFolder& files) {
  constexpr std::size_t kShown = 8;
  auto names = stored_names(files).value_or(std::vector<std::string>{});
  const bool more = names.size() > kShown;
  if (more) names.resize(kShown);
  const std::string existing =
      names.empty() ? "there is none yet"
                    : fmt::format("there are {}{}", fmt::join(names, ", "), more ? ", ..." : "");
  const std::string shown = printable(reference, 60);
  return fail(ErrorCode::not_found,
              fmt::format("no baseline '{}' in {} ({}); save one with: pulsebench run --save {}",
                          shown, printable((files.path() / kBaselines).string()), existing, shown));
}

/// Removes a folder of baselines that is empty or was not made, and those above it.
void remove_empty(fs::path folder, const os::GuardedFolder& files) {
  for (; folder != kBaselines; folder = folder.parent_path()) {
    const auto removed = files.remove_folder(folder);
    if (!removed && removed.error().code != ErrorCode::not_found) return;
  }
}

}  // namespace

Result<void> check_measured(const Document& document) {
  const auto& all = document.benchmarks;
  const auto failed = [](const BenchmarkResult& one) { return is_failure(one.outcome.status); };
  const auto first = std::ranges::find_if(all, failed);
  if (first != all.end()) {
    return fail(
        ErrorCode::nothing_measured,
        fmt::format("{} of {} benchmarks failed ({}{})", std::ranges::count_if(all, failed),
                    all.size(), first->info.id.text(),
                    std::find_if(first + 1, all.end(), failed) == all.end() ? "" : ", ..."));
  }
  if (std::ranges::any_of(all, [](const auto& one) { return one.value.has_value(); })) return {};
  return fail(ErrorCode::nothing_measured, "no benchmark was measured");
}

Store::Store(fs::path root, ThisKind this_kind)
    : files_(std::move(root), kStaging), this_kind_(std::move(this_kind)) {}

fs::path Store::baselines_folder() const { return files_.path() / kBaselines; }
fs::path Store::approvals_file() const { return files_.path() / kApprovals; }
fs::path Store::runs_folder() const { return files_.path() / kRunsFolder; }
fs::path Store::binaries_folder() const { return files_.path() / kOwnFolder / "bin"; }

Result<os::FileLock> Store::lock() const {
  const fs::path ignore = fs::path{kOwnFolder} / ".gitignore";
  PB_CHECK(files_.make_folder(kOwnFolder));
  PB_CHECK(check_own_folders());
  PB_TRY(auto lock,
         os::FileLock::take(files_.path() / kOwnFolder / "lock", {.patience = kPatience}));
  if (!files_.facts(ignore)) {
    [[maybe_unused]] const auto written =
        files_.write(ignore, "# what pulsebench keeps of this machine\n*\n");
  }
  // Every writer holds the lock: what lies here is of a process that is gone.
  for (const os::FileFacts& left : files_.list(kStaging).value_or(std::vector<os::FileFacts>{})) {
    if (!left.is_file || !os::is_temporary_name(left.name)) continue;
    [[maybe_unused]] const auto removed = files_.remove(fs::path{kStaging} / left.name);
  }
  return lock;
}

Result<fs::path> Store::save(std::string_view name, const Document& document) const {
  PB_CHECK(check_name(name));
  const std::string kind = kind_of(document.machine);
  const fs::path file = file_of(std::string{name}, kind);
  PB_TRY(const auto held, lock());
  PB_TRY(const auto replaced, also_replaced(std::string{name}, kind, files_, this_kind_));
  if (const auto written = files_.write(file, encode(document)); !written) {
    remove_empty(file.parent_path(), files_);
    return Failure{written.error()};
  }
  if (replaced && *replaced != file) PB_CHECK(files_.remove(*replaced));
  return files_.path() / file;
}

Result<StoredText> Store::read(std::string_view reference) const {
  if (reference == "-") return read_named("-");
  if (reference == "last") {
    PB_TRY(const fs::path file, newest_complete_run(files_));
    return read_found(files_, file);
  }
  const auto wanted = parse_baseline_name(reference);
  std::optional<Error> elsewhere;  // it was measured, and on other kinds of machine alone
  if (wanted) {
    const auto file = find_file(*wanted, files_, this_kind_);
    if (file && *file) return read_found(files_, **file);
    if (!file && file.error().code != ErrorCode::not_found) return Failure{file.error()};
    if (!file) elsewhere = file.error();
  }
  if (looks_like_a_path(reference)) {
    auto named = read_named(fs::path{reference});
    if (named || named.error().code != ErrorCode::not_found) return named;
  }
  if (elsewhere) return Failure{*elsewhere};
  if (wanted) return no_such_baseline(reference, files_);
  if (!looks_like_a_path(reference)) return Failure{wanted.error()};
  return fail(ErrorCode::not_found, fmt::format("no file {}, and it cannot be a baseline: {}",
                                                printable(reference), wanted.error().message));
}

Result<Document> Store::load(std::string_view reference, Detail detail) const {
  PB_TRY(const auto stored, read(reference));
  return decode_in_place(stored.text, stored.file_name, detail);
}

Result<std::pair<Document, Document>> Store::load_pair(std::string_view base,
                                                       std::string_view candidate,
                                                       Detail detail) const {
  if (base == "-" && candidate == "-") {
    return fail(ErrorCode::bad_input, "only one of the two results can be standard input");
  }
  std::optional<Result<Document>> first;
  std::thread other;
  try {
    other = std::thread{[&] { first = load(base, detail); }};
  } catch (const std::system_error&) {  // no thread is to be had: one after the other
    first = load(base, detail);
  }
  Result<Document> second = load(candidate, detail);
  if (other.joinable()) other.join();
  if (!*first) return Failure{first->error()};
  if (!second) return Failure{second.error()};
  return std::pair{std::move(**first), std::move(*second)};
}

Result<std::vector<Entry>> Store::list(Detail detail) const {
  PB_TRY(const auto stored, stored_files(files_));
  std::vector<Entry> entries;
  for (const auto& [name, file] : stored) {
    entries.push_back({name, files_.path() / file, read_stored(files_, file, detail)});
  }
  return entries;
}

Result<std::vector<std::string>> Store::names() const { return stored_names(files_); }

Result<std::vector<Entry>> Store::list_runs(Detail detail) const {
  PB_TRY(const auto results, run_results(files_));
  std::vector<Entry> entries;
  for (const RunFile& run : results) {
    auto document = read_stored(files_, run.result, detail);
    if (!document && document.error().code == ErrorCode::not_found) continue;  // pruned since
    entries.push_back({run.result.parent_path().filename().string(), files_.path() / run.result,
                       std::move(document)});
  }
  return entries;
}

Result<void> Store::remove(std::string_view name) const {
  PB_TRY(const auto wanted, parse_baseline_name(name));
  PB_TRY(const auto found, find_file(wanted, files_, this_kind_));
  if (!found) return nothing_to_remove(name, files_);
  const fs::path& file = *found;
  PB_TRY(const auto facts, files_.facts(file));
  if (facts.is_folder) {
    return fail(ErrorCode::bad_input, fmt::format("{} is a folder; remove it by hand",
                                                  printable((files_.path() / file).string())));
  }
  PB_CHECK(files_.open(file));  // which says why it is none of ours
  PB_TRY(const auto held, lock());
  PB_CHECK(files_.remove(file));
  remove_empty(file.parent_path(), files_);
  return {};
}

Result<std::vector<Approval>> Store::approvals() const {
  const auto text = files_.read(kApprovals, 0, kMostApprovals);
  if (text) return decode_approvals(*text, approvals_file().string());
  if (text.error().code == ErrorCode::not_found) return std::vector<Approval>{};
  return Failure{text.error()};
}

Result<void> Store::change_approvals(
    const std::function<Result<std::vector<Approval>>(std::vector<Approval>)>& change) const {
  PB_TRY(const auto held, lock());
  PB_TRY(auto before, approvals());
  PB_TRY(const auto after, change(std::move(before)));
  return files_.write(kApprovals, encode_approvals(after));
}

Result<void> Store::check_own_folders() const {
  for (const char* name : {"runs", "bin", "kept", "tmp", "builds", "worktrees"}) {
    PB_CHECK(files_.check_folder(fs::path{kOwnFolder} / name));
  }
  return files_.check_folder(kBaselines);
}

Result<fs::path> Store::save_run(const Document& document, std::span<const Measured> raw) const {
  PB_TRY(const auto held, lock());
  PB_TRY(fs::path folder, write_run(files_, document, raw));
  prune_runs(files_, kRunsKept);
  return folder;
}

Result<Document> Store::newest_run() const {
  PB_TRY(const auto results, run_results(files_));
  if (results.empty()) {
    return fail(ErrorCode::not_found, fmt::format("no run in {}; measure one with: pulsebench run",
                                                  printable(runs_folder().string())));
  }
  auto document = read_stored(files_, results.front().result, Detail::everything);
  if (document) return document;
  return fail(document.error().code == ErrorCode::not_found ? ErrorCode::io : document.error().code,
              "the newest run cannot be read: " + document.error().message +
                  "; measure again, or remove the folder of that run to use the one before it");
}

Result<StoredRuns> Store::runs(Detail detail, std::uintmax_t most_bytes) const {
  PB_TRY(const auto results, run_results(files_));
  StoredRuns stored;
  for (const RunFile& run : results) {
    if (run.bytes > most_bytes) break;
    auto document = read_stored(files_, run.result, detail);
    if (document) {
      most_bytes -= run.bytes;
      stored.runs.push_back(std::move(*document));
    } else if (document.error().code != ErrorCode::not_found) {  // pruned since it was listed
      ++stored.unreadable;
    }
  }
  return stored;
}

}  // namespace pulsebench::baseline
