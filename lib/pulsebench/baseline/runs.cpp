#include "pulsebench/baseline/runs.hpp"

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "pulsebench/baseline/codec.hpp"
#include "pulsebench/baseline/decode_text.hpp"
#include "pulsebench/baseline/store.hpp"
#include "pulsebench/os/file_io.hpp"
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

struct RunFolder {
  fs::file_time_type written;
  fs::path path;
};

/// The run folders, newest first: by the time of their result, else of the folder, then by name.
std::vector<RunFolder> run_folders(const fs::path& runs) {
  std::vector<RunFolder> folders;
  std::error_code error;
  for (auto place = fs::directory_iterator(runs, error);
       !error && place != fs::directory_iterator(); place.increment(error)) {
    std::error_code gone;
    if (place->symlink_status(gone).type() != fs::file_type::directory) continue;
    auto written = fs::last_write_time(place->path() / kResultFile, gone);
    if (gone) written = fs::last_write_time(place->path(), gone);
    if (!gone) folders.push_back({written, place->path()});
  }
  std::ranges::sort(folders, [](const RunFolder& a, const RunFolder& b) {
    return std::tie(a.written, a.path) > std::tie(b.written, b.path);
  });
  return folders;
}

/// Returns true where the folder is one that `write_run` made: its name is a run id, and it holds a
/// result or samples.
bool is_run(const fs::path& folder) {
  const auto holds = [&](const char* file) {
    std::error_code error;
    return fs::symlink_status(folder / file, error).type() == fs::file_type::regular;
  };
  return is_run_id(folder.filename().string()) && (holds(kResultFile) || holds(kSamplesFile));
}

/// Failing to tidy up does not fail the run that was kept.
void prune(const fs::path& runs, const fs::path& newest, std::size_t kept) {
  std::size_t others = 0;
  for (const RunFolder& folder : run_folders(runs)) {
    if (folder.path == newest || !is_run(folder.path) || ++others < kept) continue;
    std::error_code ignored;
    fs::remove_all(folder.path, ignored);
  }
}

Result<bool> is_complete(const fs::path& file) {
  PB_TRY(const std::string text, os::read_file(file, kTextSlack));
  PB_TRY(const Document document, decode_in_place(text, file.string(), Detail::envelope));
  return document.complete;
}

}  // namespace

Result<fs::path> write_run(const fs::path& runs, const Document& document,
                           std::span<const Measured> raw, std::size_t kept) {
  const bool one_part = document.run_id.find('/') == std::string::npos;
  if (const auto checked = check_name(document.run_id); !checked || !one_part) {
    return fail(ErrorCode::bad_input, fmt::format("the run id '{}' cannot name a folder",
                                                  printable(document.run_id, 60)));
  }
  const fs::path folder = runs / document.run_id;
  PB_CHECK(os::write_whole(folder / kSamplesFile, encode_samples(raw)));
  PB_CHECK(os::write_whole(folder / kResultFile, encode(document)));
  prune(runs, folder, kept);
  return folder;
}

std::vector<fs::path> run_results(const fs::path& runs) {
  std::vector<fs::path> results;
  for (const RunFolder& folder : run_folders(runs)) {
    const fs::path result = folder.path / kResultFile;
    std::error_code unknown;  // one that cannot be looked at is there
    if (fs::status(result, unknown).type() != fs::file_type::not_found) results.push_back(result);
  }
  return results;
}

Result<fs::path> newest_complete_run(const fs::path& runs) {
  const std::vector<fs::path> results = run_results(runs);
  for (const fs::path& file : results) {
    const auto complete = is_complete(file);
    if (!complete) {
      return fail(complete.error().code,
                  fmt::format("the newest run cannot be read: {}; measure again, or remove the "
                              "folder of that run to use the one before it",
                              complete.error().message));
    }
    if (*complete) return file;
  }
  return fail(ErrorCode::not_found,
              fmt::format("no complete run in {}{}; measure one with: pulsebench run",
                          printable(runs.string()),
                          results.empty() ? "" : fmt::format(" ({} incomplete)", results.size())));
}

}  // namespace pulsebench::baseline
