#include <cerrno>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/os/guarded_folder.hpp"
#include "pulsebench/os/guarded_refusals.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::os {
namespace fs = std::filesystem;

Failure refusal(const char* what, const fs::path& path, int error) {
  Failure failure = io_failure(what, path, error);
  if (std::string_view{what} == "write") failure.value().code = ErrorCode::io;
  return failure;
}

Failure refuse_part(const fs::path& path, const OtherPart& found, const char* expected) {
  if (found.link != nullptr) {
    return fail(ErrorCode::bad_input,
                fmt::format("{} is {}; none is followed in a project, so put what it points to in "
                            "its place, or remove it",
                            printable(path.string()), found.link));
  }
  if (found.is_folder) return io_failure("read", path, EISDIR);
  return fail(ErrorCode::bad_input,
              fmt::format("{} is not {}; remove it", printable(path.string()), expected));
}

GuardedFolder::GuardedFolder(fs::path root, fs::path staging)
    : root_(std::move(root)), staging_(std::move(staging)) {}

Result<std::string> GuardedFolder::read(const fs::path& file, std::size_t slack,
                                        std::size_t most) const {
  PB_TRY(const Descriptor opened, open(file));
  return read_opened(opened, root_ / file, slack, most);
}

Result<void> GuardedFolder::check_folder(const fs::path& folder) const {
  const auto entered = enter(folder, folder, "read");
  if (!entered && entered.error().code != ErrorCode::not_found) return Failure{entered.error()};
  return {};
}

}  // namespace pulsebench::os
