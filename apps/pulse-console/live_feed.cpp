#include <dirent.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "feed.hpp"
#include "pulsebench/os/descriptor.hpp"

namespace pulsebench::console {
namespace {

constexpr std::size_t kLongestLine = std::size_t{1} << 30U;  // 16 million tasks

std::string reason() { return std::generic_category().message(errno); }

class LiveFeed final : public Feed {
 public:
  explicit LiveFeed(os::Descriptor socket) : socket_(std::move(socket)) {}

  Result<std::optional<std::string>> next() override {
    while (true) {
      const auto end = text_.find('\n', searched_);
      if (end != std::string::npos) {
        std::string line = text_.substr(0, end);
        text_.erase(0, end + 1);
        searched_ = 0;
        return line;
      }
      searched_ = text_.size();
      if (is_over_) return std::nullopt;
      if (text_.size() > kLongestLine) {
        return fail(ErrorCode::bad_input,
                    "the other end is no console of pulse: a line has no end");
      }
      if (!receive()) return std::nullopt;
    }
  }

  bool is_over() const override { return is_over_ && text_.find('\n') == std::string::npos; }
  int descriptor() const override { return socket_.number(); }

 private:
  bool receive() {
    std::array<char, 65536> bytes{};
    const auto size = ::recv(socket_.number(), bytes.data(), bytes.size(), 0);
    if (size > 0) {
      text_.append(bytes.data(), static_cast<std::size_t>(size));
      return true;
    }
    is_over_ = size == 0 || (errno != EAGAIN && errno != EINTR);
    return false;
  }

  os::Descriptor socket_;
  std::string text_;
  std::size_t searched_ = 0;  ///< no line ends before
  bool is_over_ = false;
};

std::string folder_of_sockets() {
  for (const char* name : {"XDG_RUNTIME_DIR", "TMPDIR"}) {
    const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread
    if (value != nullptr && *value != '\0') return value;
  }
  return "/tmp";
}

Result<std::string> path_of(const std::string& target) {
  if (target.find('/') != std::string::npos) return target;
  if (!target.empty()) return folder_of_sockets() + "/pulse-" + target + ".sock";
  const auto running = running_consoles();
  if (running.size() == 1) return running.front();
  if (running.empty()) {
    return fail(ErrorCode::not_found,
                fmt::format("no program with a console of pulse in {}; name the socket's path",
                            folder_of_sockets()));
  }
  std::string names;
  for (const std::string& path : running) names += " " + path;
  return fail(ErrorCode::bad_input, "several programs have a console; name one of" + names);
}

/// Empty, with errno, where no process listens.
os::Descriptor connected(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    errno = ENAMETOOLONG;
    return {};
  }
  std::memcpy(address.sun_path, path.c_str(), path.size());
  os::Descriptor socket{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  const auto* const to = reinterpret_cast<const sockaddr*>(&address);
  if (!socket.open() || ::connect(socket.number(), to, sizeof address) != 0) return {};
  return socket;
}

}  // namespace

std::vector<std::string> running_consoles() {
  std::vector<std::string> found;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator{folder_of_sockets(), ignored}) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("pulse-") && name.ends_with(".sock") &&
        connected(entry.path().string()).open()) {
      found.push_back(entry.path().string());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

Result<std::unique_ptr<Feed>> connect_to(const std::string& target) {
  const auto path = path_of(target);
  if (!path) return Failure{path.error()};
  os::Descriptor socket = connected(*path);
  if (!socket.open()) {
    return fail(ErrorCode::not_found, fmt::format("cannot connect to {}: {}", *path, reason()));
  }
  ::fcntl(socket.number(), F_SETFL, O_NONBLOCK);
  return std::make_unique<LiveFeed>(std::move(socket));
}

}  // namespace pulsebench::console
