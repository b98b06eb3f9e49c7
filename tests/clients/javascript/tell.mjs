// Runs one chapter of the story: node tell.mjs CHAPTER, with what the chapter is given as JSON on standard input.
// What the chapter gives is written as JSON. A Date is {"$date": …} both ways, so that a reader sees what the SDK
// made a Date of.

import { readFileSync } from "node:fs";

import * as chapters from "./story.mjs";

function readDate(_key, value) {
  return value !== null && typeof value === "object" && "$date" in value ? new Date(value.$date) : value;
}

function writeDate(key, value) {
  if (key === "$metadata") {
    return undefined;
  }
  // By now JSON has made text of a Date; its holder still has it.
  return this[key] instanceof Date ? { $date: value } : value;
}

const given = JSON.parse(readFileSync(0, "utf8"), readDate);
const told = await chapters[process.argv[2]](given);
process.stdout.write(JSON.stringify(told, writeDate));
