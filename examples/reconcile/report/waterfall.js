// Evidence as a waterfall: every step begins where the one before ended; the last bar is the sum.

const evidenceNames = {
    pin: "The athlete\u2019s word", parent: "Session", origin: "Origin", same_file: "Same file", file_id: "FIT file id", file_name: "File name", start: "Start", overlap: "Span",
    clock_shift: "Clock", duration: "Duration", distance: "Distance", sport: "Sport", gps: "Track", values: "Sensor values", correlation: "Sensor values", heart_rate: "Heart rate",
    same_source: "Same source", same_device: "Same device", window: "Window of a rule", parts: "Parts", end: "End", equal_totals: "Totals to the second",
    figures: "Other figures", only_one: "No other",
};
const drawnBitsMax = 6000;  // 60 bits: an athlete's word weighs a thousand, and would make the others invisible

function waterfall(link) {
    let sum = 0;
    const clip = (v) => Math.max(-drawnBitsMax, Math.min(drawnBitsMax, v));
    const steps = link.evidence.map((e) => ({ ...e, from: clip(sum), to: clip((sum += e.weight)) }));
    const join = data.join_bits * 100, review = data.review_bits * 100;
    const least = Math.min(0, ...steps.map((s) => s.to)), most = Math.max(join, ...steps.map((s) => s.to)) * 1.02;
    const at = (v) => ((v - least) / (most - least)) * 100;
    const bar = (from, to, name) => make("i", { class: "fall " + name, style: { left: `${at(Math.min(from, to))}%`, width: `${Math.max(0.4, at(Math.max(from, to)) - at(Math.min(from, to)))}%` } });
    const marks = () => [make("i", { class: "mark zero", style: { left: `${at(0)}%` } }), make("i", { class: "mark review", style: { left: `${at(review)}%` } }), make("i", { class: "mark join", style: { left: `${at(join)}%` } })];
    const verdict = link.weight >= join ? "joins" : link.weight >= review ? "asks a person" : "stays apart";
    return make("div", { class: "waterfall" },
        make("ol", {}, steps.map((s) => make("li", { class: "step" },
            make("span", { class: "step-words" }, make("b", {}, evidenceNames[s.of] ?? inWords(s.of)), " ", make("span", {}, s.saw)),
            make("span", { class: "step-bar", "aria-hidden": "true" }, marks(), bar(s.from, s.to, s.weight > 0 ? "for" : s.weight < 0 ? "against" : "nothing"), make("i", { class: "carry", style: { left: `${at(s.to)}%` } })),
            make("span", { class: "n step-weight" + (s.weight < 0 ? " minus" : "") }, s.weight === 0 ? "0" : bits(s.weight)))),
            make("li", { class: "step total" },
                make("span", { class: "step-words" }, make("b", {}, "Sum"), " ", make("span", {}, link.joined && link.weight < join ? "joined as a part of the group" : verdict)),
                make("span", { class: "step-bar", "aria-hidden": "true" }, marks(), bar(0, clip(link.weight), "sum")),
                make("span", { class: "n step-weight" }, bits(link.weight)))),
        make("p", { class: "legend" },
            make("span", {}, make("i", { class: "key for" }), "for one activity"), make("span", {}, make("i", { class: "key against" }), "against it"),
            make("span", {}, make("i", { class: "rule join" }), `${data.join_bits} bits join`), make("span", {}, make("i", { class: "rule review" }), `${data.review_bits} bits ask`),
            Math.abs(link.weight) > drawnBitsMax && make("span", { class: "hint" }, "Drawn up to 60 bits"),
            make("span", { class: "hint" }, "One bit doubles the odds.")));
}
