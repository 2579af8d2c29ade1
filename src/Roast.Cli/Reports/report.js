// Light, dark, or as the system says. The page is whole without this.
(function () {
  var root = document.documentElement, button = document.getElementById('scheme');
  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  function isDark() { return (root.dataset.scheme || (dark.matches ? 'dark' : 'light')) === 'dark'; }
  function say() { button.textContent = isDark() ? 'Light' : 'Dark'; button.setAttribute('aria-label', 'Show in ' + (isDark() ? 'light' : 'dark') + ' colors'); }
  button.hidden = false;
  button.addEventListener('click', function () { root.dataset.scheme = isDark() ? 'light' : 'dark'; say(); });
  dark.addEventListener('change', say);
  say();
})();
