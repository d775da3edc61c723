// Fills in the forms of the server at SITE in Chromium, reads the answers, and takes a picture of every page in two sizes.
import { chromium } from "playwright-core";
import assert from "node:assert/strict";
import { look } from "./look.mjs";

const { SITE, CHROMIUM, SHOTS } = process.env;
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: CHROMIUM, args: quiet });

async function visit(options, steps) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("request", (request) => assert.ok(request.url().startsWith(SITE), `nothing is loaded from elsewhere: ${request.url()}`));
  await steps(page);
  assert.deepEqual(faults, [], "the console stays empty, also of complaints about the content security policy");
  await context.close();
}

const answer = (page) => page.locator("#answers .answer").innerText();

// Without script: the button sends the form, the answer is a page.
for (const javaScriptEnabled of [false, true]) {
  await visit({ javaScriptEnabled }, async (page) => {
    await page.goto(SITE);
    await page.getByLabel("Key").fill("932-9619111");
    await page.getByLabel("Product").selectOption({ label: "Outlook 97" });
    await page.getByLabel("Came in").selectOption({ label: "BackOffice Server 4.0 CD set" });
    await page.getByLabel("Sold as").selectOption("nfr");
    await page.getByRole("button", { name: "Check the key" }).click();
    await page.locator(".answer.rejected").waitFor();
    const told = await answer(page);
    assert.match(told, /^Rejected by Outlook 97 Setup \(not for resale, from the BackOffice Server 4\.0 CD set\)/);
    assert.match(told, /Find the not-for-resale copy of Office 97/);
    assert.equal(await page.locator(".failing").innerText(), "932-9619111");
    assert.equal(await page.getByLabel("Key").inputValue(), "932-9619111");

    await page.getByRole("link", { name: "No key", exact: true }).click();
    await page.getByLabel("Product").selectOption({ label: "Windows NT 3.51" });
    await page.getByRole("button", { name: "What to do?" }).click();
    await page.locator(".answer.well-formed").waitFor();
    assert.match(await answer(page), /Leave the number empty/);

    await page.getByRole("link", { name: "Error message" }).click();
    await page.getByLabel("Message").fill("there is something wrong with the ini file");
    await page.getByRole("button", { name: "Explain" }).click();
    assert.match(await answer(page), /Q175115/);

    await page.getByRole("link", { name: "Postoffice", exact: true }).click();
    await page.getByLabel("Serial").fill("32-64537");
    await page.getByLabel("Product").selectOption({ label: "Mail 3.5" });
    await page.getByRole("button", { name: "Check the serial" }).click();
    await page.locator(".answer.well-formed").waitFor();
    assert.match(await answer(page), /X400GATE\.EXE/);

    await page.getByRole("link", { name: "Add packs" }).click();
    await page.getByLabel("Server", { exact: true }).selectOption({ label: "Small Business Server 4.5" });
    await page.getByLabel("Licences now").fill("5");
    await page.getByLabel("Disk 1: pack").selectOption("4.0x5");
    await page.getByRole("button", { name: "Go through the plan" }).click();
    assert.match(await answer(page), /DO NOT INSERT/);
    await page.getByRole("button", { name: "Find the best order" }).click();
    assert.match(await answer(page), /5 licences now, 10 in the end/);

    await page.getByRole("link", { name: "Catalogue", exact: true }).click();
    await page.getByRole("link", { name: "Products" }).click();
    await page.getByRole("link", { name: "outlook-97" }).click();
    await page.getByRole("link", { name: "Check a key for it" }).click();
    assert.equal(await page.getByLabel("Product").inputValue(), "outlook-97");
  });
}

// With script: the answer comes as a person types, and a screen reader is told.
await visit({}, async (page) => {
  await page.goto(SITE);
  await page.getByLabel("Product").selectOption({ label: "Windows 95" });
  await page.getByLabel("Key").pressSequentially("111-1111111");
  await page.locator(".answer.well-formed").waitFor();
  assert.match(await page.getByRole("status").innerText(), /^Well formed: passes what Windows 95 Setup is known to check/);
  await page.getByLabel("Key").press("Backspace");
  await page.locator(".answer.rejected").waitFor();
  await page.getByLabel("Key").fill("");
  await page.locator(".answer").waitFor({ state: "detached" });
  assert.equal(new URL(page.url()).search, "", "no key in the address");
});

// By keyboard alone: the first stop skips the menu, the next ones are the menu, then the form in its order.
await visit({}, async (page) => {
  await page.goto(SITE);
  const stops = [];
  for (let stop = 0; stop < 13; stop += 1) {
    await page.keyboard.press("Tab");
    stops.push(await page.evaluate(() => document.activeElement.id || document.activeElement.value || document.activeElement.textContent));
  }
  assert.deepEqual(stops, ["Skip to the content", "jewelcase", "Check a key", "No key", "Error message", "Postoffice", "Add packs", "Catalogue", "key", "product", "from", "sku", "Check the key"]);
});

// Every page in both colour schemes, in the window of a small screen and of a large one.
const paths = {
  check: "/?key=932-9619111&product=outlook-97&from=backoffice-server-4.0&sku=nfr", every: "/?key=123-4567890", blank: "/",
  absence: "/no-key?product=outlook-97&from=backoffice-server-4.0", serial: "/serial?key=0799-99992&product=mail-3.5",
  explain: "/explain?topic=this+is+an+invalid+cd+key+value", addpack: "/add-packs?server=4.5&licenses=5&pack1=4.0x5&pack2=4.5x20", slip: "/?key=1&product=x",
  catalogue: "/catalogue", articles: "/catalogue/article", product: "/catalogue/product/outlook-97", rule: "/catalogue/rule/key/digit-sum", article: "/catalogue/article/Q180399",
};
for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [{ width: 640, height: 480 }, { width: 1280, height: 800 }]) {
    await visit({ colorScheme, viewport }, async (page) => {
      for (const [name, path] of Object.entries(paths)) {
        await page.goto(SITE + path);
        await page.screenshot({ path: `${SHOTS}/${name}-${viewport.width}-${colorScheme}.png` });
        assert.deepEqual(await page.evaluate(look), [], `${path} at ${viewport.width}, ${colorScheme}`);
      }
    });
  }
}

// On paper: the answer without the forms around it.
await visit({}, async (page) => {
  await page.goto(SITE + paths.check);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("form").isVisible(), false);
  assert.equal(await page.locator(".answer").isVisible(), true);
});

await browser.close();
console.log("Chromium shows the pages, fills in the forms, and reads the answers");
