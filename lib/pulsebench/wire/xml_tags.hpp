#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::wire {

/// One tag: `<name a="b">`, `</name>` or `<name/>`.
struct XmlTag {
  std::string name;
  std::map<std::string, std::string> attributes = {};  ///< their entities are resolved
  bool opens = true;                                   ///< false: `</name>`
  bool closes = false;                                 ///< `</name>` and `<name/>`
};

/// Reads the tags of an XML text one by one, and passes over everything else. It checks neither
/// that they are nested well nor that their attributes are known.
class XmlTags {
 public:
  explicit XmlTags(std::string_view text) : text_(text) {}

  /// The next tag; empty at the end. `bad_input` with the position of one that is cut or malformed.
  [[nodiscard]] Result<std::optional<XmlTag>> next();

 private:
  [[nodiscard]] Failure malformed(const char* what) const;
  [[nodiscard]] Result<void> skip_to(std::string_view end);
  [[nodiscard]] std::string take_name();
  void skip_blanks();
  [[nodiscard]] Result<void> take_attribute(XmlTag& tag);
  [[nodiscard]] Result<XmlTag> take_tag();
  [[nodiscard]] bool at(std::string_view word) const { return text_.substr(at_).starts_with(word); }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// `text` with the entities of XML resolved; others stay as they are.
[[nodiscard]] std::string without_entities(std::string_view text);

}  // namespace pulsebench::wire
