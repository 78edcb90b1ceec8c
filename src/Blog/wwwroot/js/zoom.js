// A link to a picture's largest size shows it over the page instead. Escape, the button and a click on the picture lead back to the link.
const template = document.querySelector("#zoomView");

addEventListener("click", event => {
  const link = event.target.closest?.("a.zoom");
  if (!link || !template || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const view = template.content.firstElementChild.cloneNode(true);
  const picture = (link.querySelector("picture") ?? link.querySelector("img")).cloneNode(true);
  const image = picture.matches("img") ? picture : picture.querySelector("img");
  image.loading = "eager";
  for (const source of picture.querySelectorAll("source")) source.sizes = "100vw";
  if (!image.src.endsWith(".gif")) image.src = link.href;
  view.setAttribute("aria-label", image.alt);
  view.prepend(picture);
  view.addEventListener("click", () => view.close());
  view.addEventListener("close", () => {
    view.remove();
    link.focus({ preventScroll: true });
  });
  document.body.append(view);
  view.showModal();
});
