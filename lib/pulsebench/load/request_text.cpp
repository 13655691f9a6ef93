#include "pulsebench/load/request_text.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "pulsebench/load/ascii.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::load {
namespace {

constexpr std::array<std::string_view, 4> kAdded{"host", "connection", "content-length",
                                                 "transfer-encoding"};

bool is_added(std::string_view name) {
  return std::ranges::any_of(kAdded, [&](auto one) { return equal_ignoring_case(one, name); });
}

/// A token of RFC 9110, section 5.6.2.
bool is_token(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return is_digit(c) || is_letter(c) || kMarks.find(c) != std::string_view::npos;
  });
}

/// Visible characters and, in a value, blanks.
bool is_clean(std::string_view text, bool with_blanks) {
  return std::ranges::all_of(text, [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte > 0x20 && byte != 0x7F) || (with_blanks && (c == ' ' || c == '\t'));
  });
}

Failure refuse(std::string_view what, std::string_view text) {
  return fail(ErrorCode::bad_input, fmt::format("'{}' is not {}", printable(text), what));
}

}  // namespace

Result<std::string> request_text(const HttpRequest& request, std::string_view host) {
  if (!is_token(request.method)) return refuse("an HTTP method", request.method);
  if (request.path.empty() || request.path.front() != '/' || !is_clean(request.path, false)) {
    return refuse("a path that begins with '/' and has no blanks", request.path);
  }
  std::string text = fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\nConnection: keep-alive\r\n",
                                 request.method, request.path, host);
  for (const auto& [name, value] : request.headers) {
    if (!is_token(name)) return refuse("the name of a header", name);
    if (!is_clean(value, true)) return refuse("the value of a header", value);
    if (is_added(name)) {
      return fail(ErrorCode::bad_input,
                  fmt::format("the header '{}' is set already; remove it", name));
    }
    text += fmt::format("{}: {}\r\n", name, value);
  }
  const bool has_content = !request.body.empty() || request.method == "POST" ||
                           request.method == "PUT" || request.method == "PATCH";
  if (has_content) text += fmt::format("Content-Length: {}\r\n", request.body.size());
  return text + "\r\n" + request.body;
}

}  // namespace pulsebench::load
