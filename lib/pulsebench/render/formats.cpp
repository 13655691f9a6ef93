#include "pulsebench/render/formats.hpp"

#include <algorithm>
#include <array>

namespace pulsebench::render {

using Write = std::string(const Page&, const Style&);
Write write_text, write_markdown, write_json, write_github;  // each in its own `<name>_format.cpp`

namespace {

constexpr std::array kFormats{
    Format{"text", "for a terminal", write_text},
    Format{"markdown", "for a pull request or a job summary (GitHub-flavoured)", write_markdown},
    Format{"json", "for programs (docs/result.schema.json)", write_json},
    Format{"github", "annotations of a step of GitHub Actions", write_github},
};

}  // namespace

std::span<const Format> formats() { return kFormats; }

const Format* find_format(std::string_view name) {
  const auto found = std::ranges::find(kFormats, name, &Format::name);
  return found == kFormats.end() ? nullptr : &*found;
}

std::string write(const Page& page, const Format& format, const Style& style, bool explain) {
  return format.write(shown(page, explain), style);
}

}  // namespace pulsebench::render
