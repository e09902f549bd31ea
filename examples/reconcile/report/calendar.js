// A calendar of the years: one mark a day. Darker is longer; a ring asks for a decision. Weeks run to the right, Monday on top.

const recentYears = 4;  // the others open when they are asked for

function daysTold(list) {
    const days = new Map();
    for (const group of list) {
        const day = days.get(group.day) ?? { count: 0, seconds: 0, review: false };
        ++day.count;
        day.seconds += group.seconds ?? 0;
        day.review ||= group.review;
        days.set(group.day, day);
    }
    return days;
}

const dayLevel = (day) => [2700, 5400, 10800].filter((limit) => day.seconds > limit).length;

function dayWords(number, day) {
    if (!day) return `${dateText(number)}: nothing`;
    const time = day.seconds > 0 ? `, ${clock(day.seconds)}` : "";
    return `${dateText(number)}: ${countOf(day.count, "activity", "activities")}${time}${day.review ? ", needs a decision" : ""}`;
}

function calendar(list) {
    const days = daysTold(list);
    const years = [...new Set([...days.keys()].map((d) => dateParts(d).year))].sort((a, b) => b - a);
    const told = make("p", { class: "hint calendar-told" }, "One mark a day. Point at a day, or walk with the arrow keys; Enter lists it.");
    const box = make("div", { class: "calendar" });
    paintWithWidth(box, (width) => {
        const cell = Math.max(5, Math.min(17, Math.floor((width * 10) / 53.5) / 10));
        const picture = (year, i) => {
            const gap = i > 0 ? years[i - 1] - year - 1 : 0;
            return [gap > 0 && make("p", { class: "hint quiet-years" }, gap === 1 ? `${year + 1}: nothing` : `${year + 1} to ${years[i - 1] - 1}: nothing`), yearOf(year, days, cell, told)];
        };
        const recent = years.slice(0, recentYears), earlier = years.slice(recentYears);
        return make("div", {}, monthNames(cell), recent.map(picture), earlier.length > 0 &&
            folded(`${countOf(earlier.length, "earlier year")}: ${earlier.at(-1)} to ${earlier[0]}`, () => make("div", {}, earlier.map((year, i) => picture(year, i + recentYears))), { class: "more" }));
    });
    return make("div", {}, box, make("div", { class: "calendar-foot" }, told, calendarLegend()));
}

function monthNames(cell) {
    const names = cell * 4.3 < 30 ? months.map((m) => m[0]) : months;
    return make("div", { class: "month-names", "aria-hidden": "true" }, names.map((name, m) => make("span", { style: { left: `${(m * 52.2 / 12 + 0.4) * cell}px` } }, name)));
}

function yearOf(year, days, cell, told) {
    const first = dayFrom(year, 0, 1), last = dayFrom(year, 11, 31);
    const offset = weekdayOf(first);
    const size = cell * 0.82;
    const place = (day) => ({ x: Math.floor((day - first + offset) / 7) * cell, y: weekdayOf(day) * cell });
    const squares = ["", "", "", "", ""];  // none, then four levels: one path each keeps twenty years light
    const rings = [];
    let count = 0, seconds = 0;
    for (let day = first; day <= last; ++day) {
        const told = days.get(day), { x, y } = place(day);
        squares[told ? 1 + dayLevel(told) : 0] += `M${x.toFixed(1)} ${y.toFixed(1)}h${size.toFixed(1)}v${size.toFixed(1)}h-${size.toFixed(1)}z`;
        if (!told) continue;
        count += told.count;
        seconds += told.seconds;
        if (told.review) rings.push(draw("rect", { x: x + 0.5, y: y + 0.5, width: size - 1, height: size - 1, class: "day-review" }));
    }
    const cursor = draw("rect", { width: size + 2, height: size + 2, class: "day-cursor", visibility: "hidden" });
    const words = `${year}: ${countOf(count, "activity", "activities")}${seconds > 0 ? ", " + withUnit(seconds / 3600, "h") : ""}`;
    const picture = draw("svg", { width: cell * 53.5, height: cell * 7, tabindex: 0, role: "img", "aria-label": words + ". Arrow keys walk through the days" },
        squares.map((path, level) => path && draw("path", { d: path, class: `day day-${level}` })), rings, cursor);

    let at = null;
    const show = (day) => {
        at = Math.max(first, Math.min(last, day));
        const { x, y } = place(at);
        cursor.setAttribute("x", x - 1);
        cursor.setAttribute("y", y - 1);
        cursor.setAttribute("visibility", "visible");
        told.textContent = dayWords(at, days.get(at));
    };
    const open = (day) => { if (days.has(day)) location.hash = `#/history?from=${isoDay(day)}&to=${isoDay(day)}`; };
    const dayAt = (event) => {
        const box = picture.getBoundingClientRect();
        const day = first - offset + Math.floor((event.clientX - box.left) / cell) * 7 + Math.min(6, Math.floor((event.clientY - box.top) / cell));
        return day >= first && day <= last ? day : null;
    };
    picture.addEventListener("pointermove", (event) => { if (dayAt(event) !== null) show(dayAt(event)); });
    picture.addEventListener("pointerleave", () => cursor.setAttribute("visibility", "hidden"));
    picture.addEventListener("click", (event) => { if (dayAt(event) !== null) open(dayAt(event)); });
    picture.addEventListener("blur", () => cursor.setAttribute("visibility", "hidden"));
    picture.addEventListener("keydown", (event) => {
        const by = { ArrowLeft: -7, ArrowRight: 7, ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (by) show(at === null ? first : at + by);
        else if (event.key === "Enter" && at !== null) open(at);
        else return;
        event.preventDefault();
        say(told.textContent);
    });
    return make("section", { class: "year" },
        make("h3", {}, make("a", { href: `#/history?from=${year}-01-01&to=${year}-12-31` }, year), make("span", { class: "hint" }, words.slice(words.indexOf(":") + 2))), picture);
}

function calendarLegend() {
    const sample = (name) => draw("svg", { width: 12, height: 12, "aria-hidden": "true" }, draw("rect", { width: 12, height: 12, class: name }));
    return make("p", { class: "legend" },
        [["day day-1", "to 45 min"], ["day day-2", "to 90 min"], ["day day-3", "to 3 h"], ["day day-4", "longer"], ["day-review-key", "needs a decision"]]
            .map(([name, words]) => make("span", {}, sample(name), words)));
}
