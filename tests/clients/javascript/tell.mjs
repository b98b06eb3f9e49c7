// Runs one chapter of the story: node tell.mjs CHAPTER GIVEN, where GIVEN is JSON. What the chapter gives is
// written as JSON; a Date in it becomes {"$date": …}, so that a reader sees that the SDK made one.

import * as chapters from "./story.mjs";

const [name, given] = process.argv.slice(2);
const told = await chapters[name](JSON.parse(given));

function mark(key, value) {
  if (key === "$metadata") {
    return undefined;
  }
  // By now JSON has made text of a Date; its holder still has it.
  return this[key] instanceof Date ? { $date: value } : value;
}

process.stdout.write(JSON.stringify(told, mark));
