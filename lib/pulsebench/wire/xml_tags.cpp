#include "pulsebench/wire/xml_tags.hpp"

#include <array>
#include <cctype>
#include <utility>

#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::wire {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_of_a_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' ||
         c == ':';
}

}  // namespace

std::string without_entities(std::string_view text) {
  constexpr std::array kEntities{
      std::pair{std::string_view{"&lt;"}, '<'}, std::pair{std::string_view{"&gt;"}, '>'},
      std::pair{std::string_view{"&quot;"}, '"'}, std::pair{std::string_view{"&apos;"}, '\''},
      std::pair{std::string_view{"&amp;"}, '&'}};
  std::string resolved;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 1;
    char sign = text[at];
    for (const auto& [entity, stands_for] : kEntities) {
      if (!text.substr(at).starts_with(entity)) continue;
      length = entity.size();
      sign = stands_for;
      break;
    }
    resolved += sign;
    at += length;
  }
  return resolved;
}

Failure XmlTags::malformed(const char* what) const {
  return fail(ErrorCode::bad_input, std::string{what} + " at byte " + std::to_string(at_));
}

Result<void> XmlTags::skip_to(std::string_view end) {
  const std::size_t found = text_.find(end, at_);
  if (found == std::string_view::npos) return malformed("a part that does not end begins");
  at_ = found + end.size();
  return {};
}

std::string XmlTags::take_name() {
  const std::size_t begin = at_;
  while (at_ < text_.size() && is_of_a_name(text_[at_])) ++at_;
  return std::string{text_.substr(begin, at_ - begin)};
}

void XmlTags::skip_blanks() {
  while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
}

Result<void> XmlTags::take_attribute(XmlTag& tag) {
  std::string name = take_name();
  if (name.empty()) return malformed("a tag has no attribute or end");
  skip_blanks();
  if (!at("=")) return malformed("an attribute has no value");
  ++at_;
  skip_blanks();
  if (!at("\"") && !at("'")) return malformed("a value has no quote");
  const char quote = text_[at_++];
  const std::size_t end = text_.find(quote, at_);
  if (end == std::string_view::npos) return malformed("a value that does not end begins");
  tag.attributes[std::move(name)] = without_entities(text_.substr(at_, end - at_));
  at_ = end + 1;
  return {};
}

Result<XmlTag> XmlTags::take_tag() {
  XmlTag tag;
  tag.closes = at("/");
  tag.opens = !tag.closes;
  if (tag.closes) ++at_;
  tag.name = take_name();
  if (tag.name.empty()) return malformed("a tag has no name");
  for (;;) {
    skip_blanks();
    if (at("/>")) tag.closes = true;
    if (at(">") || at("/>")) {
      at_ += at(">") ? 1 : 2;
      return tag;
    }
    PB_CHECK(take_attribute(tag));
  }
}

Result<std::optional<XmlTag>> XmlTags::next() {
  for (;;) {
    at_ = text_.find('<', at_);
    if (at_ == std::string_view::npos) {
      at_ = text_.size();
      return std::optional<XmlTag>{};
    }
    if (at("<?")) {
      PB_CHECK(skip_to("?>"));
    } else if (at("<!--")) {
      PB_CHECK(skip_to("-->"));
    } else if (at("<![CDATA[")) {
      PB_CHECK(skip_to("]]>"));
    } else {
      ++at_;
      PB_TRY(auto tag, take_tag());
      return std::optional{std::move(tag)};
    }
  }
}

}  // namespace pulsebench::wire
