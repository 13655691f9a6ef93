#include "pulsebench/load/answer_parser.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <system_error>

#include "pulsebench/load/ascii.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::load {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

/// Reads all of `text` as a number without a sign.
bool read_number(std::string_view text, std::uint64_t& number, int base) {
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number, base);
  return error == std::errc{} && rest == end && !text.empty();
}

/// Calls `on_part` with each trimmed part of a list with commas.
template <class OnPart>
void each_part(std::string_view list, OnPart on_part) {
  for (;;) {
    const auto comma = list.find(',');
    on_part(trimmed(list.substr(0, comma)));
    if (comma == std::string_view::npos) return;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace

std::size_t AnswerParser::feed(std::string_view bytes) {
  assert(state_ == State::reading);
  const std::size_t offered = bytes.size();
  while (state_ == State::reading && !bytes.empty()) {
    switch (part_) {
      case Part::head:
        take_head(bytes);
        break;
      case Part::counted:
      case Part::chunk:
      case Part::until_end:
        take_body(bytes);
        break;
      case Part::chunk_size:
        take_chunk_size(bytes);
        break;
      case Part::chunk_end:
        take_chunk_end(bytes);
        break;
      case Part::trailers:
        take_trailers(bytes);
        break;
    }
  }
  return offered - bytes.size();
}

void AnswerParser::end() {
  if (state_ != State::reading) return;
  if (part_ == Part::until_end) {
    keeps_alive_ = false;
    finish();
  } else {
    refuse(at_start() ? "the server closed the connection instead of answering"
                      : "the server closed the connection within an answer");
  }
}

void AnswerParser::restart() {
  state_ = State::reading;
  part_ = Part::head;
  line_.clear();
  body_.clear();
  fault_.clear();
  status_ = 0;
  keeps_alive_ = true;
  chunked_ = has_length_ = false;
  left_ = taken_ = 0;
}

bool AnswerParser::take_line(std::string_view& bytes, std::string_view end, std::size_t most) {
  // The end may be torn: search from where it could begin in what is here already.
  const std::size_t before = line_.size();
  const std::size_t from = before - std::min(before, end.size() - 1);
  const std::string_view piece = bytes.substr(0, most + 1);
  line_ += piece;
  const auto found = line_.find(end, from);
  if (found == std::string::npos) {
    bytes.remove_prefix(piece.size());
    if (line_.size() > most) refuse("it has a line or a head that is too long");
    return false;
  }
  line_.resize(found + end.size());
  bytes.remove_prefix(line_.size() - before);
  if (line_.size() > most) return refuse("it has a line or a head that is too long");
  return true;
}

void AnswerParser::take_head(std::string_view& bytes) {
  if (!take_line(bytes, "\r\n\r\n", kMaxHead)) return;
  read_head();
  line_.clear();
  if (state_ == State::reading) begin_body();
}

void AnswerParser::read_head() {
  std::string_view head = line_;
  head.remove_suffix(kLineEnd.size());
  for (bool first = true; !head.empty(); first = false) {
    const auto end = head.find(kLineEnd);
    const std::string_view line = head.substr(0, end);
    if (!(first ? read_status_line(line) : read_header(line))) return;
    head.remove_prefix(end + kLineEnd.size());
  }
}

bool AnswerParser::read_status_line(std::string_view line) {
  constexpr std::string_view kVersion = "HTTP/1.";
  const bool is_status = line.size() >= 12 && line.substr(0, 7) == kVersion && is_digit(line[7]) &&
                         line[8] == ' ' && is_digit(line[9]) && is_digit(line[10]) &&
                         is_digit(line[11]) && (line.size() == 12 || line[12] == ' ');
  if (!is_status) return refuse("it does not begin with an HTTP/1 status");
  status_ = (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
  if (status_ < 100 || status_ == 101) return refuse("its status is not one of an answer");
  keeps_alive_ = line[7] != '0';  // HTTP/1.0 closes, unless it says otherwise
  return true;
}

bool AnswerParser::read_header(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0)
    return refuse("it has a header without a name");
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (equal_ignoring_case(name, "content-length")) {
    std::uint64_t length = 0;
    if (!read_number(value, length, 10) || (has_length_ && length != left_)) {
      return refuse("its Content-Length is not a number");
    }
    if (length > kMaxBody) return refuse("its body is too long");
    left_ = length;
    has_length_ = true;
  } else if (equal_ignoring_case(name, "transfer-encoding")) {
    if (!equal_ignoring_case(value, "chunked")) return refuse("its transfer coding is not chunked");
    chunked_ = true;
  } else if (equal_ignoring_case(name, "connection")) {
    each_part(value, [&](std::string_view option) {
      if (equal_ignoring_case(option, "close")) keeps_alive_ = false;
      if (equal_ignoring_case(option, "keep-alive")) keeps_alive_ = true;
    });
  }
  return true;
}

void AnswerParser::begin_body() {
  if (status_ < 200) return restart();  // 100 Continue: the answer follows
  if (to_head_ || status_ == 204 || status_ == 304) return finish();
  if (chunked_) {
    part_ = Part::chunk_size;
  } else if (has_length_) {
    part_ = Part::counted;
    if (left_ == 0) finish();
  } else {
    part_ = Part::until_end;
    left_ = kMaxBody + 1;
  }
}

void AnswerParser::take_body(std::string_view& bytes) {
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
  taken_ += size;
  if (taken_ > kMaxBody || (keep_body_ && taken_ > kMaxKeptBody)) {
    refuse("its body is too long");
    return;
  }
  if (keep_body_) body_ += bytes.substr(0, size);
  bytes.remove_prefix(size);
  left_ -= size;
  if (left_ > 0) return;
  if (part_ == Part::counted) finish();
  if (part_ == Part::chunk) part_ = Part::chunk_end;
}

void AnswerParser::take_chunk_size(std::string_view& bytes) {
  if (!take_line(bytes, kLineEnd, kMaxChunkLine)) return;
  std::string_view size = line_;
  size.remove_suffix(kLineEnd.size());
  size = trimmed(size.substr(0, size.find(';')));  // behind it: extensions
  if (!read_number(size, left_, 16) || left_ > kMaxBody) {
    refuse("it has a chunk without a valid size");
    return;
  }
  line_.clear();
  part_ = left_ > 0 ? Part::chunk : Part::trailers;
}

void AnswerParser::take_chunk_end(std::string_view& bytes) {
  const std::size_t size = std::min(bytes.size(), kLineEnd.size() - line_.size());
  line_ += bytes.substr(0, size);
  bytes.remove_prefix(size);
  if (line_.size() < kLineEnd.size()) return;
  if (line_ != kLineEnd) {
    refuse("a chunk is longer than its size");
    return;
  }
  line_.clear();
  part_ = Part::chunk_size;
}

/// Lines up to an empty one, which may be the first.
void AnswerParser::take_trailers(std::string_view& bytes) {
  while (state_ == State::reading && !bytes.empty()) {
    if (!take_line(bytes, kLineEnd, kMaxHead)) return;
    taken_ += line_.size();  // a server may not send trailers without end
    if (taken_ > kMaxBody) refuse("its body is too long");
    const bool last = line_ == kLineEnd;
    line_.clear();
    if (last && state_ == State::reading) finish();
  }
}

void AnswerParser::finish() { state_ = State::complete; }

bool AnswerParser::refuse(std::string_view why) {
  state_ = State::malformed;
  fault_ = printable(why);
  return false;
}

}  // namespace pulsebench::load
