// The API Design Rules of the Dutch government (NLGov REST API Design Rules 2.2), as far as a
// document can be seen to keep them. The name of a rule is that of the standard, below
// https://gitdocumentatie.logius.nl/publicatie/api/adr/2.2.0/#/core/, with after a `:` which part
// of it; what we hold ourselves to besides begins with `also/`. Each takes the whole document, so
// that what is not there is seen as well.
export const METHODS = ["get", "put", "post", "delete", "patch"];
const OTHERS = ["head", "options", "trace"];

const CONTACT = ["name", "email", "url"];
const MEMBERS = ["type", "title", "status", "detail"];
const SEMVER = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;
const SEGMENT = /^([a-z0-9]+(-[a-z0-9]+)*|\{[^{}]+\})$/;
const CAMEL_CASE = /^[a-z][a-z0-9]*([A-Z][a-z0-9]*)*$/;
const PASCAL_CASE = /^([A-Z][a-z0-9]*)+$/;

const entries = (object) => Object.entries(object ?? {});

/** Each operation: where it stands, its path, method, and what is said of it. */
function* operations(api) {
  for (const [path, item] of entries(api.paths)) {
    for (const method of METHODS) {
      if (item[method]) yield { at: ["paths", path, method], path, method, says: item[method] };
    }
  }
}

/** What a reference stands for. */
function resolved(api, value) {
  if (!value?.$ref) return value;
  return value.$ref.slice(2).split("/").reduce((at, name) => at?.[name], api);
}

function* responses(api) {
  for (const { at, says } of operations(api)) {
    for (const [status, response] of entries(says.responses)) {
      yield { at: [...at, "responses", status], status, says: resolved(api, response) };
    }
  }
}

function* parameters(api) {
  for (const { at, says, path } of operations(api)) {
    const all = [...(says.parameters ?? []), ...(api.paths[path].parameters ?? [])];
    for (const one of all) yield { at: [...at, "parameters"], says: resolved(api, one) };
  }
}

/** Every schema, at whatever depth. */
function* schemas(value, at = []) {
  if (value === null || typeof value !== "object") return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === "example" || name === "examples") continue;
    if (name === "schema") yield { at: [...at, name], says: inner };
    if (name === "properties") {
      for (const [field, says] of entries(inner)) {
        yield { at: [...at, name, field], says, field };
      }
    }
    yield* schemas(inner, [...at, name]);
  }
}

