// Shows what is wrong with the files: errors at once, warnings when asked for. All of it is text; nothing of a file becomes markup.
const element = (name, className, ...children) => {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
};

// What is said of a problem is in English, as is what it is about: paths, codes and lines.
const english = (name, className, ...children) => {
  const made = element(name, className, ...children);
  made.lang = "en";
  made.dir = "ltr";
  return made;
};

// The words around it are those of the site.
const words = document.querySelector("script[data-changes]").dataset;

// A link, a tag, a word, or a single character.
const token = /^(?:!?\[[^\]]*\]\([^)]*\)|<[^<>]*>|[\p{L}\p{N}_-]+|.)/u;

const excerptLine = ({ number, text, isHere }, column) => {
  const line = element("span", "live-line", element("span", "live-number", String(number)));
  if (isHere) {
    const end = column - 1 + (text.slice(column - 1).match(token)?.[0].length ?? 0);
    line.setAttribute("aria-current", "location");
    line.append(text.slice(0, column - 1), element("mark", "", text.slice(column - 1, end) || " "), text.slice(end));
  } else line.append(text);
  line.append("\n");
  return line;
};

const problemItem = problem => {
  const item = element("li", `live-problem live-${problem.severity}`);
  item.append(
    element("p", "live-message", element("strong", "live-severity", problem.label), " ", english("span", "", problem.message)),
    element("p", "live-place", english("span", "", element("code", "", `${problem.path}:${problem.line}:${problem.column}`), ` ${problem.code}`)));
  if (problem.suggestion) item.append(element("p", "live-suggestion", english("span", "", problem.suggestion)));
  if (problem.excerpt.length > 0) {
    const excerpt = element("pre", "live-excerpt", ...problem.excerpt.map(line => excerptLine(line, problem.column)));
    excerpt.dir = "ltr";
    item.append(excerpt);
  }
  return item;
};

const badge = element("button", "live-badge");
badge.type = "button";
const status = element("div", "live-status", badge);
status.setAttribute("role", "status");
const title = element("h2", "live-title");
title.id = "live-title";
const close = element("button", "live-close", words.close);
close.type = "button";
const list = element("ul", "live-list");
const overlay = element("dialog", "live-overlay", element("header", "live-header", title, close), list);
overlay.setAttribute("role", "alertdialog");
overlay.setAttribute("aria-labelledby", title.id);
for (const part of [status, overlay]) {
  part.lang = words.lang;
  part.dir = words.dir;
}

badge.hidden = true;
badge.addEventListener("click", () => overlay.showModal());
close.addEventListener("click", () => overlay.close());
overlay.addEventListener("click", event => { if (event.target === overlay) overlay.close(); });
// Beside the body, which is changed as a whole.
document.documentElement.append(status, overlay);

let shown = "[]", openedItself = false;
const showProblems = ({ title: count, problems }) => {
  const text = JSON.stringify(problems);
  if (text === shown) return;
  shown = text;
  const hasErrors = problems.some(problem => problem.severity === "error");
  title.textContent = badge.textContent = count;
  badge.hidden = problems.length === 0;
  badge.classList.toggle("live-badge-error", hasErrors);
  list.replaceChildren(...problems.map(problemItem));
  if (problems.length === 0 || (openedItself && !hasErrors)) overlay.close();
  if (hasErrors && !overlay.open) {
    openedItself = true;
    overlay.showModal();
  }
};
overlay.addEventListener("close", () => { openedItself = false; });
