#include "pulsebench/session/import.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

namespace fs = std::filesystem;
using exchange::Source;

/// What a folder of results of Criterion.rs has of a benchmark; in a folder `new`.
constexpr std::array<std::string_view, 2> kCriterionFiles{"benchmark.json", "sample.json"};

/// The regular files of Criterion.rs in `folder`, in order. Links are not followed.
Result<std::vector<fs::path>> find_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator entry{folder, error}, end; !error && entry != end;
       entry.increment(error)) {
    const fs::path& path = entry->path();
    std::error_code ignored;
    const bool is_one =
        std::ranges::find(kCriterionFiles, path.filename()) != kCriterionFiles.end() &&
        path.parent_path().filename() == "new" &&
        entry->symlink_status(ignored).type() == fs::file_type::regular;
    if (is_one) files.push_back(path);
    if (files.size() > 2 * exchange::kMostBenchmarks) {
      return fail(ErrorCode::bad_input,
                  printable(folder.string(), 200) + ": it has too many files");
    }
  }
  if (error) return os::io_failure("list", folder, error.value());
  std::ranges::sort(files);
  return files;
}

Result<Source> read_folder(const fs::path& folder) {
  PB_TRY(const auto files, find_files(folder));
  if (files.empty()) {
    return fail(ErrorCode::bad_input,
                printable(folder.string(), 200) +
                    ": a folder is read where Criterion.rs wrote it (target/criterion), and it has "
                    "no new/benchmark.json below it");
  }
  Source source{.name = folder.string(), .files = {}, .is_folder = true};
  std::size_t room = exchange::kMostBytes;
  for (const fs::path& file : files) {
    PB_TRY(std::string text, os::read_file(file, 0, room));
    room -= text.size();
    source.files.push_back({file.string(), std::move(text)});
  }
  return source;
}

Result<Source> read_source(const std::string& file) {
  std::error_code ignored;
  if (file != "-" && fs::is_directory(file, ignored)) return read_folder(file);
  PB_TRY(std::string text, os::read_file(file, 0, exchange::kMostBytes));
  std::string name = file == "-" ? "standard input" : file;
  return Source{.name = name, .files = {{name, std::move(text)}}};
}

}  // namespace

Result<baseline::Document> import_result(const Session& session, const ImportRequest& request) {
  if (!request.save.empty()) PB_CHECK(baseline::check_name(request.save));
  PB_TRY(const auto& source, read_source(request.file));
  const exchange::Importer* importer = request.importer;
  if (importer == nullptr) {
    PB_TRY(importer, exchange::recognise(source));
  }
  PB_TRY(auto document, exchange::import_source(source, *importer));
  document.project = session.workspace.project();
  document.tool_version = request.tool_version;
  document.command_line = request.command_line;
  if (!request.save.empty()) PB_CHECK(session.workspace.store.save(request.save, document));
  return document;
}

Error with_import_hint(Error error, const std::string& reference) {
  std::error_code ignored;
  const bool is_file = fs::is_regular_file(reference, ignored);
  const bool is_folder = error.code == ErrorCode::io && fs::is_directory(reference, ignored);
  if (!is_file && !is_folder) return error;
  const auto source = read_source(reference);
  if (!source) return error;
  const auto importer = exchange::recognise(*source);
  if (!importer) return error;
  const std::string shown = printable(reference, 200);
  return {ErrorCode::bad_input, shown + " is a result of " + std::string{(*importer)->tool} +
                                    ", not of pulsebench; import it: pulsebench import " + shown +
                                    " --save NAME"};
}

Result<baseline::Document> load_result(const Session& session, const std::string& reference) {
  auto document = session.workspace.store.load(reference);
  if (document) return document;
  return Failure{with_import_hint(document.error(), reference)};
}

}  // namespace pulsebench::session
