#include "workflow/personal_data.hpp"

#include <doctest/doctest.h>

using namespace workflow;

namespace {

std::string anonymous(std::string_view text) {
  static const PersonalDataDetector detector;
  return anonymise(text, detector.find(text));
}

}  // namespace

// Telephone numbers are from the ranges that Ofcom keeps for drama, the national insurance number
// is the example of gov.uk, and MK7 6AA is the Open University.
TEST_CASE("personal data is replaced by its kind") {
  CHECK(anonymous("mail ada.l+tma@mail.example.org!") == "mail [email]!");
  CHECK(anonymous("call 01632 960123 or +44 7700 900123.") == "call [phone] or [phone].");
  CHECK(anonymous("call 020 7946 0123") == "call [phone]");
  CHECK(anonymous("I am A1234567") == "I am [student_number]");
  CHECK(anonymous("at MK7 6AA, SW1A1AA") == "at [postcode], [postcode]");
  CHECK(anonymous("QQ 12 34 56 C and QQ123456C") ==
        "[national_insurance] and [national_insurance]");
}

TEST_CASE("what only resembles personal data stays") {
  for (const std::string text : {"", "In 1970, Codd (1970) wrote 11 pages.", "a @ b",
                                 "ada@localhost", "A123456", "A12345678", "xA1234567", "0.123456",
                                 "TM112 TMA02", "the years 1939-1945", "Grüße aus Köln"}) {
    CAPTURE(text);
    CHECK(anonymous(text) == text);
  }
}

TEST_CASE("a finding says what is where") {
  const PersonalDataDetector detector;
  const auto findings = detector.find("I, A1234567, am ada@example.org");
  REQUIRE(findings.size() == 2);
  CHECK(findings[0] == Finding{PersonalData::student_number, 3, 8});
  CHECK(findings[1] == Finding{PersonalData::email, 16, 15});
}

TEST_CASE("bytes that are not UTF-8 do not hide what stands beside them") {
  CHECK(anonymous("\xff\xfe A1234567 \x80") == "\xff\xfe [student_number] \x80");
}

TEST_CASE("an anonymous text has nothing more to find") {
  for (const std::string_view text : {"a@b.cA1234567", "a@b.c+44 7700 900123MK7 6AA",
                                      "01632 960123@example.org", "QQ123456C@b.c QQ123456C"}) {
    CAPTURE(text);
    CHECK(anonymous(anonymous(text)) == anonymous(text));
  }
}
