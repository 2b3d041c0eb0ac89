// node-hl7-client against our MLLP listener: PORT comes from the environment. Prints what it was answered.
import Client, { HL7_2_5_1 } from "node-hl7-client";

const built = (id, type = "ADT") => new HL7_2_5_1()
  .buildMSH({ msh_3: "NODE", msh_4: "SITE", msh_9_1: type, msh_9_2: "A04", msh_10: id, msh_11_1: "P" })
  .buildEVN({ evn_2: new Date("2026-03-01T12:00:00Z") })
  .buildPID({ pid_3: "100^^^SITE^MR", pid_5: "DOE^JANE", pid_8: "F" })
  .toMessage();

const answers = [];
let told = () => {};
const client = new Client({ host: "127.0.0.1", version: "2.5.1" });
const line = client.createConnection({ port: Number(process.env.PORT) }, async (response) => {
  const message = response.getMessage();
  answers.push([message.get("MSA.1").toString(), message.get("MSA.2").toString()]);
  told();
});
for (const [id, type] of [["N1", "ADT"], ["N2", "ADT"], ["N3", "BAR"]]) {
  const answered = new Promise((resolve) => { told = resolve; });
  await line.sendMessage(built(id, type));
  await answered;
}
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
