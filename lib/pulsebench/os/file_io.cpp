#include "pulsebench/os/file_io.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::os {
namespace {

namespace fs = std::filesystem;

/// A temporary file's name, removed unless it was renamed away.
class Temporary {
 public:
  explicit Temporary(fs::path path) : path_(std::move(path)) {}
  ~Temporary() {
    if (!path_.empty()) (void)::unlink(path_.c_str());
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }
  void release() { path_.clear(); }

 private:
  fs::path path_;
};

/// A new file beside `file`; of the names taken by a writer that died, none is reused.
std::pair<fs::path, int> open_beside(const fs::path& file, unsigned mode) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    const fs::path path =
        file.parent_path() /
        fmt::format(".{}.{}.{}.tmp", file.filename().string(), ::getpid(), attempt);
    const int descriptor =
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (descriptor >= 0 || errno != EEXIST) return {path, descriptor};
  }
  return {file, -1};
}

}  // namespace

int write_all(const Descriptor& file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file.number(), content.data(), content.size());
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
    const ssize_t got = ::read(file.number(), content.data() + size, content.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  content.resize(size);
  return 0;
}

int sync_folder(const fs::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.open()) return errno;
  return ::fsync(opened.number()) == 0 || errno == EINVAL ? 0 : errno;
}

Failure io_failure(std::string_view what, const fs::path& path, int error_number) {
  std::string why = std::generic_category().message(error_number);
  if (!why.empty()) why[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(why[0])));
  const bool missing = error_number == ENOENT || error_number == ENOTDIR;
  const ErrorCode code = missing ? ErrorCode::not_found : ErrorCode::io;
  return fail(code, fmt::format("cannot {} {}: {}", what, printable(path.string()), why));
}

Result<std::string> read_file(const fs::path& file, std::size_t slack, std::size_t most) {
  const bool standard_input = file == "-";
  const Descriptor opened(standard_input ? ::dup(STDIN_FILENO)
                                         : ::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened.open()) return io_failure("read", file, errno);
  struct stat status = {};
  if (::fstat(opened.number(), &status) != 0) return io_failure("read", file, errno);
  if (S_ISDIR(status.st_mode)) return io_failure("read", file, EISDIR);
  if (!standard_input && !S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode)) {
    return fail(ErrorCode::io,
                fmt::format("cannot read {}: it is a device", printable(file.string())));
  }
  const auto expected = S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) : 65'536;
  std::string content;
  if (const int error = read_all(opened, content, {most, slack, expected}); error != 0) {
    return io_failure("read", file, error);
  }
  if (content.size() > most) return io_failure("read", file, EFBIG);
  return content;
}

Result<void> write_whole(const fs::path& file, std::string_view content, unsigned mode) {
  const auto refuse = [&](int error_number) -> Result<void> {
    Failure failure = io_failure("write", file, error_number);
    return fail(ErrorCode::io, failure.value().message);
  };
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path{"."};
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return refuse(error.value());
  auto [path, descriptor] = open_beside(file, mode);
  if (descriptor < 0) return refuse(errno);
  Temporary temporary(path);
  Descriptor opened(descriptor);
  if (const int failed = write_all(opened, content); failed != 0) return refuse(failed);
  if (::fsync(opened.number()) != 0) return refuse(errno);
  if (const int failed = opened.reset(); failed != 0) return refuse(failed);
  if (::rename(temporary.path().c_str(), file.c_str()) != 0) return refuse(errno);
  temporary.release();
  if (const int failed = sync_folder(folder); failed != 0) return refuse(failed);
  return {};
}

}  // namespace pulsebench::os
