// What a figure is asked with: from the keys of the query to a question, narrowed to what who asks
// may see.
#pragma once

#include <string>
#include <vector>

#include "projections/measures/query.h"
#include "tools/server/api/call.h"
#include "tools/trede/question.h"

namespace trede::server {

// The keys that questions have in common.
std::vector<Parameter> question_parameters();  // op, van, tm, per, waar, totaal
std::vector<Parameter> known_parameters();     // bekendOp, positie
Parameter wait_parameter();                    // wachtOp
Parameter if_none_match_parameter();
std::vector<Parameter> joined_parameters(std::initializer_list<std::vector<Parameter>> parts);

std::vector<Parameter> keys_parameter();  // sleutels

// A KEY may tell who somebody is, so `sleutels` is for who may read every dossier. Errors: 403.
OrProblem<> check_keys(const Call& call);
// How who asks is told of streams: by KEY with `sleutels`, else by UUID.
Result<std::string> stream_name(const Call& call, const StreamId& stream);

// How much of the log is asked about. `prefix` `en`: of the second moment.
OrProblem<tool::Known> known_of(const Call& call, const std::string& prefix = "");

// A question and what it was narrowed to.
struct AskedQuestion {
  Query query;  // with its position
  tool::Known known;
};

// What `options` ask, narrowed to the reach of `permission`; its position is still to be filled in.
// Errors: 404 for a measure that is not there; 400; 403 for what lies beyond the reach.
OrProblem<Query> narrowed_query(const Call& call, const tool::QuestionOptions& options, bool totaal,
                                Permission permission);

// The question of a call to `/v1/cijfers/{maat}...`, narrowed to the reach of `permission`.
// Errors: those of narrowed_query.
OrProblem<AskedQuestion> question_of(const Call& call, Permission permission);

// Adds to `query` that it is about what `identity` reaches by `permission` only. `totaal`: of
// everything, for who may see totals: not by gemeente or werkcoach then.
// Errors: 403 for a filter on others, for a measure that cannot be narrowed, without reach.
OrProblem<> narrow(Query& query, const Identity& identity, Permission permission, bool totaal);

// Whether figures of this measure, taken apart, tell of the verzuim of persons.
bool is_about_verzuim(std::string_view measure);

// The answer to `query` as a message.
api::Cijfers figures_message(const std::string& measure, const Answer& answer,
                             const tool::Known& known);
// `waarde`, `teller`, `noemer` of a row into a message that has them.
template <typename Message>
void set_numbers(Message& message, const AnswerRow& row, const Answer& answer) {
  if (!answer.is_ratio) return message.set_waarde(row.waarde.text());
  message.set_teller(row.teller.text());
  message.set_noemer(row.noemer.text());
  const std::string ratio = ratio_text(row, answer.is_percentage);
  if (!ratio.empty()) message.set_waarde(ratio);
}

// The tag of what follows from `known` and what was asked: the same for the same bytes.
std::string etag_of(const Call& call, const Query& query);
// Whether If-None-Match names it. `*` is for who knows that there is something: see api.cc.
bool is_kept(const Call& call, const std::string& etag);

}  // namespace trede::server
