// What a page cannot do in C#: storage, theme, downloads, focus, other windows, and whether the network is there.
export const language = () => navigator.language;
export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
export const setLanguage = language => { document.documentElement.lang = language; };
export const setTheme = theme => {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
};
export const read = key => { try { return localStorage.getItem(key); } catch { return null; } };
export const write = (key, value) => {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
    return true;
  } catch { return false; }
};
// Of this window alone, until it is closed.
export const writeHere = (key, value) => { try { sessionStorage.setItem(key, value); return true; } catch { return false; } };
export const takeHere = key => {
  try {
    const value = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return value;
  } catch { return null; }
};
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
