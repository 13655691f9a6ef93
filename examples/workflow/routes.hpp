#pragma once

#include <string>
#include <string_view>

#include "workflow/service.hpp"

namespace workflow {

enum class Method { get, post, other };

/// A request of HTTP, as far as this service looks at it.
struct Request {
  Method method = Method::other;
  std::string_view path;
  std::string_view body;
};

struct Response {
  int status;
  std::string body;             ///< a JSON object
  std::string_view allow = {};  ///< methods of the path, where the status is 405
};

/// Answers a request; never fails. What the client did wrong has a status of 400 to 499 and a body
/// with one line that says so.
[[nodiscard]] Response answer(Service& service, const Request& request);

/// Returns the response for an error outside of the service.
[[nodiscard]] Response refuse(int status, std::string_view message);

}  // namespace workflow
