#include "pulsebench/profile/flame_svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "flame_script.hpp"
#include "pulsebench/profile/short_name.hpp"

namespace pulsebench::profile {
namespace {

constexpr double kWidth = 1200.0;
constexpr double kRow = 17.0;
constexpr double kHead = 22.0;      // the row of the title
constexpr double kNarrowest = 0.5;  // of what is drawn
constexpr double kLetter = 6.6;     // width of a letter of 11 px
constexpr std::size_t kDeepest = 200;

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '&':
        safe += "&amp;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        // Other control characters are not allowed in XML 1.0.
        safe += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    }
  }
  return safe;
}

/// At most so many characters of a name; the last one is an ellipsis where there are more.
std::string cut(std::string_view name, std::size_t letters) {
  std::size_t seen = 0, before_last = 0;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if ((static_cast<unsigned char>(name[at]) & 0xC0U) == 0x80U) continue;  // within a character
    if (++seen == letters) before_last = at;
    if (seen > letters) return std::string{name.substr(0, before_last)} + "…";
  }
  return std::string{name};
}

/// A warm colour by the name: the same in every picture.
std::string warm_colour(std::string_view name) {
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return fmt::format("rgb({},{},{})", 205 + hash % 50, 130 + (hash >> 8U) % 90,
                     60 + (hash >> 16U) % 60);
}

class Drawing {
 public:
  Drawing(const StackTree& tree, const FlameStyle& style)
      : style_(style),
        scale_(tree.root().total > 0.0 ? kWidth / tree.root().total : 0.0),
        height_(kHead + kRow * static_cast<double>(std::min(tree.depth(), kDeepest))) {}

  std::string of(const TreeNode& root) {
    add_callees(root, 0.0, 1);
    const std::string head = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"flame\" viewBox=\"0 0 {:.0f} {:.0f}\" "
        "width=\"100%\" font-family=\"monospace\" font-size=\"11\" role=\"img\">\n"
        "<text x=\"2\" y=\"14\">{}</text>\n"
        "<text class=\"status\" x=\"820\" y=\"14\"></text>\n"
        "<text class=\"reset\" x=\"1060\" y=\"14\" display=\"none\" cursor=\"pointer\" "
        "fill=\"#2060c0\">all</text>\n"
        "<text class=\"search\" x=\"1140\" y=\"14\" cursor=\"pointer\" "
        "fill=\"#2060c0\">search</text>\n",
        kWidth, height_, escaped(style_.title));
    const std::string script =
        style_.with_script ? fmt::format("<script><![CDATA[\n{}]]></script>\n", kFlameScript) : "";
    return head + boxes_ + script + "</svg>\n";
  }

 private:
  void add_callees(const TreeNode& caller, double x, std::size_t depth) {
    if (depth > kDeepest) return;
    for (const TreeNode& node : caller.callees) {
      const double width = node.total * scale_;
      if (width >= kNarrowest) {
        add_box(node, x, width, depth);
        add_callees(node, x, depth + 1);
      }
      x += width;
    }
  }

  void add_box(const TreeNode& node, double x, double width, std::size_t depth) {
    const double y = height_ - kRow * static_cast<double>(depth);
    const std::string shown = short_name(node.name);
    const auto letters = static_cast<std::size_t>(width / kLetter);
    fmt::format_to(std::back_inserter(boxes_),
                   "<g class=\"f\"><title>{}\n{}</title><rect x=\"{:.2f}\" y=\"{:.0f}\" "
                   "width=\"{:.2f}\" height=\"16\" rx=\"1\" fill=\"{}\"/>"
                   "<text x=\"{:.2f}\" y=\"{:.0f}\">{}</text></g>\n",
                   escaped(node.name), escaped(style_.weight ? style_.weight(node) : ""), x, y,
                   width, style_.fill ? style_.fill(node) : warm_colour(node.name), x + 2.0,
                   y + 12.0, letters < 3 ? "" : escaped(cut(shown, letters)));
  }

  const FlameStyle& style_;
  double scale_, height_;
  std::string boxes_;
};

}  // namespace

std::string flame_svg(const StackTree& tree, const FlameStyle& style) {
  return Drawing{tree, style}.of(tree.root());
}

std::string_view flame_script() { return kFlameScript; }
std::string_view flame_script_sha256() { return kFlameScriptSha256; }

}  // namespace pulsebench::profile
