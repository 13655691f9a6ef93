#pragma once

#include <string>
#include <string_view>

#include "pulsebench/baseline/codec.hpp"

namespace pulsebench::baseline {

/// What the reader looks at beyond the end of the text, in bytes.
inline constexpr std::size_t kTextSlack = 64;

/// `decode` without a copy of the text. Precondition: `text` has room for `kTextSlack` more bytes.
[[nodiscard]] Result<Document> decode_in_place(const std::string& text, std::string_view file_name,
                                               Detail detail);

/// What `schema` of a document says it is, "pulsebench-result"; empty where the text says nothing
/// of the kind. The same precondition. Pure.
[[nodiscard]] std::string schema_of(const std::string& text);

}  // namespace pulsebench::baseline
