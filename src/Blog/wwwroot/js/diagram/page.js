// Has diagrams drawn, as they come near, by a frame that is walled off from the page, and shows what it draws as pictures. Their source stays, unfolded where one can't be drawn.
const { frame: frameUrl, diagram: altText, source: sourceWord, failed: failedWord } = document.querySelector("script[data-frame]").dataset;
const smallest = 0.6;

const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
const styleOf = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colour = name => {
  canvas.fillStyle = styleOf(name);
  canvas.fillRect(0, 0, 1, 1);
  return `#${[...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part.toString(16).padStart(2, "0")).join("")}`;
};
const look = () => ({
  dark: getComputedStyle(document.documentElement).colorScheme === "dark",
  page: colour("--color-page"), surface: colour("--color-surface"), text: colour("--color-text"), line: colour("--color-control"), wash: colour("--color-accent-wash"), accent: colour("--color-accent"), font: styleOf("--font-interface"),
});

let drawer = null;
const waiting = new Map();
const openFrame = () => drawer ??= new Promise(ready => {
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts";
  frame.title = altText;
  frame.tabIndex = -1;
  frame.setAttribute("aria-hidden", "true");
  // As wide as a page, since what is drawn is measured, and out of sight.
  Object.assign(frame.style, { position: "fixed", insetInlineStart: "-2000px", inlineSize: "1200px", blockSize: "800px", visibility: "hidden", border: 0 });
  addEventListener("message", event => {
    if (event.source !== frame.contentWindow) return;
    if (event.data.ready) return ready(frame.contentWindow);
    waiting.get(event.data.id)?.(event.data);
    waiting.delete(event.data.id);
  });
  frame.src = frameUrl;
  document.body.append(frame);
});

let number = 0;
const draw = async source => {
  const drawing = await openFrame();
  const id = `diagram-${++number}`;
  return new Promise(done => {
    waiting.set(id, done);
    drawing.postMessage({ id, source, look: look() }, "*");
  });
};

const element = (name, className, text) => Object.assign(document.createElement(name), { className, textContent: text ?? "" });

const show = async figure => {
  const code = figure.querySelector("code.language-mermaid");
  const result = await draw(code.textContent);
  if (!code.isConnected) return;
  figure.querySelector(".diagram-note")?.remove();
  if (result.error !== undefined) {
    figure.querySelector(".diagram-drawing")?.remove();
    figure.querySelector("details")?.setAttribute("open", "");
    const note = element("p", "diagram-note", `${failedWord} ${result.error}`);
    note.role = "status";
    figure.append(note);
    return;
  }

  const box = figure.querySelector(".diagram-drawing") ?? element("div", "diagram-drawing");
  const picture = box.querySelector("img") ?? box.appendChild(new Image());
  picture.alt = result.title || figure.querySelector("figcaption")?.textContent || altText;
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(result.svg)}`;
  if (!box.isConnected) {
    const details = element("details", "diagram-source");
    details.append(element("summary", "", sourceWord), code.parentElement);
    figure.prepend(box);
    figure.append(details);
  }

  picture.width = Math.round(Math.max(Math.min(result.width, figure.clientWidth), result.width * smallest));
  if (picture.width > figure.clientWidth) box.tabIndex = 0;
};

const near = new IntersectionObserver(entries => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) { near.unobserve(target); show(target); }
}, { rootMargin: "800px" });
const seen = new WeakMap();
const observe = () => {
  for (const figure of document.querySelectorAll("figure.diagram")) {
    const code = figure.querySelector("code.language-mermaid");
    if (!code || seen.get(figure) === code) continue;
    seen.set(figure, code);
    near.observe(figure);
  }
};
observe();
// A page that follows what its author saves brings the source back.
new MutationObserver(observe).observe(document.querySelector("main"), { childList: true, subtree: true });

// Drawn again in the other colours, when the page changes its own.
let drawnIn = JSON.stringify(look());
const redraw = () => {
  if (drawnIn === (drawnIn = JSON.stringify(look()))) return;
  for (const figure of document.querySelectorAll("figure.diagram:has(.diagram-drawing)")) show(figure);
};
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => requestAnimationFrame(redraw));
new MutationObserver(redraw).observe(document.documentElement, { attributes: true });
