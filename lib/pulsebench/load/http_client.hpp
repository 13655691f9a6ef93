#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "pulsebench/load/answer_parser.hpp"
#include "pulsebench/load/request_text.hpp"
#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/os/local_address.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::load {

/// A server, what to ask it, and what a right answer is.
struct Target {
  os::LocalAddress address;
  int connections = 1;
  HttpRequest request;
  int status = 200;
  std::string body_contains = {};  ///< empty: any body is right
};

/// Connections to one server that are kept alive. Each has at most one request without an answer.
class HttpClient {
 public:
  /// Opens all connections. The error says which of the settings is wrong, or why the server cannot
  /// be reached.
  [[nodiscard]] static Result<HttpClient> open(const Target& target);

  [[nodiscard]] std::size_t connections() const { return connections_.size(); }

  /// How a request ended: with the right answer, or with `error`.
  struct Outcome {
    std::size_t connection = 0;
    std::string error = {};
  };
  using OnOutcome = std::function<void(const Outcome&)>;

  /// Sends the request on a connection that has none without an answer. A failure is an outcome of
  /// the next `wait`.
  void send(std::size_t connection);

  /// Waits until something arrives, at most for `patience`, and reports each request that ended.
  /// `on_outcome` may send again on the same connection.
  void wait(std::chrono::nanoseconds patience, const OnOutcome& on_outcome);

  /// Ends the requests that have no answer: their connections are replaced.
  void abandon();

  /// Connections that had to be replaced so far.
  [[nodiscard]] std::uint64_t reconnections() const { return reconnections_; }

 private:
  struct Connection {
    os::Descriptor socket;
    AnswerParser parser;
    std::size_t sent = 0;      ///< bytes of the request
    bool waiting = false;      ///< for an answer
    bool watched_out = false;  ///< epoll reports that it can be written to
  };

  explicit HttpClient(const Target& target);
  [[nodiscard]] Result<void> connect(std::size_t connection);
  void replace(std::size_t connection);
  void watch(std::size_t connection, bool out, int operation);
  void continue_sending(std::size_t connection);
  void receive(std::size_t connection, const OnOutcome& on_outcome);
  void read_answer(std::size_t connection, std::string_view bytes, const OnOutcome& on_outcome);
  void finish(std::size_t connection, std::string error, const OnOutcome& on_outcome,
              bool reusable = false);
  [[nodiscard]] std::string check(const AnswerParser& answer) const;

  os::LocalAddress address_;
  std::string request_, body_contains_;
  int status_;
  os::Descriptor epoll_;
  std::vector<Connection> connections_;
  std::vector<std::size_t> unconnected_;  ///< with a request that could not be sent
  std::vector<char> buffer_;
  std::uint64_t reconnections_ = 0;
};

}  // namespace pulsebench::load
