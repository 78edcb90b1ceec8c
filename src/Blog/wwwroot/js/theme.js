// Runs before the page is painted, so that the reader's choice of colours never flashes.
((root, chosen) => {
  root.dataset.script = "";
  try {
    for (const name of chosen) {
      const value = localStorage.getItem(name);
      if (value) root.dataset[name] = value;
    }
  } catch {
    // Storage is blocked: the system's preference holds.
  }
})(document.documentElement, ["theme", "contrast"]);
