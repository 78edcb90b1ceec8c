// A transition between pages that is cut short, by a window that changes its size or the next link, is not an error of the page.
for (const name of ["pageswap", "pagereveal"]) {
  addEventListener(name, ({ viewTransition }) => {
    if (viewTransition) for (const step of [viewTransition.updateCallbackDone, viewTransition.ready, viewTransition.finished]) step.catch(() => {});
  });
}
