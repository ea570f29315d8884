// The document: it is as OpenAPI 3.0 wants it, each of its examples works, and each answer is as
// its schema says.
#include "tests/unit/server/api/api_fixture.h"
#include "tests/unit/server/api/schema_check.h"
#include "tools/server/access/access_store.h"
#include "tools/server/api/endpoint.h"
#include "tools/server/api/openapi.h"

namespace trede::test {
namespace {

namespace json = boost::json;

class DocumentTest : public ApiFixture {
 protected:
  DocumentTest() {
    make_vault();
    const auto store = server::AccessStore::open(folder_->path(), folder_->log().identity(),
                                                 server::StoreAccess::kWrite);
    const Status added = (*store)->add_user({.actor = "m18"});  // whom the examples name
    EXPECT_TRUE(added);
    EXPECT_TRUE((*store)->add_token({.id = "0123456789abcdef", .name = "bord"}));
  }

  json::object document_ = json::parse(server::openapi_document({})).as_object();

  // `7`, `true`, the text itself; of a list its only element.
  static std::string text_of(const json::value& example) {
    if (example.is_array()) return text_of(example.get_array().front());
    return example.is_string() ? std::string(example.get_string()) : json::serialize(example);
  }

  // The request that the examples of an operation make.
  Asked request_of(std::string path, const std::string& method, const json::object& operation) {
    Asked asked;
    std::string query;
    if (const auto* parameters = operation.if_contains("parameters")) {
      for (const auto& each : parameters->as_array()) {
        const json::object& one = each.as_object();
        const auto* example = one.if_contains("example");
        if (example == nullptr) continue;
        const std::string name(one.at("name").as_string());
        const std::string text = text_of(*example);
        if (one.at("in") == "path") path.replace(path.find('{'), name.size() + 2, text);
        if (one.at("in") == "query") query += (query.empty() ? "?" : "&") + name + "=" + text;
        if (one.at("in") == "header") asked.headers.emplace_back(name, text);
      }
    }
    if (const auto* body = operation.if_contains("requestBody")) {
      const json::object& content = body->at("content").as_object();
      if (const auto* as_json = content.if_contains("application/json")) {
        asked.body = json::serialize(as_json->at("example"));
      } else {  // a file
        asked.body = content.begin()->value().at("example").as_string();
        asked.headers.emplace_back("Content-Type", std::string(content.begin()->key()));
      }
    }
    asked.target = "/v1" + path + query;
    asked.method = method;
    for (char& c : asked.method) c = static_cast<char>(c - 'a' + 'A');
    asked.as = "alles";
    return asked;
  }
};

TEST_F(DocumentTest, IsServedToWhoeverAsks) {
  const auto answered = get("/v1/openapi.json", "");
  EXPECT_EQ(answered.status(), 200U);
  EXPECT_EQ(answered.body, server::openapi_document({}));
  EXPECT_EQ(answered.header("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(document_.at("openapi"), "3.0.3");
}

TEST_F(DocumentTest, SaysWhereItIsServedAndWhoToAsk) {
  const auto at = [](const server::Publication& publication, const char* pointer) {
    return json::serialize(json::parse(server::openapi_document(publication)).at_pointer(pointer));
  };
  EXPECT_EQ(at({}, "/servers"), R"([{"url":"/v1"}])");
  const server::Publication publication{.base_url = "https://trede.velsen.example",
                                        .contact_name = "n",
                                        .contact_email = "e@velsen.example",
                                        .contact_url = "https://velsen.example"};
  EXPECT_EQ(at(publication, "/servers"), R"([{"url":"https://trede.velsen.example/v1"}])");
  EXPECT_EQ(at(publication, "/info/contact"),
            R"({"name":"n","url":"https://velsen.example","email":"e@velsen.example"})");
}

TEST_F(DocumentTest, NamesEveryEndpointAndEveryReferenceLeadsSomewhere) {
  std::size_t operations = 0;
  for (const auto& [path, methods] : document_.at("paths").as_object()) {
    operations += methods.as_object().size();
  }
  EXPECT_EQ(operations, server::endpoints().size());
  const std::string text = server::openapi_document({});
  const json::value whole = document_;
  for (auto at = text.find("\"$ref\":\"#"); at != std::string::npos;
       at = text.find("\"$ref\":\"#", at + 1)) {
    const auto begin = at + 9;
    const std::string pointer = text.substr(begin, text.find('"', begin) - begin);
    json::error_code missing;
    EXPECT_NE(whole.find_pointer(pointer, missing), nullptr) << pointer;
  }
}

TEST_F(DocumentTest, EveryPartOfAPathHasAParameterWithAnExample) {
  for (const auto& one : server::endpoints()) {
    for (auto at = one.path.find('{'); at != std::string::npos; at = one.path.find('{', at + 1)) {
      const std::string name = one.path.substr(at + 1, one.path.find('}', at) - at - 1);
      const auto found = std::ranges::find(one.parameters, name, &server::Parameter::name);
      ASSERT_NE(found, one.parameters.end()) << one.path;
      EXPECT_FALSE(found->example.empty()) << one.path;
    }
  }
}

TEST_F(DocumentTest, EveryExampleWorksAndItsAnswerIsAsTheSchemaSays) {
  for (const auto& [path, methods] : document_.at("paths").as_object()) {
    for (const auto& [method, each] : methods.as_object()) {
      const json::object& operation = each.as_object();
      const Asked asked = request_of(std::string(path), std::string(method), operation);
      const auto answered = ask(asked);
      const std::string status = std::to_string(answered.status());
      if (operation.at("operationId") == "laadVoorbeeld") {  // example_test.cc has an empty log
        EXPECT_EQ(status, "409");
        continue;
      }
      ASSERT_TRUE(answered.status() == 200 || answered.status() == 201 || answered.status() == 204)
          << asked.target << " " << status << " " << answered.body;
      const auto* said = operation.at("responses").as_object().if_contains(status);
      ASSERT_NE(said, nullptr) << asked.target << " " << status;
      if (answered.status() == 204) {
        EXPECT_EQ(answered.body, "") << asked.target;
        EXPECT_FALSE(said->as_object().contains("content")) << asked.target;
        continue;
      }
      const auto& content = said->as_object().at("content").as_object();
      const std::string whole_type = answered.header("Content-Type");
      const std::string type = whole_type.substr(0, whole_type.find(';'));  // without its charset
      const auto* as_said = content.if_contains(type);
      ASSERT_NE(as_said, nullptr) << asked.target << " " << type;
      if (type != "application/json") continue;
      EXPECT_EQ(
          find_misfit(json::parse(answered.body), as_said->at("schema").as_object(), document_), "")
          << asked.target;
    }
  }
}

TEST_F(DocumentTest, ProblemsAreAsTheirSchemaSays) {
  const json::object reference{{"$ref", "#/components/schemas/Probleem"}};
  for (const char* path : {"/v1/nergens", "/v1/cijfers/trajecten?op=x", "/v1/cijfers/onbekend"}) {
    EXPECT_EQ(find_misfit(json::parse(get(path).body), reference, document_), "") << path;
  }
}

}  // namespace
}  // namespace trede::test
