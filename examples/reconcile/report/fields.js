// What the fields of a record are called and how they are shown, in the order of the interchange format.
// `kind` says how the column is kept: see report.hpp.
const deviceTypes = { bike_computer: "bike computer" };
const lines = (text) => text.split("\n");

/// "garmin Edge 530 no. 2002"; without the number where devices only need to be told apart.
function deviceName(text, withNumber = true) {
    if (!text) return "";
    const [manufacturer, model, serial, type] = lines(text);
    const ownMaker = model.toLowerCase().startsWith(manufacturer.toLowerCase()) ? "" : manufacturer;
    const name = [ownMaker, model].filter(Boolean).join(" ") || deviceTypes[type] || type;
    if (!withNumber) return name;
    return [name || "device", serial && "no. " + serial].filter(Boolean).join(" ");
}

const one = (unit) => (v) => withUnit(v, unit);
const plain = (v) => digits(v, Number.isInteger(v) ? 0 : 1);
const fields = {
    start_time: { label: "Start", kind: "instant" },
    utc_offset_s: { label: "Offset from UTC", kind: "whole", show: offsetText },
    timezone: { label: "Time zone", kind: "text" },
    start_precision_s: { label: "Start known within", kind: "whole", show: (v) => (v >= 86400 ? "the day" : "\u00b1" + withUnit(v, "s")) },
    elapsed_time_s: { label: "Elapsed time", kind: "duration", show: clock },
    timer_time_s: { label: "Timer time", kind: "duration", show: clock },
    moving_time_s: { label: "Moving time", kind: "duration", show: clock },
    distance_m: { label: "Distance", kind: "milli", show: (m) => (m < 1000 ? withUnit(m, "m", 1) : withUnit(m / 1000, "km", 3)) },
    elevation_gain_m: { label: "Elevation gain", kind: "milli", show: one("m") },
    energy_kcal: { label: "Energy", kind: "milli", show: one("kcal") },
    avg_speed_mps: { label: "Average speed", kind: "milli", show: (v) => withUnit(v * 3.6, "km/h", 1) },
    max_speed_mps: { label: "Maximum speed", kind: "milli", show: (v) => withUnit(v * 3.6, "km/h", 1) },
    avg_heart_rate_bpm: { label: "Average heart rate", kind: "milli", show: one("bpm") },
    max_heart_rate_bpm: { label: "Maximum heart rate", kind: "milli", show: one("bpm") },
    avg_power_w: { label: "Average power", kind: "milli", show: one("W") },
    max_power_w: { label: "Maximum power", kind: "milli", show: one("W") },
    avg_temperature_c: { label: "Average temperature", kind: "milli", show: (v) => withUnit(v, "\u00b0C", 1) },
    avg_cadence_rpm: { label: "Average cadence", kind: "milli", show: one("rpm") },
    activity_type: { label: "Sport", kind: "text", show: sportName },
    source_activity_type: { label: "Sport, in the source\u2019s words", kind: "text" },
    name: { label: "Name", kind: "text" },
    notes: { label: "Notes", kind: "text" },
    tags: { label: "Tags", kind: "text", show: (t) => lines(t).join(", ") },
    rpe: { label: "Effort felt (1\u201310)", kind: "milli", show: plain },
    feeling: { label: "Feeling (1\u20135)", kind: "milli", show: plain },
    device: { label: "Device", kind: "text", show: deviceName },
    start_lat: { label: "Latitude of the start", kind: "degree", show: (v) => digits(v, 5) + "\u00b0" },
    start_lon: { label: "Longitude of the start", kind: "degree", show: (v) => digits(v, 5) + "\u00b0" },
    track: { label: "Track", kind: "samples" },
    streams: { label: "Sensor values without positions", kind: "samples" },
};

const ruleWords = {
    locked: "the athlete has fixed it",
    edited: "the athlete\u2019s own edit",
    only: "no other record of the whole says it",
    authority: "what is felt or named: the athlete\u2019s own record says it",
    priority: "the better source or device says it",
    richness: "the fuller or more exact record says it",
    facet: "stays with the fields it belongs to",
    union: "united from all that say it",
    computed: "derived from the track",
};
