#include "pulsebench/tune/sys_io.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::tune {
namespace fs = std::filesystem;
namespace {

constexpr const char* kBlanks = " \t\r\n";
constexpr const char* kControllers = "/cgroup.subtree_control";

std::string trimmed_end(const std::string& text) {
  const auto last = text.find_last_not_of(kBlanks);
  return last == std::string::npos ? "" : text.substr(0, last + 1);
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool is_folder(std::string_view path) { return ends_with(path, "/"); }

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  for (auto& word : split(trimmed_end(text), ' ')) {
    if (!word.empty()) words.push_back(std::move(word));
  }
  std::sort(words.begin(), words.end());
  return words;
}

/// Writes with one write(2), as the kernel's settings require. 0 or an errno.
int write_setting(const fs::path& file, const std::string& value, int flags) {
  constexpr int kFlags = O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY;
  const os::Descriptor opened{::open(file.c_str(), kFlags | flags, 0600)};
  if (!opened.open()) return errno;
  const ssize_t written = ::write(opened.number(), value.data(), value.size());
  if (written < 0) return errno;
  return static_cast<std::size_t>(written) == value.size() ? 0 : EIO;
}

class LinuxSettings : public SysIo {
 public:
  explicit LinuxSettings(machine::Roots roots) : roots_(std::move(roots)) {}

  Result<std::string> read(const std::string& path) const override {
    const fs::path file = at(path);
    if (is_folder(path)) {
      std::error_code error;
      const bool made = fs::is_directory(file, error);
      if (error && error.value() != ENOENT) return cannot_read(path, error.value());
      return made ? kMade : kGone;
    }
    const os::Descriptor opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)};
    if (!opened.open()) return cannot_read(path, errno);
    std::string content;
    const int error = os::read_all(opened, content, {.most = 65536});
    if (error != 0) return cannot_read(path, error);
    return content;
  }

  int write(const std::string& path, const std::string& value) override {
    if (is_folder(path)) {
      if (value == kGone) return remove_group(path);
      return ::mkdir(at(path).c_str(), 0755) == 0 ? 0 : errno;
    }
    if (ends_with(path, kControllers)) {
      const auto before = read(path);
      if (!before) return before.error().code == ErrorCode::not_found ? ENOENT : EIO;
      return write_setting(at(path), controllers_to_write(*before, value), 0);
    }
    return write_setting(at(path), value, 0);
  }

  Result<std::vector<std::string>> list(const std::string& folder) const override {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator it{at(folder), error}, end; !error && it != end;
         it.increment(error)) {
      names.push_back(it->path().filename().string());
    }
    if (error && error.value() != ENOENT) return cannot_read(folder, error.value());
    std::sort(names.begin(), names.end());
    return names;
  }

  bool owns(const std::string& path) const override {
    const bool setting = path.rfind("/sys/", 0) == 0 || path.rfind("/proc/sys/", 0) == 0 ||
                         path.rfind("/proc/irq/", 0) == 0;
    // The only folder is the control group that pulsebench creates.
    const bool allowed = !is_folder(path) || ends_with(path, "/pulsebench/");
    return setting && allowed && fs::path{path}.lexically_normal().string() == path;
  }

  Result<std::string> boot_id() const override {
    const fs::path file = roots_.proc / "sys/kernel/random/boot_id";
    PB_TRY(auto id, os::read_pseudo_file(file));
    if (id.empty()) return fail(ErrorCode::io, file.string() + " is empty");
    return id;
  }

 protected:
  [[nodiscard]] fs::path at(const std::string& path) const {
    return roots_.top / fs::path{path}.relative_path();
  }
  [[nodiscard]] const machine::Roots& roots() const { return roots_; }

 private:
  static Failure cannot_read(const std::string& path, int error) {
    if (error == ENOENT || error == ENODEV) return fail(ErrorCode::not_found, "no " + path);
    return fail(ErrorCode::io,
                fmt::format("cannot read {}: {}", path, std::generic_category().message(error)));
  }

  /// Retries, since a killed process leaves its group some time after its death.
  [[nodiscard]] int remove_group(const std::string& path) {
    constexpr int kTries = 200;
    constexpr std::chrono::milliseconds kBetween{1};
    for (int tries = 0; ::rmdir(at(path).c_str()) != 0; ++tries) {
      if (errno == ENOENT) return 0;
      if (errno != EBUSY || tries == kTries) return errno;
      for (const auto& pid : split(read(path + "cgroup.procs").value_or(""), '\n')) {
        if (!pid.empty()) write_setting(at(path + "../cgroup.procs"), pid, 0);
      }
      std::this_thread::sleep_for(kBetween);
    }
    return 0;
  }

  machine::Roots roots_;
};

