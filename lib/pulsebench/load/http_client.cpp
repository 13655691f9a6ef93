#include "pulsebench/load/http_client.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cassert>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::load {
namespace {

constexpr std::size_t kBuffer = std::size_t{64} << 10U;
constexpr int kEvents = 128;

std::string why(std::string_view what) {
  return fmt::format("{}: {}", what, std::generic_category().message(errno));
}

/// Kernels before 5.11 wait in whole milliseconds.
int wait_for_events(int epoll, epoll_event* events, std::chrono::nanoseconds patience) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(patience);
  const timespec wait{static_cast<time_t>(seconds.count()),
                      static_cast<long>((patience - seconds).count())};
  const int ready = ::epoll_pwait2(epoll, events, kEvents, &wait, nullptr);
  if (ready >= 0 || errno != ENOSYS) return ready;
  const auto rounded = std::chrono::floor<std::chrono::milliseconds>(patience);
  return ::epoll_wait(epoll, events, kEvents, static_cast<int>(rounded.count()));
}

}  // namespace

HttpClient::HttpClient(const Target& target)
    : address_(target.address),
      body_contains_(target.body_contains),
      status_(target.status),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      buffer_(kBuffer) {
  const bool keep_body = !body_contains_.empty();
  for (int i = 0; i < target.connections; ++i) {
    connections_.push_back(
        {.socket = {}, .parser = AnswerParser{keep_body, target.request.method == "HEAD"}});
  }
}

Result<HttpClient> HttpClient::open(const Target& target) {
  HttpClient client{target};
  if (!client.epoll_.open()) return fail(ErrorCode::io, why("cannot wait for answers"));
  const bool by_path = !target.address.unix_path.empty();
  PB_TRY(client.request_,
         request_text(target.request, by_path ? "localhost" : os::text_of(target.address)));
  for (std::size_t i = 0; i < client.connections_.size(); ++i) PB_CHECK(client.connect(i));
  return client;
}

Result<void> HttpClient::connect(std::size_t connection) {
  Connection& one = connections_[connection];
  PB_TRY(one.socket, os::connect_to(address_));
  one.parser.restart();
  one.sent = 0;
  one.waiting = one.watched_out = false;
  watch(connection, false, EPOLL_CTL_ADD);
  return {};
}

/// A server that does not accept any more leaves a connection without a socket; the next request
/// tries again.
void HttpClient::replace(std::size_t connection) {
  connections_[connection].socket.reset();  // which removes it from the epoll
  connections_[connection].waiting = false;
  ++reconnections_;
  [[maybe_unused]] const auto connected = connect(connection);
}

void HttpClient::watch(std::size_t connection, bool out, int operation) {
  epoll_event event{};
  event.events = EPOLLIN | (out ? static_cast<std::uint32_t>(EPOLLOUT) : 0U);
  event.data.u64 = connection;
  ::epoll_ctl(epoll_.number(), operation, connections_[connection].socket.number(), &event);
  connections_[connection].watched_out = out;
}

void HttpClient::send(std::size_t connection) {
  Connection& one = connections_[connection];
  assert(!one.waiting);
  if (!one.socket.open()) replace(connection);
  one.sent = 0;
  one.waiting = true;
  if (one.socket.open()) {
    continue_sending(connection);
  } else {
    unconnected_.push_back(connection);
  }
}

void HttpClient::continue_sending(std::size_t connection) {
  Connection& one = connections_[connection];
  while (one.sent < request_.size()) {
    const ssize_t written = ::send(one.socket.number(), request_.data() + one.sent,
                                   request_.size() - one.sent, MSG_NOSIGNAL);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno == EAGAIN) {
      if (!one.watched_out) watch(connection, true, EPOLL_CTL_MOD);
      return;
    }
    if (written < 0) return;  // the connection has ended, which `receive` sees
    one.sent += static_cast<std::size_t>(written);
  }
  if (one.watched_out) watch(connection, false, EPOLL_CTL_MOD);
}

void HttpClient::wait(std::chrono::nanoseconds patience, const OnOutcome& on_outcome) {
  if (!unconnected_.empty()) patience = std::chrono::nanoseconds{0};
  std::array<epoll_event, kEvents> events{};
  const int ready = wait_for_events(epoll_.number(), events.data(), patience);
  for (const std::size_t connection : std::exchange(unconnected_, {})) {
    finish(connection, "the server accepts no connection", on_outcome);
  }
  for (int i = 0; i < ready; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    const auto connection = static_cast<std::size_t>(event.data.u64);
    if ((event.events & EPOLLOUT) != 0) continue_sending(connection);
    if ((event.events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0) {
      receive(connection, on_outcome);
    }
  }
}

void HttpClient::receive(std::size_t connection, const OnOutcome& on_outcome) {
  Connection& one = connections_[connection];
  if (!one.socket.open()) return;  // it was lost after this event
  const ssize_t size = ::recv(one.socket.number(), buffer_.data(), buffer_.size(), 0);
  if (size < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (size > 0) {
    return read_answer(connection, {buffer_.data(), static_cast<std::size_t>(size)}, on_outcome);
  }
  if (!one.waiting) return replace(connection);  // a server may close what is idle
  if (size < 0) return finish(connection, why("the connection broke"), on_outcome);
  one.parser.end();
  finish(connection, check(one.parser), on_outcome);
}

void HttpClient::read_answer(std::size_t connection, std::string_view bytes,
                             const OnOutcome& on_outcome) {
  AnswerParser& parser = connections_[connection].parser;
  if (!connections_[connection].waiting) return replace(connection);  // nothing was asked
  const bool more = parser.feed(bytes) < bytes.size();
  if (parser.state() == AnswerParser::State::reading) return;
  std::string error = check(parser);
  if (more && error.empty()) error = "the server sent more than the answer";
  finish(connection, std::move(error), on_outcome, !more);
}

/// Empty if the answer is right.
std::string HttpClient::check(const AnswerParser& answer) const {
  if (answer.state() == AnswerParser::State::malformed) {
    return "the answer cannot be read: " + answer.fault();
  }
  if (answer.status() != status_) {
    return fmt::format("the answer has status {} instead of {}", answer.status(), status_);
  }
  if (answer.body().find(body_contains_) == std::string::npos) {
    return fmt::format("the body of the answer does not contain '{}'", printable(body_contains_));
  }
  return {};
}

void HttpClient::finish(std::size_t connection, std::string error, const OnOutcome& on_outcome,
                        bool reusable) {
  Connection& one = connections_[connection];
  const AnswerParser& answer = one.parser;
  if (reusable && answer.state() == AnswerParser::State::complete && answer.keeps_alive() &&
      one.sent == request_.size()) {
    one.parser.restart();
    one.waiting = false;
  } else {
    replace(connection);
  }
  on_outcome({connection, std::move(error)});
}

void HttpClient::abandon() {
  unconnected_.clear();
  for (std::size_t i = 0; i < connections_.size(); ++i) {
    if (connections_[i].waiting) replace(i);
  }
}

}  // namespace pulsebench::load
