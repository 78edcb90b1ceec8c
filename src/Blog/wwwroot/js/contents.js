// The style sheet unfolds the contents on wide screens; this tells assistive technology so.
const contents = document.querySelector(".contents > details");
const wide = matchMedia("(width >= 68rem)");
const unfold = () => { if (contents && wide.matches) contents.open = true; };
wide.addEventListener("change", unfold);
unfold();
