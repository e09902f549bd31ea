// The tracks of the members over each other, on plain ground: a scale, starts and ends, and what they share.

const sharedMeters = 50;  // what the matching takes for one place
const comparedMax = 24;   // tracks that one is compared with: a group of hundreds must still open

/// Steps of a member at which another one is at the same place at the same time, on corrected clocks.
function sharedSteps(member, others) {
    const { lat, lon, count, first, step } = member.samples;
    const out = new Uint8Array(count);
    for (const other of others.slice(0, comparedMax)) {
        const s = other.samples;
        const offset = member.start - other.start + first - s.first;  // ms from the other's first step to mine
        for (let i = 0; i < count; ++i) {
            if (out[i]) continue;
            const at = (offset + i * step) / s.step, k = Math.floor(at), part = at - k;
            if (k < 0 || k + 1 >= s.count) continue;
            const here = metersBetween(lat[i], lon[i], s.lat[k] + (s.lat[k + 1] - s.lat[k]) * part, s.lon[k] + (s.lon[k + 1] - s.lon[k]) * part);
            if (here <= sharedMeters + Math.min(50, (member.samples.quantum + s.quantum) * metersPerDegree)) out[i] = 1;
        }
    }
    return out;
}

const middleOf = (values) => {
    let least = Infinity, most = -Infinity;
    for (const v of values) if (v < least) least = v; else if (v > most) most = v;
    return { least, most: Math.max(least, most), middle: (least + Math.max(least, most)) / 2 };
};

/// Tracks that lie far apart (a game's island and the room it was ridden in) get a drawing each.
function tracksByPlace(members) {
    const places = [];
    for (const member of members) {
        if (!member.samples?.lat) continue;
        const lat = middleOf(member.samples.lat), lon = middleOf(member.samples.lon);
        if (!Number.isFinite(lat.middle) || !Number.isFinite(lon.middle)) continue;
        const reach = metersBetween(lat.least, lon.least, lat.most, lon.most);
        const near = places.find((p) => metersBetween(p.lat, p.lon, lat.middle, lon.middle) < Math.max(p.reach, reach) + 5000);
        if (near) near.members.push(member);
        else places.push({ lat: lat.middle, lon: lon.middle, reach, members: [member] });
    }
    return places.map((p) => p.members);
}

/// { element, mark(ms) }: the drawing, and a way to show where everybody was at an instant of the corrected clock.
function trackView(members, spotlight) {
    const marks = [];
    const box = make("div", { class: "track" });
    paintWithWidth(box, (width) => {
        marks.length = 0;
        const height = Math.round(Math.max(260, Math.min(420, width * 0.72)));
        return trackDrawing(members, width, height, marks);
    }, () => spotlight.apply());
    const several = members.length > 1;
    const share = several ? sharedSteps(members[0], members.slice(1)) : null;
    const sharedPart = share ? share.reduce((n, s) => n + s, 0) / Math.max(1, members[0].samples.lat.reduce((n, v) => n + !Number.isNaN(v), 0)) : 0;
    const element = make("div", {}, spotlight.watch(box), make("p", { class: "legend" },
        spotlight.watch(make("span", { class: "keys-of-lines" }, members.map((m) => spotlight.key(m)))),
        several && make("span", {}, make("i", { class: "key shared" }), `shared: same place at the same time (${Math.round(sharedPart * 100)} % of ${members[0].letter})`),
        make("span", {}, endKey("start"), "start"), make("span", {}, endKey("end"), "end")));
    return { element, mark: (ms) => { for (const set of marks) set(ms); } };
}

/// Lines that lie on each other show as stripes: the leader is the widest, at the bottom; the others have a pale edge.
const lineWidth = (i, count) => (count < 2 ? 3.5 : 8.5 - (6 * i) / (count - 1));
const lineKey = (member) => draw("svg", { width: 26, height: 10, "aria-hidden": "true" }, draw("line", { x1: 1, x2: 25, y1: 5, y2: 5, class: "line", "stroke-dasharray": member.dash, style: { "--c": member.color } }));
const endKey = (kind) => draw("svg", { width: 12, height: 12, "aria-hidden": "true" }, endMark(kind, 6, 6, "currentColor"));
function endMark(kind, x, y, color) {
    return kind === "start" ? draw("circle", { cx: x, cy: y, r: 4.5, class: "end-mark", style: { "--c": color } }) : draw("rect", { x: x - 4.5, y: y - 4.5, width: 9, height: 9, class: "end-mark", style: { "--c": color } });
}

