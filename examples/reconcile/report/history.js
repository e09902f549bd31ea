// The list of activities. Only the rows in sight exist; the window's own scroll bar moves them.

const columns = [
    { key: "date", label: "Date", value: (g) => g.start },
    { key: "sport", label: "Sport", value: (g) => sportName(g.sport) },
    { key: "name", label: "Name", value: (g) => g.name.toLowerCase() || "\uffff" },
    { key: "distance", label: "Distance", value: (g) => g.distance ?? -1, number: true },
    { key: "time", label: "Time", value: (g) => g.seconds ?? -1, number: true },
    { key: "sources", label: "Sources", value: (g) => g.sources.map(sourceName).sort().join(" ") },
    { key: "records", label: "Records", value: (g) => g.rows.length, number: true },
];

const searchTexts = [];
/// All words by which an activity can be found.
function searchText(group) {
    searchTexts[group.index] ??= [
        sportName(group.sport), isoDay(group.day), dateText(group.day),
        ...group.rows.flatMap((row) => [records.text("name")[row], records.text("notes")[row], records.text("tags")[row], records.text("source_activity_type")[row], sourceName(sourceOf(row)),
            sourceOf(row), idOf(row), deviceName(records.text("device")[row]), records.text("from")[row], athleteOf(row)]),
    ].join("\n").toLowerCase();
    return searchTexts[group.index];
}

function filtered(query) {
    const words = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const sport = query.get("sport"), source = query.get("source"), athlete = query.get("athlete"), size = Number(query.get("size") ?? 0);
    const from = query.get("from"), to = query.get("to");
    const fromDay = from ? dayOf(Date.parse(from)) : -Infinity, toDay = to ? dayOf(Date.parse(to)) : Infinity;
    return groups.filter((g) =>
        (!sport || g.sport === sport) && (!source || g.sources.includes(source)) && (!athlete || athleteOf(g.rows[0]) === athlete) &&
        (size === 0 || (size === 1 ? g.rows.length === 1 : g.rows.length >= size)) && (!query.get("review") || g.review) &&
        !(g.day < fromDay) && !(g.day > toDay) && words.every((word) => searchText(g).includes(word)));
}

function sorted(list, query) {
    const key = query.get("sort") ?? "date";
    const { value, number } = columns.find((c) => c.key === key) ?? columns[0];
    const descending = query.has("down") ? query.get("down") === "1" : key === "date" || Boolean(number);
    const sign = descending ? -1 : 1;
    const keyed = list.map((g) => [value(g), g]);
    keyed.sort((x, y) => (x[0] < y[0] ? -sign : x[0] > y[0] ? sign : y[1].start - x[1].start || x[1].index - y[1].index));
    return { list: keyed.map(([, g]) => g), key: key, descending };
}

/// The list that the reader came from, for "previous" and "next" of an activity.
let lastList = groups;
let lastHistory = "#/history";

