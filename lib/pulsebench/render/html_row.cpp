#include "pulsebench/render/html_row.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pulsebench/render/cell_text.hpp"
#include "pulsebench/render/html_text.hpp"
#include "pulsebench/render/plots.hpp"
#include "pulsebench/render/svg.hpp"

namespace pulsebench::render {

std::string class_attribute(std::string names) {
  if (!names.empty() && names.front() == ' ') names.erase(0, 1);
  return names.empty() ? "" : fmt::format(R"( class="{}")", names);
}

bool is_for_wide_screens(const Table& table, std::size_t column) {
  if (table.columns[column].drop > 0 || !table.columns[column].narrow.empty()) return true;
  return std::ranges::any_of(table.groups, [&](const Group& group) {
    return !group.rows.empty() && column < group.rows[0].cells.size() &&
           std::holds_alternative<Limit>(group.rows[0].cells[column].value);
  });
}

std::string css_classes_of(const Column& column, bool optional, Tone tone) {
  std::string names = column.align == Align::right ? "n" : "";
  if (optional) names += " opt";
  const std::string toned = css_class_of(tone);
  return toned.empty() ? names : names + " " + toned;
}

std::string marked_html(const Cell& cell) {
  const std::string its_sign = sign(cell.mark, kUnbounded);
  std::string text = html_of(cell);
  if (its_sign.empty()) return text;
  const std::string drawn =
      fmt::format(R"(<span class="{}">{}</span>)", css_class_of(tone_of(cell.mark)), its_sign);
  if (std::holds_alternative<Name>(cell.value)) return drawn + " " + text;
  return text.empty() ? drawn : text + " " + drawn;
}

std::string html_below(const Row& row, std::size_t columns) {
  std::string html;
  if (!row.note.empty() && row.cells.size() >= columns) {
    html += "<p>" + html_of(row.note) + "</p>";
  }
  if (!row.command.empty()) {
    html += std::string{"<p>"} + row.command_is + ": <code>" +
            escaped_html(Text{row.command}.plain()) + "</code></p>";
  }
  return html;
}

std::string html_of_evidence(const Row& row, bool open) {
  const Evidence evidence = row.evidence();
  std::string html = std::string{open ? "<details open>" : "<details>"} + "<summary><span>" +
                     (row.cells.empty() ? "" : html_of(row.cells[0])) +
                     R"(</span></summary><div class="plots">)";
  for (const Chart& chart : evidence.charts) {
    const auto [caption, picture] = plot(chart);
    if (picture.empty()) continue;
    html +=
        "<figure><figcaption>" + escaped_html(caption) + "</figcaption>" + picture + "</figure>";
  }
  html += "</div>";
  if (!evidence.facts.empty()) html += "<dl>";
  for (const Fact& fact : evidence.facts) {
    html += "<dt>" + escaped_html(Text{fact.name}.plain()) + "</dt><dd>" + html_of(fact.value) +
            "</dd>";
  }
  return html + (evidence.facts.empty() ? "" : "</dl>") + "</details>";
}

}  // namespace pulsebench::render
