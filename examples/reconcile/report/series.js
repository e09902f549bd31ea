// Heart rate, power, speed and elevation of all members over one time, each on its corrected clock.

const quantities = [
    { key: "hr", label: "Heart rate", unit: "bpm", factor: 1, decimals: 0 },
    { key: "power", label: "Power", unit: "W", factor: 1, decimals: 0 },
    { key: "speed", label: "Speed", unit: "km/h", factor: 3.6, decimals: 1 },
    { key: "ele", label: "Elevation", unit: "m", factor: 1, decimals: 0 },
];

function seriesView(members, spotlight, onTime) {
    const panels = quantities.map((q) => ({ ...q, members: members.filter((m) => m.samples?.[q.key] && m.samples[q.key].some((v) => !Number.isNaN(v))) })).filter((p) => p.members.length > 0);
    if (panels.length === 0) return null;
    const from = Math.min(...panels.flatMap((p) => p.members.map((m) => m.start + m.samples.first)));
    const to = Math.max(...panels.flatMap((p) => p.members.map((m) => m.start + m.samples.first + (m.samples.count - 1) * m.samples.step)), from + 1000);

    const box = make("div", { class: "series", tabindex: 0, role: "group", "aria-label": "Values over time. Arrow keys move the line" });
    const state = { ms: null };
    const setters = [];
    const show = (ms) => {
        state.ms = ms === null ? null : Math.max(from, Math.min(to, ms));
        for (const set of setters) set(state.ms);
        onTime(state.ms);
    };
    const left = 44, right = 8;
    let width = 0;
    paintWithWidth(box, (w) => {
        width = w;
        setters.length = 0;
        return make("div", {}, panels.map((p) => panelView(p, { from, to, width: w, left, right }, setters)), seriesAxis({ from, to, width: w, left, right }));
    }, () => spotlight.apply());
    const timeAt = (event) => from + ((event.clientX - box.getBoundingClientRect().left - left) / (width - left - right)) * (to - from);
    box.addEventListener("pointermove", (event) => show(timeAt(event)));
    box.addEventListener("pointerdown", (event) => show(timeAt(event)));
    box.addEventListener("pointerleave", () => show(null));
    box.addEventListener("blur", () => show(null));
    box.addEventListener("keydown", (event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (!by) return;
        event.preventDefault();
        show((state.ms ?? from) + (by * (to - from)) / 100);
    });
    const derived = panels.some((p) => p.key === "speed" && p.members.some((m) => m.samples.speedIsDerived));
    const drawn = members.filter((m) => panels.some((p) => p.members.includes(m)));
    return make("div", {}, spotlight.watch(box), make("p", { class: "legend" }, spotlight.watch(make("span", { class: "keys-of-lines" }, drawn.map((m) => spotlight.key(m, m.shift ? `, clock moved by ${clockShift(m.shift)}` : "")))),
        derived && make("span", { class: "hint" }, "Speed of ", panels.find((p) => p.key === "speed").members.filter((m) => m.samples.speedIsDerived).map((m) => m.letter).join(", "), " is made of their positions")));
}

const valueAt = (member, key, ms) => {
    const i = Math.round((ms - member.start - member.samples.first) / member.samples.step);
    const value = i >= 0 && i < member.samples.count ? member.samples[key][i] : NaN;
    return Number.isNaN(value) ? null : value;
};

function panelView(panel, { from, to, width, left, right }, setters) {
    const height = 104, top = 8, bottom = 8;
    let least = Infinity, most = -Infinity;
    for (const m of panel.members) for (const v of m.samples[panel.key]) if (v === v) {
        least = Math.min(least, v * panel.factor);
        most = Math.max(most, v * panel.factor);
    }
    const range = roundRange(least, most, 3);
    const x = (ms) => left + ((ms - from) / (to - from)) * (width - left - right);
    const y = (v) => height - bottom - ((v - range.from) / (range.to - range.from)) * (height - top - bottom);
    const ticks = [];
    for (let v = range.from; v <= range.to + range.step / 2; v += range.step) ticks.push(v);

    const pathOf = (m) => {
        const values = m.samples[panel.key];
        let path = "", last = -Infinity;
        for (let i = 0; i < values.length; ++i) {
            if (Number.isNaN(values[i])) continue;
            path += (i - last > 2 ? "M" : "L") + x(m.start + m.samples.first + i * m.samples.step).toFixed(1) + " " + y(values[i] * panel.factor).toFixed(1);
            last = i;
        }
        return path;
    };
    const line = draw("line", { y1: 0, y2: height, class: "cursor", visibility: "hidden" });
    // As many cells of one width at rest as under the pointer, so that nothing moves.
    const readout = make("span", { class: "readout" });
    const cells = (hint, valueOf) => readout.replaceChildren(make("span", { class: "hint" }, hint), ...panel.members.map((m) => {
        const value = valueOf(m);
        return make("span", {}, `${m.letter} ${value === null ? "\u2013" : digits(value * panel.factor, panel.decimals)}`);
    }));
    const averages = new Map(panel.members.map((m) => {
        const values = m.samples[panel.key].filter((v) => v === v);
        return [m, values.reduce((sum, v) => sum + v, 0) / values.length];
    }));
    const rest = () => cells("average", (m) => averages.get(m));
    setters.push((ms) => {
        line.setAttribute("visibility", ms === null ? "hidden" : "visible");
        if (ms === null) return rest();
        line.setAttribute("x1", x(ms));
        line.setAttribute("x2", x(ms));
        cells(clock((ms - from) / 1000), (m) => valueAt(m, panel.key, ms));
    });
    rest();
    return make("div", { class: "panel" },
        make("p", { class: "panel-head" }, make("span", {}, make("b", {}, panel.label), " ", make("span", { class: "hint" }, panel.unit)), readout),
        draw("svg", { width, height, role: "img", "aria-label": `${panel.label} over time` },
            ticks.map((v) => [draw("line", { x1: left, x2: width - right, y1: y(v), y2: y(v), class: "grid" }), draw("text", { x: left - 6, y: y(v) + 4, "text-anchor": "end", class: "tick" }, digits(v, range.step < 1 ? 1 : 0))]),
            [...panel.members].reverse().map((m) => draw("path", { d: pathOf(m), class: "line", "data-member": m.letter, "stroke-dasharray": m.dash, style: { "--c": m.color, "stroke-width": 1.6 } })), line));
}

function seriesAxis({ from, to, width, left, right }) {
    const ticks = timeTicks(0, (to - from) / 1000, width - left - right, 64);
    return draw("svg", { width, height: 20, "aria-hidden": "true" }, ticks.map((t) => {
        const x = left + (t / ((to - from) / 1000)) * (width - left - right);
        return draw("text", { x: Math.min(x, width - right - 22), y: 14, "text-anchor": t === 0 ? "start" : "middle", class: "tick" }, clock(t).replace(/:00$/, "").replace(/^(\d+)$/, "$1:00"));
    }));
}
