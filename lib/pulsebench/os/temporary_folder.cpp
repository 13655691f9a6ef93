#include "pulsebench/os/temporary_folder.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "pulsebench/os/pipe.hpp"
#include "pulsebench/os/watcher.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::os {
namespace fs = std::filesystem;

namespace {

constexpr char kMade = '+', kGone = '-';
constexpr std::size_t kLongestMessage = 8192;
constexpr int kTries = 1000;
constexpr int kPauseMs = 5;

/// A program that still writes into the folder may be about to be killed.
void remove_patiently(const fs::path& folder) {
  std::error_code error;
  for (int left = kTries; left > 0; --left) {
    fs::remove_all(folder, error);
    if (!error) return;
    ::poll(nullptr, 0, kPauseMs);
  }
}

/// Until the other end is closed, which the end of that process does, too.
[[noreturn]] void keep_folders(int messages) {
  become_watcher("pulsebench-keep", {&messages});
  std::set<std::string, std::less<>> folders;
  std::array<char, kLongestMessage> message{};
  for (;;) {
    const ssize_t size = ::recv(messages, message.data(), message.size(), 0);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 1) break;
    const std::string_view folder{message.data() + 1, static_cast<std::size_t>(size) - 1};
    if (message[0] == kMade) folders.emplace(folder);
    const auto known = folders.find(folder);
    if (message[0] == kGone && known != folders.end()) folders.erase(known);
  }
  for (const std::string& folder : folders) remove_patiently(folder);
  ::_exit(0);
}

/// A process that removes the folders that are left when this one has ended, also by SIGKILL. It
/// knows them by their names, so that it removes none that this process has not made. Where there
/// can be no process, the folders end with their objects alone.
class Keeper {
 public:
  Keeper() {
    std::array<int, 2> ends{-1, -1};
    Pipe pipe;
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) return;
    pipe.take(ends);
    pid_ = ::fork();
    if (pid_ == 0) {
      pipe.write_end.reset();
      keep_folders(pipe.read_end.number());
    }
    if (pid_ > 0) messages_ = std::move(pipe.write_end);
  }
  ~Keeper() {
    if (::getpid() != owner_ || pid_ <= 0) return;
    messages_.reset();
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;

  void note(char what, const fs::path& folder) const {
    const std::string message = what + folder.string();
    ::send(messages_.number(), message.data(), message.size(), MSG_NOSIGNAL);
  }

 private:
  pid_t owner_ = ::getpid();
  pid_t pid_ = -1;
  Descriptor messages_;
};

const Keeper& keeper() {
  static const Keeper kKeeper;
  return kKeeper;
}

}  // namespace

Result<TemporaryFolder> TemporaryFolder::make(fs::path parent) {
  const char* const named = std::getenv("TMPDIR");
  if (parent.empty()) parent = named != nullptr && *named != '\0' ? named : "/tmp";
  std::string name = (parent / "pulsebench-XXXXXX").string();
  const Keeper& kept = keeper();
  if (mkdtemp(name.data()) != nullptr) {  // mode 0700
    kept.note(kMade, name);
    return TemporaryFolder{name};
  }
  return fail(ErrorCode::io, "cannot make a folder in '" + printable(parent.string()) +
                                 "': " + std::generic_category().message(errno) +
                                 "; set TMPDIR to a folder that can be written");
}

TemporaryFolder::~TemporaryFolder() {
  if (path_.empty()) return;
  std::error_code error;
  fs::remove_all(path_, error);
  if (!error) keeper().note(kGone, path_);
}

}  // namespace pulsebench::os
