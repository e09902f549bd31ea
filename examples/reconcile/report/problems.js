// What gave no record, lost a part, or was not meant to give one: by code, with file, place and reason.

const codeTitles = {
    unreadable: ["Could not be opened", "The file could not be opened or read."],
    empty: ["Empty", "There are no bytes, or nothing in them."],
    malformed: ["Not in its format", "The content is not in the format it claims to be."],
    truncated: ["Cut off", "The file ends in the middle: a battery that died, a copy that stopped."],
    bad_checksum: ["Checksum does not fit", "The stored checksum and the content disagree; what could be read was kept."],
    invalid_utf8: ["No text", "Bytes that are not UTF-8."],
    too_large: ["Over a limit", "Larger than the stated limits; they keep hostile files from filling the memory."],
    too_deep: ["Nested too deeply", "Objects within objects beyond the stated limit."],
    unsupported: ["Not read", "Of a kind that is not read."],
    forbidden_entity: ["Declares entities", "XML that declares entities is refused: it can grow without bound."],
    unsafe_path: ["Path leads outside", "A path in an archive that leads out of it."],
    no_activity: ["Holds no activity", "Well formed, and without an activity."],
    missing_key: ["A key is missing", "A required key is not there."],
    duplicate_key: ["A key stands twice", "It is not clear which of the two counts."],
    wrong_type: ["Wrong type", "A text stands where a number belongs, or the other way round."],
    unequal_lengths: ["Columns of unequal length", "The arrays of one track do not belong together."],
    out_of_range: ["Out of range", "A value that cannot be."],
    not_finite: ["Not a number", "A value that is not finite."],
    negative: ["Negative", "A total below zero."],
    bad_time: ["Not a time", "A date or time that does not exist or cannot be read."],
    missing_zone: ["No zone", "A time without Z or an offset: it was taken as UTC, or refused."],
    clock_unset: ["Clock never set", "The device\u2019s clock was never set. The record is kept; its time decides nothing."],
    fix_out_of_range: ["Positions dropped", "Off the globe, or at 0\u00b0, 0\u00b0, which devices write for \u201cno fix\u201d."],
    fix_without_time: ["Samples without a time", "They were dropped: nothing says when they were."],
    time_went_back: ["Time ran backwards", "Samples were sorted; equal stamps became one."],
    offset_conflict: ["Two offsets", "The start names one offset from UTC, the record another; the given one counts."],
    recovered: ["Damaged, read in part", "A damaged file was read up to its last good part."],
    unit_chosen: ["Unit chosen", "Two units were possible; a second field or plausibility decided."],
    unit_unknown: ["Unit not told", "The source does not say the unit, so the value was left out."],
    zone_unknown: ["Local time only", "A local time without an offset: the instant lies within 14 hours of the one given."],
    implausible: ["Implausible", "A value is off by what looks like the factor of a unit."],
};
const codeTitle = (code) => codeTitles[code]?.[0] ?? capital(inWords(code));
const kindWords = { reject: "Rejected: no record came of it", salvage: "Salvaged: a record came of it, with a loss", skip: "Skipped: not meant to give a record" };

function findingsByCode() {
    const groupsOf = new Map();
    const kinds = findings.text("kind"), codes = findings.text("code");
    for (let i = 0; i < findings.count; ++i) {
        const key = `${kinds[i]} ${codes[i]}`;
        if (!groupsOf.has(key)) groupsOf.set(key, { kind: kinds[i], code: codes[i], rows: [] });
        groupsOf.get(key).rows.push(i);
    }
    const order = ["reject", "salvage", "skip"];
    return [...groupsOf.values()].sort((x, y) => order.indexOf(x.kind) - order.indexOf(y.kind) || y.rows.length - x.rows.length || (x.code < y.code ? -1 : 1));
}

function problemsPage(query) {
    const all = findingsByCode();
    const asked = query.get("open");
    const sections = Object.keys(kindWords).map((kind) => {
        const some = all.filter((c) => c.kind === kind);
        if (some.length === 0) return null;
        return make("section", {}, make("h2", {}, kindWords[kind], " ", make("span", { class: "hint" }, digits(findingCounts[kind]))), some.map((c, i) => folded(
            [make("span", { class: "link-title" }, make("b", {}, codeTitle(c.code)), " ", make("code", {}, c.code)), make("span", { class: "n" }, digits(c.rows.length)), make("span", { class: "hint link-why" }, codeTitles[c.code]?.[1] ?? "")],
            () => findingTable(c.rows), { class: "link", open: asked ? asked === `${kind}-${c.code}` : kind !== "skip" && i === 0 })));
    });
    const page = make("div", { class: "page" }, make("h1", {}, "Rejected and salvaged"),
        make("p", { class: "lead" }, findings.count === 0 ? "Nothing was lost: everything that was read gave a record, whole." :
            `${countOf(findingCounts.reject, "thing")} gave no record, ${digits(findingCounts.salvage)} gave one with a loss, ${digits(findingCounts.skip)} were not meant to give one.`),
        sections);
    return { page, shown: () => { if (asked) page.querySelector("details[open]")?.scrollIntoView(); } };
}

function findingTable(rows) {
    const [body, more] = inPortions(make("tbody", {}), rows.map(findingAt), (f) => make("tr", {},
        make("td", { class: "mono" }, f.file || "\u2013", f.place && make("span", { class: "hint place" }, f.place)),
        make("td", {}, capital(f.reason) || codeTitle(f.code), f.field && make("span", { class: "hint place" }, `field ${f.field}`)),
        make("td", {}, [f.source && sourceName(f.source), f.id].filter(Boolean).join(" ") || "\u2013")), 12, 100);
    return make("div", { class: "link-body" }, make("table", { class: "plain findings" }, make("thead", {}, make("tr", {}, ["File and place", "Reason", "Record"].map((t) => make("th", { scope: "col" }, t)))), body), more);
}
