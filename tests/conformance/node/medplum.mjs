// MedplumClient (@medplum/core) against a real server: BASE, CLIENT_ID and CLIENT_SECRET come from the environment.
import assert from "node:assert/strict";
import { MedplumClient } from "@medplum/core";

const { BASE, CLIENT_ID, CLIENT_SECRET } = process.env;
const origin = BASE.replace(/fhir$/, "");
const medplum = new MedplumClient({ baseUrl: origin, fhirUrlPath: "fhir", tokenUrl: `${BASE}/token`, cacheTime: 0, fetch });
const patient = (value, more = {}) => ({
  resourceType: "Patient", identifier: [{ system: "urn:medplum", value }], name: [{ family: "Plum", given: ["Ada"] }],
  gender: "female", birthDate: "1980-02-03", ...more,
});
const refused = (promise, words) => assert.rejects(promise, (fault) => {
  assert.equal(fault.outcome?.resourceType, "OperationOutcome", String(fault));
  assert.match(JSON.stringify(fault.outcome), words);
  return true;
});
let steps = 0;
const step = async (work) => { await work(); steps += 1; };

await step(async () => {
  const form = new URLSearchParams({ grant_type: "client_credentials", client_id: CLIENT_ID, client_secret: CLIENT_SECRET });
  const answer = await fetch(`${BASE}/token`, { method: "POST", body: form });
  medplum.setAccessToken((await answer.json()).access_token);
});
const made = await medplum.createResource(patient("1"));
await step(async () => {
  assert.deepEqual(await medplum.readResource("Patient", made.id), made);
  const changed = await medplum.updateResource({ ...made, gender: "other" });
  assert.equal(changed.meta.versionId, "2");
  const patched = await medplum.patchResource("Patient", made.id, [{ op: "replace", path: "/birthDate", value: "1980-02-04" }]);
  assert.deepEqual([patched.birthDate, patched.meta.versionId], ["1980-02-04", "3"]);
  const unchanged = await medplum.updateResource(patched);
  assert.equal(unchanged.id, made.id);
});
await step(async () => {
  const history = await medplum.readHistory("Patient", made.id);
  assert.deepEqual(history.entry.slice(-3).map((entry) => entry.resource.meta.versionId), ["3", "2", "1"]);
  assert.equal((await medplum.readVersion("Patient", made.id, "1")).gender, "female");
});
await step(async () => {
  const again = await medplum.createResourceIfNoneExist(patient("1"), "identifier=urn:medplum|1");
  assert.equal(again.id, made.id);
  const upserted = await medplum.upsertResource(patient("1", { gender: "male" }), "identifier=urn:medplum|1");
  assert.deepEqual([upserted.id, upserted.gender], [made.id, "male"]);
  const fresh = await medplum.upsertResource(patient("2"), { identifier: "urn:medplum|2" });
  assert.notEqual(fresh.id, made.id);
});
await step(async () => {
  for (let number = 1; number <= 5; number += 1) {
    await medplum.createResource({
      resourceType: "Observation", status: "final", subject: { reference: `Patient/${made.id}` },
      code: { coding: [{ system: "http://loinc.org", code: "29463-7" }] },
      valueQuantity: { value: 60 + number, unit: "kg", system: "http://unitsofmeasure.org", code: "kg" },
    });
  }
  const bundle = await medplum.search("Observation", `patient=${made.id}&_count=2`);
  assert.equal(bundle.entry.length, 2);
  const found = await medplum.searchResources("Observation", { subject: `Patient/${made.id}`, _sort: "-value-quantity" });
  assert.deepEqual(found.map((one) => one.valueQuantity.value), [65, 64, 63, 62, 61]);
  const pages = [];
  for await (const page of medplum.searchResourcePages("Observation", `patient=${made.id}&_count=2`)) pages.push(page.length);
  assert.deepEqual(pages, [2, 2, 1]);
  assert.equal((await medplum.searchOne("Patient", "identifier=urn:medplum|1")).id, made.id);
  assert.equal(await medplum.searchOne("Patient", "identifier=urn:medplum|none"), undefined);
  assert.equal((await medplum.readReference({ reference: `Patient/${made.id}` })).id, made.id);
});
await step(async () => {
  const urn = "urn:uuid:6f1d0f4e-6d0b-4b3b-9d3e-0b6a6c1f2a01";
  const done = await medplum.executeBatch({
    resourceType: "Bundle", type: "transaction", entry: [
      { fullUrl: urn, resource: patient("3"), request: { method: "POST", url: "Patient", ifNoneExist: "identifier=urn:medplum|3" } },
      { resource: { resourceType: "Flag", status: "active", code: { text: "x" }, subject: { reference: urn } }, request: { method: "POST", url: "Flag" } },
    ],
  });
  assert.deepEqual(done.entry.map((one) => one.response.status.slice(0, 3)), ["201", "201"]);
  const several = await Promise.all(["1", "2", "3"].map((value) => medplum.searchResources("Patient", `identifier=urn:medplum|${value}`)));
  assert.deepEqual(several.map((one) => one.length), [1, 1, 1]);
});
await step(async () => {
  const chart = await medplum.readPatientEverything(made.id);
  assert.deepEqual(chart.entry.map((entry) => entry.resource.resourceType), ["Patient", ...Array(5).fill("Observation")]);
  assert.equal((await medplum.validateResource(patient("1"))).resourceType, "OperationOutcome");
});
await step(async () => {
  await refused(medplum.createResource(patient("4", { birthDate: "2021-02-30" })), /birthDate/);
  await refused(medplum.readResource("Patient", "nobody"), /nobody/);
  const gone = await medplum.createResource(patient("5"));
  await medplum.deleteResource("Patient", gone.id);
  await refused(medplum.readResource("Patient", gone.id), /deleted/);
});
process.stdout.write(JSON.stringify({ steps }));
