// fhir-kit-client (Vermonster) against a real server: BASE and TOKEN come from the environment.
import assert from "node:assert/strict";
import { Client, CapabilityTool } from "fhir-kit-client";

const { BASE, TOKEN } = process.env;
const client = new Client({ baseUrl: BASE, bearerToken: TOKEN });
const patient = (value, more = {}) => ({
  resourceType: "Patient", identifier: [{ system: "urn:kit", value }], name: [{ family: "Kit", given: ["Ada"] }],
  gender: "female", birthDate: "1980-02-03", ...more,
});
const weight = (id, kilograms) => ({
  resourceType: "Observation", status: "final", subject: { reference: `Patient/${id}` },
  code: { coding: [{ system: "http://loinc.org", code: "29463-7" }] },
  valueQuantity: { value: kilograms, unit: "kg", system: "http://unitsofmeasure.org", code: "kg" },
});
const refused = (promise, status) => assert.rejects(promise, (fault) => fault.response.status === status
  && fault.response.data.resourceType === "OperationOutcome");
const resources = (bundle) => (bundle.entry ?? []).map((entry) => entry.resource);
let steps = 0;
const step = async (work) => { await work(); steps += 1; };

await step(async () => {
  const statement = await client.capabilityStatement();
  const tool = new CapabilityTool(statement);
  assert.equal(statement.fhirVersion, "4.0.1");
  assert(tool.serverCan("transaction") && tool.resourceCan("Patient", "patch"));
  assert(tool.resourceSearch("Patient", "birthdate"));
  const smart = await client.smartAuthMetadata();
  assert.equal(String(smart.tokenUrl), `${BASE}/token`);
  assert.match(String(smart.authorizeUrl), /\/access\/authorize$/);
});

const made = await client.create({ resourceType: "Patient", body: patient("1") });
await step(async () => {
  assert.equal(made.meta.versionId, "1");
  const read = await client.read({ resourceType: "Patient", id: made.id });
  assert.deepEqual(read, made);
  const { response } = Client.httpFor(read);
  assert.equal(response.headers.get("etag"), 'W/"1"');
  const changed = await client.update({
    resourceType: "Patient", id: made.id, body: { ...read, gender: "other" }, options: { headers: { "If-Match": 'W/"1"' } },
  });
  assert.equal(changed.meta.versionId, "2");
  await refused(client.update({
    resourceType: "Patient", id: made.id, body: read, options: { headers: { "If-Match": 'W/"1"' } },
  }), 412);
  const old = await client.vread({ resourceType: "Patient", id: made.id, version: "1" });
  assert.equal(old.gender, "female");
});
await step(async () => {
  const jsonPatch = [{ op: "test", path: "/gender", value: "other" }, { op: "replace", path: "/gender", value: "male" }];
  const patched = await client.patch({ resourceType: "Patient", id: made.id, jsonPatch });
  assert.deepEqual([patched.gender, patched.meta.versionId], ["male", "3"]);
  await refused(client.patch({ resourceType: "Patient", id: made.id, jsonPatch }), 422);
});
await step(async () => {
  const history = await client.resourceHistory({ resourceType: "Patient", id: made.id });
  assert.deepEqual(history.entry.map((entry) => entry.resource.meta.versionId), ["3", "2", "1"]);
  assert((await client.typeHistory({ resourceType: "Patient" })).entry.length >= 3);
  assert.equal((await client.systemHistory()).type, "history");
});
await step(async () => {
  const headers = { "If-None-Exist": "identifier=urn:kit|1" };
  const again = await client.create({ resourceType: "Patient", body: patient("1"), options: { headers } });
  assert.equal(again.id, made.id);
  const upserted = await client.update({
    resourceType: "Patient", searchParams: { identifier: "urn:kit|1" }, body: patient("1", { birthDate: "1980-02-04" }),
  });
  assert.deepEqual([upserted.id, upserted.birthDate], [made.id, "1980-02-04"]);
});
await step(async () => {
  for (const kilograms of [61, 62, 63, 64, 65]) await client.create({ resourceType: "Observation", body: weight(made.id, kilograms) });
  let page = await client.search({ resourceType: "Observation", searchParams: { patient: made.id, _count: 2, _sort: "-value-quantity" } });
  const found = [];
  while (page) {
    found.push(...resources(page).map((one) => one.valueQuantity.value));
    page = await client.nextPage({ bundle: page });
  }
  assert.deepEqual(found, [65, 64, 63, 62, 61]);
  const chained = await client.search({
    resourceType: "Observation", searchParams: { "patient.family": "kit", "value-quantity": "gt64", _include: "Observation:patient" },
  });
  assert.deepEqual(resources(chained).map((one) => one.resourceType), ["Observation", "Patient"]);
  const posted = await client.search({
    resourceType: "Patient", searchParams: { identifier: ["urn:kit|1", "urn:kit|1"] }, options: { postSearch: true },
  });
  assert.equal(posted.entry.length, 1);
  const within = await client.search({ resourceType: "Observation", compartment: { resourceType: "Patient", id: made.id } });
  assert.equal(within.entry.length, 5);
  const all = await client.search({ searchParams: { _type: "Patient,Observation", _count: 5 } });
  assert.equal(all.type, "searchset");
});
await step(async () => {
  const urn = "urn:uuid:6f1d0f4e-6d0b-4b3b-9d3e-0b6a6c1f2a01";
  const entry = [
    { resource: { ...weight("x", 70), subject: { reference: urn } }, request: { method: "POST", url: "Observation" } },
    { fullUrl: urn, resource: patient("2"), request: { method: "POST", url: "Patient" } },
  ];
  const done = await client.transaction({ body: { resourceType: "Bundle", type: "transaction", entry } });
  assert.deepEqual(done.entry.map((one) => one.response.status), ["201 Created", "201 Created"]);
  const asked = [{ request: { method: "GET", url: `Patient/${made.id}` } }, { request: { method: "GET", url: "Patient/nobody" } }];
  const answered = await client.batch({ body: { resourceType: "Bundle", type: "batch", entry: asked } });
  assert.deepEqual(answered.entry.map((one) => one.response.status.slice(0, 3)), ["200", "404"]);
});
await step(async () => {
  const chart = await client.operation({ name: "$everything", resourceType: "Patient", id: made.id, method: "GET" });
  assert.equal(resources(chart).length, 6);
  const input = { resourceType: "Parameters", parameter: [{ name: "resource", resource: patient("1") }] };
  const matched = await client.operation({ name: "match", resourceType: "Patient", input });
  assert(matched.entry.some((one) => one.resource.id === made.id && one.search.score > 0.9));
  const looked = await client.operation({
    name: "lookup", resourceType: "CodeSystem", method: "GET", input: { system: "http://hl7.org/fhir/sid/icd-10-cm", code: "E11.9" },
  });
  assert(looked.parameter.some((one) => one.name === "display"));
});
await step(async () => {
  await refused(client.create({ resourceType: "Patient", body: patient("3", { birthDate: "2021-02-30" }) }), 422);
  await refused(client.create({ resourceType: "Claim", body: { resourceType: "Claim" } }), 403);
  await client.delete({ resourceType: "Patient", id: (await client.create({ resourceType: "Patient", body: patient("4") })).id });
  await refused(client.read({ resourceType: "Patient", id: "nobody" }), 404);
  await refused(new Client({ baseUrl: BASE, bearerToken: "x" }).read({ resourceType: "Patient", id: made.id }), 401);
});
process.stdout.write(JSON.stringify({ steps }));
