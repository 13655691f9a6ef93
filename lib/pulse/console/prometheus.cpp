#include "pulse/console/prometheus.hpp"

#include <cstdint>

#include "pulse/console/place_rows.hpp"

namespace pulse::console {
namespace {

std::string answer(const char* status, const char* type, const std::string& body) {
  return std::string("HTTP/1.1 ") + status + "\r\nContent-Type: " + type +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
         body;
}

/// The value of a label: the format escapes these three, and a name has no other odd bytes.
std::string quoted(std::string_view text) {
  std::string value = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') value += '\\';
    value += c >= ' ' && c <= '~' ? c : '?';
  }
  return value + '"';
}

void append_resources(std::string& text, const ResourceRows& rows, const char* name,
                      const char* help, std::uint64_t ResourceCounts::*count) {
  const bool is_total = std::string_view(name).ends_with("_total");
  text += std::string("# HELP ") + name + " " + help + "\n# TYPE " + name +
          (is_total ? " counter\n" : " gauge\n");
  for (const auto& [key, counts] : rows) {
    text += std::string(name) + "{type=" + quoted(key.first) + ",place=" + quoted(key.second) +
            "} " + std::to_string(counts.*count) + "\n";
  }
}

std::string resources_text(const TierManager& tiers) {
  if (tiers.resources() == nullptr) return "";
  const ResourceRows rows = resource_rows(tiers, backlogs_of(tiers.tasks()));
  std::string text;
  append_resources(text, rows, "pulse_resources_opened_total", "Resources opened at a place.",
                   &ResourceCounts::opened);
  append_resources(text, rows, "pulse_resources_closed_total", "Resources of a place closed.",
                   &ResourceCounts::closed);
  append_resources(text, rows, "pulse_resources_waiting", "What waits at the resources of a place.",
                   &ResourceCounts::waiting);
  return text;
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
         std::to_string(counts.tasks) + "\n" + resources_text(tiers);
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
