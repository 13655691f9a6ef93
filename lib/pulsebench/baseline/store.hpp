#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pulsebench/baseline/approvals.hpp"
#include "pulsebench/baseline/codec.hpp"
#include "pulsebench/baseline/document.hpp"
#include "pulsebench/baseline/stored_files.hpp"
#include "pulsebench/baseline/summarize.hpp"
#include "pulsebench/os/file_lock.hpp"
#include "pulsebench/os/guarded_folder.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::baseline {

/// The stored runs, newest first.
struct StoredRuns {
  std::vector<Document> runs;
  int unreadable = 0;  ///< how many more there are that cannot be read
};

/// One stored result, as a list shows it. A baseline has one for each kind of machine.
struct Entry {
  std::string name;  ///< of the baseline; of a run, its run id
  std::filesystem::path file;
  Result<Document> envelope;  ///< as much as was asked for; why, where it cannot be read
};

/// `{}` where `name` may name a baseline: 1 to 200 bytes of `[A-Za-z0-9._-]` with `/` between
/// parts, no part beginning with a dot or a dash, and none of `last`, `approved` and `trend`. Else
/// `bad_input`, and why.
[[nodiscard]] Result<void> check_name(std::string_view name);

/// `nothing_measured`, saying which, where a benchmark failed or none was measured: as a baseline,
/// such a result would let every change pass.
[[nodiscard]] Result<void> check_measured(const Document& document);

/// Baselines and runs of one tree: `<root>/baselines/<name>/<kind>.json` and
/// `<root>/.pulsebench/runs/<run id>/`. A baseline is one result for each kind of machine; the one
/// of this machine is read, and none of another kind in its place. `<root>/baselines/<name>.json`,
/// where older versions stored a result, is read where it is of this kind, or there is none of this
/// kind. Every write is
/// whole or not at all, and whoever reads, changes and writes holds the lock of the tree. What is
/// read by a name is read as `os::GuardedFolder` does: through no symbolic link, from nobody else,
/// without waiting.
///
/// A *reference* is the name of a baseline, that name with `/<kind>` behind it, the path of a file
/// (it has a `/` or ends in `.json`; a baseline of that name wins), `last` for the newest complete
/// run, or `-` for standard input.
class Store {
 public:
  /// `root` need not exist; folders are made when something is saved. `this_kind` is called when a
  /// baseline of several kinds is read.
  explicit Store(std::filesystem::path root, ThisKind this_kind = {});

  /// Saves under `name`, over what was there for that kind of machine. Returns the file.
  [[nodiscard]] Result<std::filesystem::path> save(std::string_view name,
                                                   const Document& document) const;

  /// The text that a reference names, whatever it holds. `not_found` says what there is instead.
  [[nodiscard]] Result<StoredText> read(std::string_view reference) const;

  /// The result that a reference names.
  [[nodiscard]] Result<Document> load(std::string_view reference,
                                      Detail detail = Detail::everything) const;

  /// Two references at once, read in two threads. `-` may stand for one of them.
  [[nodiscard]] Result<std::pair<Document, Document>> load_pair(
      std::string_view base, std::string_view candidate, Detail detail = Detail::judgement) const;

  /// Every baseline, by name and kind. Files that cannot be read are listed with the reason.
  [[nodiscard]] Result<std::vector<Entry>> list(Detail detail = Detail::envelope) const;

  /// The names of the baselines, in order.
  [[nodiscard]] Result<std::vector<std::string>> names() const;

  /// The ids of the newest run's benchmarks, as its text has them: it is not checked, and they are
  /// not either. None where there is no run, or its result has more than `most_bytes`.
  [[nodiscard]] std::vector<std::string> newest_ids(std::uintmax_t most_bytes) const;

  /// Every stored run, newest first. Results that cannot be read are listed with the reason.
  [[nodiscard]] Result<std::vector<Entry>> list_runs(Detail detail) const;

  /// Removes a baseline of one kind; only a regular file inside the baselines folder.
  [[nodiscard]] Result<void> remove(std::string_view name) const;

  /// What was approved, `<root>/baselines/approved.json`; empty where there is no such file.
  [[nodiscard]] Result<std::vector<Approval>> approvals() const;
  /// Replaces them by what `change` makes of them. No other process changes them meanwhile.
  [[nodiscard]] Result<void> change_approvals(
      const std::function<Result<std::vector<Approval>>(std::vector<Approval>)>& change) const;

  /// `bad_input` where a folder in which we write exists and is not a plain folder of ours; `io`
  /// where that cannot be told.
  [[nodiscard]] Result<void> check_own_folders() const;

  /// Keeps a run: `result.json`, and the raw samples as `samples.jsonl`. Prunes to the newest
  /// `kRunsKept`. Returns the run's folder, whose name is the run id: another than the document's
  /// where that is taken.
  [[nodiscard]] Result<std::filesystem::path> save_run(const Document& document,
                                                       std::span<const Measured> raw) const;

  /// The run that was measured last, complete or not. `not_found` where there is none; one that
  /// cannot be read is an error, and no older one stands for it.
  [[nodiscard]] Result<Document> newest_run() const;

  /// The stored runs, as many as fit `most_bytes` on disk.
  [[nodiscard]] Result<StoredRuns> runs(
      Detail detail = Detail::judgement,
      std::uintmax_t most_bytes = std::numeric_limits<std::uintmax_t>::max()) const;

  /// Held while what is stored is read, changed and written. Removes what a write left that was
  /// cut.
  [[nodiscard]] Result<os::FileLock> lock() const;

  /// The files of the tree.
  [[nodiscard]] const os::GuardedFolder& files() const { return files_; }

  static constexpr std::size_t kRunsKept = 20;
  /// How much of the runs is worth reading for what they teach of noise: all of a usual suite's,
  /// and 5 of one of 10,000 benchmarks.
  static constexpr std::uintmax_t kHistoryBytes = 160U << 20U;

  [[nodiscard]] std::filesystem::path baselines_folder() const;
  [[nodiscard]] std::filesystem::path approvals_file() const;
  [[nodiscard]] std::filesystem::path runs_folder() const;
  [[nodiscard]] std::filesystem::path binaries_folder() const;

 private:
  os::GuardedFolder files_;
  ThisKind this_kind_;
};

}  // namespace pulsebench::baseline
