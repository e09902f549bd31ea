// The data of the page as objects: records, groups of them, links between them, findings.
const data = JSON.parse(document.getElementById("data").textContent);
const texts = data.texts;

/// Columns of one table; each is read when it is first asked for.
class Table {
    constructor(table) {
        this.count = table.count;
        this.kept = table;
        this.columns = new Map();
    }
    column(name, read) {
        if (!this.columns.has(name)) {
            const reader = new CompactReader(this.kept[name] ?? "A".repeat(this.count));
            this.columns.set(name, Array.from({ length: this.count }, () => read(reader)));
        }
        return this.columns.get(name);
    }
    text(name) { return this.column(name, (r) => texts[r.whole()]); }
    whole(name) { return this.column(name, (r) => r.whole()); }
    number(name) { return this.column(name, (r) => r.number()); }
    /// Each kept as the difference to the one before.
    instants(name) {
        let now = 0;
        return this.column(name, (r) => (now += r.number() ?? 0));
    }
}

const records = new Table(data.records);
const scales = { milli: 1000, duration: 1000, degree: 1e5, whole: 1 };

/// The value of a field in a record: text, number in the unit of the interchange format, instant in ms, or null.
function valueOf(row, field) {
    const kind = fields[field].kind;
    if (kind === "text") return records.text(field)[row] || null;
    if (kind === "instant") return records.instants(field)[row];
    if (kind === "samples") return records.whole("points")[row] || null;
    const value = records.number(field)[row];
    return value === null ? null : value / scales[kind];
}

/// The same in words.
function shownValue(row, field) {
    const value = valueOf(row, field);
    if (value === null) return null;
    if (field === "start_time") return instantText(value, valueOf(row, "utc_offset_s"));
    if (fields[field].kind === "samples") return countOf(value, "point");
    return fields[field].show ? fields[field].show(value) : String(value);
}

const known = (row, field) => {
    const value = valueOf(row, field);
    return value === 0 ? null : value;  // a 0 counts as unknown in totals
};
const sourceOf = (row) => records.text("source")[row];
const idOf = (row) => records.text("external_id")[row];
const athleteOf = (row) => records.text("athlete_id")[row];
const startOf = (row) => records.instants("start_time")[row];
const lengthOf = (row) => known(row, "elapsed_time_s") ?? known(row, "timer_time_s") ?? known(row, "moving_time_s");
const localStartOf = (row) => startOf(row) + (valueOf(row, "utc_offset_s") ?? 0) * 1000;
const pathsOf = (row) => lines(records.text("from")[row] || idOf(row));

/// A service, or the kind of file and the service it is said to come from.
function serviceOf(row) {
    const from = lines(records.text("origin")[row])[0];
    const source = sourceOf(row);
    return source.endsWith("_file") && from ? `${sourceName(source)}, ${sourceName(from)}` : sourceName(source);
}

/// "starts 41 s apart": the text has U+0001 where the numbers go.
function readPhrase(reader) {
    return texts[reader.whole()].replace(/\x01/g, () => String(reader.whole()));
}

const linkHeads = data.links.map((text) => {
    if (!text) return null;
    const reader = new CompactReader(text);
    return { a: reader.whole(), b: reader.whole(), relation: texts[reader.whole()], joined: reader.whole() === 1, shift: reader.number(), reader };
});

/// A link with its evidence; weights in 1/100 bit, `shift` in seconds to add to b's clock.
function linkOf(id) {
    const { reader, ...head } = linkHeads[id];
    const more = new CompactReader(reader.text);
    more.at = reader.at;
    const why = readPhrase(more);
    const evidence = Array.from({ length: more.whole() }, () => ({ of: texts[more.whole()], weight: more.number(), saw: readPhrase(more) }));
    return { id, ...head, why, evidence, weight: evidence.reduce((sum, e) => sum + e.weight, 0) };
}

const choicesRead = new Map();
/// Which member gave which field: { members, fields: [{ name, rule, position, contributors, alternatives }] }, by position in the group.
function choicesOf(id) {
    if (!choicesRead.has(id)) {
        const reader = new CompactReader(data.choices[id]);
        const positions = () => reader.wholes(reader.whole());
        const members = positions();
        const chosen = Array.from({ length: reader.whole() }, () => ({
            name: texts[reader.whole()], rule: texts[reader.whole()], position: reader.whole(), contributors: positions(), alternatives: positions(),
        }));
        choicesRead.set(id, { members, fields: chosen, at: new Map(chosen.map((c) => [c.name, c.position])) });
    }
    return choicesRead.get(id);
}

/// Groups in order of time; rows leader first.
const groups = (() => {
    const table = new Table(data.groups);
    const rows = new CompactReader(data.groups.rows ?? ""), links = new CompactReader(data.groups.links ?? ""), choices = new CompactReader(data.groups.choices ?? "");
    return table.whole("size").map((size, index) => {
        const group = {
            index, rows: rows.wholes(size), links: links.wholes(table.whole("link_count")[index]), choices: choices.wholes(table.whole("choice_count")[index]),
        };
        group.review = group.links.some((id) => !linkHeads[id].joined);
        return group;
    });
})();

const groupOfRow = new Int32Array(records.count);
for (const group of groups) for (const row of group.rows) groupOfRow[row] = group.index;

