#include "tests/unit/server/api/schema_check.h"

#include <regex>

#include "engine/base/ids.h"
#include "engine/base/time.h"

namespace trede::test {

namespace json = boost::json;

namespace {

class Check {
 public:
  explicit Check(const json::object& document) : document_(document) {}

  std::string misfit(const json::value& value, const json::object& schema,
                     const std::string& place) {
    if (const auto* ref = schema.if_contains("$ref")) {
      return misfit(value, resolve(std::string(ref->as_string())), place);
    }
    const std::string type(schema.at("type").as_string());
    if (type == "object") return of_object(value, schema, place);
    if (type == "array") return of_array(value, schema, place);
    if (type == "string") return of_text(value, schema, place);
    if (type == "boolean") return value.is_bool() ? "" : place + ": no boolean";
    if (type == "integer") return of_integer(value, schema, place);
    return place + ": a schema of type " + type;
  }

 private:
  const json::object& resolve(const std::string& ref) const {
    return document_.at_pointer(ref.substr(1)).as_object();
  }

  std::string of_object(const json::value& value, const json::object& schema,
                        const std::string& place) {
    if (!value.is_object()) return place + ": no object";
    const json::object& object = value.get_object();
    if (const auto* required = schema.if_contains("required")) {
      for (const auto& name : required->as_array()) {
        if (!object.contains(name.as_string())) {
          return place + ": without " + std::string(name.as_string());
        }
      }
    }
    const auto* properties = schema.if_contains("properties");
    const auto* others = schema.if_contains("additionalProperties");
    for (const auto& [name, member] : object) {
      const std::string here = place + "." + std::string(name);
      const json::value* known =
          properties == nullptr ? nullptr : properties->as_object().if_contains(name);
      std::string wrong;
      if (known != nullptr) {
        wrong = misfit(member, known->as_object(), here);
      } else if (others != nullptr && others->is_object()) {
        wrong = misfit(member, others->as_object(), here);
      } else if (others != nullptr && !others->as_bool()) {
        wrong = here + ": not in the schema";
      }
      if (!wrong.empty()) return wrong;
    }
    return "";
  }

  std::string of_array(const json::value& value, const json::object& schema,
                       const std::string& place) {
    if (!value.is_array()) return place + ": no array";
    const json::array& array = value.get_array();
    if (const auto* least = schema.if_contains("minItems");
        least != nullptr && array.size() < least->to_number<std::size_t>()) {
      return place + ": too few";
    }
    for (std::size_t i = 0; i < array.size(); ++i) {
      const auto wrong =
          misfit(array[i], schema.at("items").as_object(), place + "[" + std::to_string(i) + "]");
      if (!wrong.empty()) return wrong;
    }
    return "";
  }

  static std::string of_text(const json::value& value, const json::object& schema,
                             const std::string& place) {
    if (!value.is_string()) return place + ": no text";
    const std::string text(value.get_string());
    if (const auto* pattern = schema.if_contains("pattern");
        pattern != nullptr &&
        !std::regex_match(text, std::regex(std::string(pattern->as_string())))) {
      return place + ": " + text + " is not as " + std::string(pattern->as_string());
    }
    const auto* format = schema.if_contains("format");
    if (format == nullptr) return "";
    const std::string name(format->as_string());
    const bool good = name == "date"        ? parse_day(text).has_value()
                      : name == "date-time" ? parse_moment(text).has_value()
                      : name == "uuid"      ? parse_uuid(text).has_value()
                                            : true;
    return good ? "" : place + ": " + text + " is no " + name;
  }

  static std::string of_integer(const json::value& value, const json::object& schema,
                                const std::string& place) {
    if (!value.is_int64() && !value.is_uint64()) return place + ": no integer";
    const auto number = value.to_number<std::int64_t>();
    if (const auto* least = schema.if_contains("minimum");
        least != nullptr && number < least->to_number<std::int64_t>()) {
      return place + ": too small";
    }
    if (const auto* most = schema.if_contains("maximum");
        most != nullptr && number > most->to_number<std::int64_t>()) {
      return place + ": too large";
    }
    return "";
  }

  json::value document_;
};

}  // namespace

std::string find_misfit(const json::value& value, const json::object& schema,
                        const json::object& document) {
  return Check(document).misfit(value, schema, "");
}

}  // namespace trede::test
