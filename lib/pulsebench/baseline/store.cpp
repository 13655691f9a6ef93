#include "pulsebench/baseline/store.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <thread>

#include <fmt/format.h>

#include "pulsebench/baseline/decode_text.hpp"
#include "pulsebench/baseline/runs.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::baseline {
namespace {

namespace fs = std::filesystem;

Result<Document> read_document(const fs::path& file, Detail detail) {
  PB_TRY(const std::string text, os::read_file(file, kTextSlack));
  return decode_in_place(text, file == "-" ? "standard input" : file.string(), detail);
}

/// Whether `file` is below `folder` when every symbolic link on the way is followed.
bool stays_inside(const fs::path& file, const fs::path& folder) {
  std::error_code error;
  const fs::path real_folder = fs::weakly_canonical(folder, error);
  if (error) return false;
  const fs::path real_file = fs::weakly_canonical(file, error);
  if (error) return false;
  const auto [end, unused] =
      std::mismatch(real_folder.begin(), real_folder.end(), real_file.begin(), real_file.end());
  return end == real_folder.end();
}

/// The file of a baseline, which need not exist. `bad_input` where links lead it elsewhere.
Result<fs::path> file_of(std::string_view name, const fs::path& folder) {
  PB_CHECK(check_name(name));
  fs::path file = folder / fmt::format("{}.json", name);
  if (stays_inside(file, folder)) return file;
  return fail(ErrorCode::bad_input,
              fmt::format("the baseline '{}' leads outside {} by a symbolic link; it is left alone",
                          printable(name), printable(folder.string())));
}

bool looks_like_a_path(std::string_view reference) {
  return reference.find('/') != std::string_view::npos || reference.ends_with(".json");
}

/// Names of the baselines below `folder`, in order.
Result<std::vector<std::string>> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  if (!fs::exists(folder, error)) return names;
  for (auto place = fs::recursive_directory_iterator(folder, error);
       !error && place != fs::recursive_directory_iterator(); place.increment(error)) {
    const fs::path& file = place->path();
    std::error_code unknown;
    if (file.extension() != ".json" || !place->is_regular_file(unknown)) continue;
    std::string name = file.lexically_relative(folder).replace_extension().generic_string();
    if (check_name(name)) names.push_back(std::move(name));
  }
  if (error) return os::io_failure("list", folder, error.value());
  std::ranges::sort(names);
  return names;
}

