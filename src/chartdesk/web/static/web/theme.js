// The color scheme is set before the page is drawn, so that it never flashes.
(() => {
  const kept = localStorage.getItem("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.setAttribute("data-bs-theme", kept || (dark ? "dark" : "light"));
})();
// Whoever comes to log in finds nothing of what somebody typed here before.
if (location.pathname.startsWith("/accounts/")) sessionStorage.removeItem("typed");
