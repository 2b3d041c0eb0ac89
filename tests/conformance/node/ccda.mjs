// Medplum's C-CDA library over a document: `read FILE` prints what it makes of it in FHIR, `write FILE` prints the
// document that it makes of a bundle.
import { readFileSync } from "node:fs";
import { convertCcdaToFhir, convertCcdaToXml, convertFhirToCcda, convertXmlToCcda } from "@medplum/ccda";

const [, , what, file] = process.argv;
const given = readFileSync(file, "utf8");
const made = what === "read"
  ? convertCcdaToFhir(convertXmlToCcda(given), { ignoreUnsupportedSections: true })
  : { xml: convertCcdaToXml(convertFhirToCcda(JSON.parse(given))) };
process.stdout.write(JSON.stringify(made));
