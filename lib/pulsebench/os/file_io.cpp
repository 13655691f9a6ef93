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

constexpr std::size_t kLargestFile = 1U << 30U;  // twenty times 10,000 benchmarks

/// An open file, closed at the end of its scope.
class OpenFile {
 public:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  ~OpenFile() { (void)close_now(); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  [[nodiscard]] int get() const { return descriptor_; }
  [[nodiscard]] bool valid() const { return descriptor_ >= 0; }
  /// 0, or the errno of close(2), which some file systems report a full disk by.
  int close_now() {
    if (!valid()) return 0;
    return ::close(std::exchange(descriptor_, -1)) == 0 ? 0 : errno;
  }

 private:
  int descriptor_;
};

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

/// 0 or errno.
int write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// 0 or errno. File systems that cannot sync a folder say EINVAL, and there is nothing to do then.
int sync_folder(const fs::path& folder) {
  const OpenFile opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.valid()) return errno;
  return ::fsync(opened.get()) == 0 || errno == EINVAL ? 0 : errno;
}

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

/// What there is to read, at most `kLargestFile` and a byte. 0 or errno.
int read_all(int descriptor, std::size_t expected, std::size_t slack, std::string& content) {
  const auto make_room = [&](std::size_t size) {
    content.reserve(size + slack);
    content.resize(size);
  };
  make_room(std::min(expected, kLargestFile) + 1);  // one more, so that the end shows at once
  std::size_t size = 0;
  while (size <= kLargestFile) {
    if (size == content.size()) make_room(std::max(2 * size, std::size_t{65'536}));
    const ssize_t got = ::read(descriptor, content.data() + size, content.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  content.resize(size);
  return 0;
}

}  // namespace

Failure io_failure(std::string_view what, const fs::path& path, int error_number) {
  std::string why = std::generic_category().message(error_number);
  if (!why.empty()) why[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(why[0])));
  const ErrorCode code = error_number == ENOENT ? ErrorCode::not_found : ErrorCode::io;
  return fail(code, fmt::format("cannot {} {}: {}", what, printable(path.string()), why));
}

Result<std::string> read_file(const fs::path& file, std::size_t slack) {
  const bool standard_input = file == "-";
  const OpenFile opened(standard_input ? ::dup(STDIN_FILENO)
                                       : ::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened.valid()) return io_failure("read", file, errno);
  struct stat status = {};
  if (::fstat(opened.get(), &status) != 0) return io_failure("read", file, errno);
  if (S_ISDIR(status.st_mode)) return io_failure("read", file, EISDIR);
  if (!standard_input && !S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode)) {
    return fail(ErrorCode::io,
                fmt::format("cannot read {}: it is a device", printable(file.string())));
  }
  const auto expected = S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) : 65'536;
  std::string content;
  if (const int error = read_all(opened.get(), expected, slack, content); error != 0) {
    return io_failure("read", file, error);
  }
  if (content.size() > kLargestFile) return io_failure("read", file, EFBIG);
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
  OpenFile opened(descriptor);
  if (const int failed = write_all(opened.get(), content); failed != 0) return refuse(failed);
  if (::fsync(opened.get()) != 0) return refuse(errno);
  if (const int failed = opened.close_now(); failed != 0) return refuse(failed);
  if (::rename(temporary.path().c_str(), file.c_str()) != 0) return refuse(errno);
  temporary.release();
  if (const int failed = sync_folder(folder); failed != 0) return refuse(failed);
  return {};
}

}  // namespace pulsebench::os
