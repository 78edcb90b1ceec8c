// The search: a field before any page, opened by its link or by “/”, and suggestions while one types, as a combobox by the ARIA Authoring Practices.
const combobox = field => {
  const form = field.form, list = document.createElement("ul"), status = document.createElement("p");
  let asked, timer, options = [], active = -1;
  list.id = "search-suggestions";
  list.className = "suggestions";
  list.role = "listbox";
  list.ariaLabel = field.dataset.label;
  list.hidden = true;
  status.className = "visually-hidden";
  status.role = "status";
  form.append(list, status);
  field.role = "combobox";
  field.ariaAutoComplete = "list";
  field.ariaExpanded = "false";
  field.setAttribute("aria-controls", list.id);

  const mark = index => {
    active = index;
    options.forEach((option, i) => (option.ariaSelected = i === index));
    if (index < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", options[index].id);
      options[index].scrollIntoView({ block: "nearest" });
    }
  };
  const show = isShown => {
    list.hidden = !isShown;
    field.ariaExpanded = isShown;
    if (!isShown) mark(-1);
  };
  const fill = ({ status: words, items }) => {
    options = items.map(({ title, url, language, note }, i) => {
      const option = document.createElement("li"), small = document.createElement("small");
      option.role = "option";
      option.id = `${list.id}-${i}`;
      option.dataset.url = url;
      if (language) option.lang = language;
      small.textContent = note;
      option.append(title, ...(note ? [small] : []));
      return option;
    });
    list.replaceChildren(...options);
    mark(-1);
    status.textContent = words;
    show(options.length > 0);
  };
  // What is still to come would take the place of what is being chosen from, or open the list again.
  const stop = () => {
    clearTimeout(timer);
    asked?.abort();
  };
  const ask = async () => {
    stop();
    if (field.value.trim().length < 2) return show(false);
    asked = new AbortController();
    try {
      const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(field.value)}`, { signal: asked.signal });
      if (answer.ok) fill(await answer.json());
    } catch {} // Aborted, or offline: the form still works.
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  field.addEventListener("keydown", event => {
    const { key } = event, count = options.length, isArrow = (key === "ArrowDown" || key === "ArrowUp") && count;
    if (event.isComposing) return;
    if (isArrow || key === "Escape") stop();
    if (isArrow) {
      if (list.hidden) show(true);
      mark(key === "ArrowDown" ? (active + 2) % (count + 1) - 1 : (active + count + 1) % (count + 1) - 1);
    } else if (key === "Enter" && active >= 0) location.href = options[active].dataset.url;
    else if (key === "Escape" && !list.hidden) show(false);
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", () => {
    stop();
    show(false);
  });
  form.addEventListener("submit", stop);
  // Before the field loses the focus, and the list with it.
  list.addEventListener("pointerdown", event => event.preventDefault());
  list.addEventListener("click", event => {
    const option = event.target.closest("[role=option]");
    if (option) location.href = option.dataset.url;
  });
};

const searchField = document.querySelector(".search-field"), searchLink = document.querySelector(".site-search");
let searchDialog;
if (searchField) combobox(searchField);

const openSearch = () => {
  if (searchField) return searchField.select();
  if (!searchDialog) {
    const form = document.createElement("form"), field = document.createElement("input");
    searchDialog = document.createElement("dialog");
    searchDialog.className = "search-dialog";
    form.className = "search-form";
    form.action = searchLink.pathname;
    Object.assign(field, { className: "search-field", type: "search", name: "q", autocomplete: "off", spellcheck: false, enterKeyHint: "search", maxLength: 200, ariaLabel: searchLink.dataset.label, placeholder: searchLink.dataset.label });
    Object.assign(field.dataset, searchLink.dataset);
    form.append(field);
    searchDialog.append(form);
    searchDialog.ariaLabel = searchLink.dataset.label;
    searchDialog.addEventListener("click", event => event.target === searchDialog && searchDialog.close());
    document.body.append(searchDialog);
    combobox(field);
    // Plain files on a host that can't search: the link leads to the page that says so.
    fetch(searchLink.dataset.suggest).then(({ status }) => { if (status === 404 || status === 403) location.href = searchLink.href; }, () => {});
  }
  searchDialog.showModal();
};

searchLink?.addEventListener("click", event => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  openSearch();
});
addEventListener("keydown", event => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !searchLink || document.querySelector("dialog[open]")) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  openSearch();
});
