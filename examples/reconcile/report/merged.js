// The merged record, field by field: the value, whose it is, by which rule, and who says otherwise.

const aboutParts = new Set(["name", "notes", "tags", "rpe", "feeling"]);  // what a part says of these, it says of the whole

/// `parts`: rows that are a part of another member; their distance or heart rate is not the whole's.
function mergedTable(members, choices, parts = new Set()) {
    const rows = choices.fields.filter((c) => fields[c.name]).map((c) => {
        const from = members[c.position];
        let value = shownValue(from.row, c.name);
        if (c.rule === "union") value = [...new Set(c.contributors.flatMap((p) => lines(valueOf(members[p].row, c.name))))].sort().join(", ");
        const speakers = choices.members.length > 0 ? choices.members.map((p) => members[p]) : members;
        const others = new Map();  // value -> members
        for (const m of speakers) {
            if (m === from || c.rule === "union" || (parts.has(m.row) && !aboutParts.has(c.name))) continue;
            const said = shownValue(m.row, c.name);
            if (said !== null) others.set(said, [...(others.get(said) ?? []), m]);
        }
        const agree = others.get(value) ?? [];
        others.delete(value);
        return make("tr", {},
            make("th", { scope: "row" }, fields[c.name].label),
            make("td", { class: "value" }, value),
            make("td", { class: "from" }, c.rule === "union" ? c.contributors.map((p) => memberChip(members[p])) : [memberChip(from), " ", make("span", {}, sourceName(sourceOf(from.row)))],
                agree.length > 0 && make("span", { class: "hint" }, " also ", agree.map((m) => m.letter).join(" "))),
            make("td", { class: "rule-cell" }, make("b", {}, c.rule), make("span", { class: "hint" }, " " + (c.rule === "only" && others.size > 0 ? "goes with the time of the record that leads" : ruleWords[c.rule] ?? ""))),
            make("td", { class: "others" }, others.size === 0 ? make("span", { class: "hint" }, "\u2013") : [...others].map(([said, who]) => make("span", { class: "other" }, who.map(memberChip), " ", said))));
    });
    return make("div", { class: "scroll-x" }, make("table", { class: "plain fields" },
        make("thead", {}, make("tr", {}, ["Field", "Merged value", "From", "Rule", "Others say"].map((t) => make("th", { scope: "col" }, t)))), make("tbody", {}, rows)));
}
