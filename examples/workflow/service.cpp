#include "workflow/service.hpp"

#include <array>
#include <chrono>

#include <fmt/format.h>

#include "workflow/digest.hpp"
#include "workflow/feedback.hpp"
#include "workflow/json_text.hpp"
#include "workflow/validation.hpp"

namespace workflow {
namespace {

using Counts = std::array<std::size_t, kPersonalDataNames.size()>;

std::string received_json(const Submission& submission, std::string_view digest) {
  return fmt::format(R"({{"course":{},"assignment":{},"sha256":"{}"}})", quote(submission.course),
                     quote(submission.assignment), digest);
}

std::string anonymised_json(const std::vector<Answer>& answers, const Counts& counts) {
  std::string json = R"({"personal_data":{)";
  for (std::size_t kind = 0; kind < counts.size(); ++kind) {
    json +=
        fmt::format(R"({}"{}":{})", kind == 0 ? "" : ",", kPersonalDataNames[kind], counts[kind]);
  }
  json += R"(},"answers":[)";
  for (std::size_t i = 0; i < answers.size(); ++i) {
    json += fmt::format(R"({}{{"question":{},"text":{}}})", i == 0 ? "" : ",", answers[i].question,
                        quote(answers[i].text));
  }
  return json + "]}";
}

std::string comments_json(const std::vector<Comment>& comments) {
  std::string json = R"({"answers":[)";
  for (std::size_t i = 0; i < comments.size(); ++i) {
    json += fmt::format(R"({}{{"question":{},"words":{},"comment":{}}})", i == 0 ? "" : ",",
                        comments[i].question, comments[i].words, quote(comments[i].text));
  }
  return json + "]}";
}

Failure no_submission(SubmissionId submission) {
  return fail(ErrorCode::not_found, fmt::format("there is no submission {}", submission));
}

}  // namespace

std::int64_t system_time_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

Result<SubmissionId> Service::submit(std::string_view json) {
  auto submission = parser_.parse(json);
  if (!submission) return Failure{std::move(submission).error()};
  if (auto valid = validate(*submission); !valid) return Failure{std::move(valid).error()};
  std::vector<History> histories;
  histories.push_back(assess(*std::move(submission)));
  return store(histories).map([](const auto& ids) { return ids.front(); });
}

Result<std::vector<SubmissionId>> Service::submit_batch(std::string_view json) {
  auto submissions = parser_.parse_batch(json);
  if (!submissions) return Failure{std::move(submissions).error()};
  for (std::size_t i = 0; i < submissions->size(); ++i) {
    const auto valid = validate((*submissions)[i]);
    if (valid) continue;
    return fail(valid.error().code,
                fmt::format("submission {} of the batch: {}", i + 1, valid.error().message));
  }
  std::vector<History> histories;
  histories.reserve(submissions->size());
  for (Submission& submission : *submissions) histories.push_back(assess(std::move(submission)));
  return store(histories);
}

/// Removes personal data from the answers in place. The digest is that of the anonymous text: one
/// of the original would let anybody try which telephone number was there.
History Service::assess(Submission submission) const {
  Counts counts{};
  std::string all;
  for (Answer& answer : submission.answers) {
    const auto findings = detector_.find(answer.text);
    for (const Finding& finding : findings) ++counts[static_cast<std::size_t>(finding.kind)];
    if (!findings.empty()) answer.text = anonymise(answer.text, findings);
    all.append(answer.text).append("\n");
  }
  const std::int64_t now = clock_();
  History history;
  history.reserve(3);
  history.push_back({EventKind::received, now, received_json(submission, sha256_of(all))});
  history.push_back({EventKind::anonymised, now, anonymised_json(submission.answers, counts)});
  history.push_back({EventKind::assessed, now, comments_json(comment_on(submission.answers))});
  return history;
}

Result<std::vector<SubmissionId>> Service::store(const std::vector<History>& histories) {
  auto appender = store_.begin_append();
  if (!appender) return Failure{std::move(appender).error()};
  std::vector<SubmissionId> ids;
  ids.reserve(histories.size());
  for (const History& history : histories) {
    ids.push_back(appender->add_submission());
    for (const Event& event : history) {
      auto appended = appender->append(ids.back(), event);
      if (!appended) return Failure{std::move(appended).error()};
    }
  }
  return appender->commit().map([&ids] { return std::move(ids); });
}

Result<std::string> Service::status(SubmissionId submission) const {
  const auto history = store_.read(submission);
  if (!history) return Failure{history.error()};
  if (history->empty()) return no_submission(submission);
  std::string json = fmt::format(R"({{"id":{},"status":"{}","events":[)", submission,
                                 name_of(history->back().kind));
  for (std::size_t i = 0; i < history->size(); ++i) {
    json += fmt::format(R"({}{{"event":"{}","time_ms":{}}})", i == 0 ? "" : ",",
                        name_of((*history)[i].kind), (*history)[i].time_ms);
  }
  return json + "]}";
}

Result<std::string> Service::feedback(SubmissionId submission) const {
  const auto history = store_.read(submission);
  if (!history) return Failure{history.error()};
  if (history->empty()) return no_submission(submission);
  for (const Event& event : *history) {
    if (event.kind != EventKind::assessed) continue;
    return fmt::format(R"({{"id":{},"feedback":{}}})", submission, event.data);
  }
  return fail(ErrorCode::not_found,
              fmt::format("submission {} has no feedback yet; ask again later", submission));
}

}  // namespace workflow
