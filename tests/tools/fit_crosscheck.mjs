// SPDX-License-Identifier: BSL-1.0
//
// Compares our FIT decoder with the maker's own: the same files through @garmin/fitsdk, difference by difference.
//
//     npm install @garmin/fitsdk
//     coincide merge FOLDER --with-tracks --out OUT
//     node tests/tools/fit_crosscheck.mjs OUT/records.ndjson FOLDER/a.fit FOLDER/b.fit.gz ...
//
// Compared are, for every session: start, elapsed, timer, distance and sport; for the file: the number of samples and
// positions, and every sample's time, position, heart rate, power and cadence. Samples with equal times are folded first, as
// the library does. A file that the SDK itself cannot read, wholly or partly, is listed as skipped.
// Exit 0: all equal; 1: differences.
import { Decoder, Profile, Stream } from "@garmin/fitsdk";
import fs from "node:fs";
import readline from "node:readline";
import zlib from "node:zlib";

const [recordsPath, ...files] = process.argv.slice(2);
if (!recordsPath || files.length === 0) {
    console.error("usage: fit_crosscheck.mjs RECORDS.NDJSON FILE.fit...");
    process.exit(2);
}

const day = 86400;
const snake = (name) => String(name).replace(/[A-Z]/g, (c) => "_" + c.toLowerCase());
const seconds = (date) => (date instanceof Date ? date.getTime() / 1000 : undefined);
const degrees = (semicircles) => (semicircles === undefined ? undefined : (semicircles * 180) / 2 ** 31);
const known = (v) => (typeof v === "number" && Number.isFinite(v) ? v : undefined);

/// Records by path: { whole, legs }. An external_id is the path, with #2, #3 ... for further activities of the file.
async function readOurs(path) {
    const byPath = new Map();
    for await (const line of readline.createInterface({ input: fs.createReadStream(path) })) {
        const record = JSON.parse(line);
        if (record.source !== "fit_file") continue;
        const [id] = record.external_id.split("#");
        if (!byPath.has(id)) byPath.set(id, []);
        byPath.get(id).push(record);
    }
    return byPath;
}

/// The longest id that the path ends with.
function recordsOf(byPath, path) {
    let best;
    for (const id of byPath.keys())
        if ((path === id || path.endsWith("/" + id)) && (!best || id.length > best.length)) best = id;
    return best === undefined ? [] : byPath.get(best);
}

function readTheirs(path) {
    let bytes = fs.readFileSync(path);
    if (path.endsWith(".gz")) bytes = zlib.gunzipSync(bytes);
    // Components stay unexpanded: the enhanced fields are read by hand, as we do.
    const asStored = {
        mergeHeartRates: false, expandComponents: false, expandSubFields: false, convertTypesToStrings: false,
    };
    const { messages, errors } = new Decoder(Stream.fromBuffer(bytes)).read(asStored);
    const samples = (messages.recordMesgs ?? []).filter((m) => m.timestamp).map((m) => ({
        t: seconds(m.timestamp),
        lat: degrees(m.positionLat),
        lon: degrees(m.positionLong),
        hr: known(m.heartRate),
        power: known(m.power),
        cadence: known(m.cadence) === undefined ? known(m.cadence256) : m.cadence + (known(m.fractionalCadence) ?? 0),
    }));
    return { sessions: messages.sessionMesgs ?? [], samples, errors };
}

/// What the library promises of a track: ascending, one sample a time stamp, positions that can be ones.
function tidy(samples, from, to) {
    const folded = new Map();
    for (const s of samples) {
        if (s.t < from - day || s.t > to + day) continue;
        const good = s.lat !== undefined && s.lon !== undefined && Math.abs(s.lat) <= 90 && !(s.lat === 0 && s.lon === 0);
        const sample = good ? { ...s } : { ...s, lat: undefined, lon: undefined };
        const before = folded.get(s.t);
        if (!before) folded.set(s.t, sample);
        else for (const key of Object.keys(sample)) before[key] ??= sample[key];
    }
    return [...folded.values()].sort((a, b) => a.t - b.t);
}

function sportNames(session) {
    const name = (table, number) => (number === undefined ? undefined : snake(Profile.types[table][number] ?? number));
    return [name("sport", session.sport), name("subSport", session.subSport)].filter((n) => n !== undefined).join("/");
}

function compare(ours, theirs) {
    const differences = [];
    const differ = (what, a, b, tolerance) => {
        const equal = a === undefined || b === undefined || typeof a === "string" ? a === b : Math.abs(a - b) <= tolerance;
        if (!equal) differences.push(`${what}: ours ${a}, SDK ${b}`);
    };
    const parents = new Set(ours.map((r) => r.parent_id).filter(Boolean));
    const tops = ours.filter((r) => !r.parent_id);
    const startOf = (record) => Date.parse(record.start_time);
    const sessions = ours.filter((r) => !parents.has(r.external_id)).sort((a, b) => startOf(a) - startOf(b));
    const expected = theirs.sessions.filter((s) => s.startTime).sort((a, b) => a.startTime - b.startTime);
    if (expected.length > 0) {
        differ("sessions", sessions.length, expected.length, 0);
        expected.slice(0, sessions.length).forEach((s, i) => {
            const r = sessions[i];
            differ(`session ${i + 1} start`, Date.parse(r.start_time) / 1000, seconds(s.startTime), 0.001);
            differ(`session ${i + 1} elapsed`, r.elapsed_time_s, s.totalElapsedTime, 0.0011);
            differ(`session ${i + 1} timer`, r.timer_time_s, s.totalTimerTime, 0.0011);
            differ(`session ${i + 1} distance`, r.distance_m, s.totalDistance, 0.011);
            differ(`session ${i + 1} sport`, r.source_activity_type ?? "", sportNames(s), 0);
        });
    }
    if (tops.length !== 1) return differences;  // sessions far apart share the samples out: nothing to compare file by file
    const whole = tops[0];
    const start = Date.parse(whole.start_time) / 1000;
    const track = whole.track ?? whole.streams ?? { t: [] };
    const samples = tidy(theirs.samples, start, start + (whole.elapsed_time_s ?? 0));
    const at = (key, i) => track[key]?.[i] ?? undefined;
    const positions = (track.lat ?? []).filter((v) => v !== null).length;
    differ("samples", track.t.length, samples.length, 0);
    differ("positions", positions, samples.filter((s) => s.lat !== undefined).length, 0);
    const tolerance = { lat: 6e-8, lon: 6e-8, hr: 0.001, power: 0.001, cadence: 0.001 };
    for (let i = 0; i < Math.min(samples.length, track.t.length) && differences.length < 20; ++i) {
        differ(`sample ${i} time`, start + track.t[i], samples[i].t, 0.001);
        for (const key of Object.keys(tolerance)) differ(`sample ${i} ${key}`, at(key, i), samples[i][key], tolerance[key]);
    }
    return differences;
}

const byPath = await readOurs(recordsPath);
let differing = 0, skipped = 0;
for (const file of files) {
    const theirs = readTheirs(file);
    if (theirs.errors.length > 0) {
        ++skipped;
        console.log(`${file}: skipped, the SDK reports ${theirs.errors[0].message ?? theirs.errors[0]}`);
        continue;
    }
    const differences = compare(recordsOf(byPath, file), theirs);
    if (differences.length > 0) ++differing;
    for (const d of differences) console.log(`${file}: ${d}`);
}
console.log(`${files.length} files, ${differing} with differences, ${skipped} skipped`);
process.exit(differing > 0 ? 1 : 0);
