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

// A transition between pages that is cut short, by a window that changes its size or the next link, is not an error of the page.
for (const name of ["pageswap", "pagereveal"]) {
  addEventListener(name, ({ viewTransition }) => {
    if (viewTransition) for (const step of [viewTransition.updateCallbackDone, viewTransition.ready, viewTransition.finished]) step.catch(() => {});
  });
}
