#include "tools/trede/rows/row_reader.h"

#include <algorithm>

#include "engine/base/text.h"
#include "engine/dossier/rules.h"
#include "engine/event/no_bsn.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

const std::string& name_of(Field field) { return field_names()[static_cast<std::size_t>(field)]; }

ColumnFlaw flaw(Field field, std::string message) { return {name_of(field), std::move(message)}; }

// A correctie that cannot be read further: its attributes are those of the event that it replaces.
ColumnFlaw refused(Rule rule, const pb::Event& event) {
  RecordedEvent proposed;
  proposed.geldig_op = day_of(event);
  proposed.body = &event.body();
  const Refusal refusal = refusal_of_vervangt(rule, proposed, 0);
  return {name_of(Field::kSoort), refusal.code + ": " + refusal.zin, true};
}

ColumnFlaw no_such_attribute(const std::string& column, const Kind& kind) {
  std::vector<std::string> names;
  for (const auto& attribute : kind.attributes) names.push_back(attribute.name);
  return {column, kind.code + " has no such attribute, expected an empty cell; it has " +
                      (names.empty() ? "none" : joined(names, ", "))};
}

std::string kind_codes() {
  std::vector<std::string> codes;
  for (const auto& kind : kinds()) codes.push_back(kind.code);
  return joined(codes, ", ");
}

bool replaces(const Kind& kind) {
  return kind.soort == Soort::kCorrectie || kind.soort == Soort::kIntrekking;
}

// The body that the attributes of the row go into.
pb::Body& attribute_body(pb::Event& event) {
  pb::Body& body = *event.mutable_body();
  return body.soort_case() == Soort::kCorrectie ? *body.mutable_correctie()->mutable_door() : body;
}
const pb::Body& attribute_body(const pb::Event& event) {
  const pb::Body& body = event.body();
  return body.soort_case() == Soort::kCorrectie ? body.correctie().door() : body;
}

}  // namespace

std::string_view RowReader::cell(const Cells& cells, Field field) const {
  const auto column = columns_.find(field);
  return column ? cells[*column] : std::string_view();
}

Result<RowResult> RowReader::read(const Cells& cells) {
  RowEvent row;
  auto checked = read_envelope(cells, row);
  if (!checked) return std::unexpected(checked.error());
  Checked wrong = std::move(*checked);
  if (!wrong) wrong = read_attributes(cells, row);
  if (!wrong) wrong = read_id(cells, row);
  if (wrong) return RowResult(std::move(*wrong));
  if (row.vastgelegd_op) last_moment_ = row.vastgelegd_op;
  return RowResult(std::move(row));
}

Result<RowReader::Checked> RowReader::read_envelope(const Cells& cells, RowEvent& row) {
  const std::string_view soort = cell(cells, Field::kSoort);
  kind_ = find_kind(soort);
  if (kind_ == nullptr) {
    return Checked(flaw(Field::kSoort, soort.empty()
                                           ? "missing, expected one of " + kind_codes()
                                           : "unknown kind, expected one of " + kind_codes()));
  }
  attributes_of_ = kind_;
  set_kind(*row.event.mutable_body(), kind_->soort);
  auto checked = read_stream(cells, row);
  if (!checked || *checked) return checked;
  if (auto wrong = read_day(cells, row)) return Checked(std::move(wrong));
  if (auto wrong = read_moment(cells, row)) return Checked(std::move(wrong));
  for (const Field label : {Field::kActor, Field::kGroep}) {
    const std::string_view text = cell(cells, label);
    if (text.empty()) continue;
    const Status good = label == Field::kActor ? check_event_actor(text) : check_label(text);
    if (!good) return Checked(flaw(label, good.error().message));
  }
  row.event.set_actor(std::string(cell(cells, Field::kActor)));
  if (auto wrong = read_na_afsluiting(cells, row)) return Checked(std::move(wrong));
  return read_vervangt(cells, row);
}

