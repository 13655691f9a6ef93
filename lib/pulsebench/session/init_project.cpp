#include "pulsebench/session/init_project.hpp"

#include <filesystem>
#include <system_error>

#include "pulsebench/baseline/store.hpp"
#include "pulsebench/config/load.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

constexpr const char* kSchemaFile = ".pulsebench/config.schema.json";

Result<fs::path> folder_of(const std::optional<std::string>& asked) {
  std::error_code error;
  fs::path root = fs::canonical(asked.value_or("."), error);
  if (!error && fs::is_directory(root, error)) return root;
  return fail(ErrorCode::bad_input, "--root '" + printable(asked.value_or(".")) +
                                        "' is not a folder; give the project root");
}

}  // namespace

Result<InitResult> init_project(const std::optional<std::string>& asked) {
  PB_TRY(const fs::path root, folder_of(asked));
  std::error_code ignored;
  for (const char* file : config::kConfigFiles) {
    if (fs::symlink_status(root / file, ignored).type() == fs::file_type::not_found) continue;
    return fail(ErrorCode::bad_input,
                printable((root / file).string()) +
                    " exists and is not overwritten; edit it, or move it away first");
  }
  PB_TRY(auto found, config::discover(root));
  const bool in_folder = fs::is_directory(fs::symlink_status(root / "config", ignored));
  const char* file = config::kConfigFiles[in_folder ? 1 : 0];
  const baseline::Store store{root};
  PB_TRY(const auto held, store.lock());
  PB_CHECK(store.files().write(kSchemaFile, config::config_schema()));
  const std::string schema = (in_folder ? "../" : "") + std::string{kSchemaFile};
  PB_CHECK(store.files().write(file, config::configuration_for(found, schema)));
  return InitResult{.found = std::move(found), .file = file};
}

}  // namespace pulsebench::session
