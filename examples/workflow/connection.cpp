#include "workflow/connection.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <string_view>

namespace workflow {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

namespace {

constexpr std::size_t kLargestBody = std::size_t{4} << 20U;  ///< bytes
constexpr std::chrono::seconds kReadLimit{60};  ///< for a whole request, and for the wait before it
constexpr std::chrono::seconds kWriteLimit{10};  ///< for a whole answer
constexpr std::chrono::seconds kDrainLimit{2};
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

Method method_of(http::verb verb) {
  if (verb == http::verb::get) return Method::get;
  return verb == http::verb::post ? Method::post : Method::other;
}

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

Response explain(beast::error_code error) {
  if (error == http::error::body_limit) return refuse(413, "the body is longer than 4 MiB");
  if (error == http::error::header_limit) return refuse(431, "the header is longer than 8 KiB");
  return refuse(400, "this is not HTTP/1.1: " + error.message());
}

/// Returns true if the client sent something wrong and may wait for an answer.
bool is_bad_request(beast::error_code error) {
  const beast::error_code closed{http::error::end_of_stream};
  return error.category() == closed.category() && error != closed;
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, Service& service, Connections& all)
    : stream_(std::move(socket)), service_(service), all_(all) {
  all_.insert(this);
}

void Connection::stop() {
  is_stopping_ = true;
  if (!is_writing_) stream_.close();  // a cancelled read may have ended, and another one begins
}

void Connection::read() {
  parser_.emplace();
  parser_->body_limit(kLargestBody);
  stream_.expires_after(kReadLimit);
  http::async_read_header(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](ErrorCode error, std::size_t) { self->on_header(error); });
}

/// A client that expects a 100 sends its body after it (RFC 9110, 10.1.1).
void Connection::on_header(ErrorCode error) {
  if (error) return fail(error);
  const auto& request = parser_->get();
  const bool waits = request.version() >= 11 && !parser_->is_done() &&
                     beast::iequals(request[http::field::expect], "100-continue");
  if (!waits) return read_body();
  asio::async_write(stream_, asio::buffer(kContinue),
                    [self = shared_from_this()](ErrorCode written, std::size_t) {
                      if (!written) self->read_body();
                    });
}

void Connection::read_body() {
  http::async_read(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](ErrorCode error, std::size_t) { self->on_read(error); });
}

void Connection::fail(ErrorCode error) {
  if (is_bad_request(error)) write(explain(error), 11, false, false);
}

void Connection::on_read(ErrorCode error) {
  if (error) return fail(error);
  const auto& request = parser_->get();
  write(answer(service_, {.method = method_of(request.method()),
                          .path = view(request.target()),
                          .body = request.body()}),
        request.version(), request.keep_alive(), request.method() == http::verb::head);
}

void Connection::write(Response answer, unsigned version, bool keep_alive, bool is_head) {
  response_ = {static_cast<http::status>(answer.status), version};
  response_.set(http::field::content_type, "application/json");
  if (!answer.allow.empty()) {
    response_.set(http::field::allow, {answer.allow.data(), answer.allow.size()});
  }
  response_.keep_alive(keep_alive && !is_stopping_);
  response_.body() = std::move(answer.body);
  response_.prepare_payload();
  if (is_head) response_.body().clear();  // its length stays
  is_writing_ = true;
  stream_.expires_after(kWriteLimit);
  http::async_write(stream_, response_, [self = shared_from_this()](ErrorCode error, std::size_t) {
    self->on_write(error);
  });
}

void Connection::on_write(ErrorCode error) {
  is_writing_ = false;
  if (error || is_stopping_) return;
  if (response_.keep_alive()) return read();
  stream_.socket().shutdown(asio::socket_base::shutdown_send, error);
  stream_.expires_after(kDrainLimit);
  drain();
}

/// Closing with unread bytes would reset the connection, and the client might lose the answer.
void Connection::drain() {
  buffer_.clear();
  stream_.async_read_some(buffer_.prepare(65536),
                          [self = shared_from_this()](ErrorCode error, std::size_t size) {
                            self->drained_ += size;
                            if (!error && self->drained_ < 4 * kLargestBody) self->drain();
                          });
}

}  // namespace workflow
