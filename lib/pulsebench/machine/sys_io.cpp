#include "pulsebench/machine/sys_io.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/machine/pseudo_file.hpp"

namespace pulsebench::machine {
namespace fs = std::filesystem;
namespace {

constexpr const char* kBlanks = " \t\r\n";

std::string trimmed_end(const std::string& text) {
  const auto last = text.find_last_not_of(kBlanks);
  return last == std::string::npos ? "" : text.substr(0, last + 1);
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// One write(2), as the kernel's settings want it. 0 or an errno.
int write_whole(const fs::path& file, const std::string& value, int flags) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | flags, 0600);
  if (fd < 0) return errno;
  const ssize_t written = ::write(fd, value.data(), value.size());
  int error = written < 0 ? errno : 0;
  if (written >= 0 && static_cast<std::size_t>(written) != value.size()) error = EIO;
  ::close(fd);
  return error;
}

class LinuxSettings : public SysIo {
 public:
  explicit LinuxSettings(Roots roots) : roots_(std::move(roots)) {}

  Result<std::string> read(const std::string& path) const override {
    const fs::path file = at(path);
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0) return cannot_read(path, errno);
    std::string content;
    std::array<char, 4096> piece{};
    ssize_t got = 0;
    while ((got = ::read(fd, piece.data(), piece.size())) > 0 && content.size() < 65536) {
      content.append(piece.data(), static_cast<std::size_t>(got));
    }
    const int error = got < 0 ? errno : 0;
    ::close(fd);
    if (error != 0) return cannot_read(path, error);
    return content;
  }

  int write(const std::string& path, const std::string& value) override {
    return write_whole(at(path), value, 0);
  }

  std::vector<std::string> list(const std::string& folder) const override {
    std::vector<std::string> names;
    for (const auto& entry : entries_of(at(folder))) names.push_back(entry.filename().string());
    return names;
  }

  bool owns(const std::string& path) const override {
    const bool setting = path.rfind("/sys/", 0) == 0 || path.rfind("/proc/sys/", 0) == 0 ||
                         path.rfind("/proc/irq/", 0) == 0;
    return setting && fs::path{path}.lexically_normal().string() == path;
  }

  Result<std::string> boot_id() const override {
    return read_pseudo_file(roots_.proc / "sys/kernel/random/boot_id");
  }

 protected:
  [[nodiscard]] fs::path at(const std::string& path) const {
    return roots_.top / fs::path{path}.relative_path();
  }
  [[nodiscard]] const Roots& roots() const { return roots_; }

 private:
  static Failure cannot_read(const std::string& path, int error) {
    if (error == ENOENT || error == ENOTDIR) return fail(ErrorCode::not_found, "no " + path);
    return fail(ErrorCode::io,
                fmt::format("cannot read {}: {}", path, std::generic_category().message(error)));
  }

  Roots roots_;
};

class FolderSettings final : public LinuxSettings {
 public:
  using LinuxSettings::LinuxSettings;

  int write(const std::string& path, const std::string& value) override {
    const auto before = read(path);
    if (!before) return ENOENT;
    struct stat facts {};
    if (::access(at(path).c_str(), W_OK) != 0) return errno;
    if (::stat(at(path).c_str(), &facts) != 0) return errno;
    const auto content = written_into(*before, trimmed_end(value));
    if (!content) return EINVAL;
    // Renamed into place: a reader, or our death, must never see half of a value.
    const fs::path fresh = roots().run / "pulsebench" / "setting.new";
    if (const int error = write_whole(fresh, *content, O_CREAT | O_TRUNC); error != 0) return error;
    ::chmod(fresh.c_str(), facts.st_mode & 07777U);
    return ::rename(fresh.c_str(), at(path).c_str()) == 0 ? 0 : errno;
  }

 private:
  /// nullopt where `value` is none of the choices.
  static std::optional<std::string> written_into(const std::string& before,
                                                 const std::string& value) {
    const std::string end = before.substr(trimmed_end(before).size());
    if (before.find('[') == std::string::npos) return value + end;
    std::string content;
    bool found = false;
    for (std::string word : split(trimmed_end(before), ' ')) {
      if (word.size() > 1 && word.front() == '[') word = word.substr(1, word.size() - 2);
      found = found || word == value;
      content += (content.empty() ? "" : " ") + (word == value ? '[' + word + ']' : word);
    }
    if (!found) return std::nullopt;
    return content + end;
  }
};

}  // namespace

std::unique_ptr<SysIo> linux_settings(const Roots& roots) {
  if (roots.top == "/") return std::make_unique<LinuxSettings>(roots);
  return std::make_unique<FolderSettings>(roots);
}

std::string value_to_write(const std::string& content) {
  return content.find('[') == std::string::npos ? content : chosen(content);
}

bool same_value(const std::string& path, const std::string& a, const std::string& b) {
  const std::string left = trimmed_end(chosen(a));
  const std::string right = trimmed_end(chosen(b));
  if (left == right) return true;
  if (!ends_with(path, "_list") && !ends_with(path, ".cpus")) return false;
  const auto left_cpus = parse_cpu_list(left);
  const auto right_cpus = parse_cpu_list(right);
  return left_cpus && right_cpus && *left_cpus == *right_cpus;
}

}  // namespace pulsebench::machine
