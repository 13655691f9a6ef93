#pragma once

#include <string>
#include <string_view>

namespace pulsebench::profile {

inline constexpr std::size_t kLongestShortName = 100;

/// Returns a name of a function for display, without unnamed namespaces. In a name of more than
/// `kLongestShortName` bytes, the template arguments and parameters inside of others are replaced
/// by `…`, and all of them where it is still longer: names of templates have 1 to 3 KB.
[[nodiscard]] std::string short_name(std::string_view function);

/// Returns a name that two builds of a function share: without template arguments, parameters,
/// clones of the compiler (`.constprop.0`) and numbers of lambdas.
[[nodiscard]] std::string matching_name(std::string_view function);

}  // namespace pulsebench::profile
