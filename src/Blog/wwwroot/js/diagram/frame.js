// Draws for the page around this frame, which gets a picture back: nothing in a diagram can reach the page.
const draw = async ({ id, source, look }) => {
  mermaid.initialize({
    startOnLoad: false, securityLevel: "strict", suppressErrorRendering: true, logLevel: "fatal", deterministicIds: true, deterministicIDSeed: id, maxTextSize: 50_000, maxEdges: 500,
    htmlLabels: false, flowchart: { htmlLabels: false }, class: { htmlLabels: false }, fontFamily: look.font, theme: "base",
    themeVariables: {
      darkMode: look.dark, background: look.page, fontFamily: look.font, primaryColor: look.wash, primaryTextColor: look.text, primaryBorderColor: look.accent, secondaryColor: look.surface, tertiaryColor: look.surface,
      lineColor: look.line, textColor: look.text, mainBkg: look.wash, nodeBorder: look.accent, clusterBkg: look.surface, titleColor: look.text, edgeLabelBackground: look.page, noteBkgColor: look.surface, noteTextColor: look.text,
    },
  });
  const { svg: text } = await mermaid.render(id, source);
  const svg = new DOMParser().parseFromString(text, "text/html").querySelector("svg");
  const [, , width, height] = svg.getAttribute("viewBox").split(/[\s,]+/).map(Number);
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  // A picture may be printed or saved without the page around it.
  svg.style.background = look.page;
  const title = [...svg.querySelectorAll(":scope > title, :scope > desc")].map(words => words.textContent).join(". ");
  return { svg: new XMLSerializer().serializeToString(svg), width, height, title };
};

let last = Promise.resolve();
addEventListener("message", event => {
  if (event.source !== parent) return;
  const { id } = event.data;
  // One after the other: Mermaid has one set of settings.
  last = last.then(() => draw(event.data)).then(result => parent.postMessage({ id, ...result }, "*"), error => {
    document.getElementById(`d${id}`)?.remove();
    parent.postMessage({ id, error: String(error?.message ?? error).slice(0, 500) }, "*");
  });
});
parent.postMessage({ ready: true }, "*");
