#include "workflow/routes.hpp"

#include "submissions.hpp"

using namespace workflow;

namespace {

int status_of(Service& service, Method method, std::string_view path, std::string_view body = {}) {
  return answer(service, {method, path, body}).status;
}

}  // namespace

TEST_CASE("each path answers its method") {
  const StoreFolder folder;
  Service service{folder.open()};
  CHECK(answer(service, {Method::get, "/health", ""}).body == R"({"status":"ok"})");
  const Response created = answer(service, {Method::post, "/submissions", kSubmission});
  CHECK(created.status == 201);
  CHECK(created.body == R"({"id":1})");
  const Response batch =
      answer(service, {Method::post, "/submissions/batch", "[" + kSubmission + "]"});
  CHECK(batch.status == 201);
  CHECK(batch.body == R"({"ids":[2]})");
  CHECK(answer(service, {Method::get, "/submissions/2", ""}).body == service.status(2).value());
  CHECK(answer(service, {Method::get, "/submissions/2/feedback", ""}).body ==
        service.feedback(2).value());
}

TEST_CASE("another method is refused, and the right one is named") {
  const StoreFolder folder;
  Service service{folder.open()};
  for (const std::string_view path : {"/health", "/submissions/1", "/submissions/1/feedback"}) {
    CAPTURE(path);
    const Response refused = answer(service, {Method::post, path, ""});
    CHECK(refused.status == 405);
    CHECK(refused.allow == "GET");
  }
  for (const std::string_view path : {"/submissions", "/submissions/batch"}) {
    CAPTURE(path);
    CHECK(answer(service, {Method::get, path, ""}).allow == "POST");
    CHECK(status_of(service, Method::other, path) == 405);
  }
}

TEST_CASE("what the client got wrong has a status of its own") {
  const StoreFolder folder;
  Service service{folder.open()};
  CHECK(status_of(service, Method::post, "/submissions", "{") == 400);
  CHECK(status_of(service, Method::post, "/submissions", "{}") == 422);
  CHECK(status_of(service, Method::get, "/submissions/1") == 404);
  for (const std::string_view path :
       {"", "/", "/submissions/", "/submissions/0", "/submissions/-1", "/submissions/1x",
        "/submissions/18446744073709551616", "/submissions/1/", "/submissions/1/feedback/",
        "/health?", "//health"}) {
    CAPTURE(path);
    const Response refused = answer(service, {Method::get, path, ""});
    CHECK(refused.status == 404);
    CHECK(refused.body.find(R"({"error":"there is no such path)") == 0);
  }
}

TEST_CASE("a full store is 507, and the service goes on") {
  const StoreFolder folder;
  Service service{folder.open({.most_bytes = 65536, .sync = false})};
  const std::string large = R"({"student":"A1234567","course":"TM112","assignment":"TMA02",)"
                            R"("answers":[{"question":1,"text":")" +
                            std::string(19'000, 'x') + R"("}]})";
  int status = 201;
  for (int i = 0; i < 10 && status == 201; ++i) {
    status = status_of(service, Method::post, "/submissions", large);
  }
  CHECK(status == 507);
  CHECK(status_of(service, Method::get, "/submissions/1") == 200);
}
