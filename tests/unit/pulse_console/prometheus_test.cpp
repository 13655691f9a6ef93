#include "pulse/console/prometheus.hpp"

#include <doctest/doctest.h>

#include <string>

#include "pulse_console/watched_tasks.hpp"

using pulse::console::http_answer;
using pulse::console::prometheus_text;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Prometheus gets the counts of the manager, and the program's own metrics") {
  WatchedTasks tasks;
  tasks.poll(tasks.begin());
  tasks.begin();
  pulse::Metrics own(tasks.group, {{"requests_total", "Requests."}}, {});
  own.increment_counter(tasks.worker, 0, 7);
  const std::string text = prometheus_text(tasks.tiers, &own);
  CHECK(contains(text, "# TYPE pulse_polls_total counter\npulse_polls_total 1\n"));
  CHECK(contains(text, "# TYPE pulse_tasks gauge\npulse_tasks 2\n"));
  CHECK(contains(text, "requests_total 7\n"));
  CHECK(contains(prometheus_text(tasks.tiers, nullptr), "pulse_tasks 2\n"));
}

TEST_CASE("GET /metrics is answered, with a query too, and nothing else") {
  WatchedTasks tasks;
  const auto answer_to = [&](const std::string& line) {
    return http_answer(line + "\r\nHost: localhost\r\n\r\n", tasks.tiers, nullptr);
  };
  for (const char* line : {"GET /metrics HTTP/1.1", "GET /metrics?a=b HTTP/1.1", "GET /metrics"}) {
    const std::string answer = answer_to(line);
    CHECK(answer.rfind("HTTP/1.1 200 OK\r\n", 0) == 0);
    const auto body = answer.substr(answer.find("\r\n\r\n") + 4);
    CHECK(contains(answer, "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n"));
    CHECK(body == prometheus_text(tasks.tiers, nullptr));
  }
  CHECK(answer_to("GET / HTTP/1.1").rfind("HTTP/1.1 404 ", 0) == 0);
  CHECK(answer_to("GET /metricsx HTTP/1.1").rfind("HTTP/1.1 404 ", 0) == 0);
  CHECK(answer_to("POST /metrics HTTP/1.1").rfind("HTTP/1.1 405 ", 0) == 0);
  CHECK(answer_to("").rfind("HTTP/1.1 405 ", 0) == 0);
}