Result<RowReader::Checked> RowReader::read_stream(const Cells& cells, RowEvent& row) {
  const std::string_view text = cell(cells, Field::kStream);
  if (text.empty()) {
    return Checked(
        flaw(Field::kStream, "missing, expected organisatie, dossier/KEY or werkgever/KEY"));
  }
  const auto name = parse_stream_name(text);
  if (!name) return Checked(flaw(Field::kStream, name.error().message));
  if (kind_->stream && *kind_->stream != name->kind) {
    const std::string expected(stream_kind_text(*kind_->stream));
    return Checked(
        flaw(Field::kStream, kind_->code + " does not belong here, expected " + expected +
                                 (*kind_->stream == StreamKind::kOrganisatie ? "" : "/KEY")));
  }
  const auto stream = names_.find_or_make(*name);
  if (!stream) return std::unexpected(stream.error());
  row.stream = *stream;
  set_stream(row.event, *stream);
  return Checked();
}

RowReader::Checked RowReader::read_day(const Cells& cells, RowEvent& row) {
  const std::string_view text = cell(cells, Field::kGeldigOp);
  if (kind_->soort == Soort::kIntrekking) {
    if (text.empty()) return std::nullopt;
    return flaw(Field::kGeldigOp, "intrekking has no geldig_op, expected an empty cell");
  }
  if (text.empty()) return flaw(Field::kGeldigOp, "missing, expected a day as YYYY-MM-DD");
  auto day = parse_day(text);
  if (!day && options_.style == TextStyle::kDutch) day = parse_dutch_day(text);
  if (!day) return flaw(Field::kGeldigOp, day.error().message);
  row.event.set_geldig_op(day_number(*day));
  return std::nullopt;
}

RowReader::Checked RowReader::read_moment(const Cells& cells, RowEvent& row) {
  const std::string_view text = cell(cells, Field::kVastgelegdOp);
  if (!options_.as_recorded) {
    if (text.empty()) return std::nullopt;
    return flaw(Field::kVastgelegdOp,
                "a recording moment is given by the log, expected an empty cell or --as-recorded");
  }
  if (text.empty()) return flaw(Field::kVastgelegdOp, "missing, expected a moment (--as-recorded)");
  const auto moment = parse_moment(text);
  if (!moment) return flaw(Field::kVastgelegdOp, moment.error().message);
  if (*moment > options_.now) {
    return flaw(Field::kVastgelegdOp,
                "in the future, expected a moment before now, " + format_moment(options_.now));
  }
  if (last_moment_ && *moment < *last_moment_) {
    return flaw(Field::kVastgelegdOp, "before that of the row above, expected " +
                                          format_moment(*last_moment_) + " or later");
  }
  row.vastgelegd_op = *moment;
  return std::nullopt;
}

RowReader::Checked RowReader::read_na_afsluiting(const Cells& cells, RowEvent& row) {
  const std::string_view text = cell(cells, Field::kNaAfsluiting);
  if (text.empty()) return std::nullopt;
  const auto& type = *google::protobuf::GetEnumDescriptor<pb::NaAfsluiting>();
  const int number = number_of_code(type, text);
  if (number == 0) {
    return flaw(Field::kNaAfsluiting, "unknown code " + in_quotes(text) + ", expected one of " +
                                          joined(codes_of(type), ", "));
  }
  row.event.set_na_afsluiting(static_cast<pb::NaAfsluiting>(number));
  return std::nullopt;
}

