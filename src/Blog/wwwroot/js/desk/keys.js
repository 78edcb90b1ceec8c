// Single keys for those who keep the desk open: / filters, j and k walk the rows, g and a letter changes the page, ? lists them all.
const help = document.getElementById("keys");
const use = document.getElementById("use-keys");
const show = document.getElementById("show-keys");
// Milliseconds between the two keys as they were pressed, however late a busy page hears of them.
const chord = 1500;
let wentAt = -Infinity;

const step = by => {
  const links = [...document.querySelectorAll("main [data-row]")].map(row => row.querySelector(".row-link")).filter(link => link);
  if (links.length === 0) return;
  const row = document.activeElement?.closest?.("[data-row]");
  const here = row ? links.findIndex(link => row.contains(link)) : -1;
  const next = links[here < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, here + by))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
};

const act = event => {
  if (event.timeStamp - wentAt < chord) {
    wentAt = -Infinity;
    const room = document.querySelector(`.desk-nav a[data-key="${CSS.escape(event.key)}"]`);
    if (room) { room.click(); return true; }
  }
  switch (event.key) {
    case "/": {
      const filter = document.querySelector("main input[type=search]");
      filter?.focus();
      filter?.select();
      return Boolean(filter);
    }
    case "j": step(1); return true;
    case "k": step(-1); return true;
    case "g": wentAt = event.timeStamp; return true;
    case "?": help.showModal(); return true;
    default: return false;
  }
};

if (help) {
  use.checked = localStorage.getItem("desk-keys") !== "off";
  use.addEventListener("change", () => localStorage.setItem("desk-keys", use.checked ? "on" : "off"));
  show.hidden = false;
  show.addEventListener("click", () => help.showModal());
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open || event.target.closest?.("input, select, textarea, [contenteditable]")) return;
    if (use.checked && act(event)) event.preventDefault();
  });
  addEventListener("keydown", event => { if (event.key === "Escape" && event.target.matches?.("main input[type=search]")) event.target.blur(); });
}
