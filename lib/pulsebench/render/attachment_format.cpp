#include "pulsebench/render/formats.hpp"

/// Documents that a page has beside itself.
namespace pulsebench::render {
namespace {

std::string attached(const Page& page, std::string_view format) {
  for (const Attachment& attachment : page.attachments) {
    if (attachment.format == format) return attachment.write();
  }
  return {};
}

}  // namespace

std::string write_svg(const Page& page, const Style&) { return attached(page, "svg"); }
std::string write_folded(const Page& page, const Style&) { return attached(page, "folded"); }
std::string write_pprof(const Page& page, const Style&) { return attached(page, "pprof"); }

}  // namespace pulsebench::render
