#include "pulsebench/session/kept_binaries.hpp"

#include <algorithm>
#include <system_error>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/sha256.hpp"
#include "pulsebench/session/stored_comparison.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

constexpr unsigned kExecutable = 0777;  // less the umask

/// Sums come from stored results, which anybody may have written.
bool is_sha256(const std::string& text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace

KeptBinaries::KeptBinaries(fs::path folder) : folder_(std::move(folder)) {}

Result<void> KeptBinaries::keep(const fs::path& executable, const std::string& sha256) const {
  if (find(sha256)) return {};
  const auto content = os::read_file(executable, 0);
  if (!content) return Failure{content.error()};
  if (!is_sha256(sha256) || os::sha256_of(*content) != sha256) {
    return fail(ErrorCode::bad_input,
                printable(executable.string()) + " was changed while it was measured");
  }
  return os::write_whole(folder_ / sha256, *content, kExecutable);
}

Result<fs::path> KeptBinaries::find(const std::string& sha256) const {
  fs::path file = folder_ / sha256;
  const auto sum = is_sha256(sha256)
                       ? os::sha256_of_file(file)
                       : fail(ErrorCode::not_found, "its result does not say which binary it was");
  if (!sum) return Failure{sum.error()};
  if (*sum == sha256) return file;
  return fail(ErrorCode::bad_input, printable(file.string()) + " was changed since it was kept");
}

void KeptBinaries::prune(const std::set<std::string>& named) const {
  std::error_code error;
  for (fs::directory_iterator place{folder_, error}, end; !error && place != end;
       place.increment(error)) {
    const std::string name = place->path().filename().string();
    std::error_code ignored;
    const bool plain = place->symlink_status(ignored).type() == fs::file_type::regular;
    if (plain && is_sha256(name) && !named.contains(name)) fs::remove(place->path(), ignored);
  }
}

std::set<std::string> named_binaries(const baseline::Store& store) {
  std::set<std::string> named;
  for (const baseline::Document& document : stored_envelopes(store)) {
    for (const SuiteBuild& suite : document.suites) named.insert(suite.sha256);
  }
  return named;
}

}  // namespace pulsebench::session
