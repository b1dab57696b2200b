// Before the first paint: the theme that the reader chose, and the language of the first words.
(() => {
  const root = document.documentElement;
  let theme = null, language = null;
  try {
    theme = localStorage.getItem('billing.theme');
    language = localStorage.getItem('billing.language');
  } catch { /* Storage is blocked: the system's theme and the browser's language are used. */ }
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  const german = (language ?? navigator.language).startsWith('de');
  root.lang = german ? 'de' : 'en';
  const words = german
    ? { boot: 'Wird geladen …', failed: 'Die Seite wurde durch einen Fehler angehalten. Ihre Entwürfe sind in diesem Browser gespeichert.', reload: 'Neu laden' }
    : { boot: 'Loading …', failed: 'An error stopped the page. Your drafts are kept in this browser.', reload: 'Load again' };
  document.addEventListener('DOMContentLoaded', () => {
    for (const text of document.querySelectorAll('.boot-text')) text.textContent = words.boot;
    document.querySelector('.failed-text').textContent = words.failed;
    document.querySelector('.reload').textContent = words.reload;
    // Once what came with the page is on the screen: what the page runs on would keep it waiting. A tab that is not looked at paints nothing, and does not wait.
    const start = () => { if (!started) { started = true; Blazor.start(); } };
    let started = false;
    requestAnimationFrame(() => setTimeout(start));
    setTimeout(start, 200);
  });
})();
