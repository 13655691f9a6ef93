#include "workflow/routes.hpp"

#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "workflow/json_text.hpp"

namespace workflow {
namespace {

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::malformed:
      return 400;
    case ErrorCode::invalid:
      return 422;
    case ErrorCode::not_found:
      return 404;
    case ErrorCode::full:
      return 507;
    case ErrorCode::io:
      return 500;
  }
  return 500;
}

Response explain(const Error& error) { return refuse(status_of(error.code), error.message); }

Response ok(const Result<std::string>& json) {
  return json ? Response{200, *json} : explain(json.error());
}

Response submit(Service& service, std::string_view body) {
  const auto id = service.submit(body);
  return id ? Response{201, fmt::format(R"({{"id":{}}})", *id)} : explain(id.error());
}

Response submit_batch(Service& service, std::string_view body) {
  const auto ids = service.submit_batch(body);
  if (!ids) return explain(ids.error());
  return {201, fmt::format(R"({{"ids":[{}]}})", fmt::join(*ids, ","))};
}

Response only(std::string_view methods) {
  return {405, fmt::format(R"({{"error":"this path takes {} only"}})", methods), methods};
}

/// Removes `prefix` from the front of `text` if it is there.
bool consume(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::optional<SubmissionId> consume_id(std::string_view& text) {
  SubmissionId id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc{} || id == 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return id;
}

}  // namespace

Response refuse(int status, std::string_view message) {
  return {status, fmt::format(R"({{"error":{}}})", quote(message))};
}

Response answer(Service& service, const Request& request) {
  std::string_view path = request.path;
  const bool is_get = request.method == Method::get;
  const bool is_post = request.method == Method::post;
  if (path == "/health") return is_get ? Response{200, R"({"status":"ok"})"} : only("GET");
  if (path == "/submissions") return is_post ? submit(service, request.body) : only("POST");
  if (path == "/submissions/batch") {
    return is_post ? submit_batch(service, request.body) : only("POST");
  }
  if (consume(path, "/submissions/")) {
    if (const auto id = consume_id(path)) {
      if (path.empty()) return is_get ? ok(service.status(*id)) : only("GET");
      if (path == "/feedback") return is_get ? ok(service.feedback(*id)) : only("GET");
    }
  }
  return refuse(404, "there is no such path; try /health, /submissions or /submissions/ID");
}

}  // namespace workflow
