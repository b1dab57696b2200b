// What a page cannot do in C#: storage, theme, downloads, focus, other windows, and whether the network is there.
export const language = () => navigator.language;
export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
// The host draws the first screen in the language that was used last.
export const setLanguage = language => {
  document.documentElement.lang = language;
  document.cookie = `billing.language=${language};path=/;max-age=31536000;samesite=strict`;
};
export const firstAnswers = () => {
  const answers = document.getElementById('answers');
  answers?.remove();
  return answers?.textContent ?? null;
};
export const setTheme = theme => {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
};
// A browser may keep nothing: then nothing is read, and writing says so.
const get = (storage, key) => { try { return window[storage].getItem(key); } catch { return null; } };
const put = (storage, key, value) => {
  try {
    if (value === null) window[storage].removeItem(key);
    else window[storage].setItem(key, value);
    return true;
  } catch { return false; }
};
export const read = key => get('localStorage', key);
export const write = (key, value) => put('localStorage', key, value);
export const readAll = prefix => { try { return Object.keys(localStorage).filter(key => key.startsWith(prefix)).map(key => localStorage.getItem(key)).filter(text => text !== null); } catch { return []; } };
// A draft belongs to the tab in which it is typed. When that tab is gone, the next one that asks takes it over; while it lives, no other sees it.
// A tab keeps its name from one load to the next; a copy of a tab that lives has none to take. Each holds a lock by its name, which the browser lets go of when the tab ends, however it ends.
const lockOf = tab => `billing.tab.${tab}`;
const here = (() => {
  const fresh = crypto.getRandomValues(new Uint32Array(2)).join('-');
  try {
    const name = sessionStorage.getItem('billing.tab') ?? fresh;
    sessionStorage.removeItem('billing.tab');
    addEventListener('pagehide', () => sessionStorage.setItem('billing.tab', name));
    addEventListener('pageshow', () => sessionStorage.removeItem('billing.tab'));
    navigator.locks?.request(lockOf(name), () => new Promise(() => { }));
    return name;
  } catch { return fresh; }
})();
export const readDraft = async key => {
  try {
    const own = `${key}|${here}`;
    if (localStorage.getItem(own) !== null || !navigator.locks) return localStorage.getItem(own);
    const locks = await navigator.locks.query();
    const living = [...locks.held, ...locks.pending].map(lock => lock.name);
    const left = Object.keys(localStorage).find(name => name.startsWith(`${key}|`) && !living.includes(lockOf(name.slice(key.length + 1))));
    if (left === undefined) return null;
    const text = localStorage.getItem(left);
    localStorage.removeItem(left);
    localStorage.setItem(own, text);
    return text;
  } catch { return null; }
};
export const keepDraft = (key, text) => write(`${key}|${here}`, text);
// Of this tab alone, until it is closed.
export const readHere = key => get('sessionStorage', key);
export const writeHere = (key, value) => put('sessionStorage', key, value);
// A sign-in in a window beside the page: the answer goes to the page that began it, which alone can change it for tokens.
export const answerOf = state => new Promise(done => {
  const channel = new BroadcastChannel('billing.signin');
  channel.onmessage = ({ data }) => {
    if (data.state !== state || data.query === undefined) return;
    channel.postMessage({ state });
    channel.close();
    done(data.query);
  };
});
export const handAnswer = (state, query) => new Promise(done => {
  const channel = new BroadcastChannel('billing.signin');
  const end = taken => { clearTimeout(waiting); channel.close(); done(taken); };
  const waiting = setTimeout(() => end(false), 2000);
  channel.onmessage = ({ data }) => { if (data.state === state && data.query === undefined) end(true); };
  channel.postMessage({ state, query });
});
export const focus = id => { document.getElementById(id)?.focus(); };
export const openDialog = id => { const dialog = document.getElementById(id); if (dialog && !dialog.open) dialog.showModal(); };
export const closeDialog = id => { document.getElementById(id)?.close(); };
export const save = (name, type, bytes) => {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
};
export const watchNetwork = page => {
  const tell = () => page.invokeMethodAsync('NetworkChanged', navigator.onLine);
  addEventListener('online', tell);
  addEventListener('offline', tell);
  return navigator.onLine;
};
