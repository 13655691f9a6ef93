// Control groups: v2 in threaded mode, and the cpu hierarchy of v1.
#if defined(__linux__)
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string_view>

#include "pulse/isolation.hpp"

namespace pulse {
namespace {

namespace fs = std::filesystem;

std::string failed(const fs::path& what, int error) {
  std::string text = what.string() + ": " + std::strerror(error);
  if (error == EACCES || error == EPERM) {
    text += "; run as root, or have the control group delegated to this user";
  }
  return text;
}

/// Writes `text` in one call, as control files require.
std::optional<std::string> write_to(int file, std::string_view text, const fs::path& name) {
  if (write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size())) {
    return std::nullopt;
  }
  const int error = errno;
  if (error == ESRCH) return std::nullopt;  // the thread has ended: nothing is left to move
  return failed(name, error);
}

std::optional<std::string> write_file(const fs::path& name, std::string_view text) {
  const int file = open(name.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return failed(name, errno);
  auto problem = write_to(file, text, name);
  close(file);
  return problem;
}

/// Moves the thread to the group that has `file` as its list of threads.
std::optional<std::string> move_to(int file, pid_t thread, const fs::path& name) {
  std::array<char, 16> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), thread).ptr;
  return write_to(file, {digits.data(), static_cast<std::size_t>(end - digits.data())}, name);
}

bool contains_word(const std::string& text, const std::string& word, char separator) {
  std::istringstream words(text);
  for (std::string next; std::getline(words, next, separator);) {
    if (next == word) return true;
  }
  return false;
}

std::string first_line(const fs::path& name) {
  std::ifstream file(name);
  std::string line;
  std::getline(file, line);
  return line;
}

/// Mount point of the hierarchy, from proc/self/mounts; empty if it is not mounted.
fs::path mount_of(IsolationKind kind, const fs::path& root) {
  std::ifstream mounts(root / "proc/self/mounts");
  for (std::string line; std::getline(mounts, line);) {
    std::istringstream fields(line);
    std::string device;
    std::string folder;
    std::string type;
    std::string options;
    fields >> device >> folder >> type >> options;
    const bool is_it = kind == IsolationKind::cgroup_v2
                           ? type == "cgroup2"
                           : type == "cgroup" && contains_word(options, "cpu", ',');
    if (is_it) return root / fs::path(folder).relative_path();
  }
  return {};
}

/// Group of `thread` ("self" or a number) within the hierarchy; empty if unknown. A line is
/// "number:controllers:path"; version 2 has no controllers.
fs::path group_of(const std::string& thread, IsolationKind kind, const fs::path& root) {
  std::ifstream groups(root / "proc" / thread / "cgroup");
  for (std::string line; std::getline(groups, line);) {
    const auto first = line.find(':');
    const auto second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const bool is_it = kind == IsolationKind::cgroup_v2 ? controllers.empty()
                                                        : contains_word(controllers, "cpu", ',');
    if (is_it) return fs::path(line.substr(second + 1)).relative_path();
  }
  return {};
}

class CgroupMethod final : public IsolationMethod {
 public:
  CgroupMethod(IsolationKind kind, fs::path root, fs::path mount, fs::path group)
      : kind_(kind), root_(std::move(root)), mount_(std::move(mount)), group_(std::move(group)) {}

  ~CgroupMethod() override {
    if (threads_ >= 0) ::close(threads_);
    if (home_ >= 0) ::close(home_);
  }

  /// Creates the group with the lowest CPU weight and opens its list of threads.
  std::optional<std::string> open_group() {
    if (mkdir(group_.c_str(), 0755) != 0 && errno != EEXIST) return failed(group_, errno);
    is_made_ = true;
    if (kind_ == IsolationKind::cgroup_v2) {
      if (auto problem = write_file(group_ / "cgroup.type", "threaded")) return problem;
      const fs::path parent = group_.parent_path();
      if (auto problem = write_file(parent / "cgroup.subtree_control", "+cpu")) return problem;
      if (auto problem = write_file(group_ / "cpu.weight", "1")) return problem;
    } else if (auto problem = write_file(group_ / "cpu.shares", "2")) {
      return problem;
    }
    // Newer kernels: only idle CPU time. Older ones have the weight alone.
    static_cast<void>(write_file(group_ / "cpu.idle", "1"));
    threads_ = open((group_ / list_name()).c_str(), O_WRONLY | O_CLOEXEC);
    return threads_ < 0 ? std::optional(failed(group_ / list_name(), errno)) : std::nullopt;
  }

  [[nodiscard]] IsolationKind kind() const noexcept override { return kind_; }

  std::optional<std::string> read(pid_t thread, ThreadState& state) const override {
    state.cgroup = mount_ / group_of(std::to_string(thread), kind_, root_);
    return std::nullopt;
  }
  std::optional<std::string> enter(pid_t thread) override {
    return move_to(threads_, thread, group_ / list_name());
  }
  std::optional<std::string> leave(pid_t thread, const ThreadState& before) override {
    const fs::path list = before.cgroup / list_name();
    if (list != home_name_) {
      if (home_ >= 0) ::close(home_);
      home_ = open(list.c_str(), O_WRONLY | O_CLOEXEC);
      home_name_ = home_ >= 0 ? list : fs::path();
      if (home_ < 0) return failed(list, errno);
    }
    return move_to(home_, thread, list);
  }
  std::optional<std::string> close() override {
    if (!is_made_) return std::nullopt;
    is_made_ = false;
    if (rmdir(group_.c_str()) == 0) return std::nullopt;
    return failed(group_, errno);
  }

 private:
  [[nodiscard]] const char* list_name() const noexcept {
    return kind_ == IsolationKind::cgroup_v2 ? "cgroup.threads" : "tasks";
  }

  IsolationKind kind_;
  fs::path root_;
  fs::path mount_;
  fs::path group_;
  int threads_ = -1;  ///< kept open: a warm attach is one write
  int home_ = -1;     ///< kept open too: the list of the group that the last thread returned to
  fs::path home_name_;
  bool is_made_ = false;
};

}  // namespace

MethodOrRefusal make_cgroup_method(IsolationKind kind, const IsolationOptions& options) {
  const fs::path mount = mount_of(kind, options.root);
  if (mount.empty()) return std::string(name_of(kind)) + ": no such hierarchy is mounted";
  const fs::path own = mount / group_of("self", kind, options.root);
  if (kind == IsolationKind::cgroup_v2 &&
      !contains_word(first_line(own / "cgroup.controllers"), "cpu", ' ')) {
    return "cgroup v2: " + own.string() + " has no cpu controller; delegate it, or use version 1";
  }
  const std::string name =
      options.group_name.empty() ? "pulse-" + std::to_string(getpid()) : options.group_name;
  auto method = std::make_unique<CgroupMethod>(kind, options.root, mount, own / name);
  if (auto problem = method->open_group()) {
    static_cast<void>(method->close());
    return *problem;
  }
  return method;
}

}  // namespace pulse
#endif
