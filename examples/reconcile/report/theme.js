// Before anything is painted: light or dark, as the system says or as the reader chose.
(() => {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const stored = () => {
        try {
            return localStorage.getItem("coincide-theme");
        } catch {
            return null;  // a browser may refuse storage to a page from disk
        }
    };
    let choice = stored() || "system";
    const apply = () => {
        const dark = choice === "dark" || (choice === "system" && system.matches);
        document.documentElement.dataset.theme = dark ? "dark" : "light";
    };
    apply();
    system.addEventListener("change", apply);

    // Paper is white.
    addEventListener("beforeprint", () => { document.documentElement.dataset.theme = "light"; });
    addEventListener("afterprint", apply);

    addEventListener("DOMContentLoaded", () => {
        const button = document.getElementById("theme");
        const names = { system: "System", light: "Light", dark: "Dark" };
        const label = () => {
            button.textContent = names[choice];
            button.setAttribute("aria-label", `Colours: ${names[choice]}. Change`);
        };
        button.addEventListener("click", () => {
            choice = { system: "light", light: "dark", dark: "system" }[choice];
            try {
                localStorage.setItem("coincide-theme", choice);
            } catch { /* the choice then lasts as long as the page */ }
            apply();
            label();
        });
        label();
    });
})();
