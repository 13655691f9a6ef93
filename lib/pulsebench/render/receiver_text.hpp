#pragma once

#include <string>
#include <string_view>

/// Texts from elsewhere, made harmless for the programs that read a report.
namespace pulsebench::render {

/// Returns the text without control characters, bidirectional overrides and bytes that are not
/// UTF-8, each replaced by `?`; also without U+FFFE and U+FFFF, which XML 1.0 forbids.
[[nodiscard]] std::string harmless(std::string_view text);

/// Appends `c` as text of XML or HTML, also in an attribute between double quotes.
void append_markup(char c, std::string& text);

/// As the text or attribute value of an element of XML 1.0.
[[nodiscard]] std::string xml_text(std::string_view text);

/// As a string of JSON, with its quotes.
[[nodiscard]] std::string json_text(std::string_view text);

}  // namespace pulsebench::render
