// Elements. Text goes in as text nodes only: nothing that a record holds can become markup or script.

/// make("a", { href: "#/", class: "brand" }, "coincide"); `on` holds listeners, `style` custom properties and positions.
function make(tag, attributes = {}, ...children) {
    return filled(document.createElement(tag), attributes, children);
}

/// The same for vector drawings.
function draw(tag, attributes = {}, ...children) {
    return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function filled(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
        if (value === undefined || value === null || value === false) continue;
        if (name === "on") for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
        else if (name === "style") for (const [key, text] of Object.entries(value)) element.style.setProperty(key, text);
        else element.setAttribute(name, value === true ? "" : value);
    }
    for (const child of children.flat(Infinity)) {
        if (child === undefined || child === null || child === false) continue;
        element.append(child instanceof Node ? child : String(child));
    }
    return element;
}

const unpainted = new Set();

/// Calls `paint(width)` when the element has a width, and whenever that changes; what it draws replaces what was there.
function paintWithWidth(element, paint, after = () => {}) {
    let last = 0;
    const repaint = () => {
        const width = Math.floor(element.clientWidth);
        if (width === last || width === 0) return;
        last = width;
        unpainted.delete(repaint);
        element.replaceChildren(paint(width));
        after();
    };
    unpainted.add(repaint);
    new ResizeObserver(repaint).observe(element);
    return element;
}

/// Paints at once what was just put into the page, so that nothing moves when it appears.
function paintNow() {
    for (const repaint of [...unpainted]) repaint();
}

/// Content that is made when it is first opened.
function folded(summary, content, { open = false, ...attributes } = {}) {
    const box = make("details", attributes, make("summary", {}, summary));
    const fill = () => {
        if (!box.open || box.childElementCount > 1) return;
        box.append(content());
        paintNow();
    };
    box.addEventListener("toggle", fill);
    if (open) {
        box.open = true;
        fill();
    }
    return box;
}

/// Adds `show(item)` for the first items to a box, and a button for the next ones; both come back.
function inPortions(box, items, show, first, next) {
    const more = make("p", { class: "more-items" });
    let shown = 0;
    const add = () => {
        const some = items.slice(shown, shown + (shown === 0 ? first : next));
        shown += some.length;
        box.append(...some.map(show));
        paintNow();
        const left = items.length - shown;
        more.replaceChildren(left > 0 ? make("button", { type: "button", on: { click: add } }, `Show ${Math.min(next, left)} more of ${digits(left)}`) : "");
        more.hidden = left === 0;
    };
    add();
    return [box, more];
}

/// Tells readers of the screen, not of the page.
function say(text) {
    document.getElementById("said").textContent = text;
}

async function copyText(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        const box = make("textarea", { class: "unseen", readonly: true });
        box.value = text;
        document.body.append(box);
        box.select();
        const done = document.execCommand("copy");
        box.remove();
        return done;
    }
}

/// A button that copies, and says so without changing its size.
function copyButton(label, text, attributes = {}) {
    const button = make("button", { type: "button", class: "copy", ...attributes }, make("span", {}, label), make("span", { "aria-hidden": "true" }, "Copied"));
    button.addEventListener("click", async () => {
        const done = await copyText(text());
        say(done ? "Copied" : "The browser did not allow copying: select the line and copy it");
        button.classList.toggle("done", done);
        setTimeout(() => button.classList.remove("done"), 1600);
    });
    return button;
}
