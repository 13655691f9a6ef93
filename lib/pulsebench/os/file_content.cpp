#include "pulsebench/os/file_io.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/os/open_file.hpp"
#include "pulsebench/vocabulary/printable.hpp"

// What is the same on every system: the content of open files.
namespace pulsebench::os {
namespace {

namespace fs = std::filesystem;

/// Windows takes fewer bytes at once than a size_t holds.
unsigned at_once(std::size_t bytes) {
  constexpr std::size_t kMost = std::size_t{1} << 30U;
  return static_cast<unsigned>(std::min(bytes, kMost));
}

}  // namespace

int write_all(const Descriptor& file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file.number(), content.data(), at_once(content.size()));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

int read_all(const Descriptor& file, std::string& content, ReadLimits limits) {
  const auto make_room = [&](std::size_t size) {
    content.reserve(size + limits.slack);
    content.resize(size);
  };
  make_room(std::min(limits.expected, limits.most) + 1);  // so that the end shows at once
  std::size_t size = 0;
  while (size <= limits.most) {
    if (size == content.size()) make_room(std::max(2 * size, std::size_t{4096}));
    const ssize_t got =
        ::read(file.number(), content.data() + size, at_once(content.size() - size));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  content.resize(size);
  return 0;
}

ssize_t read_piece(const Descriptor& file, std::span<char> into) {
  ssize_t got = 0;
  do {
    got = ::read(file.number(), into.data(), at_once(into.size()));
  } while (got < 0 && errno == EINTR);
  return got;
}

Failure io_failure(std::string_view what, const fs::path& path, int error_number) {
  std::string why = std::generic_category().message(error_number);
  if (!why.empty()) why[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(why[0])));
  const bool missing = error_number == ENOENT || error_number == ENOTDIR;
  const ErrorCode code = missing ? ErrorCode::not_found : ErrorCode::io;
  return fail(code, fmt::format("cannot {} {}: {}", what, printable(path.string()), why));
}

Result<std::string> read_file(const fs::path& file, std::size_t slack, std::size_t most) {
  const Descriptor opened =
      file == "-" ? Descriptor{::dup(STDIN_FILENO)} : open_to_read(file, Fifo::waits);
  if (!opened.open()) return io_failure("read", file, errno);
  return read_opened(opened, file, slack, most);
}

Result<std::string> read_opened(const Descriptor& opened, const fs::path& path, std::size_t slack,
                                std::size_t most) {
  struct stat status = {};
  if (::fstat(opened.number(), &status) != 0) return io_failure("read", path, errno);
  if (S_ISDIR(status.st_mode)) return io_failure("read", path, EISDIR);
  if (path != "-" && !S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode)) {
    return fail(ErrorCode::io,
                fmt::format("cannot read {}: it is a device", printable(path.string())));
  }
  const bool regular = S_ISREG(status.st_mode);
  const auto expected = regular ? static_cast<std::size_t>(status.st_size) : 65'536;
  if (regular && expected > most) return io_failure("read", path, EFBIG);
  std::string content;
  if (const int error = read_all(opened, content, {most, slack, expected}); error != 0) {
    return io_failure("read", path, error);
  }
  if (content.size() > most) return io_failure("read", path, EFBIG);
  return content;
}

bool is_temporary_name(std::string_view name) {
  return name.starts_with(".") && name.ends_with(".tmp");
}

}  // namespace pulsebench::os
