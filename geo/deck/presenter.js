/*
 * The presenter's window: notes, this step and the next, elapsed time and the clock. It is written
 * by the briefing's own window and needs no address, so it opens from a stick as well. It follows
 * and steers; when either is loaded anew it ends.
 */
(() => {
  'use strict';
  const G = window.Glimpse;
  const D = G.deck, {make} = D;
  const TICK_MS = 250, SIZE = 'popup,width=900,height=700';

  const two = (n) => String(n).padStart(2, '0');
  const clock = (seconds) => `${seconds >= 3600 ? `${Math.floor(seconds / 3600)}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(Math.floor(seconds) % 60)}`;

  /** Return a stopwatch that starts by the first step onwards: {start(), toggle(), reset(), seconds(), running}. */
  function stopwatch() {
    let since = 0, before = 0;
    const self = {running: false, used: false, start, toggle, reset, seconds};
    function seconds() { return before + (self.running ? (performance.now() - since) / 1000 : 0); }
    function start() { if (!self.used) { self.used = true; go(); } }
    function go() { since = performance.now(); self.running = true; }
    function toggle() {
      self.used = true;
      if (!self.running) { go(); return; }
      before = seconds();
      self.running = false;
    }
    function reset() { before = 0; since = performance.now(); }
    return self;
  }

  /** Return {open(), close(), fill(), advance(), is open}: the window of a deck. */
  D.presenter = (deck, {word, lang}) => {
    const watch = stopwatch(), self = {open, close, fill, advance: () => watch.start(), watch, window: null};
    let parts = null, ticking = 0;

    /** Open it, or bring it to the front. Returns false when the browser refuses. */
    function open() {
      if (self.window && !self.window.closed) { self.window.focus(); return true; }
      let there = null;
      try { there = window.open('', '', SIZE); } catch { /* refused */ }
      if (!there?.document?.body) return false;
      self.window = there;
      build(there.document);
      there.addEventListener('keydown', deck.key);
      there.addEventListener('pagehide', () => { clearInterval(ticking); });
      clearInterval(ticking);
      ticking = there.setInterval(tick, TICK_MS);
      fill();
      return true;
    }

    function build(page) {
      page.documentElement.lang = lang;
      page.documentElement.dataset.theme = document.documentElement.dataset.theme;
      page.title = `${word('presenter')} – ${deck.told.title}`;
      for (const style of document.querySelectorAll('style')) {
        const copy = page.createElement('style');
        copy.textContent = style.textContent; // the same text, which the policy allows by its hash
        page.head.append(copy);
      }
      // In the app the styles are files, which a window without an address of its own is not given.
      const filed = [...document.styleSheets].filter(({href}) => href).flatMap(({cssRules}) => [...cssRules]);
      const sheet = new page.defaultView.CSSStyleSheet();
      sheet.replaceSync(filed.map(({cssText}) => cssText).join('\n'));
      page.adoptedStyleSheets = [sheet];
      parts = Object.fromEntries(['place', 'title', 'notes', 'upcoming', 'elapsed', 'time'].map((key) => [key, make('div', `deck-own-${key}`)]));
      parts.title = make('h1', 'deck-own-title');
      parts.pause = D.button('pause', word('pause'), () => { watch.toggle(); tick(); }, 'deck-own-button');
      const act = (key, what) => D.button(key, word(key), what, 'deck-own-button');
      const labelled = (key, node) => make('div', 'deck-own-label', make('span', '', word(key)), node);
      const notes = make('main', 'deck-own-notes-box', parts.place, parts.title, parts.notes);
      notes.tabIndex = 0;
      page.body.className = 'deck-own';
      page.body.replaceChildren(
        make('header', 'deck-own-head', labelled('elapsed', parts.elapsed), parts.pause, act('reset', () => { watch.reset(); tick(); }), labelled('clock', parts.time)),
        notes,
        make('footer', 'deck-own-foot', labelled('then', parts.upcoming), act('back', () => deck.go(-1)), act('next', () => deck.go(1))),
      );
    }

    function tick() {
      if (!parts || !self.window || self.window.closed) { clearInterval(ticking); return; }
      parts.elapsed.textContent = clock(watch.seconds());
      parts.time.textContent = new Date().toLocaleTimeString(lang, {hour: '2-digit', minute: '2-digit'});
      const says = word(watch.running || !watch.used ? 'pause' : 'resume');
      if (parts.pause.textContent !== says) {
        parts.pause.textContent = parts.pause.title = says;
        parts.pause.setAttribute('aria-label', says);
      }
    }

    /** Write the step that is shown now. */
    function fill() {
      if (!parts || !self.window || self.window.closed) return;
      const {screens} = deck.told, at = deck.at(), screen = screens[at], after = screens[at + 1];
      self.window.document.documentElement.dataset.theme = document.documentElement.dataset.theme;
      parts.place.textContent = deck.place();
      parts.title.textContent = screen.headline;
      const lines = screen.notes.split('\n').filter((line) => line.trim());
      parts.notes.replaceChildren(...(lines.length ? lines : [word('no_notes')]).map((line) => make('p', '', line)));
      parts.notes.parentNode.scrollTop = 0;
      parts.upcoming.textContent = after ? after.headline : word('last');
      tick();
    }

    function close() { if (self.window && !self.window.closed) self.window.close(); }

    window.addEventListener('pagehide', close);
    return self;
  };
})();
