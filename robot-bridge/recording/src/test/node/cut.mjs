// Cuts a recording and prints how many messages @mcap/core still finds: node cut.mjs FILE LENGTH...
import { readFile } from "node:fs/promises";
import { McapStreamReader } from "@mcap/core";
import { loadDecompressHandlers } from "@mcap/support";

const [file, ...lengths] = process.argv.slice(2);
const decompressHandlers = await loadDecompressHandlers();
const whole = await readFile(file);
for (const length of lengths) {
  const reader = new McapStreamReader({ decompressHandlers, validateCrcs: true });
  reader.append(whole.subarray(0, Number(length)));
  let messages = 0;
  for (let record; (record = reader.nextRecord()); ) {
    messages += record.type === "Message" ? 1 : 0;
  }
  console.log(messages);
}
