// A card that leads to a video or a sandbox becomes its player when the reader asks for it; before that nothing is requested from there.
addEventListener("click", event => {
  const link = event.target.closest?.("figure.embed[data-embed] > .embed-link");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const { embed, title } = link.parentElement.dataset;
  const player = document.createElement("iframe");
  player.title = title ?? link.textContent.trim();
  player.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  player.src = embed + (embed.includes("?") ? "&" : "?") + "autoplay=1";
  link.replaceWith(player);
  player.focus();
});
