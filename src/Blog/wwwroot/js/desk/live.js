// Keeps an open page of the desk up to date: when the site says that something changed, the page is fetched again and its live parts change places with the new ones.
const note = document.getElementById("note");
// As the site itself writes the time.
const clock = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", numberingSystem: "latn" };
let stream, running = false, again = false;

// What identifies an element across two versions of the page.
const keyOf = element => element.id ? "#" + element.id : [element.localName, element.name ?? "", element.getAttribute("href") ?? "", element.closest("form")?.getAttribute("action") ?? ""].join(" ");
const inputs = root => [...root.querySelectorAll("input:not([type=hidden]), select, textarea")];
const isChanged = input => input.localName === "select" ? [...input.options].some(option => option.selected !== option.defaultSelected) && input.dataset.touched !== undefined : input.value !== input.defaultValue;

// Marked when touched, since a select without a default has its first option selected all the same.
addEventListener("input", event => { event.target.dataset.touched = ""; });

const remember = root => ({
  focus: root.contains(document.activeElement) ? keyOf(document.activeElement) : null,
  selection: document.activeElement?.matches?.("input[type=search], input[type=text]") ? [document.activeElement.selectionStart, document.activeElement.selectionEnd] : null,
  open: [...root.querySelectorAll("details[open]")].map(details => details.id || details.querySelector("summary")?.textContent),
  values: inputs(root).filter(isChanged).map(input => [keyOf(input), input.value]),
  anchor: [...root.querySelectorAll("[data-row] a, h2 a")].map(link => [keyOf(link), link.getBoundingClientRect().top]).find(([, top]) => top >= 0),
});

const recall = (root, was) => {
  const find = key => [...root.querySelectorAll("a, button, input, select, textarea, summary")].find(element => keyOf(element) === key);
  for (const details of root.querySelectorAll("details")) if (was.open.includes(details.id || details.querySelector("summary")?.textContent)) details.open = true;
  for (const [key, value] of was.values) {
    const input = find(key);
    if (!input) continue;
    input.value = value;
    input.dataset.touched = "";
  }
  const focused = was.focus && find(was.focus);
  focused?.focus({ preventScroll: true });
  if (was.selection && focused?.setSelectionRange) focused.setSelectionRange(...was.selection);
  const anchor = was.anchor && scrollY > 0 && find(was.anchor[0]);
  if (anchor) scrollBy({ top: anchor.getBoundingClientRect().top - was.anchor[1], behavior: "instant" });
};

const refresh = async () => {
  if (running) { again = true; return; }
  running = true;
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (response.redirected && new URL(response.url).pathname !== location.pathname) return location.reload();
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const old of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(old.id);
      if (!fresh) continue;
      const was = remember(old);
      old.replaceWith(document.adoptNode(fresh));
      recall(fresh, was);
    }
    note.textContent = note.dataset.updated.replace("{0}", new Date().toLocaleTimeString(document.documentElement.lang, clock));
  } catch {
    // The stream will say when the site is back.
  } finally {
    running = false;
    if (again) { again = false; refresh(); }
  }
};

const listen = () => {
  if (!note || stream) return;
  stream = new EventSource("/desk/events");
  stream.addEventListener("stamp", event => {
    if (document.getElementById("main").dataset.stamp !== event.data) refresh();
  });
};

// “In 3 h” is no longer true for someone who comes back to the page later.
let hiddenAt = 0;
addEventListener("visibilitychange", () => {
  if (document.hidden) hiddenAt = performance.now();
  else if (stream && performance.now() - hiddenAt > 60_000) refresh();
});

// A page that is put away lets go of its place.
addEventListener("pagehide", () => { stream?.close(); stream = null; });
addEventListener("pageshow", listen);
listen();
