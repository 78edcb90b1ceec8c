// The choice of colours: kept in the reader's browser alone, in step over all open pages.
const themeMenu = document.getElementById("themeMenu");
if (themeMenu) {
  const root = document.documentElement;
  const show = () => {
    themeMenu.elements.theme.value = root.dataset.theme ?? "";
    themeMenu.elements.contrast.checked = root.dataset.contrast === "more";
  };
  const set = (name, value) => {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
  };
  themeMenu.addEventListener("change", () => {
    for (const [name, value] of [["theme", themeMenu.elements.theme.value], ["contrast", themeMenu.elements.contrast.checked ? "more" : ""]]) {
      set(name, value);
      try { value ? localStorage.setItem(name, value) : localStorage.removeItem(name); } catch { /* It holds for this page. */ }
    }
  });
  addEventListener("storage", event => {
    if (event.key === "theme" || event.key === "contrast") { set(event.key, event.newValue); show(); }
  });
  show();
}
