#include "pulsebench/render/formats.hpp"

#include <algorithm>
#include <array>

namespace pulsebench::render {

using Write = std::string(const Page&, const Style&);
Write write_text, write_markdown, write_json, write_html;  // each in its own `<name>_format.cpp`
Write write_github, write_github_summary, write_github_comment;
Write write_junit, write_codequality, write_openmetrics, write_csv;
Write write_svg, write_folded, write_pprof;

namespace {

constexpr std::array kFormats{
    Format{"text", "for a terminal", write_text},
    Format{"markdown", "for a page or a message (GitHub-flavoured)", write_markdown},
    Format{"json", "for programs (docs/result.schema.json)", write_json},
    Format{"html", "one page for a browser, which needs no network", write_html},
    Format{"github", "annotations of a step of GitHub Actions", write_github},
    Format{"github-summary", "a job summary of GitHub Actions: at most 900 KiB",
           write_github_summary},
    Format{"github-comment", "a comment of a pull request: at most 60,000 bytes",
           write_github_comment},
    Format{"junit", "JUnit XML: a test case a benchmark", write_junit, true},
    Format{"codequality", "code quality report of GitLab: what failed", write_codequality, true},
    Format{"openmetrics", "costs as OpenMetrics, for GitLab and Prometheus", write_openmetrics,
           true},
    Format{"csv", "a line a benchmark, for spreadsheets", write_csv, true},
    Format{"svg", "a flame graph", write_svg, false, true},
    Format{"folded", "a line a stack, for tools that draw flame graphs", write_folded, false, true},
    Format{"pprof", "for go tool pprof, Speedscope and others", write_pprof, false, true},
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
