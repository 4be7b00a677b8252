// node page.mjs CHROMIUM: opens pages in Chromium without a network, works on each with the keyboard alone, and says
// what came of it. A start costs more than a page, so it takes one after the other, each as a line of JSON:
// {"page": FILE, "width": N, "steps": [{"press": KEY, "times": N} | {"type": TEXT} | {"read": SELECTOR}…]}.
// Each is answered by a line, {"failed": TEXT} where it did not work. The end of the lines is its end.
import puppeteer from "puppeteer-core";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function work(page, { page: file, width, steps }) {
  const asked = [];
  const troubles = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(String(error)));
  await page.setViewport({ width, height: 900 });
  await page.goto(pathToFileURL(file).href, { timeout: 0 });
  const seen = [];
  for (const step of steps) {
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
  return { asked: asked.length, troubles, seen, overflow, violations: result.value };
}

async function answer(browser, wanted) {
  const own = await browser.createBrowserContext(); // nothing of a page before it
  try {
    return await work(await own.newPage(), wanted);
  } catch (error) {
    return { failed: String(error) };
  } finally {
    await own.close();
  }
}

const browser = await puppeteer.launch({ executablePath: process.argv[2], args: ["--no-sandbox"], timeout: 0, protocolTimeout: 0 }); // whoever asks knows how long
try {
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await answer(browser, JSON.parse(line))));
  }
} finally {
  await browser.close();
}
