// What a page cannot do in C#: storage, theme, downloads, focus, and whether the network is there.
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
