// Pairs that were not joined but could be: what speaks for it, what against, and a line that decides it.

function reviewPage() {
    return { page: make("div", { class: "page" },
        make("h1", {}, "Needs a decision"),
        reviewLinks.length === 0 ? make("p", { class: "lead" }, "No pair of records is in doubt: each was joined, or clearly is another activity.") :
        make("p", { class: "lead" }, `${countOf(reviewLinks.length, "pair")} of records may show one activity. From ${data.join_bits} bits a pair is joined, from ${data.review_bits} a person is asked. `,
            "Decide, copy the lines into a file, and run ", make("code", {}, "coincide merge"), " again with ", make("code", {}, "--pins FILE"), "."),
        inPortions(make("div", {}), reviewLinks, (id) => reviewCard(linkOf(id)), 30, 30)) };
}

function reviewCard(link) {
    const members = membersOf([link.a, link.b], [link]);
    const side = (title, some) => make("div", { class: "side" }, make("h4", {}, title), some.length === 0 ? make("p", { class: "hint" }, "nothing") :
        make("ul", { class: "counts" }, some.map((e) => make("li", {}, make("span", {}, e.saw), make("span", { class: "n" + (e.weight < 0 ? " minus" : "") }, bits(e.weight))))));
    const short = data.join_bits * 100 - link.weight;
    return make("article", { class: "card question" },
        make("header", { class: "question-head" }, make("h3", {}, `${dateText(dayOf(localStartOf(link.a)))}: one activity, or two?`), make("span", { class: "n" }, `${bits(link.weight)} bits${short > 0 ? `, ${(short / 100).toFixed(2)} short of joining` : ""}`)),
        make("div", { class: "pair" }, members.map((m) => make("a", { class: "pair-side", href: `#/activity/${groupOfRow[m.row]}`, style: { "--c": m.color } },
            make("span", {}, memberChip(m), " ", make("b", {}, titleOfRow(m.row))), make("span", { class: "hint" }, [valueOf(m.row, "name"), instantText(startOf(m.row), valueOf(m.row, "utc_offset_s")), lengthOf(m.row) && clock(lengthOf(m.row)), known(m.row, "distance_m") && distance(known(m.row, "distance_m"))].filter(Boolean).join(" \u00b7 "))))),
        make("div", { class: "for-against" }, side("Speaks for one activity", link.evidence.filter((e) => e.weight > 0)), side("Speaks against it", link.evidence.filter((e) => e.weight < 0))),
        short <= 0 && make("p", { class: "hint" }, "The two agree, but another record of their groups does not fit."),
        pinChooser(link),
        folded("Compare them", () => make("div", {}, waterfall(link), comparison(members, [link])), { class: "more" }));
}
