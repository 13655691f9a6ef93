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

TEST_CASE("Prometheus gets the resources of each place, with labels that it can read") {
  WatchedTasks tasks;
  constexpr pulse::Location kWhere{"src/odd \"name\"\\.cpp", 7};
  const pulse::Resource timer(tasks.tiers.resources(), "timer", kWhere);
  { const pulse::Resource second(tasks.tiers.resources(), "timer", kWhere); }
  timer.wait();
  const pulse::Resource strand(tasks.tiers.resources(), "strand", {"a.cpp", 3});
  const auto task = tasks.tiers.register_task(tasks.worker, pulse::Priority::normal, {"a.cpp", 3});
  tasks.tiers.set_backlog(task, 5);
  const std::string text = prometheus_text(tasks.tiers, nullptr);
  CHECK(contains(text, "# TYPE pulse_resources_opened_total counter\n"));
  CHECK(contains(text, "# TYPE pulse_resources_waiting gauge\n"));
  const std::string labels = R"({type="timer",place="odd \"name\"\\.cpp:7"})";
  CHECK(contains(text, "pulse_resources_opened_total" + labels + " 2\n"));
  CHECK(contains(text, "pulse_resources_closed_total" + labels + " 1\n"));
  CHECK(contains(text, "pulse_resources_waiting" + labels + " 1\n"));
  CHECK(contains(text, "pulse_resources_waiting{type=\"strand\",place=\"a.cpp:3\"} 5\n"));
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
