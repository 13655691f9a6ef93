#include "pulsebench/service/readiness.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>

#include <fmt/format.h>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::service {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::string_view kHttp = "http://";
constexpr std::string_view kTcp = "tcp://";
constexpr std::string_view kUnix = "unix:";
constexpr std::size_t kStatusLine = 12;  // "HTTP/1.1 200"

/// The first bytes of the answer, as far as they arrive in time.
std::string answer_to(const os::Descriptor& socket, const std::string& request,
                      milliseconds patience) {
  const auto until = Clock::now() + patience;
  ::send(socket.number(), request.data(), request.size(), MSG_NOSIGNAL);
  std::string answer;
  while (answer.size() < kStatusLine) {
    const auto left = std::chrono::ceil<milliseconds>(until - Clock::now()).count();
    pollfd polled{socket.number(), POLLIN, 0};
    if (left <= 0 || ::poll(&polled, 1, static_cast<int>(left)) == 0) break;
    std::array<char, 256> bytes{};
    const ssize_t size = ::recv(socket.number(), bytes.data(), bytes.size(), 0);
    if (size < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (size <= 0) break;
    answer.append(bytes.data(), static_cast<std::size_t>(size));
  }
  return answer;
}

bool begins_with(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

}  // namespace

Result<Readiness> parse_readiness(std::string_view text) {
  if (begins_with(text, kUnix)) {
    return Readiness{.kind = Readiness::Kind::connect, .address = std::string{text}};
  }
  if (begins_with(text, kTcp)) {
    return Readiness{.kind = Readiness::Kind::connect,
                     .address = std::string{text.substr(kTcp.size())}};
  }
  if (begins_with(text, kHttp)) {
    const std::string_view rest = text.substr(kHttp.size());
    const auto slash = std::min(rest.find('/'), rest.size());
    return Readiness{.kind = Readiness::Kind::http,
                     .address = std::string{rest.substr(0, slash)},
                     .path = slash < rest.size() ? std::string{rest.substr(slash)} : "/"};
  }
  return fail(ErrorCode::bad_input,
              fmt::format("'{}' does not say when a server is ready; write "
                          "http://127.0.0.1:{{port.NAME}}/PATH, tcp://127.0.0.1:{{port.NAME}} or "
                          "unix:{{socket.NAME}}",
                          printable(text)));
}

Result<void> ask_whether_ready(Readiness::Kind kind, const os::LocalAddress& address,
                               const std::string& path, milliseconds patience) {
  PB_TRY(const os::Descriptor socket, os::connect_to(address));
  if (kind == Readiness::Kind::connect) return {};
  const std::string answer = answer_to(
      socket, fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", path),
      patience);
  const bool is_http = answer.size() >= kStatusLine && begins_with(answer, "HTTP/1.");
  if (is_http && (answer[9] == '2' || answer[9] == '3')) return {};
  return fail(ErrorCode::child_failed,
              is_http ? fmt::format("GET {} has status {}", path, printable(answer.substr(9, 3)))
                      : fmt::format("GET {} has no answer", path));
}

}  // namespace pulsebench::service
