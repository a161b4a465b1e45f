// Reads a recording with @mcap/core and prints what is in it: node read.mjs indexed|stream FILE
import { open, readFile } from "node:fs/promises";
import { McapIndexedReader, McapStreamReader } from "@mcap/core";
import { FileHandleReadable } from "@mcap/nodejs";
import { loadDecompressHandlers } from "@mcap/support";

const [way, file] = process.argv.slice(2);
const decompressHandlers = await loadDecompressHandlers();
const counts = new Map();
const topics = new Map();
let elbow = 0;
let event = "";

function message(topic, data) {
  const value = JSON.parse(new TextDecoder().decode(data));
  counts.set(topic, (counts.get(topic) ?? 0) + 1);
  if (topic === "/joint_states") {
    elbow += value.joints.find((joint) => joint.name === "elbow").position;
  } else if (topic === "/events") {
    event = value.message;
  }
}

if (way === "indexed") {
  const reader = await McapIndexedReader.Initialize({
    readable: new FileHandleReadable(await open(file)),
    decompressHandlers,
  });
  for (const channel of reader.channelsById.values()) {
    const schema = reader.schemasById.get(channel.schemaId);
    JSON.parse(new TextDecoder().decode(schema.data));
  }
  for await (const record of reader.readMessages({ validateCrcs: true })) {
    message(reader.channelsById.get(record.channelId).topic, record.data);
  }
  const total = [...counts.values()].reduce((a, b) => a + b, 0);
  if (reader.statistics.messageCount !== BigInt(total)) {
    throw new Error(`statistics say ${reader.statistics.messageCount}, there are ${total}`);
  }
  let metadata = 0;
  for await (const record of reader.readMetadata()) {
    metadata += record.metadata.size > 0 ? 1 : 0;
  }
  if (metadata !== 2) {
    throw new Error(`${metadata} metadata records, expected 2`);
  }
} else {
  const reader = new McapStreamReader({ decompressHandlers, validateCrcs: true });
  reader.append(await readFile(file));
  for (let record; (record = reader.nextRecord()); ) {
    if (record.type === "Channel") {
      topics.set(record.id, record.topic);
    } else if (record.type === "Message") {
      message(topics.get(record.channelId), record.data);
    }
  }
  if (!reader.done()) {
    throw new Error("the file does not end");
  }
}
for (const topic of [...counts.keys()].sort()) {
  console.log(topic, counts.get(topic));
}
console.log("elbow", Math.round(elbow * 1e6));
console.log("last event", event);
