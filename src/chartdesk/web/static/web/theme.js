// The color scheme is set before the page is drawn, so that it never flashes.
(() => {
  const kept = localStorage.getItem("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.setAttribute("data-bs-theme", kept || (dark ? "dark" : "light"));
})();
