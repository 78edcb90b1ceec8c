// Shows what is wrong with the files: errors at once, warnings when asked for. All of it is text; nothing of a file becomes markup.
const element = (name, className, ...children) => {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
};

const number = (count, word) => count === 0 ? [] : [`${count} ${word}${count === 1 ? "" : "s"}`];
const countOf = problems => ["error", "warning"].flatMap(severity => number(problems.filter(problem => problem.severity === severity).length, severity)).join(", ");

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
    element("p", "live-message", element("strong", "live-severity", problem.severity === "error" ? "Error" : "Warning"), ` ${problem.message}`),
    element("p", "live-place", element("code", "", `${problem.path}:${problem.line}:${problem.column}`), ` ${problem.code}`));
  if (problem.suggestion) item.append(element("p", "live-suggestion", problem.suggestion));
  if (problem.excerpt.length > 0) item.append(element("pre", "live-excerpt", ...problem.excerpt.map(line => excerptLine(line, problem.column))));
  return item;
};

const badge = element("button", "live-badge");
badge.type = "button";
const status = element("div", "live-status", badge);
status.setAttribute("role", "status");
const title = element("h2", "live-title");
title.id = "live-title";
const close = element("button", "live-close", "Close");
close.type = "button";
const list = element("ul", "live-list");
const overlay = element("dialog", "live-overlay", element("header", "live-header", title, close), list);
overlay.setAttribute("role", "alertdialog");
overlay.setAttribute("aria-labelledby", title.id);
for (const part of [status, overlay]) {
  part.lang = "en";
  part.dir = "ltr";
}

badge.hidden = true;
badge.addEventListener("click", () => overlay.showModal());
close.addEventListener("click", () => overlay.close());
overlay.addEventListener("click", event => { if (event.target === overlay) overlay.close(); });
// Beside the body, which is changed as a whole.
document.documentElement.append(status, overlay);

let shown = "[]", openedItself = false;
const showProblems = problems => {
  const text = JSON.stringify(problems);
  if (text === shown) return;
  shown = text;
  const hasErrors = problems.some(problem => problem.severity === "error");
  title.textContent = badge.textContent = countOf(problems);
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
