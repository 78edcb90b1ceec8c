// Remembers which words stand at the top of the window and where the focus is, and brings both back when the page has changed.
const blocks = "main :is(h1, h2, h3, h4, h5, h6, p, li, pre, tr, dt, dd, figure, summary):not(.contents *)";

const rememberPlace = () => {
  const focused = document.activeElement?.id;
  const covered = document.querySelector(".preview-bar")?.getBoundingClientRect().bottom ?? 0;
  const isSeen = block => { const box = block.getBoundingClientRect(); return box.height > 0 && box.bottom > covered; };
  const top = scrollY > 0 ? [...document.querySelectorAll(blocks)].find(isSeen) : null;
  const [words, offset] = [top?.textContent, top?.getBoundingClientRect().top];
  const root = document.documentElement;
  // The browser's own care for the place would be added to ours.
  root.style.overflowAnchor = "none";
  return () => {
    const again = top && (top.isConnected && top.textContent === words ? top
      : [...document.querySelectorAll(blocks)].find(block => block.localName === top.localName && block.textContent === words) ?? (top.isConnected ? top : top.id ? document.getElementById(top.id) : null));
    if (again) scrollBy({ top: again.getBoundingClientRect().top - offset, behavior: "instant" });
    if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus({ preventScroll: true });
    requestAnimationFrame(() => requestAnimationFrame(() => root.style.removeProperty("overflow-anchor")));
  };
};