class FolderSettings final : public LinuxSettings {
 public:
  using LinuxSettings::LinuxSettings;

  int write(const std::string& path, const std::string& value) override {
    if (is_folder(path)) return write_group(path, value);
    const auto before = read(path);
    if (!before) return before.error().code == ErrorCode::not_found ? ENOENT : EIO;
    struct stat facts {};
    if (::access(at(path).c_str(), W_OK) != 0) return errno;
    if (::stat(at(path).c_str(), &facts) != 0) return errno;
    const auto content = written_into(*before, trimmed_end(value));
    if (!content) return EINVAL;
    // Renamed, so that a reader never sees half of a value, also if this process is killed.
    const fs::path fresh = roots().run / "pulsebench" / "setting.new";
    std::error_code ignored;  // the open below says why
    fs::create_directories(fresh.parent_path(), ignored);
    int error = write_setting(fresh, *content, O_CREAT | O_TRUNC);
    if (error == 0 && ::chmod(fresh.c_str(), facts.st_mode & 07777U) != 0) error = errno;
    if (error == 0 && ::rename(fresh.c_str(), at(path).c_str()) != 0) error = errno;
    if (error != 0) ::unlink(fresh.c_str());
    return error;
  }

 private:
  /// Creates or removes a control group with its files.
  [[nodiscard]] int write_group(const std::string& path, const std::string& value) {
    std::error_code error;
    if (value == kGone) {
      fs::remove_all(at(path), error);
      return error.value();
    }
    if (!fs::create_directory(at(path), error)) return error ? error.value() : EEXIST;
    for (const auto& [name, content] : {std::pair{"cpuset.cpus", "\n"},
                                        {"cpuset.cpus.partition", "member\n"},
                                        {"cgroup.procs", ""}}) {
      if (const int failed = write_setting(at(path + name), content, O_CREAT | O_EXCL))
        return failed;
    }
    return 0;
  }

  /// Returns nullopt if `value` is not one of the choices.
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

std::unique_ptr<SysIo> linux_settings(const machine::Roots& roots) {
  if (roots.top == "/") return std::make_unique<LinuxSettings>(roots);
  return std::make_unique<FolderSettings>(roots);
}

Result<std::string> read_or_empty(const SysIo& io, const std::string& path) {
  auto content = io.read(path);
  if (!content && content.error().code == ErrorCode::not_found) return "";
  return content;
}

std::string value_to_write(const std::string& content) {
  return content.find('[') == std::string::npos ? content : os::chosen(content);
}

std::string controllers_to_write(const std::string& before, const std::string& after) {
  const auto old_words = words_of(before);
  const auto new_words = words_of(after);
  std::string changes;
  const auto add = [&](char sign, const auto& words, const auto& others) {
    for (const auto& word : words) {
      if (std::binary_search(others.begin(), others.end(), word)) continue;
      changes += (changes.empty() ? "" : " ") + (sign + word);
    }
  };
  add('+', new_words, old_words);
  add('-', old_words, new_words);
  return changes;
}

bool same_value(const std::string& path, const std::string& a, const std::string& b) {
  const std::string left = trimmed_end(os::chosen(a));
  const std::string right = trimmed_end(os::chosen(b));
  if (left == right) return true;
  if (ends_with(path, kControllers)) return words_of(left) == words_of(right);
  if (!ends_with(path, "_list") && !ends_with(path, ".cpus")) return false;
  const auto left_cpus = machine::parse_cpu_list(left);
  const auto right_cpus = machine::parse_cpu_list(right);
  return left_cpus && right_cpus && *left_cpus == *right_cpus;
}

}  // namespace pulsebench::tune