Result<RowReader::Checked> RowReader::read_vervangt(const Cells& cells, RowEvent& row) {
  const std::string_view text = cell(cells, Field::kVervangt);
  if (!replaces(*kind_)) {
    if (text.empty()) return Checked();
    return Checked(
        flaw(Field::kVervangt, kind_->code + " replaces nothing, expected an empty cell"));
  }
  const auto id = parse_uuid(text);
  if (!id) {
    return Checked(flaw(Field::kVervangt,
                        (text.empty() ? "missing" : "not a UUID") +
                            std::string(", expected the event_id of the event as first recorded")));
  }
  pb::Body& body = *row.event.mutable_body();
  if (kind_->soort == Soort::kIntrekking) {
    body.mutable_intrekking()->set_vervangt(std::string(id->view()));
    return Checked();
  }
  const auto soort = find_kind_(EventId{*id});
  if (!soort) return std::unexpected(soort.error());
  if (!*soort) return Checked(refused(Rule::kVervangtOnbekend, row.event));
  attributes_of_ = &kind_of(**soort);
  if (replaces(*attributes_of_)) return Checked(refused(Rule::kVervangtVervanging, row.event));
  body.mutable_correctie()->set_vervangt(std::string(id->view()));
  set_kind(*body.mutable_correctie()->mutable_door(), **soort);
  return Checked();
}

RowReader::Checked RowReader::read_attributes(const Cells& cells, RowEvent& row) {
  const auto& attributes = columns_.of_kind(*attributes_of_);
  auto& message = kind_message(attribute_body(row.event));
  std::ptrdiff_t missing =
      std::ranges::count(attributes_of_->attributes, true, &Attribute::required);
  for (const std::size_t column : columns_.attributes()) {
    if (cells[column].empty()) continue;
    const Attribute* attribute = attributes[column];
    if (attribute == nullptr) return no_such_attribute(columns_.name(column), *attributes_of_);
    const Status set = set_attribute(message, *attribute, cells[column], options_.style);
    if (!set) return ColumnFlaw{attribute->name, set.error().message};
    if (attribute->required) --missing;
  }
  auto wrong =
      missing == 0 ? find_combination_flaw(attribute_body(row.event)) : find_flaw(row.event.body());
  if (!wrong) return std::nullopt;
  return ColumnFlaw{std::move(wrong->attribute), std::move(wrong->message)};
}

RowReader::Checked RowReader::read_id(const Cells& cells, RowEvent& row) {
  const std::string_view text = cell(cells, Field::kEventId);
  if (!text.empty()) {
    const auto id = parse_uuid(text);
    if (!id) return flaw(Field::kEventId, id.error().message);
    if (id->is_nil()) return flaw(Field::kEventId, "all zero, expected a UUID of your own");
    set_id(row.event, EventId{*id});
    return std::nullopt;
  }
  if (options_.random_ids != nullptr) {
    set_id(row.event, EventId{options_.random_ids->uuid7(options_.now)});
    return std::nullopt;
  }
  if (row.stream.kind != StreamKind::kDossier) {
    return flaw(Field::kEventId, "missing, expected a UUID: only a dossier row may leave it out");
  }
  set_id(row.event, ids_.next(canonical_text(cells, row)));
  return std::nullopt;
}

// What the row says, one way for one meaning: the order of columns, the style of days and the
// numbering of streams do not matter. Stable for ever: ids follow from it.
std::string RowReader::canonical_text(const Cells& cells, const RowEvent& row) const {
  std::string out;
  const auto add = [&out](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out.append(name).append("=").append(value).append("\n");
  };
  add("stream", cell(cells, Field::kStream));
  add("soort", kind_->code);
  if (row.event.has_geldig_op()) {
    add("geldig_op", format_day(day_from_number(row.event.geldig_op())));
  }
  if (row.vastgelegd_op) add("vastgelegd_op", format_moment(*row.vastgelegd_op));
  add("actor", row.event.actor());
  if (row.event.has_na_afsluiting()) add("na_afsluiting", code_of(row.event.na_afsluiting()));
  if (replaces(*kind_)) add("vervangt", parse_uuid(cell(cells, Field::kVervangt))->text());
  const auto& message = kind_message(attribute_body(row.event));
  for (const auto& attribute : attributes_of_->attributes) {
    add(attribute.name, attribute_text(message, attribute));
  }
  return out;
}

}  // namespace trede::tool
