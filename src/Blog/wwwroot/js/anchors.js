// The mark beside a heading, and “Copy link”, copy the address besides leading there.
const live = document.querySelector("p[data-copied]");
let copiedTimer;
addEventListener("click", async event => {
  const link = event.target.closest?.("a.anchor, a.copy-link");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !navigator.clipboard) return;
  if (link.matches(".copy-link")) event.preventDefault();
  try { await navigator.clipboard.writeText(link.href); } catch { return; }
  for (const other of document.querySelectorAll(".is-copied")) other.classList.remove("is-copied");
  link.classList.add("is-copied");
  if (live) live.textContent = live.dataset.copied;
  clearTimeout(copiedTimer);
  copiedTimer = setTimeout(() => { link.classList.remove("is-copied"); if (live) live.textContent = ""; }, 1800);
});
