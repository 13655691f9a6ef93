#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::load {

/// A request of HTTP/1.1. Host, Connection and Content-Length are added.
struct HttpRequest {
  std::string method = "GET";
  std::string path = "/";  ///< with its query
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
};

/// Returns the bytes of a request to `host`. `bad_input` where a field has a character that would
/// end it, or where a header is one of those that are added.
[[nodiscard]] Result<std::string> request_text(const HttpRequest& request, std::string_view host);

}  // namespace pulsebench::load
