// Gives each piece of code a button that copies it: without line numbers, which are no text, and without lines that are struck out.
const copyWords = document.querySelector("script[data-copy]")?.dataset;
const copyStatus = document.createElement("p");
copyStatus.className = "visually-hidden";
copyStatus.role = "status";

const copyText = code => {
  const copy = code.cloneNode(true);
  for (const line of copy.querySelectorAll("del.line[data-line]")) { line.nextSibling?.remove(); line.remove(); }
  return copy.textContent.replace(/\n$/, "");
};

const addCopyButtons = () => {
  for (const block of document.querySelectorAll("main .code:not(:has(.code-copy))")) {
    const button = document.createElement("button");
    button.className = "code-copy";
    button.type = "button";
    button.textContent = copyWords.copy;
    block.append(button);
  }
};

if (copyWords && navigator.clipboard) {
  document.body.append(copyStatus);
  addCopyButtons();
  // A page that follows what its author saves takes the buttons away.
  new MutationObserver(addCopyButtons).observe(document.querySelector("main"), { childList: true, subtree: true });
  addEventListener("click", async event => {
    const button = event.target.closest?.(".code-copy");
    if (!button) return;
    try { await navigator.clipboard.writeText(copyText(button.parentElement.querySelector("code"))); } catch { return; }
    button.textContent = copyStatus.textContent = copyWords.copied;
    setTimeout(() => { button.textContent = copyWords.copy; copyStatus.textContent = ""; }, 2000);
  });
}
