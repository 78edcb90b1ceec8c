// Has the page follow what is saved: hears of it, fetches the page anew, and changes what is different. A hidden page waits until it is looked at.
const { stamp, changes, problems: problemsUrl } = document.querySelector("script[data-changes]").dataset;
const silence = 40_000;
let source = null, deadline = 0, hasListened = false;
// Files that were saved with problems, which are shown until they are mended, beside those of the page's own file.
let saved = [];

const sourceOf = page => page.head.querySelector("meta[name=content-source]");
const ownFile = () => sourceOf(document)?.content;

const fetchReport = async own => {
  const paths = [own ?? "", ...saved];
  const response = await fetch(`${problemsUrl}?${paths.map(path => `path=${encodeURIComponent(path)}`).join("&")}`);
  if (!response.ok) return null;
  const report = await response.json();
  saved = saved.filter(path => report.problems.some(problem => problem.path === path));
  return report;
};

// Waits for new style sheets before it lets go of the old ones.
const swapStyles = next => {
  const [olds, news] = [document, next].map(page => [...page.head.querySelectorAll("link[rel=stylesheet]")]);
  return Promise.all(news.map((sheet, i) => new Promise(done => {
    if (!olds[i] || olds[i].getAttribute("href") === sheet.getAttribute("href")) return done();
    sheet.addEventListener("load", () => { olds[i].remove(); done(); });
    sheet.addEventListener("error", () => { sheet.remove(); done(); });
    olds[i].after(sheet);
  })));
};

const scriptsOf = page => [...page.head.querySelectorAll("script[src]")].map(script => script.getAttribute("src")).join();

const refresh = async files => {
  saved = [...new Set([...saved, ...files.map(file => file.path)])];
  const own = files.find(file => file.from && file.from === ownFile())?.path ?? ownFile();
  const report = await fetchReport(own);
  const hasMoved = report?.url && decodeURI(report.url) !== decodeURI(location.pathname);
  const response = await fetch(hasMoved ? report.url : location.href.split("#")[0], { cache: "no-store", headers: { accept: "text/html" } });
  if (response.status === 503) throw new Error("The site is not ready yet.");
  const next = new DOMParser().parseFromString(await response.text(), "text/html");
  if (hasMoved || response.redirected) history.replaceState(history.state, "", new URL(response.url).pathname + new URL(response.url).search + location.hash);
  if (scriptsOf(next) !== scriptsOf(document)) return location.reload();
  await swapStyles(next);
  const backToPlace = rememberPlace();
  document.title = next.title;
  sourceOf(document)?.remove();
  document.head.append(sourceOf(next) ?? "");
  for (const name of ["lang", "dir"]) if (document.documentElement[name] !== next.documentElement[name]) document.documentElement[name] = next.documentElement[name];
  morph(document.body, next.body);
  backToPlace();
  if (report) showProblems(report);
};

// One after the other; what comes meanwhile is done together.
let waiting = null, isBusy = false;
const follow = async files => {
  waiting = [...waiting ?? [], ...files];
  if (isBusy) return;
  isBusy = true;
  while (waiting) {
    const now = waiting;
    waiting = null;
    // The site stops or starts: the next greeting brings the page up to date.
    try { await refresh(now); } catch { continue; }
  }
  isBusy = false;
};

const listen = () => {
  clearTimeout(deadline);
  source?.close();
  if (document.hidden) return;
  const alive = () => { clearTimeout(deadline); deadline = setTimeout(listen, silence); };
  source = new EventSource(changes);
  source.addEventListener("hello", event => {
    alive();
    // After an interruption anything may have changed, even what is no file, such as the hour of an article.
    if (hasListened || JSON.parse(event.data).stamp !== stamp) follow([]);
    hasListened = true;
  });
  source.addEventListener("change", event => { alive(); follow(JSON.parse(event.data).files); });
  source.addEventListener("alive", alive);
  source.addEventListener("error", () => { if (source.readyState === EventSource.CLOSED) deadline = setTimeout(listen, 1000); });
};

document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", event => { if (event.persisted) listen(); });
listen();
if (ownFile()) fetchReport(ownFile()).then(report => { if (report) showProblems(report); }, () => {});