Failure no_such_baseline(std::string_view reference, const fs::path& folder) {
  constexpr std::size_t kShown = 8;
  auto names = names_in(folder).value_or(std::vector<std::string>{});
  const bool more = names.size() > kShown;
  if (more) names.resize(kShown);
  const std::string existing =
      names.empty() ? "there is none yet"
                    : fmt::format("there are {}{}", fmt::join(names, ", "), more ? ", ..." : "");
  const std::string shown = printable(reference, 60);
  return fail(ErrorCode::not_found,
              fmt::format("no baseline '{}' in {} ({}); save one with: pulsebench run --save {}",
                          shown, printable(folder.string()), existing, shown));
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

Store::Store(fs::path root) : root_(std::move(root)) {}

fs::path Store::baselines_folder() const { return root_ / "baselines"; }
fs::path Store::approvals_file() const { return baselines_folder() / "approved.json"; }
fs::path Store::runs_folder() const { return root_ / ".pulsebench" / "runs"; }
fs::path Store::binaries_folder() const { return root_ / ".pulsebench" / "bin"; }

Result<fs::path> Store::save(std::string_view name, const Document& document) const {
  PB_TRY(fs::path file, file_of(name, baselines_folder()));
  PB_CHECK(os::write_whole(file, encode(document)));
  return file;
}

Result<fs::path> Store::resolve(std::string_view reference) const {
  if (reference == "-") {
    return fail(ErrorCode::bad_input, "standard input has no file; name a baseline or a file");
  }
  if (reference == "last") return newest_complete_run(runs_folder());
  std::error_code error;
  const bool is_path = looks_like_a_path(reference);
  auto baseline = file_of(reference, baselines_folder());
  if (baseline && fs::exists(*baseline, error)) return baseline;
  if (is_path && fs::exists(fs::path{reference}, error)) return fs::path{reference};
  if (baseline) return no_such_baseline(reference, baselines_folder());
  if (!is_path) return baseline;
  return fail(ErrorCode::not_found, fmt::format("no file {}, and it cannot be a baseline: {}",
                                                printable(reference), baseline.error().message));
}

Result<Document> Store::load(std::string_view reference, Detail detail) const {
  if (reference == "-") return read_document("-", detail);
  PB_TRY(const fs::path file, resolve(reference));
  return read_document(file, detail);
}

Result<std::pair<Document, Document>> Store::load_pair(std::string_view base,
                                                       std::string_view candidate,
                                                       Detail detail) const {
  if (base == "-" && candidate == "-") {
    return fail(ErrorCode::bad_input, "only one of the two results can be standard input");
  }
  Result<Document> first;
  std::thread other([&] { first = load(base, detail); });
  Result<Document> second = load(candidate, detail);
  other.join();
  if (!first) return Failure{first.error()};
  if (!second) return Failure{second.error()};
  return std::pair{std::move(*first), std::move(*second)};
}

Result<std::vector<Entry>> Store::list() const {
  PB_TRY(const auto names, names_in(baselines_folder()));
  std::vector<Entry> entries;
  for (const std::string& name : names) {
    entries.push_back({name, baselines_folder() / (name + ".json"), load(name, Detail::envelope)});
  }
  return entries;
}

Result<void> Store::remove(std::string_view name) const {
  PB_TRY(const fs::path file, file_of(name, baselines_folder()));
  std::error_code error;
  const auto status = fs::symlink_status(file, error);
  if (status.type() == fs::file_type::not_found) return no_such_baseline(name, baselines_folder());
  if (status.type() != fs::file_type::regular) {
    return fail(ErrorCode::bad_input,
                fmt::format("{} is no regular file; remove it by hand", printable(file.string())));
  }
  if (!fs::remove(file, error))
    return os::io_failure("remove", file, error ? error.value() : ENOENT);
  return {};
}

Result<std::vector<Approval>> Store::approvals() const {
  const auto text = os::read_file(approvals_file(), 0);
  if (text) return decode_approvals(*text, approvals_file().string());
  if (text.error().code == ErrorCode::not_found) return std::vector<Approval>{};
  return Failure{text.error()};
}

Result<void> Store::save_approvals(const std::vector<Approval>& approvals) const {
  return os::write_whole(approvals_file(), encode_approvals(approvals));
}

Result<void> Store::check_own_folders() const {
  for (const fs::path& folder : {root_ / ".pulsebench", runs_folder(), binaries_folder()}) {
    std::error_code error;
    const fs::file_type type = fs::symlink_status(folder, error).type();
    if (type == fs::file_type::directory || type == fs::file_type::not_found) continue;
    const char* is = type == fs::file_type::symlink ? "is a symbolic link" : "is not a folder";
    return fail(ErrorCode::bad_input,
                fmt::format("{} {}; pulsebench writes and removes files only in a folder of its "
                            "own: remove it",
                            printable(folder.string()), is));
  }
  return {};
}

Result<fs::path> Store::save_run(const Document& document, std::span<const Measured> raw) const {
  PB_CHECK(check_own_folders());
  return write_run(runs_folder(), document, raw, kRunsKept);
}

StoredRuns Store::runs(Detail detail, std::uintmax_t most_bytes) const {
  StoredRuns stored;
  for (const fs::path& file : run_results(runs_folder())) {
    std::error_code gone;
    const std::uintmax_t bytes = fs::file_size(file, gone);
    if (!gone && bytes > most_bytes) break;
    auto document = read_document(file, detail);
    if (document) {
      most_bytes -= bytes;
      stored.runs.push_back(std::move(*document));
    } else {
      ++stored.unreadable;
    }
  }
  return stored;
}

}  // namespace pulsebench::baseline