const RULES = {
  "doc-openapi": function* ({ openapi }) {
    if (!/^3\.\d+\.\d+$/.test(openapi ?? "")) yield [["openapi"], "is a document of OpenAPI 3"];
  },
  "doc-openapi-contact": function* ({ info }) {
    for (const name of CONTACT) {
      if (!info?.contact?.[name]) yield [["info", "contact"], `says ${name}`];
    }
  },
  "publish-openapi": function* (api) {
    const says = api.paths?.["/openapi.json"]?.get;
    if (!says) yield [["paths"], "has itself, at /openapi.json"];
    else if (says.security?.length !== 0) {
      yield [["paths", "/openapi.json", "get"], "is for whoever asks"];
    }
  },
  "semver": function* ({ info }) {
    if (!SEMVER.test(info?.version ?? "")) yield [["info", "version"], "is MAJOR.MINOR.PATCH"];
  },
  "uri-version": function* ({ servers, info }) {
    const major = `v${(info?.version ?? "").split(".")[0]}`;
    for (const [i, { url }] of (servers ?? []).entries()) {
      if (!url.split("/").includes(major)) yield [["servers", i, "url"], `has /${major}`];
    }
  },
  "also/servers": function* ({ servers }) {
    if (!servers?.length) yield [["servers"], "says where it is served"];
  },
  "also/https": function* ({ servers }) {
    for (const [i, { url }] of (servers ?? []).entries()) {
      if (!/^(https:\/\/|\/)/.test(url)) yield [["servers", i, "url"], "is https, or relative"];
    }
  },
  "version-header": function* (api) {
    for (const { at, says } of responses(api)) {
      if (!says?.headers?.["API-Version"]) yield [at, "has the header API-Version"];
    }
  },
  "no-trailing-slash": function* ({ paths, servers }) {
    for (const path of Object.keys(paths ?? {})) {
      if (path.endsWith("/")) yield [["paths", path], "does not end in /"];
    }
    for (const [i, { url }] of (servers ?? []).entries()) {
      if (url.endsWith("/")) yield [["servers", i, "url"], "does not end in /"];
    }
  },
  "path-segments-kebab-case": function* ({ paths }) {
    for (const path of Object.keys(paths ?? {})) {
      const parts = path === "/openapi.json" ? [] : path.replace(/\/$/, "").split("/").slice(1);
      if (!parts.every((part) => SEGMENT.test(part))) yield [["paths", path], "is in kebab-case"];
    }
  },
  "query-keys-camel-case": function* (api) {
    for (const { at, says } of parameters(api)) {
      if (says.in === "query" && !CAMEL_CASE.test(says.name)) {
        yield [at, `has ${says.name} in camelCase`];
      }
    }
  },
  "http-methods": function* ({ paths }) {
    for (const [path, item] of entries(paths)) {
      for (const name of Object.keys(item)) {
        if (OTHERS.includes(name) || /^x-/.test(name) || name === "query") {
          yield [["paths", path, name], `is one of ${METHODS}`];
        }
      }
    }
  },
  "http-safety": function* (api) {
    for (const { at, method, says } of operations(api)) {
      if (["get", "delete"].includes(method) && says.requestBody) yield [at, "takes no body"];
    }
  },
  "error-handling/problem-details": function* (api) {
    for (const { at, status, says } of responses(api)) {
      if (!/^[45]/.test(status)) continue;
      const types = Object.keys(says?.content ?? {});
      if (types.length !== 1 || types[0] !== "application/problem+json") {
        yield [at, "is application/problem+json and nothing else"];
      }
    }
  },
  "error-handling/problem-details:members": function* (api) {
    for (const { at, says } of responses(api)) {
      const problem = says?.content?.["application/problem+json"];
      if (!problem) continue;
      const has = resolved(api, problem.schema)?.properties ?? {};
      for (const name of MEMBERS) if (!has[name]) yield [at, `says ${name}`];
    }
  },
  "error-handling/invalid-input": function* (api) {
    for (const { at, method, says } of operations(api)) {
      const takes = method === "get" || method === "delete" ? says.parameters?.length : true;
      if (takes && !says.responses?.["400"]) yield [at, "answers 400 to what is wrong"];
      if (says.responses?.["422"]) yield [at, "answers 400 to what is wrong, and not 422"];
    }
  },
  "also/server-error": function* (api) {
    for (const { at, says } of operations(api)) {
      if (!says.responses?.["500"]) yield [at, "says what a failure of the server looks like"];
    }
  },
  "also/who-is-not-known": function* (api) {
    for (const { at, says } of operations(api)) {
      const asks = (says.security ?? api.security ?? []).length > 0;
      if (asks && !says.responses?.["401"]) yield [at, "answers 401 to who is not known"];
    }
  },
  "also/security": function* ({ security }) {
    if (!security?.length) yield [["security"], "asks who it is, unless an operation says not to"];
  },
  "date-time/timezone": function* (api) {
    for (const { at, says } of schemas(api)) {
      if (["date-time-local", "time", "time-local"].includes(says?.format)) {
        yield [at, "is a moment with its zone: date-time"];
      }
    }
  },
  "date-time/date-omit-time-portion": function* (api) {
    const isDay = /^(op|van|tm)$|(Op|Vanaf)$|[Dd]atum$/;
    const isMoment = /^(bekend|vastgelegd|overgenomen)Op$|BekendOp$/;
    const check = function* (at, name, says) {
      if (!isDay.test(name)) return;
      const wanted = isMoment.test(name) ? "date-time" : "date";
      if (says?.type === "string" && says.format !== wanted) yield [at, `has the format ${wanted}`];
    };
    for (const { at, says, field } of schemas(api)) if (field) yield* check(at, field, says);
    for (const { at, says } of parameters(api)) yield* check(at, says.name, says.schema);
  },
  "also/schema-names": function* ({ components }) {
    for (const name of Object.keys(components?.schemas ?? {})) {
      if (!PASCAL_CASE.test(name)) yield [["components", "schemas", name], "is in PascalCase"];
    }
  },
  "also/property-names": function* (api) {
    for (const { at, field } of schemas(api)) {
      if (field && !CAMEL_CASE.test(field)) yield [at, "is in camelCase"];
    }
  },
};

/** Of Spectral's own rules those for OpenAPI 3 that say what must be, each an error. */
export const TAKEN = [
  "oas3-schema", "oas3-api-servers", "oas3-examples-value-or-externalValue",
  "oas3-operation-security-defined", "oas3-server-not-example.com", "oas3-server-trailing-slash",
  "oas3-server-variables", "oas3-unused-component", "oas3-valid-media-example",
  "oas3-valid-schema-example", "array-items", "duplicated-entry-in-enum", "info-contact",
  "info-description", "no-$ref-siblings", "no-eval-in-markdown", "no-script-tags-in-markdown",
  "openapi-tags", "openapi-tags-uniqueness", "operation-operationId-unique",
  "operation-operationId-valid-in-url", "operation-operationId", "operation-parameters",
  "operation-success-response", "operation-tag-defined", "operation-tags",
  "path-declarations-must-exist", "path-keys-no-trailing-slash", "path-not-include-query",
  "path-params", "typed-enum",
];

export const OURS = Object.keys(RULES);

function asRule(name, find) {
  const check = (api) => [...find(api)].map(([path, message]) => ({ message, path }));
  return {
    severity: "error",
    given: "$",
    resolved: false,
    then: { function: check },
    message: `${name}: {{error}}`,
  };
}

/** The rules for Spectral. */
export function ruleset(oas) {
  const rules = Object.fromEntries(TAKEN.map((name) => [name, "error"]));
  for (const [name, find] of Object.entries(RULES)) rules[name] = asRule(name, find);
  return { extends: [[oas, "off"]], rules };
}
