#include "workflow/service.hpp"

#include "submissions.hpp"

using namespace workflow;

namespace {

Service service_of(const StoreFolder& folder) {
  return Service{folder.open(), [] { return std::int64_t{1234}; }};
}

}  // namespace

TEST_CASE("a submission gets a status, and a comment on each answer") {
  const StoreFolder folder;
  Service service = service_of(folder);
  CHECK(service.is_empty());
  CHECK(service.submit(kSubmission).value() == 1);
  CHECK(service.status(1).value() ==
        R"({"id":1,"status":"assessed","events":[{"event":"received","time_ms":1234},)"
        R"({"event":"anonymised","time_ms":1234},{"event":"assessed","time_ms":1234}]})");
  const std::string feedback = service.feedback(1).value();
  CHECK(feedback.find(R"({"id":1,"feedback":{"answers":[{"question":1,"words":3,)") == 0);
  CHECK(feedback.find(R"({"question":2,"words":3,)") != std::string::npos);
}

TEST_CASE("the store has neither who submitted nor personal data") {
  const StoreFolder folder;
  CHECK(service_of(folder).submit(kSubmission).value() == 1);
  const History history = folder.open().read(1).value();
  REQUIRE(history.size() == 3);
  // printf 'Write to [email].\nThe second answer.\n' | sha256sum
  CHECK(history[0].data ==
        R"({"course":"TM112","assignment":"TMA02","sha256":)"
        R"("e130b814f00b5f33c5d1f468e1383fb11aa459de4f5a19d14718f31f3495196f"})");
  CHECK(history[1].data ==
        R"({"personal_data":{"email":1,"phone":0,"student_number":0,"postcode":0,)"
        R"("national_insurance":0},"answers":[{"question":1,"text":"Write to [email]."},)"
        R"({"question":2,"text":"The second answer."}]})");
  for (const Event& event : history) {
    CHECK(event.data.find("A1234567") == std::string::npos);
    CHECK(event.data.find("ada@") == std::string::npos);
  }
}

TEST_CASE("a batch is stored whole, in its order") {
  const StoreFolder folder;
  Service service = service_of(folder);
  CHECK(service.submit(kSubmission).value() == 1);
  CHECK(service.submit_batch("[" + kSubmission + "," + kSubmission + "]").value() ==
        std::vector<SubmissionId>{2, 3});
  CHECK(service.status(3).has_value());
}

TEST_CASE("a batch with one submission that is wrong stores none") {
  const StoreFolder folder;
  Service service = service_of(folder);
  const auto ids = service.submit_batch("[" + kSubmission + R"(,{"student":"A1234567"}])");
  REQUIRE_FALSE(ids.has_value());
  CHECK(ids.error().code == ErrorCode::invalid);
  CHECK(ids.error().message.find("submission 2 of the batch: course: ") == 0);
  CHECK(service.is_empty());
}

TEST_CASE("a submission that is wrong is not stored") {
  const StoreFolder folder;
  Service service = service_of(folder);
  CHECK(service.submit("{").error().code == ErrorCode::malformed);
  CHECK(service.submit("{}").error().code == ErrorCode::invalid);
  CHECK(service.is_empty());
}

TEST_CASE("without a submission there is no status; before the assessment, no feedback") {
  const StoreFolder folder;
  {
    EventStore store = folder.open();
    auto appender = store.begin_append();
    REQUIRE(appender.has_value());
    const SubmissionId id = appender->add_submission();
    REQUIRE(appender->append(id, {EventKind::received, 5, "{}"}).has_value());
    REQUIRE(appender->commit().has_value());
  }
  const Service service = service_of(folder);
  CHECK(service.status(2).error().message == "there is no submission 2");
  CHECK(service.feedback(2).error().code == ErrorCode::not_found);
  CHECK(service.status(1).value() ==
        R"({"id":1,"status":"received","events":[{"event":"received","time_ms":5}]})");
  CHECK(service.feedback(1).error().message == "submission 1 has no feedback yet; ask again later");
}
