#include "container.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>

namespace {

/// First message of the process.
struct Greeting {
  std::array<char, 96> problem{};
  std::array<char, 32> name{};
};

bool write_file(const char* name, const std::string& text) {
  const int file = open(name, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  close(file);
  return written;
}

std::string because(const char* what) { return std::string(what) + ": " + std::strerror(errno); }

/// Returns an empty text, or the reason of a failure. user_namespaces(7), mount_setattr(2).
std::string enter_namespaces() {
  const std::string user = std::to_string(geteuid());
  const std::string group = std::to_string(getegid());
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWIPC | CLONE_NEWUTS) != 0) {
    return because("no namespaces here: unshare");
  }
  if (!write_file("/proc/self/setgroups", "deny") ||
      !write_file("/proc/self/uid_map", "0 " + user + " 1") ||
      !write_file("/proc/self/gid_map", "0 " + group + " 1")) {
    return because("no user namespace here: uid_map");
  }
  if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return because("no mount namespace here: mount");
  }
  struct mount_attr attributes {};
  attributes.attr_set = MOUNT_ATTR_RDONLY;
  if (mount_setattr(AT_FDCWD, "/sys/fs/cgroup", AT_RECURSIVE, &attributes, sizeof attributes) !=
      0) {
    return because("control groups are not mounted at /sys/fs/cgroup: mount_setattr");
  }
  return {};
}

/// Runs in the process: sends the greeting, then does one operation per byte that it reads.
void serve(int channel, Container::Walls walls, const Container::Make& make) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const std::string problem =
      walls == Container::Walls::namespaces ? enter_namespaces() : std::string{};
  std::string name;
  const Container::Operation operation = problem.empty() ? make(name) : Container::Operation{};
  Greeting greeting;
  problem.copy(greeting.problem.data(), greeting.problem.size() - 1);
  name.copy(greeting.name.data(), greeting.name.size() - 1);
  if (write(channel, &greeting, sizeof greeting) != sizeof greeting || !problem.empty()) return;
  for (char order = 0; read(channel, &order, 1) == 1;) {
    const std::int64_t took = operation().count();
    if (write(channel, &took, sizeof took) != sizeof took) return;
  }
}

}  // namespace

Container::Container(Walls walls, const Make& make) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    problem_ = because("socketpair");
    return;
  }
  process_ = fork();
  if (process_ == 0) {
    close(ends[0]);
    serve(ends[1], walls, make);
    _exit(0);
  }
  close(ends[1]);
  channel_ = ends[0];
  Greeting greeting;
  if (process_ < 0 || read(channel_, &greeting, sizeof greeting) != sizeof greeting) {
    problem_ = "the container's process exited at once";
    return;
  }
  problem_ = greeting.problem.data();
  name_ = greeting.name.data();
}

Container::~Container() {
  if (channel_ >= 0) close(channel_);
  if (process_ > 0) waitpid(process_, nullptr, 0);
}

std::chrono::nanoseconds Container::operate() const {
  const char order = 'o';
  std::int64_t took = 0;
  const bool done = send(channel_, &order, 1, MSG_NOSIGNAL) == 1 &&
                    read(channel_, &took, sizeof took) == sizeof took;
  return std::chrono::nanoseconds(done ? took : 0);
}
