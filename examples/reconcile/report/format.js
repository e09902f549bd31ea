// Numbers, times and names as people read them. The page speaks English with ISO-like dates, whatever the browser's language:
// two people who look at one report see one text.
const narrowSpace = "\u202f";

function digits(value, decimals = 0) {
    const [whole, part] = Math.abs(value).toFixed(decimals).split(".");
    const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, narrowSpace) : whole;
    return (value < 0 ? "\u2212" : "") + grouped + (part ? "." + part : "");
}
const withUnit = (value, unit, decimals = 0) => digits(value, decimals) + narrowSpace + unit;
const countOf = (n, one, many = one + "s") => `${digits(n)} ${n === 1 ? one : many}`;
const bits = (weight) => (weight < 0 ? "\u2212" : "+") + (Math.abs(weight) / 100).toFixed(2);

const distance = (m) => (m < 1000 ? withUnit(m, "m") : withUnit(m / 1000, "km", 2));

/// 5400 -> "1:30:00"
function clock(seconds) {
    const s = Math.round(Math.abs(seconds));
    const two = (n) => String(n).padStart(2, "0");
    return (seconds < 0 ? "\u2212" : "") + `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}

/// 25200 -> "+7 h"
function clockShift(seconds) {
    const s = Math.abs(seconds);
    const parts = [[Math.floor(s / 3600), "h"], [Math.floor(s / 60) % 60, "min"], [s % 60, "s"]].filter(([n]) => n > 0);
    return (seconds < 0 ? "\u2212" : "+") + parts.map(([n, unit]) => n + narrowSpace + unit).join(" ");
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const dayMs = 86400000;
const dayOf = (localMs) => Math.floor(localMs / dayMs);
const weekdayOf = (day) => (((day + 3) % 7) + 7) % 7;  // 1970-01-01 was a Thursday; weeks begin on Monday

function dateParts(day) {
    const date = new Date(day * dayMs);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() };
}
const dayFrom = (year, month, date) => Math.floor(Date.UTC(year, month, date) / dayMs);
function dateText(day, weekday = true) {
    const d = dateParts(day);
    return `${weekday ? weekdays[weekdayOf(day)] + " " : ""}${d.day} ${months[d.month]} ${d.year}`;
}
const isoDay = (day) => new Date(day * dayMs).toISOString().slice(0, 10);
const timeText = (localMs, withSeconds = false) => new Date(localMs).toISOString().slice(11, withSeconds ? 19 : 16);

/// "2024-06-04 07:00:00", and what clock that is: "+02:00", or "UTC" where the offset is not known.
function instantText(ms, offsetS) {
    const local = new Date(ms + (offsetS ?? 0) * 1000).toISOString();
    return local.slice(0, 10) + " " + local.slice(11, 19) + " " + offsetText(offsetS);
}
function offsetText(offsetS) {
    if (offsetS === null || offsetS === undefined) return "UTC";
    const m = Math.abs(offsetS) / 60, two = (n) => String(Math.floor(n)).padStart(2, "0");
    return (offsetS < 0 ? "\u2212" : "+") + two(m / 60) + ":" + two(m % 60);
}

const inWords = (slug) => slug.replaceAll("_", " ");
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const sourceNames = {
    apple_health: "Apple Health", concept2: "Concept2", coros: "COROS", edit: "Edit", fit_file: "FIT file", google_fit: "Google Fit",
    google_health: "Google Health", gpx_file: "GPX file", health_connect: "Health Connect", ifit: "iFIT", intervals_icu: "Intervals.icu",
    mapmyrun: "MapMyRun", manual: "By hand", ridewithgps: "Ride with GPS", tag_heuer: "TAG Heuer", tcx_file: "TCX file",
    trainingpeaks: "TrainingPeaks", whoop: "WHOOP", rouvy: "ROUVY",
};
const sourceName = (slug) => sourceNames[slug] ?? capital(inWords(slug));
const sportName = (slug) => (slug ? capital(inWords(slug)) : "No sport named");

/// Least and greatest round numbers around a range, and a step between: { from, to, step }.
function roundRange(least, most, steps) {
    const wide = most - least || Math.abs(most) * 0.1 || 1;
    const raw = wide / steps, power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].find((n) => n * power >= raw * 0.999) * power;
    return { from: Math.floor(least / step) * step, to: Math.ceil(most / step) * step, step };
}
