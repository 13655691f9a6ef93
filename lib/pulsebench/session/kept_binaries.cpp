#include "pulsebench/session/kept_binaries.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <set>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/sha256.hpp"
#include "pulsebench/os/used_file.hpp"
#include "pulsebench/session/stored_comparison.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

constexpr mode_t kExecutable = 0777;  // less the umask
constexpr std::chrono::hours kYoung{1};
constexpr std::size_t kLargestRecord = std::size_t{4} << 20U;

/// Sums come from stored results, which anybody may have written.
bool is_sha256(const std::string& text) { return text.size() == 64 && is_hex(text); }

fs::path binary_of(const std::string& sha256) { return fs::path{".pulsebench/bin"} / sha256; }
fs::path record_of(const std::string& sha256) { return fs::path{".pulsebench/kept"} / sha256; }

/// Removes one that nobody has opened by `find`.
void remove_unused(const std::string& sha256, const os::GuardedFolder& files) {
  if (!os::remove_unless_used(files, binary_of(sha256))) return;
  [[maybe_unused]] const auto removed = files.remove(record_of(sha256));
}

/// The record: the id of the run, then a line for each option that is not the default.
std::string record_text(const std::string& run_id, const run::ProgramOptions& options) {
  std::string text = run_id + '\n';
  for (const std::string& argument : options.arguments) text += "argument " + argument + '\n';
  for (const std::string& variable : options.environment) text += "variable " + variable + '\n';
  if (const auto& folder = options.working_directory; !folder.empty()) {
    text += "working_directory " + folder.string() + '\n';
  }
  if (options.limit) text += "limit_ms " + std::to_string(options.limit->count()) + '\n';
  return text;
}

/// The options in a record, which has no others than `record_text` wrote.
run::ProgramOptions options_in(const std::string& record) {
  run::ProgramOptions options;
  for (const std::string& line : split(record, '\n')) {
    const std::size_t blank = line.find(' ');
    if (blank == std::string::npos) continue;
    const std::string key = line.substr(0, blank), value = line.substr(blank + 1);
    if (key == "argument") options.arguments.push_back(value);
    if (key == "variable") options.environment.push_back(value);
    if (key == "working_directory") options.working_directory = value;
    long long ms = 0;
    if (key != "limit_ms") continue;
    std::from_chars(value.data(), value.data() + value.size(), ms);
    options.limit = std::chrono::milliseconds{ms};
  }
  return options;
}

}  // namespace

Result<void> KeptBinaries::keep(const run::Program& program, const std::string& sha256,
                                const std::string& run_id) const {
  PB_TRY(const auto held, store_.lock());
  const auto kept = find(sha256);
  if (kept && kept->options == program.options) return {};
  if (!kept) {
    PB_TRY(const std::string content, os::read_file(program.executable));
    if (!is_sha256(sha256) || os::sha256_of(content) != sha256) {
      return fail(ErrorCode::bad_input,
                  printable(program.executable.string()) + " was changed while it was measured");
    }
    PB_CHECK(store_.files().write(binary_of(sha256), content, kExecutable));
  }
  return store_.files().write(record_of(sha256), record_text(run_id, program.options));
}

Result<KeptBinary> KeptBinaries::find(const std::string& sha256) const {
  if (!is_sha256(sha256)) {
    return fail(ErrorCode::not_found, "its result does not say which binary it was");
  }
  const os::GuardedFolder& files = store_.files();
  const fs::path file = files.path() / binary_of(sha256);
  PB_TRY(auto opened, files.open(binary_of(sha256)));
  const auto record = files.read(record_of(sha256), 0, kLargestRecord);
  if (!record && record.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::bad_input,
                printable(file.string()) + " was not kept by a run here, so it is not started");
  }
  if (!record) return Failure{record.error()};
  os::mark_used(opened);
  PB_TRY(const std::string sum, os::sha256_of_file(opened, file));
  if (sum == sha256) return KeptBinary{file, std::move(opened), options_in(*record)};
  return fail(ErrorCode::bad_input, printable(file.string()) + " was changed since it was kept");
}

void KeptBinaries::prune() const {
  const auto held = store_.lock();
  const auto results = stored_envelopes(store_);
  const auto kept = store_.files().list(".pulsebench/bin");
  if (!held || !results || results->unreadable > 0 || !kept) return;
  std::set<std::string> named;
  for (const baseline::Document& document : results->runs) {
    for (const SuiteBuild& suite : document.suites) named.insert(suite.sha256);
  }
  const auto old = std::chrono::system_clock::now() - kYoung;
  for (const os::FileFacts& entry : *kept) {
    const bool ours =
        entry.is_file && is_sha256(entry.name) && store_.files().open(record_of(entry.name));
    if (ours && entry.modified < old && !named.contains(entry.name)) {
      remove_unused(entry.name, store_.files());
    }
  }
}

}  // namespace pulsebench::session
