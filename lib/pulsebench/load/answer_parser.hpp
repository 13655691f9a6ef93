#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pulsebench::load {

/// Reads the answers of one HTTP/1.1 connection, one after the other, in pieces of any size. It
/// trusts nothing: lines, lengths and bodies have limits. Bodies have a Content-Length, are
/// chunked, or end with the connection. Sources: RFC 9110 and RFC 9112, section 6.3.
class AnswerParser {
 public:
  enum class State { reading, complete, malformed };

  static constexpr std::size_t kMaxHead = std::size_t{64} << 10U;  ///< also of trailers
  static constexpr std::size_t kMaxChunkLine = 1024;
  static constexpr std::uint64_t kMaxBody = std::uint64_t{1} << 30U;
  static constexpr std::size_t kMaxKeptBody = std::size_t{16} << 20U;

  /// `keep_body`: `body()` is wanted, which then has at most 16 MiB. `to_head`: the requests are
  /// HEAD, whose answers have no body.
  explicit AnswerParser(bool keep_body = false, bool to_head = false)
      : keep_body_(keep_body), to_head_(to_head) {}

  /// Reads on, up to the end of the answer. Returns the number of bytes that belong to it.
  /// Precondition: the state is `reading`.
  [[nodiscard]] std::size_t feed(std::string_view bytes);

  /// The connection has ended. This completes an answer whose body has no length; any other answer
  /// is malformed.
  void end();

  [[nodiscard]] State state() const { return state_; }
  /// Why it is malformed, in one printable line.
  [[nodiscard]] const std::string& fault() const { return fault_; }

  /// Valid when the answer is complete.
  [[nodiscard]] int status() const { return status_; }
  [[nodiscard]] bool keeps_alive() const { return keeps_alive_; }
  [[nodiscard]] const std::string& body() const { return body_; }

  /// Returns true if nothing of an answer has arrived yet.
  [[nodiscard]] bool at_start() const { return part_ == Part::head && line_.empty(); }

  /// Begins the next answer.
  void restart();

 private:
  enum class Part { head, counted, chunk_size, chunk, chunk_end, trailers, until_end };

  /// Each takes what it can from the front of `bytes`.
  void take_head(std::string_view& bytes);
  void take_body(std::string_view& bytes);
  void take_chunk_size(std::string_view& bytes);
  void take_chunk_end(std::string_view& bytes);
  void take_trailers(std::string_view& bytes);

  /// Moves bytes to `line_` up to and with `end`. Returns true if `line_` then ends in it.
  bool take_line(std::string_view& bytes, std::string_view end, std::size_t most);
  void read_head();
  bool read_status_line(std::string_view line);
  bool read_header(std::string_view line);
  void begin_body();
  void finish();
  bool refuse(std::string_view why);

  bool keep_body_, to_head_;
  State state_ = State::reading;
  Part part_ = Part::head;
  std::string line_;  ///< the head, the line or the trailers so far
  std::string body_, fault_;
  int status_ = 0;
  bool keeps_alive_ = true, chunked_ = false, has_length_ = false;
  std::uint64_t left_ = 0;   ///< of the body or of the chunk
  std::uint64_t taken_ = 0;  ///< of the body
};

}  // namespace pulsebench::load
