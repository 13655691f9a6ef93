#include "claims.hpp"
#include "pulsebench/tune/journal.hpp"

using namespace pulsebench;

namespace {

std::string text_of(const tune::Account& account) {
  std::string text = tune::journal_header(account.boot_id);
  for (const tune::Change& change : account.changes) text += tune::journal_line(change);
  return account.kept ? text + tune::journal_kept_line() : text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  if (const auto account = tune::parse_journal(text)) {
    const auto again = tune::parse_journal(text_of(*account));
    fuzz::require(again && again->changes == account->changes, "an account can be written again");
  }
  // Any bytes may be a setting's content, and a torn last line takes no other with it.
  const std::size_t middle = size / 2;
  const tune::Change first{"/sys/a", std::string{text.substr(0, middle)},
                           std::string{text.substr(middle)}};
  const std::string whole = tune::journal_header("boot") + tune::journal_line(first);
  const std::string second = tune::journal_line({"/sys/b", "1", "2"});
  const auto torn = tune::parse_journal(whole + second.substr(0, size % second.size()));
  fuzz::require(torn && !torn->changes.empty() && torn->changes.front() == first,
                "a whole line is read as it was written");
  return 0;
}
