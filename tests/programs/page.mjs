// Opens a page in Chromium without a network, works on it with the keyboard alone, and prints what came of it as
// JSON: node page.mjs CHROMIUM PAGE WIDTH [{"press": KEY, "times": N} | {"type": TEXT} | {"read": SELECTOR}]…
import puppeteer from "puppeteer-core";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [executablePath, file, width, ...steps] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage();
  const asked = [];
  const troubles = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(String(error)));
  await page.setViewport({ width: Number(width), height: 900 });
  await page.goto(pathToFileURL(file).href);
  const seen = [];
  for (const step of steps.map((text) => JSON.parse(text))) {
    if (step.type !== undefined) await page.keyboard.type(step.type);
    for (let time = 0; step.press !== undefined && time < (step.times ?? 1); time++) await page.keyboard.press(step.press);
    if (step.read !== undefined) {
      seen.push(await page.$$eval(step.read, (found) => found.filter((one) => one.checkVisibility()).map((one) => one.innerText)));
    }
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const isolated = await page.target().createCDPSession();
  const { frameTree } = await isolated.send("Page.getFrameTree");
  const world = { frameId: frameTree.frame.id, worldName: "axe" };
  const { executionContextId } = await isolated.send("Page.createIsolatedWorld", world);
  const evaluate = (expression) =>
    isolated.send("Runtime.evaluate", { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
  await evaluate(axe);
  const { result } = await evaluate("axe.run().then((found) => found.violations.map((one) => `${one.id}: ${one.nodes[0].html}`))");
  console.log(JSON.stringify({ asked: asked.length, troubles, seen, overflow, violations: result.value }));
} finally {
  await browser.close();
}
