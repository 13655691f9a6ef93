#include "pulsebench/service/placeholders.hpp"

#include <algorithm>
#include <cassert>
#include <vector>

#include <fmt/format.h>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::service {
namespace {

constexpr std::string_view kPort = "port.";
constexpr std::string_view kSocket = "socket.";
constexpr std::string_view kScratch = "scratch";

enum class Kind { text, port, socket, scratch };

/// A stretch of a text: plain, or a placeholder with its name.
struct Part {
  Kind kind = Kind::text;
  std::string text;
};

bool begins(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

/// `inside` stands between braces. Kind::text if it is no placeholder.
Part part_of(std::string_view inside) {
  if (inside == kScratch) return {Kind::scratch, {}};
  if (begins(inside, kPort)) return {Kind::port, std::string{inside.substr(kPort.size())}};
  if (begins(inside, kSocket)) return {Kind::socket, std::string{inside.substr(kSocket.size())}};
  return {Kind::text, fmt::format("{{{}}}", inside)};
}

std::vector<Part> parts_of(std::string_view text) {
  std::vector<Part> parts;
  while (!text.empty()) {
    const auto open = std::min(text.find('{'), text.size());
    if (open > 0) parts.push_back({Kind::text, std::string{text.substr(0, open)}});
    text.remove_prefix(open);
    const auto close = text.find('}');
    if (close == std::string_view::npos) {
      if (!text.empty()) parts.push_back({Kind::text, std::string{text}});
      return parts;
    }
    parts.push_back(part_of(text.substr(1, close - 1)));
    text.remove_prefix(close + 1);
  }
  return parts;
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '-';
  });
}

}  // namespace

Result<void> find_names(std::string_view text, Names& names) {
  for (const Part& part : parts_of(text)) {
    if (part.kind != Kind::port && part.kind != Kind::socket) continue;
    if (!is_name(part.text)) {
      return fail(ErrorCode::bad_input,
                  fmt::format("the placeholder '{{{}{}}}' needs a name of letters, digits, '_' and "
                              "'-'",
                              part.kind == Kind::port ? kPort : kSocket, printable(part.text, 60)));
    }
    (part.kind == Kind::port ? names.ports : names.sockets).insert(part.text);
  }
  return {};
}

std::string fill(std::string_view text, const Places& places) {
  std::string filled;
  for (const Part& part : parts_of(text)) {
    switch (part.kind) {
      case Kind::text:
        filled += part.text;
        break;
      case Kind::scratch:
        filled += places.scratch.string();
        break;
      case Kind::port:
        assert(places.ports.count(part.text) == 1);
        filled += std::to_string(places.ports.at(part.text));
        break;
      case Kind::socket:
        assert(places.sockets.count(part.text) == 1);
        filled += places.sockets.at(part.text);
        break;
    }
  }
  return filled;
}

}  // namespace pulsebench::service
