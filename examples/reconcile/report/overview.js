// The first screen: what came in, what it comes to, what a person should decide.

function overview() {
    const folded = records.count - groups.length;
    const several = groups.filter((g) => g.rows.length > 1).length;
    const inReview = groups.filter((g) => g.review).length;
    const first = groups.reduce((least, g) => Math.min(least, g.day), Infinity), last = groups.reduce((most, g) => Math.max(most, g.day), -Infinity);

    const tile = (number, label, words, href, mark = "") =>
        make("a", { class: "tile " + mark, href }, make("span", { class: "tile-number" }, digits(number)), make("span", { class: "tile-label" }, label), make("span", { class: "hint" }, words));
    const lost = findingCounts.reject + findingCounts.salvage;
    return make("div", { class: "page" },
        make("h1", { class: "hero" }, `${countOf(records.count, "record")} ${records.count === 1 ? "tells" : "tell"} of ${countOf(groups.length, "activity", "activities")}.`),
        make("p", { class: "lead" }, groups.length === 0 ? "Nothing that was read gave a record." : [
            first === last ? dateText(first) : `${dateText(first)} to ${dateText(last)}`,
            `, from ${countOf(data.files, "file")}. `,
            folded > 0 ? `${countOf(folded, "record")} ${folded === 1 ? "repeats" : "repeat"} what another already tells.` : "No record repeats another.",
            data.left_out > 0 && ` ${countOf(data.left_out, "record")} stood in such a crowd that they were not compared with all near in time.`,
        ]),
        make("div", { class: "tiles" },
            tile(records.count, "records", `from ${countOf(new Set(recordRows().map(serviceOf)).size, "service")}`, "#/history"),
            tile(groups.length, "activities", `${digits(several)} seen by more than one record`, "#/history?size=2"),
            tile(folded, "duplicates", "folded into a better record", "#/history?size=2&sort=records"),
            tile(reviewLinks.length, "to decide", reviewLinks.length > 0 ? `${reviewLinks.length === 1 ? "a pair" : "pairs"} of records in ${countOf(inReview, "activity", "activities")}` : "nothing is in doubt", "#/review", inReview > 0 ? "asks" : ""),
            tile(lost, "rejected or salvaged", lost > 0 ? `${digits(findingCounts.reject)} gave no record, ${digits(findingCounts.salvage)} lost a part` : "everything was used", "#/problems")),
        make("div", { class: "two" },
            make("div", { class: "stack" },
                make("section", { class: "card" }, make("h2", {}, "Days"), calendar(groups)),
                make("div", { class: "two even loose" }, decisionCard(), problemCard())),
            make("div", { class: "stack" },
                make("section", { class: "card" }, make("h2", {}, "Services"), serviceTable()),
                deviceCard())));
}

const recordRows = () => Array.from({ length: records.count }, (_, row) => row);

/// What each service gave, and how much of it another record tells better.
function serviceTable() {
    const services = new Map();
    for (const group of groups)
        group.rows.forEach((row, position) => {
            const name = serviceOf(row);
            const line = services.get(name) ?? { leads: 0, folded: 0, source: sourceOf(row) };
            ++line[position === 0 ? "leads" : "folded"];
            services.set(name, line);
        });
    const sorted = [...services].sort((x, y) => y[1].leads + y[1].folded - x[1].leads - x[1].folded || (x[0] < y[0] ? -1 : 1));
    const most = Math.max(1, ...sorted.map(([, s]) => s.leads + s.folded));
    const bar = (count, name) => count > 0 && make("i", { class: name, style: { width: `${(100 * count) / most}%` } });
    const table = (some) => make("table", { class: "plain" },
        make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Service"), make("th", { scope: "col", class: "wide" }, make("span", { class: "unseen" }, "Share")),
            make("th", { scope: "col", class: "n" }, "Records"), make("th", { scope: "col", class: "n" }, "Lead"), make("th", { scope: "col", class: "n" }, "Duplicates"))),
        make("tbody", {}, some.map(([name, s]) => make("tr", {},
            make("th", { scope: "row" }, make("a", { href: `#/history?source=${encodeURIComponent(s.source)}` }, name)),
            make("td", { class: "wide" }, make("span", { class: "share" }, bar(s.leads, "leads"), bar(s.folded, "folds"))),
            make("td", { class: "n" }, digits(s.leads + s.folded)), make("td", { class: "n" }, digits(s.leads)), make("td", { class: "n" }, s.folded === 0 ? "\u2013" : digits(s.folded))))));
    return make("div", {}, table(sorted.slice(0, 12)),
        sorted.length > 12 && folded(`${sorted.length - 12} more`, () => table(sorted.slice(12)), { class: "more" }),
        make("p", { class: "legend" }, make("span", {}, make("i", { class: "key leads" }), "leads its activity"), make("span", {}, make("i", { class: "key folds" }), "duplicate of a leading record")));
}

function deviceCard() {
    const devices = new Map();
    for (const row of recordRows()) {
        const name = deviceName(records.text("device")[row]);
        if (name) devices.set(name, (devices.get(name) ?? 0) + 1);
    }
    const sorted = [...devices].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1));
    const unnamed = records.count - sorted.reduce((sum, [, n]) => sum + n, 0);
    const line = ([name, n]) => make("li", {}, make("span", { class: "cut" }, name), make("span", { class: "n" }, digits(n)));
    return make("section", { class: "card" }, make("h2", {}, "Devices"),
        make("ul", { class: "counts" }, sorted.slice(0, 8).map(line), unnamed > 0 && make("li", { class: "hint" }, make("span", {}, "no device named"), make("span", { class: "n" }, digits(unnamed)))),
        sorted.length > 8 && folded(`${sorted.length - 8} more`, () => make("ul", { class: "counts" }, sorted.slice(8).map(line)), { class: "more" }));
}

function decisionCard() {
    const shown = reviewLinks.slice(0, 4).map((id) => {
        const link = linkOf(id);
        return make("li", {}, make("a", { href: "#/review" }, `${dateText(dayOf(localStartOf(link.a)))}: ${titleOfRow(link.a)} and ${titleOfRow(link.b)}`),
            make("p", { class: "hint" }, `${bits(link.weight)} of ${data.join_bits} bits. ${link.why}`));
    });
    return make("section", { class: "card" }, make("h2", {}, "Needs a decision"),
        reviewLinks.length === 0 ? make("p", { class: "hint" }, "No pair of records is in doubt: each was joined, or clearly is another activity.") : make("ul", { class: "news" }, shown),
        reviewLinks.length > 4 && make("p", {}, make("a", { href: "#/review" }, `All ${countOf(reviewLinks.length, "pair")}`)));
}

function problemCard() {
    const codes = findingsByCode().filter((c) => c.kind !== "skip");
    return make("section", { class: "card" }, make("h2", {}, "Rejected or salvaged"),
        codes.length === 0 ? make("p", { class: "hint" }, "Everything that looked like an activity gave a record, whole.") :
        make("ul", { class: "counts" }, codes.slice(0, 8).map((c) => make("li", {},
            make("a", { class: "cut", href: `#/problems?open=${c.kind}-${c.code}` }, codeTitle(c.code)), make("span", { class: "hint" }, c.kind === "reject" ? "no record" : "a part lost"), make("span", { class: "n" }, digits(c.rows.length))))),
        codes.length > 8 && make("p", {}, make("a", { href: "#/problems" }, "All of them")),
        findingCounts.skip > 0 && make("p", { class: "hint" }, `${countOf(findingCounts.skip, "thing")} skipped: not meant to give a record.`));
}
