// Which page is shown: the part of the address after # says it, so back and forward work.

const pages = [
    { path: "", label: "Overview", make: () => ({ page: overview() }) },
    { path: "history", label: "History", make: historyPage },
    { path: "review", label: "Review", count: () => reviewLinks.length, make: reviewPage },
    { path: "problems", label: "Problems", count: () => findingCounts.reject + findingCounts.salvage, make: problemsPage },
];

let current = { page: null };
const scrolled = new Map();  // address -> where the reader had scrolled to
let address = null;

function showAddress() {
    const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
    const [name, number] = path.split("/");
    const group = name === "activity" ? groups[Number(number)] : null;
    const page = pages.find((p) => p.path === name) ?? pages[0];
    if (address !== null) scrolled.set(address.split("?")[0], scrollY);
    current.gone?.();
    unpainted.clear();
    current = group ? activityPage(group) : page.make(new URLSearchParams(query ?? ""));
    address = location.hash;
    document.getElementById("main").replaceChildren(current.page);
    document.getElementById("nav").replaceChildren(...pages.map((p) => make("a", { href: "#/" + p.path, "aria-current": (group ? p.path === "history" : p === page) ? "page" : null }, p.label, p.count?.() > 0 && make("span", { class: "badge" }, digits(p.count())))));
    document.title = (current.page.querySelector("h1")?.textContent ?? "Training history") + " \u2013 coincide";
    paintNow();
    current.shown?.();
    if (name === "history") scrollTo(0, scrolled.get(location.hash.split("?")[0]) ?? 0);
    else if (!query) scrollTo(0, 0);
}

addEventListener("hashchange", showAddress);
document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();  // the address names a page, so it cannot name a place as well
    document.getElementById("main").focus();
});
addEventListener("keydown", (event) => {
    if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!location.hash.startsWith("#/activity/")) return;
    if (event.key === "Escape") location.hash = lastHistory;
    else document.querySelector(`.crumbs a[data-key="${CSS.escape(event.key)}"]`)?.click();
});
history.scrollRestoration = "manual";
showAddress();
