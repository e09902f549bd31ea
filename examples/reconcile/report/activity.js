// One activity: its members side by side, where and when they were, why they are one, and what became of them.

const titleOf = (group) => group.name || `${sportName(group.sport)}${group.start ? ", " + dateText(group.day) : ""}`;
const titleOfRow = (row) => [sourceName(sourceOf(row)), shownValue(row, "activity_type")?.toLowerCase()].filter(Boolean).join(" ");

function activityPage(group) {
    const links = group.links.map(linkOf);
    const members = membersOf(group.rows, links.filter((l) => l.joined));
    const choices = choicesOf(group.choices[0]);
    const at = lastList.indexOf(group);
    const step = (to, words, key) => (lastList[to] ? make("a", { href: `#/activity/${lastList[to].index}`, class: "step-to", "data-key": key }, words) : make("span", { class: "step-to none" }, words));
    const joined = links.filter((l) => l.joined), open = links.filter((l) => !l.joined);
    const page = make("div", { class: "page" },
        make("nav", { class: "crumbs", "aria-label": "Activities" }, make("a", { href: lastHistory }, "\u2190 History"), make("span", {}, at >= 0 ? `${digits(at + 1)} of ${digits(lastList.length)}` : ""),
            step(at - 1, "Previous", "k"), step(at + 1, "Next", "j")),
        make("h1", {}, titleOf(group)),
        make("p", { class: "lead" }, [group.name && sportName(group.sport), `${dateText(group.day)}, ${timeText(group.local)}${group.offset === null ? " UTC" : ""}`,
            group.rows.length === 1 ? "told by one record" : `told by ${countOf(group.rows.length, "record")}`, manyAthletes && athleteOf(group.rows[0])].filter(Boolean).join(" \u00b7 ")),
        open.length > 0 && make("p", { class: "notice" }, make("b", {}, "Needs a decision. "), `${countOf(open.length, "record")} of another activity could belong here. `, make("a", { href: "#questions" , on: { click: (e) => { e.preventDefault(); document.getElementById("questions").scrollIntoView(); } } }, "See below")),
        factRow(members, choices),
        make("section", {}, make("h2", {}, group.rows.length === 1 ? "The record" : "The records, side by side"), inPortions(make("div", { class: "members" }), members, (m) => memberCard(m, members, links, m.row === group.rows[0]), 24, 100)),
        comparison(members, links),
        group.rows.length > 1 && make("section", {}, make("h2", {}, "Why they are one"), joined.length === 0 ? make("p", { class: "hint" }, "No pair was compared.") : evidenceList(joined, members)),
        open.length > 0 && make("section", { id: "questions" }, make("h2", {}, "Not joined, but could be"), open.map((link) => reviewCard(link))),
        make("section", {}, make("h2", {}, "The merged record"), make("div", { class: "card" }, mergedTable(members, choices, new Set(joined.filter((l) => l.relation === "part_of").map((l) => l.a))))),
        group.choices.length > 1 && legsOf(group, members));
    return { page };
}

/// The main figures of the merged record, each with the letter of the record it came from.
function factRow(members, choices) {
    const wanted = [["distance_m", "Distance", distance], ["elapsed_time_s", "Elapsed"], ["timer_time_s", "Timer"], ["moving_time_s", "Moving"], ["elevation_gain_m", "Climb"], ["avg_heart_rate_bpm", "Heart rate"], ["avg_power_w", "Power"], ["energy_kcal", "Energy"]];
    const facts = wanted.filter(([name]) => choices.at.has(name)).map(([name, label, show]) => {
        const from = members[choices.at.get(name)];
        return make("div", { class: "fact" }, make("dt", {}, label), make("dd", {}, make("span", {}, show ? show(valueOf(from.row, name)) : shownValue(from.row, name)), members.length > 1 && memberChip(from)));
    });
    return facts.length > 0 && make("dl", { class: "facts" }, facts);
}

