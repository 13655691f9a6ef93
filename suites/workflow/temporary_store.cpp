#include "temporary_store.hpp"

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace suites {
namespace fs = std::filesystem;

workflow::Result<workflow::EventStore> make_temporary_store(bool sync) {
  std::error_code error;
  std::string folder = fs::temp_directory_path(error) / "pulsebench-XXXXXX";
  if (error || mkdtemp(folder.data()) == nullptr) {
    return workflow::fail(workflow::ErrorCode::io,
                          "cannot make a folder; set TMPDIR to one that can be written");
  }
  auto store = workflow::EventStore::open(folder, {.sync = sync});
  fs::remove_all(folder, error);
  return store;
}

}  // namespace suites