function historyPage(query) {
    const count = make("p", { class: "sum", "aria-live": "polite" });
    const head = make("div", { class: "row head", role: "row" });
    const rows = make("div", { class: "rows", role: "rowgroup" });
    const table = make("div", { class: "list" + (manyAthletes ? " athletes" : ""), role: "table", "aria-label": "Activities" }, make("div", { role: "rowgroup", class: "head-group" }, head), rows);
    const paper = make("div", { class: "paper" });
    let shown = [], active = 0, height = 44;

    const set = (name, value) => {
        if (value) query.set(name, value);
        else query.delete(name);
        const text = query.toString();
        history.replaceState(null, "", "#/history" + (text ? "?" + text : ""));
        refresh();
    };

    function refresh() {
        const result = sorted(filtered(query), query);
        shown = lastList = result.list;
        lastHistory = location.hash;
        active = Math.min(active, Math.max(0, shown.length - 1));
        const meters = shown.reduce((sum, g) => sum + (g.distance ?? 0), 0), seconds = shown.reduce((sum, g) => sum + (g.seconds ?? 0), 0);
        count.textContent = [countOf(shown.length, "activity", "activities"), meters > 0 && withUnit(meters / 1000, "km"), seconds > 0 && withUnit(seconds / 3600, "h")].filter(Boolean).join(" \u00b7 ");
        head.replaceChildren(...columns.map((c) => {
            const mine = c.key === result.key;
            const arrow = mine ? (result.descending ? " \u2193" : " \u2191") : "";
            return make("span", { role: "columnheader", class: "c-" + c.key, "aria-sort": mine ? (result.descending ? "descending" : "ascending") : "none" },
                make("button", { type: "button", class: "sort", on: { click: () => {
                    query.set("down", mine ? (result.descending ? "0" : "1") : c.key === "date" || c.number ? "1" : "0");
                    set("sort", c.key);
                    head.querySelector(`.c-${c.key} button`).focus();
                } } }, c.label + arrow));
        }));
        table.setAttribute("aria-rowcount", shown.length + 1);
        paint(true);
    }

    const there = new Map();  // index -> its row, for those in sight
    function paint(always = false) {
        height = matchMedia("(max-width: 760px)").matches ? 68 : 44;
        rows.style.height = `${shown.length * height}px`;
        const top = -rows.getBoundingClientRect().top;
        const first = Math.max(0, Math.floor(top / height) - 12), last = Math.min(shown.length, Math.ceil((top + innerHeight) / height) + 12);
        const focused = always && rows.contains(document.activeElement);
        for (const [index, row] of there)
            if (always || index < first || index >= last) {
                row.remove();
                there.delete(index);
            }
        if (always) rows.replaceChildren();
        for (let index = last - 1; index >= first; --index)
            if (!there.has(index)) {
                const row = rowOf(shown[index], index);
                const next = there.get(index + 1);
                if (next) next.before(row);
                else rows.append(row);
                there.set(index, row);
            }
        if (shown.length === 0) rows.replaceChildren(make("p", { class: "hint empty" }, "No activity fits. ", make("a", { href: "#/history" }, "Show all")));
        if (focused) rows.querySelector('a[tabindex="0"]')?.focus({ preventScroll: true });
    }

    function rowOf(group, index) {
        return make("div", { class: "row" + (group.review ? " asks" : ""), role: "row", "aria-rowindex": index + 2, style: { top: `${index * height}px` } },
            make("span", { role: "cell", class: "c-date" }, make("a", { href: `#/activity/${group.index}`, tabindex: index === active ? 0 : -1, "data-index": index }, dateText(group.day)),
                make("span", { class: "hint" }, timeText(group.local) + (group.offset === null ? " UTC" : ""))),
            make("span", { role: "cell", class: "c-sport" }, sportName(group.sport)),
            make("span", { role: "cell", class: "c-name" }, group.name, manyAthletes && make("span", { class: "hint" }, " " + athleteOf(group.rows[0]))),
            make("span", { role: "cell", class: "c-distance" }, group.distance ? distance(group.distance) : "\u2013"),
            make("span", { role: "cell", class: "c-time" }, group.seconds ? clock(group.seconds) : "\u2013"),
            make("span", { role: "cell", class: "c-sources" }, group.sources.map(sourceName).join(", ")),
            make("span", { role: "cell", class: "c-records" }, group.review && make("b", { class: "flag" }, "decide"), make("span", { class: "count" + (group.rows.length > 1 ? " many" : "") }, group.rows.length)));
    }

    function walk(to) {
        if (shown.length === 0) return;
        active = Math.max(0, Math.min(shown.length - 1, to));
        const top = rows.getBoundingClientRect().top + scrollY + active * height;
        const covered = head.getBoundingClientRect().bottom;
        if (top < scrollY + covered) scrollTo(0, top - covered);
        else if (top + height > scrollY + innerHeight) scrollTo(0, top + height - innerHeight);
        paint(true);
        rows.querySelector('a[tabindex="0"]')?.focus({ preventScroll: true });
    }

    rows.addEventListener("keydown", (event) => {
        const page = Math.max(1, Math.floor(innerHeight / height) - 4);
        const by = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: shown.length - 1 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        walk(by);
    });
    rows.addEventListener("focusin", (event) => {
        const index = Number(event.target.dataset.index);
        if (index >= 0) active = index;
    });

    const search = make("input", { type: "search", id: "search", placeholder: "Name, note, device, file, date", "aria-label": "Search", value: query.get("q"), on: { input: (e) => set("q", e.target.value), keydown: (e) => {
        if (e.key === "ArrowDown") {
            e.preventDefault();
            walk(0);
        }
    } } });
    const page = make("div", { class: "page" },
        make("h1", {}, "History"),
        make("div", { class: "filters all", role: "search" }, make("label", {}, "Search", search), filterBox(query, set)),
        make("div", { class: "sum-line" }, count, make("p", { class: "hint keys" }, make("kbd", {}, "/"), " searches, ", make("kbd", {}, "\u2193"), " ", make("kbd", {}, "\u2191"), " walk, ", make("kbd", {}, "Enter"), " opens")),
        table, paper);

    const onScroll = () => paint();
    const onResize = () => paint(true);
    const onSlash = (event) => {
        if (event.key !== "/" || event.target.matches("input, select, textarea")) return;
        event.preventDefault();
        search.focus();
    };
    const onPrint = () => paper.replaceChildren(paperTable(shown));
    const onPrinted = () => paper.replaceChildren();
    const listeners = [[window, "scroll", onScroll], [window, "resize", onResize], [document, "keydown", onSlash], [window, "beforeprint", onPrint], [window, "afterprint", onPrinted]];
    for (const [target, event, run] of listeners) target.addEventListener(event, run, { passive: event === "scroll" });
    return { page, shown: refresh, gone: () => { for (const [target, event, run] of listeners) target.removeEventListener(event, run); } };
}

