/*
 * The briefing as a component of Streamlit: it takes the payload from the app, asks nothing back,
 * and keeps the step in the page's address.
 */
(() => {
  'use strict';
  const G = window.Glimpse;
  const D = G.deck;
  let shown = '', standing = null, waiting = Promise.resolve();

  const post = (type, more = {}) => window.parent.postMessage({isStreamlitMessage: true, type, ...more}, '*');

  async function take({payload, height}, theme) {
    if (height) post('streamlit:setFrameHeight', {height});
    if (!payload || payload === shown) { standing?.dark(theme); return; }
    if (standing) { window.location.reload(); return; } // another briefing, or another language of it
    shown = payload;
    let told = null;
    try {
      told = await D.unpack(payload);
      standing = await D.present(told, document.body.dataset.basemap, {theme});
    } catch (error) { D.broken(error, told?.words); }
  }

  window.addEventListener('message', ({source, data}) => {
    if (source !== window.parent || data?.type !== 'streamlit:render') return;
    const theme = {light: 'light', dark: 'dark'}[data.theme?.base] ?? null;
    waiting = waiting.then(() => take(data.args || {}, theme));
  });
  post('streamlit:componentReady', {apiVersion: 1});
  post('streamlit:setFrameHeight', {height: Math.max(480, window.screen.availHeight - 120)});
})();
