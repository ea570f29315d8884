// Ways to break a good document, each with the rule that has to see it.
const FIGURES = "/cijfers/{maat}";
const RECORDING = "/organisatie/gebeurtenissen";

const figures = (api) => api.paths[FIGURES].get;
const recording = (api) => api.paths[RECORDING].post;

/** Gives a path another name. */
function rename(api, before, after) {
  api.paths[after] = api.paths[before];
  delete api.paths[before];
}

export const BROKEN = [
  ["doc-openapi", (api) => { delete api.openapi; }],
  ["doc-openapi", (api) => { api.openapi = "2.0"; }],
  ["doc-openapi-contact", (api) => { delete api.info.contact; }],
  ["doc-openapi-contact", (api) => { delete api.info.contact.email; }],
  ["doc-openapi-contact", (api) => { api.info.contact.url = ""; }],
  ["publish-openapi", (api) => { delete api.paths["/openapi.json"]; }],
  ["publish-openapi", (api) => { delete api.paths["/openapi.json"].get.security; }],
  ["semver", (api) => { api.info.version = "1.0"; }],
  ["semver", (api) => { api.info.version = "01.0.0"; }],
  ["uri-version", (api) => { api.servers[0].url = "https://trede.velsen.example"; }],
  ["uri-version", (api) => { api.info.version = "2.0.0"; }],
  ["also/servers", (api) => { api.servers = []; }],
  ["also/https", (api) => { api.servers[0].url = "http://trede.velsen.example/v1"; }],
  ["version-header", (api) => { delete figures(api).responses["200"].headers["API-Version"]; }],
  ["version-header", (api) => { delete figures(api).responses["304"].headers; }],
  ["version-header", (api) => { delete api.components.responses["404"].headers; }],
  ["no-trailing-slash", (api) => rename(api, FIGURES, `${FIGURES}/`)],
  ["no-trailing-slash", (api) => { api.servers[0].url = "/v1/"; }],
  ["path-segments-kebab-case", (api) => rename(api, "/maten", "/allemaalMaten")],
  ["path-segments-kebab-case", (api) => rename(api, "/maten", "/alle_maten")],
  ["query-keys-camel-case", (api) => { figures(api).parameters[1].name = "geldig_op"; }],
  ["query-keys-camel-case", (api) => { figures(api).parameters[1].name = "Op"; }],
  ["http-methods", (api) => { api.paths[FIGURES].head = figures(api); }],
  ["http-methods", (api) => { api.paths[FIGURES].query = figures(api); }],
  ["http-safety", (api) => { figures(api).requestBody = recording(api).requestBody; }],
  ["error-handling/problem-details", (api) => {
    const { content } = api.components.responses["400"];
    content["application/json"] = content["application/problem+json"];
    delete content["application/problem+json"];
  }],
  ["error-handling/problem-details", (api) => { delete api.components.responses["404"].content; }],
  ["error-handling/problem-details:members",
   (api) => { delete api.components.schemas.Probleem.properties.detail; }],
  ["error-handling/invalid-input", (api) => { delete figures(api).responses["400"]; }],
  ["error-handling/invalid-input", (api) => { delete recording(api).responses["400"]; }],
  ["error-handling/invalid-input",
   (api) => { recording(api).responses["422"] = recording(api).responses["400"]; }],
  ["also/server-error", (api) => { delete figures(api).responses["500"]; }],
  ["also/who-is-not-known", (api) => { delete figures(api).responses["401"]; }],
  ["also/security", (api) => { delete api.security; }],
  ["date-time/timezone",
   (api) => { api.components.schemas.Cijfers.properties.bekendOp.format = "date-time-local"; }],
  ["date-time/date-omit-time-portion",
   (api) => { api.components.schemas.Cijfers.properties.geldigOp.format = "date-time"; }],
  ["date-time/date-omit-time-portion",
   (api) => { delete api.components.schemas.Gebeurtenis.properties.geldigOp.format; }],
  ["date-time/date-omit-time-portion", (api) => { figures(api).parameters[1].schema.format = "x"; }],
  ["also/schema-names", (api) => { api.components.schemas.cijfers = { type: "object" }; }],
  ["also/property-names",
   (api) => { api.components.schemas.Cijfers.properties.geldig_op = { type: "string" }; }],

  ["oas3-schema", (api) => { delete api.info.title; }],
  ["oas3-api-servers", (api) => { delete api.servers; }],
  ["oas3-examples-value-or-externalValue", (api) => {
    figures(api).parameters[1].examples = { een: { value: "2021-01-01", externalValue: "/x" } };
  }],
  ["oas3-operation-security-defined", (api) => { figures(api).security = [{ anders: [] }]; }],
  ["oas3-server-not-example.com", (api) => { api.servers[0].url = "https://example.com/v1"; }],
  ["oas3-server-trailing-slash", (api) => { api.servers[0].url = "/v1/"; }],
  ["oas3-server-variables", (api) => { api.servers[0].url = "https://{waar}/v1"; }],
  ["oas3-unused-component", (api) => { api.components.schemas.Los = { type: "object" }; }],
  ["oas3-valid-media-example", (api) => {
    recording(api).requestBody.content["application/json"].example = { gebeurtenissen: 7 };
  }],
  ["oas3-valid-schema-example",
   (api) => { Object.assign(api.components.schemas.Rij.properties.waarde, { example: 7 }); }],
  ["array-items", (api) => { delete api.components.schemas.Cijfers.properties.per.items; }],
  ["duplicated-entry-in-enum",
   (api) => { api.components.schemas.Cijfers.properties.maat.enum = ["a", "a"]; }],
  ["info-contact", (api) => { delete api.info.contact; }],
  ["info-description", (api) => { delete api.info.description; }],
  ["no-$ref-siblings",
   (api) => { api.components.schemas.Verklaring.properties.cijfers.description = "x"; }],
  ["no-eval-in-markdown", (api) => { api.info.description = "eval(1)"; }],
  ["no-script-tags-in-markdown", (api) => { api.info.description = "<script>1</script>"; }],
  ["openapi-tags", (api) => { api.tags = []; }],
  ["openapi-tags-uniqueness", (api) => { api.tags.push(api.tags[0]); }],
  ["operation-operationId-unique",
   (api) => { recording(api).operationId = figures(api).operationId; }],
  ["operation-operationId-valid-in-url", (api) => { figures(api).operationId = "lees cijfers"; }],
  ["operation-operationId", (api) => { delete figures(api).operationId; }],
  ["operation-parameters", (api) => { figures(api).parameters.push(figures(api).parameters[1]); }],
  ["operation-success-response", (api) => {
    delete figures(api).responses["200"];
    delete figures(api).responses["304"];
  }],
  ["operation-tag-defined", (api) => { figures(api).tags = ["onbekend"]; }],
  ["operation-tags", (api) => { figures(api).tags = []; }],
  ["path-declarations-must-exist", (api) => rename(api, FIGURES, "/cijfers/{}")],
  ["path-keys-no-trailing-slash", (api) => rename(api, FIGURES, `${FIGURES}/`)],
  ["path-not-include-query", (api) => rename(api, "/maten", "/maten?soort=stand")],
  ["path-params", (api) => { figures(api).parameters.shift(); }],
  ["typed-enum", (api) => { api.components.schemas.Cijfers.properties.maat.enum = [7]; }],
];
