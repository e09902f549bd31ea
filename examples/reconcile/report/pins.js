// Pins: what the athlete decides about a pair, as a line that `coincide merge --pins FILE` honours.

const pinLine = (kind, link) => JSON.stringify({ pin: kind, athlete_id: athleteOf(link.a), a: identityOf(link.a), b: identityOf(link.b) });
const identityOf = (row) => ({ source: sourceOf(row), external_id: idOf(row) });

/// What was decided on this page, by link. It lasts as long as the page is open.
const decided = new Map();

function decide(link, kind) {
    if (kind) decided.set(link.id, pinLine(kind, link));
    else decided.delete(link.id);
    paintTray();
}

function paintTray() {
    const tray = document.getElementById("tray");
    tray.hidden = decided.size === 0;
    if (tray.hidden) return;
    const all = () => [...decided].sort((x, y) => x[0] - y[0]).map(([, line]) => line + "\n").join("");
    const save = make("button", { type: "button", on: { click: () => {
        const link = make("a", { href: URL.createObjectURL(new Blob([all()], { type: "application/x-ndjson" })), download: "pins.ndjson" });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    } } }, "Save as pins.ndjson");
    tray.replaceChildren(make("p", {}, make("b", {}, `${countOf(decided.size, "pin")} decided. `), make("span", { class: "then" }, "Then run "), make("code", {}, "coincide merge \u2026 --pins pins.ndjson")), make("div", { class: "tray-buttons" }, copyButton("Copy all", all), save));
}

/// Two answers, and the line that says the chosen one.
function pinChooser(link, { joined = false } = {}) {
    const line = make("code", { class: "pin-line" });
    const box = make("div", { class: "pin-box", hidden: true }, line, copyButton("Copy line", () => line.textContent));
    const buttons = [["must", "They are one"], ["cannot", "They are two"]].filter(([kind]) => !joined || kind === "cannot").map(([kind, words]) =>
        make("button", { type: "button", class: "choice", "aria-pressed": "false", on: { click: () => choose(kind) } }, words));
    const kinds = joined ? ["cannot"] : ["must", "cannot"];
    let chosen = null;
    function show() {
        buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(kinds[i] === chosen)));
        box.hidden = chosen === null;
        line.textContent = chosen ? pinLine(chosen, link) : "";
    }
    function choose(kind) {
        chosen = chosen === kind ? null : kind;
        show();
        decide(link, chosen);
    }
    if (decided.has(link.id)) chosen = JSON.parse(decided.get(link.id)).pin;
    show();
    return make("div", { class: "pins" }, make("div", { class: "pin-choices" }, buttons), box);
}