/// On a phone the filters stay folded until they are wanted.
function filterBox(query, set) {
    const wide = matchMedia("(min-width: 761px)");
    const filters = ["sport", "source", "athlete", "size", "review", "from", "to"];
    const box = make("details", { class: "filter-box" }, make("summary", {}, "Filters"), make("div", { class: "filters" }, filterControls(query, set)));
    box.open = wide.matches || filters.some((name) => query.get(name));
    wide.addEventListener("change", () => { box.open ||= wide.matches; });
    return box;
}

function filterControls(query, set) {
    const countBy = (values) => {
        const counts = new Map();
        for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
        return counts;
    };
    const choose = (name, label, options) => {
        const chosen = query.get(name) ?? "";
        return make("label", {}, label, make("select", { name, on: { change: (e) => set(name, e.target.value) } },
            options.map(([value, words]) => make("option", { value, selected: value === chosen }, words))));
    };
    const counted = (counts, names) => [...counts].filter(([value]) => value).map(([value, n]) => [value, `${names(value)} (${digits(n)})`]).sort((x, y) => (x[1] < y[1] ? -1 : 1));
    const sports = counted(countBy(groups.map((g) => g.sport)), sportName);
    const sources = counted(countBy(groups.flatMap((g) => g.sources)), sourceName);
    const athletes = counted(countBy(groups.map((g) => athleteOf(g.rows[0]))), (a) => a);
    const date = (name, label) => make("label", {}, label, make("input", { type: "date", name, value: query.get(name), on: { change: (e) => set(name, e.target.value) } }));
    return [
        choose("sport", "Sport", [["", "All"], ...sports]),
        choose("source", "Source", [["", "All"], ...sources]),
        manyAthletes && choose("athlete", "Athlete", [["", "All"], ...athletes]),
        choose("size", "Records", [["", "Any number"], ["1", "One only"], ["2", "2 or more"], ["3", "3 or more"], ["4", "4 or more"]]),
        choose("review", "Decision", [["", "Any"], ["1", "Needed"]]),
        date("from", "From"), date("to", "To"),
    ];
}

/// All rows, for paper.
function paperTable(list) {
    return make("table", { class: "plain" }, make("thead", {}, make("tr", {}, columns.map((c) => make("th", { scope: "col", class: c.number ? "n" : "" }, c.label)))),
        make("tbody", {}, list.map((g) => make("tr", {},
            make("td", {}, `${isoDay(g.day)} ${timeText(g.local)}`), make("td", {}, sportName(g.sport)), make("td", {}, g.name), make("td", { class: "n" }, g.distance ? distance(g.distance) : ""),
            make("td", { class: "n" }, g.seconds ? clock(g.seconds) : ""), make("td", {}, g.sources.map(sourceName).join(", ")), make("td", { class: "n" }, g.rows.length)))));
}
