#include "pulse/console/prometheus.hpp"

#include <cstdint>

namespace pulse::console {
namespace {

std::string answer(const char* status, const char* type, const std::string& body) {
  return std::string("HTTP/1.1 ") + status + "\r\nContent-Type: " + type +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
         body;
}

}  // namespace

std::string prometheus_text(const TierManager& tiers, const Metrics* metrics) {
  const TierMetrics counts = tiers.get_metrics();
  MetricsSnapshot all;
  if (metrics != nullptr) all = metrics->snapshot();
  const auto add = [&](const char* name, const char* help, std::uint64_t value) {
    all.counters.push_back({{name, help}, value});
  };
  add("pulse_polls_total", "Polls of all tasks.", counts.polls);
  add("pulse_violations_total", "Polls that took too long or exhausted a budget.",
      counts.violations);
  add("pulse_promotions_total", "Tasks moved to a stricter tier.", counts.promotions);
  add("pulse_demotions_total", "Tasks moved to a milder tier.", counts.demotions);
  add("pulse_yields_total", "Decisions that a task yields.", counts.yields);
  add("pulse_isolations_total", "Decisions that a task is isolated.", counts.isolations);
  return all.to_prometheus() +
         "# HELP pulse_tasks Tasks that are watched now.\n# TYPE pulse_tasks gauge\npulse_tasks " +
         std::to_string(counts.tasks) + "\n";
}

std::string http_answer(std::string_view request, const TierManager& tiers,
                        const Metrics* metrics) {
  constexpr const char* kText = "text/plain; charset=utf-8";
  const std::string_view line = request.substr(0, request.find("\r\n"));
  if (line.substr(0, 4) != "GET ") return answer("405 Method Not Allowed", kText, "only GET\n");
  const std::string_view target = line.substr(4, line.find_first_of(" ?", 4) - 4);
  if (target != "/metrics") return answer("404 Not Found", kText, "only /metrics\n");
  return answer("200 OK", "text/plain; version=0.0.4; charset=utf-8",
                prometheus_text(tiers, metrics));
}

}  // namespace pulse::console