function trackDrawing(members, width, height, marks) {
    const lats = members.map((m) => middleOf(m.samples.lat)), lons = members.map((m) => middleOf(m.samples.lon));
    const south = Math.min(...lats.map((l) => l.least)), north = Math.max(...lats.map((l) => l.most));
    const west = Math.min(...lons.map((l) => l.least)), east = Math.max(...lons.map((l) => l.most));
    const flat = Math.cos(((south + north) * Math.PI) / 360);
    const margin = 30, foot = 22;  // scale and north have the foot for themselves
    const degrees = Math.max((east - west) * flat / (width - 2 * margin), (north - south) / (height - 2 * margin - foot), 20 / metersPerDegree / width);  // a pixel
    const x = (lon) => width / 2 + ((lon - (west + east) / 2) * flat) / degrees;
    const y = (lat) => (height - foot) / 2 - (lat - (south + north) / 2) / degrees;
    const xy = (m, i) => `${x(m.samples.lon[i]).toFixed(1)} ${y(m.samples.lat[i]).toFixed(1)}`;

    const pathOf = (m, wanted) => {
        let path = "", pen = false;
        for (let i = 0; i < m.samples.count; ++i) {
            if (Number.isNaN(m.samples.lat[i]) || (wanted && !wanted[i])) {
                pen = pen && !wanted;  // a line goes on over a silence, the shared part does not
                continue;
            }
            path += (pen ? "L" : "M") + xy(m, i);
            pen = true;
        }
        return path;
    };
    const halos = members.length > 1 ? members.map((m, i) => draw("path", { d: pathOf(m, sharedSteps(m, members.filter((_, k) => k !== i))), class: "halo" })) : [];
    const casings = (m, i) => i > 0 && draw("path", { d: pathOf(m), class: "casing", "data-member": m.letter, style: { "stroke-width": lineWidth(i, members.length) + 1.8 } });
    const lines = members.map((m, i) => [casings(m, i), draw("path", { d: pathOf(m), class: "line", "data-member": m.letter, "stroke-dasharray": m.dash, style: { "--c": m.color, "stroke-width": lineWidth(i, members.length) } })]);

    const ends = [], labels = [];
    for (const kind of ["end", "start"]) {
        for (const m of [...members].reverse()) {
            const known = [...m.samples.lat.keys()].filter((i) => !Number.isNaN(m.samples.lat[i]));
            const i = kind === "start" ? known[0] : known.at(-1);
            const px = x(m.samples.lon[i]), py = y(m.samples.lat[i]);
            ends.push(endMark(kind, px, py, m.color));
            const near = labels.find((l) => l.kind === kind && Math.hypot(l.x - px, l.y - py) < 16);
            if (near) near.letters.unshift(m.letter);
            else labels.push({ kind, x: px, y: py, letters: [m.letter] });
        }
    }
    const taken = [];
    const placed = labels.map((l) => {
        const words = members.length > 1 ? `${l.letters.join(" ")} ${l.kind}` : l.kind;
        const long = words.length * 7.2;
        const places = [[9, -8], [9, 17], [-9 - long, -8], [-9 - long, 17], [9, -24], [9, 33]].map(([dx, dy]) => ({ x: l.x + dx, y: l.y + dy }));
        const free = (p) => p.x > 2 && p.x + long < width - 2 && p.y > 14 && !taken.some((t) => p.x < t.x + t.long && t.x < p.x + long && Math.abs(t.y - p.y) < 15);
        const at = places.find(free) ?? places[0];
        taken.push({ ...at, long });
        return draw("text", { x: at.x, y: at.y, class: "end-label" }, words);
    });

    const dots = members.map((m) => {
        const dot = draw("circle", { r: 6, class: "dot", visibility: "hidden", style: { "--c": m.color } });
        marks.push((ms) => {
            const i = ms === null ? -1 : Math.round((ms - m.start - m.samples.first) / m.samples.step);
            const there = i >= 0 && i < m.samples.count && !Number.isNaN(m.samples.lat[i]);
            dot.setAttribute("visibility", there ? "visible" : "hidden");
            if (there) dot.setAttribute("transform", `translate(${x(m.samples.lon[i])} ${y(m.samples.lat[i])})`);
        });
        return dot;
    });

    const metersAPixel = degrees * metersPerDegree;
    const scale = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000, 500000, 1e6].find((m) => m / metersAPixel > 48) ?? 1e6;
    const long = scale / metersAPixel;
    return draw("svg", { width, height, role: "img", "aria-label": `Tracks of ${members.map((m) => `${m.letter} (${m.label})`).join(", ")}, north up; the bar is ${distance(scale)}` },
        halos, lines, ends, placed, dots,
        draw("g", { class: "scale", transform: `translate(14 ${height - 14})` }, draw("path", { d: `M0 -6V0H${long}V-6` }), draw("text", { x: long + 8, y: 1 }, scale < 1000 ? `${scale} m` : `${scale / 1000} km`)),
        draw("g", { class: "scale", transform: `translate(${width - 34} ${height - 14})` }, draw("path", { d: "M0 0V-16M-4.5 -11L0 -17L4.5 -11" }), draw("text", { x: 9, y: -1 }, "N")));
}
