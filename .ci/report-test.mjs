// Opens the reports in PAGES in Chromium: two widths, both colour schemes, the filter, the names that lead to the list, and paper.
import { chromium } from "playwright-core";
import assert from "node:assert/strict";
import { look } from "./look.mjs";

const { PAGES, CHROMIUM, SHOTS } = process.env;
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });

async function visit(name, options, steps) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("request", (request) => assert.ok(request.url().startsWith("file:"), `nothing is loaded: ${request.url()}`));
  await page.goto(`file://${PAGES}/${name}.html`);
  await steps(page);
  assert.deepEqual(faults, [], "the console stays empty, also of complaints about the content security policy");
  await context.close();
}

for (const name of ["check", "scan", "summary", "audit", "addpack", "single"]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [390, 1280]) {
      await visit(name, { colorScheme, viewport: { width, height: 844 } }, async (page) => {
        await page.screenshot({ path: `${SHOTS}/report-${name}-${width}-${colorScheme}.png` });
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
        assert.deepEqual(await page.evaluate(look), [], `${name} at ${width}, ${colorScheme}`);
      });
    }
  }
  await visit(name, {}, (page) => page.pdf({ path: `${SHOTS}/report-${name}.pdf`, format: "A4" }));
}

// The filter, and what leads to it.
await visit("scan", {}, async (page) => {
  const shown = () => page.locator("tr.subject:visible").count();
  const all = await shown();
  assert.ok(all > 20, `${all} subjects`);
  await page.getByLabel("Search").fill("list.txt digit-sum");
  assert.equal(await shown(), 1);
  await page.getByRole("button", { name: "Show all" }).click();
  await page.waitForFunction((all) => [...document.querySelectorAll("tr.subject")].filter((row) => !row.hidden).length === all, all);
  await page.getByLabel("Verdict").selectOption("rejected");
  const rejected = await shown();
  assert.ok(rejected > 0 && rejected < all);
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByRole("button", { name: "The digit sum fails" }).click();
  await page.waitForFunction(() => document.forms[0].text.value === "key/digit-sum");
  assert.ok((await page.locator("tr.subject:visible").allInnerTexts()).every((text) => text.includes("key/digit-sum")));
  await page.locator(".tile.unrecognized").press("Enter");
  assert.equal(await shown(), 1);
  await page.locator(".groups li").first().click();
  assert.ok((await shown()) >= 1);
  assert.match(await page.locator("form.filter output").innerText(), /^\d+ of \d+ shown$/);
});

// Without script everything stands there, only the filter does not.
await visit("scan", { javaScriptEnabled: false }, async (page) => {
  assert.equal(await page.locator("form.filter").isVisible(), false);
  assert.ok((await page.locator("tr.subject").count()) > 20);
});

// On paper: the steps unfolded, the filter gone.
await visit("check", {}, async (page) => {
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator("form.filter").isVisible(), false);
  assert.equal(await page.locator("details:not([open])").count(), 0);
});

await browser.close();
console.log("Chromium shows the reports, filters them and prints them");
