// SPDX-License-Identifier: BSL-1.0
//
// Walks through report.html in a real browser, as a person would: looks, filters, opens an activity, copies a pin, merges again
// with it. Beside BINARY, make_sample must stand.
//
//     node tests/tools/report_walk.mjs build/release/bin/coincide build/walk [shots]
//
// The folder keeps playwright-core (fetched by npm the first time), the data, and with `shots` pictures of every page at 390
// and 1440 pixels, light and dark. Without chromium, or without playwright-core and a network to fetch it from, nothing is
// tested and the exit status is 0.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [binary, folder, shots] = process.argv.slice(2);
if (!binary || !folder) {
    console.error("usage: report_walk.mjs BINARY FOLDER [shots]");
    process.exit(2);
}

function skip(why) {
    console.log(`skipped: ${why}`);
    process.exit(0);
}

const chromium = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((p) => p && fs.existsSync(p));
if (!chromium) skip("no chromium");

function playwright() {
    const root = path.resolve(folder);
    const load = () => createRequire(path.join(root, "x.js"))("playwright-core");
    fs.mkdirSync(root, { recursive: true });
    try {
        return load();
    } catch { /* not there yet */ }
    try {
        execFileSync("npm", ["install", "--prefix", root, "--no-save", "--no-audit", "--no-fund", "playwright-core@1.65.1"], { stdio: "ignore", timeout: 120_000 });
        return load();
    } catch {
        return skip("playwright-core is not there and could not be fetched");
    }
}
const { chromium: launcher } = playwright();

// ---- data: the sample, a name that would like to be markup, and a pair that a person has to decide

const hostile = `</script><img src=x onerror="window.hacked=1"><b>`;
const data = path.resolve(folder, "data"), sample = path.join(data, "sample"), out = path.join(data, "out");
fs.rmSync(data, { recursive: true, force: true });
fs.mkdirSync(sample, { recursive: true });
execFileSync(path.join(path.dirname(path.resolve(binary)), "make_sample"), [sample], { stdio: "ignore" });
const yoga = { source: "garmin", external_id: "yoga", start_time: "2024-06-09T08:00:00Z", elapsed_time_s: 1800, activity_type: "yoga", name: hostile, notes: "<script>window.hacked=2</script>" };
const core = { source: "polar", external_id: "core", start_time: "2024-06-09T08:00:30Z", elapsed_time_s: 1920, activity_type: "core_training" };
const line = (record) => JSON.stringify(record) + "\n";
fs.writeFileSync(path.join(sample, "pair.ndjson"), line(yoga) + line(core) + line({ source: hostile, external_id: hostile, start_time: hostile }));
const merge = (...more) => execFileSync(path.resolve(binary), ["merge", sample, "--out", out, ...more], { stdio: "ignore" });
const linesOf = (name) => fs.readFileSync(path.join(out, name), "utf8").trimEnd().split("\n").map((text) => JSON.parse(text));
merge();
const records = linesOf("records.ndjson"), groups = linesOf("groups.ndjson"), rejects = linesOf("rejects.ndjson");
assert.equal(groups.filter((g) => g.review).length, 2, "the data hold one pair in review");

// ---- what is asked of every page

/// Runs in the page: texts that are too small or too faint, and what sticks out to the side.
function faultsOfPage() {
    const faults = [];
    const parsed = (text) => {
        const numbers = text.match(/[\d.]+/g).map(Number);
        return text.startsWith("color(srgb") ? { rgb: numbers.slice(0, 3).map((v) => v * 255), alpha: numbers[3] ?? 1 } : { rgb: numbers.slice(0, 3), alpha: numbers[3] ?? 1 };
    };
    const luminance = ({ rgb }) => {
        const [r, g, b] = rgb.map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const color = parsed(getComputedStyle(at).backgroundColor);
            if (color.alpha === 1) return color;
        }
        return { rgb: [255, 255, 255] };
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement, box = element.getBoundingClientRect(), style = getComputedStyle(element);
        if (!node.textContent.trim() || element.matches("script, style, option, noscript, noscript *") || element.closest(".unseen, .skip") || box.width === 0 || style.visibility === "hidden") continue;
        const size = parseFloat(style.fontSize);
        if (size < 12 && size > 0) faults.push(`${size} px: ${node.textContent.slice(0, 40)}`);
        const front = luminance(parsed(element.namespaceURI.endsWith("svg") ? style.fill : style.color)), back = luminance(ground(element));
        const contrast = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
        const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        let opacity = 1;
        for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
        if (size > 0 && opacity === 1 && contrast < (large ? 3 : 4.5)) faults.push(`contrast ${contrast.toFixed(2)}: ${node.textContent.slice(0, 40)}`);
    }
    if (document.documentElement.scrollWidth > innerWidth) faults.push(`${document.documentElement.scrollWidth - innerWidth} px wider than the window`);
    return faults;
}