/// The value of a field in the merged record of a group.
function mergedRow(group, field) {
    const position = choicesOf(group.choices[0]).at.get(field);
    return position === undefined ? null : group.rows[position];
}
function merged(group, field) {
    const row = mergedRow(group, field);
    return row === null ? null : valueOf(row, field);
}

/// What lists and calendars need of every group.
for (const group of groups) {
    const row = mergedRow(group, "start_time") ?? group.rows[0];
    const offset = merged(group, "utc_offset_s");
    group.start = startOf(row);
    group.local = group.start + (offset ?? 0) * 1000;
    group.offset = offset;
    group.day = dayOf(group.local);
    group.sport = merged(group, "activity_type") ?? "";
    group.name = merged(group, "name") ?? "";
    group.distance = merged(group, "distance_m");
    group.seconds = merged(group, "elapsed_time_s") ?? merged(group, "timer_time_s") ?? merged(group, "moving_time_s");
    group.sources = [...new Set(group.rows.map(sourceOf))];
}
const reviewLinks = linkHeads.flatMap((link, id) => (link && !link.joined ? [id] : []));
const manyAthletes = new Set(groups.map((g) => athleteOf(g.rows[0]))).size > 1;

/// A recording as it is drawn, or null. Speed that no sensor gave is made of the positions.
const samplesRead = new Map();
function samplesOf(row) {
    if (!samplesRead.has(row)) {
        const samples = readSamples(data.samples[row]);
        if (samples?.lat && !samples.speed) samples.speed = speedFrom(samples);
        samplesRead.set(row, samples);
    }
    return samplesRead.get(row);
}

const metersPerDegree = 111195;
function metersBetween(lat1, lon1, lat2, lon2) {
    const east = (lon2 - lon1) * Math.cos(((lat1 + lat2) * Math.PI) / 360);
    return Math.hypot(lat2 - lat1, east) * metersPerDegree;
}
function speedFrom(samples) {
    const { lat, lon, count, step } = samples;
    const over = Math.max(2, Math.round(20000 / step));  // over 40 s at least: the noise of positions is not speed
    samples.speedIsDerived = true;
    return Float64Array.from({ length: count }, (_, i) => {
        const from = Math.max(0, i - over), to = Math.min(count - 1, i + over);
        return metersBetween(lat[from], lon[from], lat[to], lon[to]) / (((to - from) * step) / 1000);
    });
}

/// Seconds to add to each row's clock so that linked recordings agree; the first row's clock is left alone.
function clockCorrections(rows, links) {
    const correction = new Map([[rows[0], 0]]);
    const waiting = [rows[0]];
    while (waiting.length > 0) {
        const at = waiting.shift();
        for (const link of links) {
            const other = link.a === at ? link.b : link.b === at ? link.a : null;
            if (other === null || correction.has(other)) continue;
            correction.set(other, correction.get(at) + (link.a === at ? link.shift : -link.shift));
            waiting.push(other);
        }
    }
    return rows.map((row) => correction.get(row) ?? 0);
}

const dashes = ["", "", "7 3", "2 3", "9 3 2 3"];

/// The source, and what tells this record from the others of that source: device, sport, or the end of its id.
function labelAmong(row, rows) {
    const same = rows.filter((other) => sourceOf(other) === sourceOf(row));
    const source = sourceName(sourceOf(row));
    if (same.length === 1) return source;
    const traits = [(r) => deviceName(records.text("device")[r], false), (r) => shownValue(r, "activity_type")?.toLowerCase(), (r) => idOf(r).split("/").at(-1).slice(-24)];
    const trait = traits.find((of) => new Set(same.map(of)).size > 1) ?? traits[2];
    return [source, trait(row)].filter(Boolean).join(", ");
}

/// Records as they are compared: a letter, a colour, times on one clock.
function membersOf(rows, links) {
    const shifts = clockCorrections(rows, links);
    return rows.map((row, i) => {
        const start = startOf(row) + shifts[i] * 1000;
        const samples = samplesOf(row);
        const recorded = samples ? (samples.first + (samples.count - 1) * samples.step) / 1000 : 0;
        const label = labelAmong(row, rows);
        return {
            row, label, letter: letterOf(i), color: `var(--m${i % 8})`, dash: dashes[Math.min(i, dashes.length - 1)], shift: shifts[i], start, end: start + (lengthOf(row) ?? recorded) * 1000, samples,
        };
    });
}
const letterOf = (i) => (i < 26 ? "" : letterOf(Math.floor(i / 26) - 1)) + String.fromCharCode(65 + (i % 26));

const findings = new Table(data.findings);
function findingAt(i) {
    const text = (name) => findings.text(name)[i];
    const number = (name) => findings.number(name)[i];
    const places = [
        number("line") !== null && `line ${number("line")}`, number("offset") !== null && `byte ${digits(number("offset"))}`, text("pointer"),
    ];
    return {
        kind: text("kind"), code: text("code"), file: text("file"), place: places.filter(Boolean).join(", "), source: text("source"), id: text("external_id"),
        field: text("field"), reason: text("reason"),
    };
}
const findingCounts = (() => {
    const counts = { reject: 0, salvage: 0, skip: 0 };
    for (const kind of findings.text("kind")) ++counts[kind];
    return counts;
})();