function memberCard(member, members, links, leads) {
    const { row } = member;
    const letter = (r) => members.find((m) => m.row === r)?.letter ?? sourceName(sourceOf(r));
    const roles = [leads && members.length > 1 && "leads"];
    for (const link of links) if (link.joined && link.a === row && link.relation !== "same") roles.push(`${link.relation === "part_of" ? "part" : "copy"} of ${letter(link.b)}`);
    if (records.text("parent_id")[row]) roles.push("leg of a session");
    if (records.whole("clock_unset")[row]) roles.push("clock never set");
    if (member.shift) roles.push(`clock moved by ${clockShift(member.shift)}`);
    const said = valueOf(row, "source_activity_type");
    const ownWords = said && said.toLowerCase() !== shownValue(row, "activity_type")?.toLowerCase() ? said : null;
    const file = lines(records.text("file")[row]), origin = lines(records.text("origin")[row]);
    const facts = [
        ["Id", idOf(row), "mono"],
        ["Start", shownValue(row, "start_time")],
        ["Time", lengthOf(row) === null ? null : clock(lengthOf(row))],
        ["Distance", shownValue(row, "distance_m")],
        ["Sport", [shownValue(row, "activity_type"), ownWords && `\u201c${ownWords}\u201d`].filter(Boolean).join(", ")],
        ["Name", valueOf(row, "name")],
        ["Device", deviceName(records.text("device")[row])],
        ["Points", records.whole("points")[row] ? digits(records.whole("points")[row]) : null],
        ["Copied from", origin[0] && [sourceName(origin[0]), origin[1]].filter(Boolean).join(" ")],
        ["FIT file id", file.length > 3 && (file[0] || file[1]) ? [file[0], file[1], file[2] && "no. " + file[2], file[3]].filter(Boolean).join(" ") : null],
        ["SHA-256", file[4] && file[4] + "\u2026", "mono"],
        ["Read from", records.text("from")[row] ? pathsOf(row).map((p) => make("span", { class: "path" }, p)) : null],
    ];
    return make("article", { class: "member", style: { "--c": member.color } },
        make("h3", {}, memberChip(member), " ", serviceOf(row)),
        make("p", { class: "roles" }, roles.filter(Boolean).map((r) => make("span", { class: "tag" }, r))),
        make("dl", {}, facts.filter(([, value]) => value).map(([label, value, name]) => [make("dt", {}, label), make("dd", { class: name ?? "" }, value)])));
}

/// One member at a time can be looked at alone: the lines of the others fade.
class Spotlight {
    constructor() {
        this.boxes = [];
        this.on = null;
    }
    watch(box) {
        this.boxes.push(box);
        return box;
    }
    apply() {
        for (const box of this.boxes)
            for (const node of box.querySelectorAll("[data-member]")) {
                node.classList.toggle("dim", this.on !== null && node.dataset.member !== this.on);
                if (node.matches("button")) node.setAttribute("aria-pressed", String(node.dataset.member === this.on));
            }
    }
    key(member, words = "") {
        const label = `${member.letter} ${member.label}${words}`;
        return make("button", { type: "button", class: "line-key", "data-member": member.letter, "aria-pressed": "false", title: "Show this one alone", on: { click: () => {
            this.on = this.on === member.letter ? null : member.letter;
            this.apply();
        } } }, lineKey(member), label);
    }
}

/// Spans, tracks and values of some records; also of a pair in review.
function comparison(members, links) {
    const places = tracksByPlace(members);
    const spotlight = new Spotlight();
    const views = places.map((some) => trackView(some, spotlight));
    const series = seriesView(members, spotlight, (ms) => { for (const view of views) view.mark(ms); });
    return [
        make("section", {}, make("h2", {}, "When"), spansView(members, links)),
        (views.length > 0 || series) && make("div", { class: "two even" + (views.length > 0 && series ? "" : " single") },
            views.length > 0 && make("section", { class: "card" }, make("h2", {}, "Where"), views.map((v) => v.element), places.length > 1 && make("p", { class: "hint" }, "These tracks lie far from each other, so each place has its own drawing.")),
            series && make("section", { class: "card" }, make("h2", {}, "What the sensors say"), series)),
    ];
}

/// A B are the same activity; C is a part of A.
function linkTitle(link, members) {
    const [a, b] = [link.a, link.b].map((row) => members.find((m) => m.row === row));
    if (link.relation === "same") return make("span", { class: "link-title" }, (a.letter < b.letter ? [a, b] : [b, a]).map(memberChip), " ", make("b", {}, "are the same activity"));
    return make("span", { class: "link-title" }, memberChip(a), " ", make("b", {}, `is a ${link.relation === "part_of" ? "part" : "copy"} of`), " ", memberChip(b));
}

function evidenceList(links, members) {
    const ordered = [...links].sort((x, y) => {
        const ranks = (l) => [l.a, l.b].map((row) => members.findIndex((m) => m.row === row)).sort((p, q) => p - q);
        const [p, q] = [ranks(x), ranks(y)];
        return p[0] - q[0] || p[1] - q[1];
    });
    return inPortions(make("div", { class: "links" }), ordered, (link) => folded(
        [linkTitle(link, members), make("span", { class: "hint link-why" }, link.why), make("span", { class: "n" }, `${bits(link.weight)} bits`)],
        () => make("div", { class: "link-body" }, waterfall(link), make("p", { class: "hint" }, "Are these two activities after all?"), pinChooser(link, { joined: true })), { open: link === ordered[0], class: "link" }), 40, 200);
}

function legsOf(group, members) {
    return make("section", {}, make("h2", {}, "Legs of the session"), group.choices.slice(1).map((id) => {
        const choices = choicesOf(id);
        const value = (name) => (choices.at.has(name) ? shownValue(members[choices.at.get(name)].row, name) : null);
        return folded(make("span", { class: "link-title" }, choices.members.map((p) => memberChip(members[p])), " ", make("b", {}, value("activity_type") ?? "Leg"), " ", make("span", { class: "hint" }, [value("distance_m"), value("elapsed_time_s")].filter(Boolean).join(" \u00b7 "))),
            () => mergedTable(members, choices), { class: "link" });
    }));
}
