// When each record says it was: bars on one clock, parts below their whole, silences in the recording lighter.

const niceSteps = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800];

/// Whole steps of time that leave room for a label each.
function timeTicks(fromS, toS, width, roomPx) {
    const step = niceSteps.find((s) => ((toS - fromS) / s) * roomPx <= width) ?? niceSteps.at(-1);
    const ticks = [];
    for (let t = Math.ceil(fromS / step) * step; t <= toS; t += step) ticks.push(t);
    return ticks;
}

/// Wholes with their parts behind them: [{ member, depth, whole }].
function inOrderOfParts(members, links) {
    const wholeOf = new Map();
    for (const link of links) if (link.joined && link.relation === "part_of" && !wholeOf.has(link.a)) wholeOf.set(link.a, link.b);
    const out = [];
    const place = (member, depth) => {
        if (out.some((o) => o.member === member)) return;
        out.push({ member, depth, whole: members.find((m) => m.row === wholeOf.get(member.row)) });
        for (const part of members.filter((m) => wholeOf.get(m.row) === member.row).sort((x, y) => x.start - y.start)) place(part, depth + 1);
    };
    for (const member of members) if (!members.some((m) => m.row === wholeOf.get(member.row))) place(member, 0);
    for (const member of members) place(member, 1);
    return out;
}

/// Parts of a recording in which nothing was recorded for over two minutes, as [from, to] in ms since its start.
function silences(samples) {
    if (!samples) return [];
    const columns = ["lat", "hr", "power", "speed", "ele"].map((name) => samples[name]).filter(Boolean);
    const out = [];
    let from = -1;
    for (let i = 0; i <= samples.count; ++i) {
        const silent = i < samples.count && columns.every((c) => Number.isNaN(c[i]));
        if (silent && from < 0) from = i;
        if (silent || from < 0) continue;
        if ((i - from) * samples.step > 120000) out.push([samples.first + from * samples.step, samples.first + i * samples.step]);
        from = -1;
    }
    return out;
}

function memberChip(member) {
    return make("span", { class: "chip", style: { "--c": member.color } }, member.letter);
}

function spansView(members, links) {
    const least = Math.min(...members.map((m) => m.start)), most = Math.max(...members.map((m) => m.end), least + 60000);
    const leader = members[0];
    const offset = (valueOf(leader.row, "utc_offset_s") ?? 0) * 1000;
    const margin = (most - least) * 0.01, from = least - margin, wide = most - least + 2 * margin;
    const at = (ms) => `${((ms - from) / wide) * 100}%`;
    const axis = make("div", { class: "span-axis", "aria-hidden": "true" });
    paintWithWidth(axis, (width) => make("div", {}, timeTicks((from + offset) / 1000, (from + offset + wide) / 1000, width - 20, 62).map((t) =>
        make("span", { class: t * 1000 - offset - from < wide * 0.04 ? "first" : "", style: { left: at(t * 1000 - offset) } }, wide > 2 * dayMs ? isoDay(dayOf(t * 1000)).slice(5) : timeText(t * 1000)))));
    return make("div", { class: "spans" }, inOrderOfParts(members, links).map(({ member, depth, whole }) => {
        const length = (member.end - member.start) / 1000;
        const pauses = silences(member.samples).map(([a, b]) => make("i", { class: "silence", style: { left: `${(100 * a) / (member.end - member.start)}%`, width: `${(100 * (b - a)) / (member.end - member.start)}%` } }));
        const words = [timeText(member.start + offset) + " to " + timeText(member.end + offset), length > 0 ? clock(length) : "no duration", whole && `part of ${whole.letter}`, member.shift && `clock moved by ${clockShift(member.shift)}`];
        return make("div", { class: "span-row" },
            make("div", { class: "span-name", style: { "padding-left": `${depth * 18}px` } }, depth > 0 && make("span", { class: "elbow", "aria-hidden": "true" }), memberChip(member), make("span", { class: "cut" }, member.label)),
            make("div", { class: "span-track" }, make("div", { class: "span-bar" + (depth > 0 ? " part" : ""), style: { left: at(member.start), width: `${((member.end - member.start) / wide) * 100}%`, "--c": member.color } }, pauses)),
            make("div", { class: "span-words hint" }, words.filter(Boolean).join(" \u00b7 ")));
    }), make("div", { class: "span-row" }, make("div", { class: "span-name hint" }, valueOf(leader.row, "utc_offset_s") === null ? "UTC" : "local time"), make("div", { class: "span-track plain-axis" }, axis), make("div", { class: "span-words" })));
}
