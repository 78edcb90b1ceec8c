// Turns a part of the page into its new version and keeps every node that is still the same: with it focus, players and what the reader unfolded.
const morph = (from, to) => {
  if (from.isEqualNode(to)) return;
  if (from.nodeName !== to.nodeName) return from.replaceWith(to);
  if (from.nodeType !== Node.ELEMENT_NODE) { from.nodeValue = to.nodeValue; return; }
  const isReaders = name => name === "open" && from.localName === "details";
  for (const { name } of [...from.attributes]) if (!to.hasAttribute(name) && !isReaders(name)) from.removeAttribute(name);
  for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value && !isReaders(name)) from.setAttribute(name, value);
  morphChildren(from, [...from.childNodes], [...to.childNodes]);
};

const morphChildren = (parent, olds, news) => {
  let start = 0, end = 0;
  while (start < olds.length && start < news.length && olds[start].isEqualNode(news[start])) start++;
  while (end < Math.min(olds.length, news.length) - start && olds.at(-1 - end).isEqualNode(news.at(-1 - end))) end++;
  const behind = end > 0 ? olds.at(-end) : null;
  const left = olds.slice(start, olds.length - end);
  let at = 0, unmet = [];
  for (const node of news.slice(start, news.length - end)) {
    const twin = left.findIndex((other, i) => i >= at && other.isEqualNode(node));
    if (twin < 0) { unmet.push(node); continue; }
    morphRun(parent, left.slice(at, twin), unmet, left[twin]);
    [at, unmet] = [twin + 1, []];
  }
  morphRun(parent, left.slice(at), unmet, behind);
};

// What lies between two nodes that stayed: changed one by one, then added or taken away.
const morphRun = (parent, olds, news, behind) => {
  news.forEach((node, i) => i < olds.length ? morph(olds[i], node) : parent.insertBefore(node, behind));
  for (const old of olds.slice(news.length)) old.remove();
};
