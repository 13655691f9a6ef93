#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>
#include <optional>
#include <unordered_set>

#include "workflow/routes.hpp"

namespace workflow {

class Connection;
using Connections = std::unordered_set<Connection*>;

/// One client: reads a request, answers it, and so on until either side closes. It keeps itself
/// alive by its pending operation, and is in `Connections` for as long as it lives.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(boost::asio::ip::tcp::socket socket, Service& service, Connections& all);
  ~Connection() { all_.erase(this); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start() { read(); }

  /// Closes now, or after the answer that is being sent.
  void stop();

 private:
  using ErrorCode = boost::beast::error_code;

  void read();
  void on_header(ErrorCode error);
  void read_body();
  void on_read(ErrorCode error);
  void fail(ErrorCode error);
  void write(Response answer, unsigned version, bool keep_alive, bool is_head);
  void on_write(ErrorCode error);
  void drain();

  boost::beast::tcp_stream stream_;  ///< with time limits
  Service& service_;
  Connections& all_;
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
  boost::beast::http::response<boost::beast::http::string_body> response_;
  bool is_writing_ = false;
  bool is_stopping_ = false;
  std::size_t drained_ = 0;
};

}  // namespace workflow
