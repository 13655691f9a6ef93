#include "pulsebench/baseline/runs.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "pulsebench/baseline/codec.hpp"
#include "pulsebench/baseline/decode_text.hpp"
#include "pulsebench/baseline/store.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::baseline {
namespace {

namespace fs = std::filesystem;
constexpr const char* kResultFile = "result.json";
constexpr const char* kSamplesFile = "samples.jsonl";

/// One line a visit: what was measured, as it was measured.
std::string encode_samples(std::span<const Measured> raw) {
  std::string text;
  for (const Measured& measured : raw) {
    for (const Visit& visit : measured.visits) {
      std::vector<double> wall;
      std::vector<double> cpu;
      std::vector<std::uint32_t> disturbances;
      for (const Slice& slice : visit.slices) {
        wall.push_back(slice.ns_per_op);
        cpu.push_back(slice.cpu_ns_per_op);
        disturbances.push_back(slice.disturbances);
      }
      const nlohmann::ordered_json line{{"id", measured.info.id.text()},
                                        {"launch", visit.launch},
                                        {"operations", visit.operations},
                                        {"visit_disturbances", visit.disturbances},
                                        {"reference_ns", visit.reference_ns},
                                        {"seconds", visit.seconds},
                                        {"ns_per_op", wall},
                                        {"cpu_ns_per_op", cpu},
                                        {"disturbances", disturbances}};
      text += line.dump() + '\n';
    }
  }
  return text;
}

using SystemTime = std::chrono::system_clock::time_point;

constexpr std::chrono::hours kYoung{1};  // another process may still read it

struct RunFolder {
  SystemTime written;
  fs::path path;
  os::FileFacts result;
  bool has_result = true;  ///< or what is there cannot be looked at
};

/// The run folders, newest first: by the time of their result, else of the folder, then by name.
Result<std::vector<RunFolder>> run_folders(const os::GuardedFolder& files) {
  const auto entries = files.list(kRunsFolder);
  if (!entries && entries.error().code != ErrorCode::not_found) return Failure{entries.error()};
  std::vector<RunFolder> folders;
  for (const os::FileFacts& entry : entries.value_or(std::vector<os::FileFacts>{})) {
    if (!entry.is_folder) continue;
    const fs::path path = fs::path{kRunsFolder} / entry.name;
    const auto result = files.facts(path / kResultFile);
    folders.push_back({.written = result ? result->modified : entry.modified,
                       .path = path,
                       .result = result.value_or(os::FileFacts{}),
                       .has_result = result || result.error().code != ErrorCode::not_found});
  }
  std::ranges::sort(folders, [](const RunFolder& a, const RunFolder& b) {
    return std::tie(a.written, a.path) > std::tie(b.written, b.path);
  });
  return folders;
}

/// Removes a run folder that holds nothing but what `write_run` puts into one.
void remove_run(const os::GuardedFolder& files, const fs::path& folder) {
  const auto entries = files.list(folder);
  if (!entries) return;
  for (const os::FileFacts& entry : *entries) {
    const bool is_ours = entry.name == kResultFile || entry.name == kSamplesFile ||
                         os::is_temporary_name(entry.name);
    if (!is_ours || !entry.is_file) return;
  }
  for (const os::FileFacts& entry : *entries) {
    if (!files.remove(folder / entry.name)) return;
  }
  [[maybe_unused]] const auto removed = files.remove_folder(folder);
}

/// The run id after `id`: its number is the next one.
std::string next_run_id(const std::string& id) {
  const std::size_t digits = id.size() - 6;
  const auto number = std::stoul(id.substr(digits), nullptr, 16) + 1;
  return id.substr(0, digits) + fmt::format("{:06x}", number & 0xFFFFFFU);
}

/// Makes the folder of a run that is new. Returns its run id.
Result<std::string> claim(const os::GuardedFolder& files, std::string id) {
  while (true) {
    PB_TRY(const bool is_new, files.make_folder(fs::path{kRunsFolder} / id));
    if (is_new) return id;
    if (!is_run_id(id)) {
      return os::io_failure("write", files.path() / kRunsFolder / id, EEXIST);
    }
    id = next_run_id(id);
  }
}

Result<bool> is_complete(const os::GuardedFolder& files, const fs::path& file) {
  PB_TRY(const std::string text, files.read(file, kTextSlack));
  PB_TRY(const Document document,
         decode_in_place(text, (files.path() / file).string(), Detail::envelope));
  return document.complete;
}

}  // namespace

Result<fs::path> write_run(const os::GuardedFolder& files, const Document& document,
                           std::span<const Measured> raw) {
  const bool one_part = document.run_id.find('/') == std::string::npos;
  if (const auto checked = check_name(document.run_id); !checked || !one_part) {
    return fail(ErrorCode::bad_input, fmt::format("the run id '{}' cannot name a folder",
                                                  printable(document.run_id, 60)));
  }
  PB_TRY(const std::string id, claim(files, document.run_id));
  const fs::path folder = fs::path{kRunsFolder} / id;
  const auto write = [&]() -> Result<void> {
    PB_CHECK(files.write(folder / kSamplesFile, encode_samples(raw)));
    if (id == document.run_id) return files.write(folder / kResultFile, encode(document));
    Document renamed = document;
    renamed.run_id = id;
    return files.write(folder / kResultFile, encode(renamed));
  };
  if (const auto written = write(); !written) {
    remove_run(files, folder);
    return Failure{written.error()};
  }
  return files.path() / folder;
}

void prune_runs(const os::GuardedFolder& files, std::size_t kept) {
  const auto folders = run_folders(files);
  if (!folders) return;  // failing to tidy up does not fail the run that was kept
  const SystemTime old = std::chrono::system_clock::now() - kYoung;
  std::size_t newer = 0;
  for (const RunFolder& folder : *folders) {
    if (!is_run_id(folder.path.filename().string())) continue;
    // Every writer of a run holds the lock, as we do: one without a result was cut.
    if (folder.has_result && (newer++ < kept || folder.written >= old)) continue;
    remove_run(files, folder.path);
  }
}

Result<std::vector<RunFile>> run_results(const os::GuardedFolder& files) {
  PB_TRY(const auto folders, run_folders(files));
  std::vector<RunFile> results;
  for (const RunFolder& folder : folders) {
    if (folder.has_result) results.push_back({folder.path / kResultFile, folder.result.bytes});
  }
  return results;
}

Result<fs::path> newest_complete_run(const os::GuardedFolder& files) {
  PB_TRY(const auto results, run_results(files));
  for (const RunFile& run : results) {
    const auto complete = is_complete(files, run.result);
    if (!complete) {
      return fail(
          complete.error().code == ErrorCode::not_found ? ErrorCode::io : complete.error().code,
          fmt::format("the newest run cannot be read: {}; measure again, or remove the "
                      "folder of that run to use the one before it",
                      complete.error().message));
    }
    if (*complete) return run.result;
  }
  return fail(ErrorCode::not_found,
              fmt::format("no complete run in {}{}; measure one with: pulsebench run",
                          printable((files.path() / kRunsFolder).string()),
                          results.empty() ? "" : fmt::format(" ({} incomplete)", results.size())));
}

}  // namespace pulsebench::baseline
