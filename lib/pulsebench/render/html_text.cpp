#include "pulsebench/render/html_text.hpp"

#include <fmt/format.h>

#include "pulsebench/render/cell_text.hpp"
#include "pulsebench/render/plots.hpp"
#include "pulsebench/render/svg.hpp"

namespace pulsebench::render {
namespace {

std::string html_of_span(const Span& span) {
  const std::string text = escaped_html(span.text);
  if (span.verbatim) return "<code>" + text + "</code>";
  const std::string name = css_class_of(span.tone);
  return name.empty() ? text : fmt::format(R"(<span class="{}">{}</span>)", name, text);
}

}  // namespace

const char* css_class_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::strong:
      return "strong";
    case Tone::quiet:
      return "quiet";
    case Tone::good:
      return "good";
    case Tone::bad:
      return "bad";
    case Tone::doubtful:
      return "doubt";
  }
  return "";
}

std::string html_of(const Text& text) {
  std::string html;
  for (const Span& span : text.spans) html += html_of_span(span);
  return html;
}

std::string html_of(const Cell& cell) {
  if (const auto* interval = std::get_if<ChangeInterval>(&cell.value)) {
    if (interval->threshold) return plot_interval(*interval);
  }
  if (const auto* line = std::get_if<Sparkline>(&cell.value)) return plot_sparkline(*line);
  const Text drawn = draw(cell, kUnbounded);
  if (const auto* link = std::get_if<Link>(&cell.value)) {
    return fmt::format(R"(<a href="{}">{}</a>)", escaped_html(Text{link->target}.plain()),
                       escaped_html(drawn.plain()));
  }
  if (std::holds_alternative<Command>(cell.value)) {
    return "<code>" + escaped_html(drawn.plain()) + "</code>";
  }
  // The cell has the class of its tone; a text brings those of its parts.
  return std::holds_alternative<Text>(cell.value) ? html_of(drawn) : escaped_html(drawn.plain());
}

}  // namespace pulsebench::render
