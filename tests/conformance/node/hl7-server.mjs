// node-hl7-server listens on PORT, answers messages until the one with the control id LAST, and prints what it read of them.
import { Server } from "node-hl7-server";

const { PORT, LAST } = process.env;
const got = [];
const server = new Server({ bindAddress: "127.0.0.1" });
server.createInbound({ port: Number(PORT) }, async (request, response) => {
  const message = request.getMessage();
  got.push([message.get("MSH.10").toString(), message.get("PID.5.1").toString()]);
  await response.sendResponse(message.get("PID.5.1").toString() === "Doe" ? "AA" : "AR");
  if (got.at(-1)[0] !== LAST) return;
  setTimeout(() => process.stdout.write(JSON.stringify(got), () => process.exit(0)), 300);
});
