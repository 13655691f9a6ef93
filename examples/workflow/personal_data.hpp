#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace workflow {

enum class PersonalData : std::uint8_t {
  email,
  phone,
  student_number,
  postcode,            ///< of the United Kingdom
  national_insurance,  ///< number of the United Kingdom
};
inline constexpr std::array<std::string_view, 5> kPersonalDataNames{
    "email", "phone", "student_number", "postcode", "national_insurance"};

[[nodiscard]] constexpr std::string_view name_of(PersonalData kind) {
  return kPersonalDataNames[static_cast<std::size_t>(kind)];
}

/// A piece of personal data in a text: `size` bytes from `begin`.
struct Finding {
  PersonalData kind;
  std::size_t begin;
  std::size_t size;

  bool operator==(const Finding&) const = default;
};

/// Finds personal data by its form. Names have no form: they are not found.
class PersonalDataDetector {
 public:
  PersonalDataDetector();
  PersonalDataDetector(PersonalDataDetector&&) noexcept;
  ~PersonalDataDetector();

  /// Returns what is in `text`, in its order and without overlap. Time is linear in the text,
  /// whatever it is; bytes that are not UTF-8 match nothing.
  [[nodiscard]] std::vector<Finding> find(std::string_view text) const;

 private:
  struct Patterns;
  std::unique_ptr<const Patterns> patterns_;
};

/// Replaces each finding by its kind: "write to [email]". The result has no more findings.
/// Precondition: `findings` are those of `text`.
[[nodiscard]] std::string anonymise(std::string_view text, const std::vector<Finding>& findings);

}  // namespace workflow
