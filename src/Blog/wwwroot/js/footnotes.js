// A footnote is shown beside its number; the number stays a link to it.
let note, noteTimer;
const hideNote = () => { clearTimeout(noteTimer); note?.remove(); note = undefined; };
const showNote = link => {
  hideNote();
  const source = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!source) return;
  note = document.createElement("div");
  note.className = "footnote-preview";
  // Read out with the number itself it would be heard twice.
  note.setAttribute("aria-hidden", "true");
  note.append(...[...source.childNodes].map(node => node.cloneNode(true)));
  for (const part of note.querySelectorAll(".footnote-back-ref")) part.remove();
  for (const part of note.querySelectorAll("[id]")) part.removeAttribute("id");
  for (const part of note.querySelectorAll("a, button, input, summary, [tabindex]")) part.tabIndex = -1;
  document.body.append(note);
  const at = link.getBoundingClientRect();
  const width = note.offsetWidth;
  note.style.left = `${Math.max(8, Math.min(innerWidth - width - 8, at.left + at.width / 2 - width / 2)) + scrollX}px`;
  note.style.top = `${(at.top > note.offsetHeight + 16 ? at.top - note.offsetHeight - 8 : at.bottom + 8) + scrollY}px`;
  note.addEventListener("pointerenter", () => clearTimeout(noteTimer));
  note.addEventListener("pointerleave", hideNote);
};
const noteLink = event => event.target.closest?.(".footnote-ref");
addEventListener("pointerover", event => { const link = noteLink(event); if (link && event.pointerType === "mouse") { clearTimeout(noteTimer); noteTimer = setTimeout(showNote, 120, link); } });
addEventListener("pointerout", event => { if (noteLink(event)) { clearTimeout(noteTimer); noteTimer = setTimeout(hideNote, 250); } });
addEventListener("focusin", event => { const link = noteLink(event); if (link?.matches(":focus-visible")) showNote(link); });
addEventListener("focusout", event => { if (noteLink(event)) hideNote(); });
addEventListener("keydown", event => { if (event.key === "Escape") hideNote(); });
addEventListener("click", event => { if (noteLink(event)) hideNote(); });