const browser = await launcher.launch({ executablePath: chromium, args: ["--no-sandbox"] });
const address = "file://" + path.join(out, "report.html");

async function open(options, hash = "") {
    const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"], ...options });
    const page = await context.newPage();
    page.faults = [];
    page.requests = [];
    page.on("console", (message) => { if (message.type() === "error" || message.type() === "warning") page.faults.push(message.text()); });
    page.on("pageerror", (error) => page.faults.push(error.message));
    page.on("request", (request) => page.requests.push(request.url()));
    await page.addInitScript(() => {
        window.shifted = 0;
        new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.shifted += e.value; }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(address + hash);
    return page;
}
const go = async (page, hash) => {
    await page.evaluate((to) => { location.hash = to; }, hash);
    await page.waitForFunction((to) => location.hash === to, hash);
    await page.waitForTimeout(120);
};
const counted = (page, selector) => page.locator(selector).count();

async function close(page) {
    assert.deepEqual(page.faults, [], "no error in the console");
    assert.deepEqual(page.requests.filter((url) => !url.startsWith("file://" + out)), [], "nothing is asked of any network");
    assert.equal(await page.evaluate(() => window.hacked), undefined, "no name became script");
    await page.context().close();
}

const tour = groups.findIndex((g) => g.members.some((m) => m.external_id === "computer/tour.fit"));
const wrongClock = groups.findIndex((g) => g.members.some((m) => m.external_id === "phone/commute.gpx"));
const yogaGroup = groups.findIndex((g) => g.members.some((m) => m.external_id === "yoga"));

const walks = {
    async "the first screen tells what came in and what it comes to"() {
        const page = await open({ viewport: { width: 1440, height: 900 } });
        const text = await page.locator("main").innerText();
        assert.match(text, new RegExp(`${records.length} records tell of ${groups.length} activities`));
        for (const tile of [records.length, groups.length, records.length - groups.length, 1, rejects.filter((r) => r.kind !== "skip").length])
            assert.ok((await page.locator(".tile-number").allInnerTexts()).includes(String(tile)), `a tile says ${tile}`);
        for (const service of ["FIT file", "Strava", "Fitbit"]) assert.ok(text.includes(service));
        assert.equal(await counted(page, ".year svg"), 1);
        assert.equal(await page.evaluate(() => window.shifted), 0, "nothing moves while the page appears");
        await close(page);
    },
    async "the list can be searched, filtered, sorted and walked by keyboard"() {
        const page = await open({ viewport: { width: 1440, height: 900 } }, "#/history");
        assert.equal(await counted(page, ".rows .row"), groups.length);
        await page.keyboard.press("/");
        await page.keyboard.type("canal");
        assert.equal(await counted(page, ".rows .row"), 1);
        await page.fill("#search", "");
        await page.selectOption("select[name=sport]", "running");
        const running = await counted(page, ".rows .row");
        assert.ok(running > 0 && running < groups.length);
        await page.selectOption("select[name=sport]", "");
        await page.selectOption("select[name=review]", "1");
        assert.equal(await counted(page, ".rows .row"), 2);
        await page.selectOption("select[name=review]", "");
        await page.fill("input[name=to]", "2024-06-04");
        assert.equal(await counted(page, ".rows .row"), 2);
        await page.fill("input[name=to]", "");
        await page.selectOption("select[name=size]", "4");
        assert.equal(await counted(page, ".rows .row"), groups.filter((g) => g.members.length >= 4).length);
        await page.selectOption("select[name=size]", "");
        await page.click(".c-distance .sort");
        assert.equal(await page.getAttribute(".c-distance", "aria-sort"), "descending");
        assert.match(await page.locator(".rows .row").first().innerText(), /61\.13/);
        await page.focus("#search");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await page.waitForSelector(".members");
        await page.keyboard.press("Escape");
        await page.waitForSelector(".rows");
        assert.match(page.url(), /sort=distance/, "the way back keeps the list as it was");
        await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
        assert.equal(await counted(page, ".paper tbody tr"), groups.length, "all rows go to paper");
        await close(page);
    },
    async "an activity shows members, parts, tracks, values and evidence"() {
        const page = await open({ viewport: { width: 1440, height: 900 } }, `#/activity/${tour}`);
        assert.equal(await counted(page, ".member"), 3);
        assert.equal(await counted(page, ".span-bar.part"), 2);
        assert.equal(await counted(page, ".track path.line"), 3);
        for (const d of await page.locator(".track path.line").evaluateAll((lines) => lines.map((l) => l.getAttribute("d")))) assert.ok(d.length > 1000, "a track is a track");
        assert.ok((await page.locator(".track path.halo").evaluateAll((halos) => halos.map((h) => h.getAttribute("d").length))).every((n) => n > 100), "the shared part is drawn");
        assert.equal(await counted(page, ".panel"), 3);
        const link = groups[tour].links[0];
        assert.equal(await counted(page, ".step:not(.total)"), link.evidence.length);
        const steps = await page.locator(".step:not(.total) .step-words > span").allInnerTexts();
        assert.deepEqual(steps, link.evidence.map((e) => e.saw), "the sentences are those of groups.ndjson");
        const weights = await page.locator(".step-weight").allInnerTexts();
        const numbers = weights.map((w) => Number(w.replace("\u2212", "-")));
        assert.equal(numbers.at(-1), link.weight);
        assert.equal(numbers.slice(0, -1).reduce((sum, w) => sum + w, 0).toFixed(2), link.weight.toFixed(2));
        await page.locator(".link").nth(1).locator("summary").click();
        await page.locator(".waterfall").nth(1).waitFor({ timeout: 5000 });  // drawn when it is opened
        const fields = Object.keys(linesOf("activities.ndjson").find((a) => a.external_id === groups[tour].group).provenance);
        assert.ok((await counted(page, ".fields tbody tr")) >= fields.length);
        const places = () => page.locator(".panel").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
        await page.setViewportSize({ width: 390, height: 844 });
        const atRest = await places();
        await page.hover(".series");
        assert.deepEqual(await places(), atRest, "values under the pointer move nothing");
        assert.equal(await page.locator(".dot[visibility=visible]").count() > 0, true, "a point in time is a point on the map");
        await close(page);
    },
    async "a wrong clock is set right before anything is drawn"() {
        const page = await open({ viewport: { width: 1440, height: 900 } }, `#/activity/${wrongClock}`);
        assert.match(await page.locator(".members").innerText(), /clock moved by \u22127/);
        const bars = await page.locator(".span-bar").evaluateAll((all) => all.map((b) => b.getBoundingClientRect().left));
        assert.ok(Math.abs(bars[0] - bars[1]) < 4, "the two spans begin together");
        await close(page);
    },
    async "a hostile name stays text"() {
        const page = await open({ viewport: { width: 1440, height: 900 } }, `#/activity/${yogaGroup}`);
        assert.equal(await page.locator("h1").innerText(), hostile);
        for (const hash of ["#/history", "#/review", "#/problems", "#/"]) await go(page, hash);
        assert.equal(await counted(page, "img"), 0);
        await close(page);
    },
    async "a pin that is copied decides the pair in the next run"() {
        const page = await open({ viewport: { width: 1440, height: 900 } }, "#/review");
        assert.equal(await counted(page, ".question"), 1);
        assert.match(await page.locator(".for-against").innerText(), /Speaks for[\s\S]*Speaks against/);
        await page.getByRole("button", { name: "They are one" }).click();
        await page.getByRole("button", { name: "Copy line" }).click();
        const pin = await page.evaluate(() => navigator.clipboard.readText());
        assert.deepEqual(JSON.parse(pin), { pin: "must", athlete_id: "me", a: { source: "garmin", external_id: "yoga" }, b: { source: "polar", external_id: "core" } });
        assert.ok(await page.locator("#tray").isVisible());
        await page.locator("details.more > summary").click();
        await page.locator(".question .waterfall").waitFor({ timeout: 5000 });
        await close(page);

        const pins = path.join(data, "pins.ndjson");
        fs.writeFileSync(pins, pin + "\n");
        merge("--pins", pins);
        assert.equal(linesOf("groups.ndjson").filter((g) => g.review).length, 0);
        fs.writeFileSync(pins, pin.replace("must", "cannot") + "\nnonsense\n");
        merge("--pins", pins);
        assert.equal(linesOf("groups.ndjson").filter((g) => g.review).length, 0);
        assert.equal(linesOf("groups.ndjson").length, groups.length);
        assert.equal(linesOf("rejects.ndjson").filter((r) => r.file === "pins.ndjson" && r.line === 2).length, 1);
        merge();
    },
    async "every page is legible, wide or narrow, light or dark"() {
        const pages = { overview: "#/", history: "#/history", activity: `#/activity/${tour}`, clock: `#/activity/${wrongClock}`, review: "#/review", problems: "#/problems" };
        for (const colorScheme of ["light", "dark"])
            for (const width of [390, 768, 1440]) {
                const page = await open({ viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme });
                for (const [name, hash] of Object.entries(pages)) {
                    await go(page, hash);
                    if (name === "review") await page.getByRole("button", { name: "They are two" }).click();
                    assert.deepEqual(await page.evaluate(faultsOfPage), [], `${name} at ${width} px, ${colorScheme}`);
                    if (shots && width !== 768) {
                        fs.mkdirSync(shots, { recursive: true });
                        await page.screenshot({ path: path.join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
                    }
                }
                await close(page);
            }
    },
};

let failed = 0;
for (const [name, walk] of Object.entries(walks)) {
    try {
        await walk();
        console.log(`ok      ${name}`);
    } catch (error) {
        ++failed;
        console.log(`FAILED  ${name}\n${error.message}`);
    }
}
await browser.close();
process.exit(failed === 0 ? 0 : 1);
