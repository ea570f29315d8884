// Laws of events as bytes and as text, over random bodies of every kind.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "engine/event/attributes.h"
#include "engine/event/event.h"
#include "engine/event/recorded.h"
#include "tests/support/events.h"

namespace trede {
namespace {

rc::Gen<std::string> text_from(std::vector<std::string> parts, int most) {
  return rc::gen::exec([parts = std::move(parts), most] {
    std::string out;
    const int length = *rc::gen::inRange(1, most + 1);
    for (int i = 0; i < length; ++i) out += *rc::gen::elementOf(parts);
    return out;
  });
}

std::string random_day() {
  return format_day(day_from_number(*rc::gen::inRange(day_number(kFirstDay), 40'000)));
}

std::string random_number(const NumberForm& form) {
  const std::vector<std::int64_t> edges{form.least, form.most};
  const auto units = *rc::gen::oneOf(rc::gen::elementOf(edges),
                                     rc::gen::inRange<std::int64_t>(form.least, form.most + 1));
  return number_text(form, units);
}

std::string random_codes(const Attribute& attribute) {
  std::string out;
  for (const std::string& code : attribute.codes) {
    if (*rc::gen::arbitrary<bool>()) out += (out.empty() ? "" : "|") + code;
  }
  return out;
}

std::string random_text(pb::Form form) {
  switch (form) {
    case pb::FORM_NAAM:
      return *text_from(
          {"a", "Z", "9", " ", ".", "_", "&", "'", "(", ")", "/", "-", "é", "ß", "Ω", "中"}, 64);
    case pb::FORM_KENMERK: return *text_from({"a", "Z", "0", ".", "_", "-"}, 64);
    case pb::FORM_MAAT: return *text_from({"a", "z", "0", "_"}, 64);
    case pb::FORM_WAAR:
      return *rc::gen::element<std::string>("gemeente=Alkmaar", "trede=4;gemeente=Bergen (NH)");
    case pb::FORM_TIJDVAK:
      return *rc::gen::element<std::string>("2021-Q1", "2024-01-01/2024-08-31");
    case pb::FORM_RIJ: return "t/" + *text_from({"a", "z", "0", ".", "%", "-"}, 128);
    case pb::FORM_SEIZOEN:
      return *rc::gen::element<std::string>("1|2|3|4|5|6|7|8|9|10|11|12",
                                            "0|0|0|0|0|0|1000000|0|0|0|0|0");
    case pb::FORM_PERIODE: return *rc::gen::element<std::string>("2021", "2021-Q1", "2021-03");
    case pb::FORM_TEKST: return *text_from({"a", " ", "\n", "\"", ";", ",", "€", "🙂"}, 100);
    default: throw std::logic_error("a form that is no text");
  }
}

std::string random_bytes(const BytesForm& form) {
  const auto size =
      *rc::gen::inRange<std::size_t>(form.least, std::min<std::size_t>(form.most, 99));
  const auto bytes =
      *rc::gen::container<std::string>(std::max(size, form.least), rc::gen::arbitrary<char>());
  return bytes_text(form, bytes);
}

std::string random_value(const Attribute& attribute) {
  if (attribute.list) return random_codes(attribute);
  if (!attribute.codes.empty()) return *rc::gen::elementOf(attribute.codes);
  if (attribute.form == pb::FORM_DAG) return random_day();
  if (const auto form = number_form(attribute.form)) return random_number(*form);
  if (const auto form = bytes_form(attribute.form)) return random_bytes(*form);
  return random_text(attribute.form);
}

void set_random(pb::Body& body, const Attribute& attribute) {
  const std::string text = random_value(attribute);
  if (text.empty()) return;  // a list without elements
  const Status set = set_attribute(kind_message(body), attribute, text, TextStyle::kPlain);
  RC_ASSERT(set.has_value());
}

pb::Body random_body(const Kind& kind) {
  pb::Body body;
  set_kind(body, kind.soort);
  for (const Attribute& attribute : kind.attributes) {
    if (attribute.required || *rc::gen::arbitrary<bool>()) set_random(body, attribute);
  }
  // What is needed only beside another attribute.
  if (const auto flaw = find_flaw(body)) {
    if (const Attribute* missing = kind.find_attribute(flaw->attribute)) set_random(body, *missing);
    // Else it is one too many: a seizoen of a periode that is no year.
    if (body.has_begroting_vastgesteld()) body.mutable_begroting_vastgesteld()->clear_seizoen();
  }
  return body;
}

StreamId random_stream(const Kind& kind) {
  const auto number = *rc::gen::inRange<std::uint64_t>(0, 1'000'000);
  switch (kind.stream.value_or(StreamKind::kDossier)) {
    case StreamKind::kDossier: return test::dossier(number);
    case StreamKind::kWerkgever: return test::werkgever(number);
    case StreamKind::kOrganisatie: return kOrganisatie;
  }
  throw std::logic_error("no such kind of stream");
}

const Kind& random_kind() { return kinds()[*rc::gen::inRange<std::size_t>(0, kinds().size())]; }

pb::Event random_event() {
  const Kind& kind = random_kind();
  const EventId replaced = test::event_id(*rc::gen::inRange<std::uint64_t>(0, 1'000'000));
  const EventId id = test::event_id(*rc::gen::inRange<std::uint64_t>(0, 1'000'000));
  if (kind.soort == Soort::kIntrekking) {
    return test::intrekking(random_stream(kind), id, replaced);
  }
  pb::Event event = test::event(random_stream(kind), id, random_day(), kind.code);
  if (kind.soort == Soort::kCorrectie) {
    const auto count = kinds().size() - 2;  // the last two are correctie and intrekking
    auto& correctie = *event.mutable_body()->mutable_correctie();
    correctie.set_vervangt(std::string(replaced.uuid.view()));
    *correctie.mutable_door() = random_body(kinds()[*rc::gen::inRange<std::size_t>(0, count)]);
  } else {
    *event.mutable_body() = random_body(kind);
  }
  event.set_actor(*rc::gen::element<std::string>("", "wc.1@x"));
  const int na_afsluiting = *rc::gen::inRange(0, pb::NaAfsluiting_ARRAYSIZE);
  if (na_afsluiting != 0) event.set_na_afsluiting(static_cast<pb::NaAfsluiting>(na_afsluiting));
  return event;
}

Envelope random_envelope() {
  Envelope envelope;
  envelope.positie = Position{*rc::gen::inRange<std::uint64_t>(20'000, UINT64_MAX)};
  // The years 1 to 9999: others cannot be written.
  envelope.vastgelegd_op = Moment{std::chrono::microseconds{
      *rc::gen::inRange<std::int64_t>(-62'135'596'800'000'000, 253'402'300'800'000'000)}};
  envelope.versie = StreamVersion{*rc::gen::inRange<std::uint64_t>(1, UINT64_MAX)};
  envelope.atomair_aantal = *rc::gen::inRange<std::uint32_t>(1, 10'001);
  envelope.atomair_index = *rc::gen::inRange<std::uint32_t>(0, envelope.atomair_aantal);
  if (*rc::gen::arbitrary<bool>()) envelope.import = ImportId{test::event_id(3).uuid};
  return envelope;
}

RC_GTEST_PROP(Event, DecodeOfEncodeIsTheEventItself, ()) {
  const pb::Event event = random_event();
  RC_ASSERT(!find_flaw(event.body()).has_value());
  const std::string content = encode_content(event);
  const Envelope envelope = random_envelope();
  const std::string stored = encode_stored(envelope, content);
  const auto decoded = decode_event(stored);
  RC_ASSERT(decoded.has_value());
  RC_ASSERT(encode_content(*decoded) == content);
  RC_ASSERT(decoded->SerializeAsString() == stored);
  RC_ASSERT(position_of(*decoded) == envelope.positie);
  RC_ASSERT(moment_of(*decoded) == envelope.vastgelegd_op);
  RC_ASSERT(append_last(*decoded).value - append_first(*decoded).value + 1 ==
            envelope.atomair_aantal);
  RC_ASSERT(*content_of(stored) == content);
}

// Who sets attributes from text need not look at each of them once more.
RC_GTEST_PROP(Event, WhatSetAttributeTakesIsFlawlessButForCombinations, ()) {
  const Kind& kind = random_kind();
  RC_PRE(kind.stream.has_value());  // the others name what they replace, which is no attribute
  pb::Body body;
  set_kind(body, kind.soort);
  for (const Attribute& attribute : kind.attributes) {
    if (attribute.required || *rc::gen::arbitrary<bool>()) set_random(body, attribute);
    RC_PRE(!attribute.required || has_attribute(kind_message(body), attribute));
  }
  const auto flaw = find_flaw(body);
  const auto of_combination = find_combination_flaw(body);
  RC_ASSERT(flaw.has_value() == of_combination.has_value());
  RC_ASSERT(!flaw || flaw->message == of_combination->message);
}

RC_GTEST_PROP(Event, EveryAttributeAsTextIsTheAttributeAgain, ()) {
  const Kind& kind = random_kind();
  const pb::Body body = random_body(kind);
  pb::Body again;
  set_kind(again, kind.soort);
  for (const Attribute& attribute : kind.attributes) {
    const std::string text = attribute_text(kind_message(body), attribute);
    RC_ASSERT(text.empty() == !has_attribute(kind_message(body), attribute));
    if (text.empty()) continue;
    RC_ASSERT(set_attribute(kind_message(again), attribute, text, TextStyle::kDutch).has_value());
  }
  RC_ASSERT(again.SerializeAsString() == body.SerializeAsString());
}

// The quick decoder accepts, refuses and reads what the whole one does.
void assert_recorded(std::string_view stored) {
  const auto whole = decode_event(stored);
  google::protobuf::Arena arena;
  const auto quick = decode_recorded(stored, arena);
  RC_ASSERT(quick.has_value() == whole.has_value());
  if (!whole) {
    RC_ASSERT(quick.error().code == whole.error().code);
    RC_ASSERT(quick.error().message == whole.error().message);
    return;
  }
  RC_ASSERT(quick->position == position_of(*whole));
  RC_ASSERT(quick->append_first == append_first(*whole));
  RC_ASSERT(quick->append_last == append_last(*whole));
  RC_ASSERT(quick->id == id_of(*whole));
  RC_ASSERT(quick->geldig_op == day_of(*whole));
  RC_ASSERT(quick->na_afsluiting == whole->na_afsluiting());
  RC_ASSERT(quick->body->SerializeAsString() == whole->body().SerializeAsString());
  const auto stream = decode_stream(stored);
  RC_ASSERT(stream.has_value());
  RC_ASSERT(*stream == stream_of(*whole));
  const auto parts = take_apart(stored);
  RC_ASSERT(!parts || parts->stream == *stream);
}

RC_GTEST_PROP(Event, IsReadTheSameTheQuickWay, ()) {
  assert_recorded(encode_stored(random_envelope(), encode_content(random_event())));
}

RC_GTEST_PROP(Event, BytesWithABitFlippedOrCutNeverEndTheProgram, ()) {
  std::string stored = encode_stored(random_envelope(), encode_content(random_event()));
  const auto at = *rc::gen::inRange<std::size_t>(0, stored.size());
  const int bit = *rc::gen::inRange(0, 8);
  stored[at] = static_cast<char>(stored[at] ^ (1 << bit));
  if (*rc::gen::arbitrary<bool>()) stored.resize(*rc::gen::inRange<std::size_t>(0, stored.size()));
  assert_recorded(stored);
  const auto decoded = decode_event(stored);
  if (decoded) {
    RC_ASSERT(!decoded->SerializeAsString().empty());
    (void)find_flaw(decoded->body());
    (void)stream_of(*decoded);
    (void)id_of(*decoded);
    (void)day_of(*decoded);
    return;
  }
  RC_ASSERT(decoded.error().code == ErrorCode::kCorrupt ||
            decoded.error().code == ErrorCode::kNewer);
  const auto any = decode_any(stored);
  if (any) RC_ASSERT(!any->SerializeAsString().empty());
}

}  // namespace
}  // namespace trede
