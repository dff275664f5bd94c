/*
 * A briefing on the screen: one step at a time, from the file it stands in or from the app. It puts
 * words, map and timeline together, and knows which step is shown.
 */
(() => {
  'use strict';
  const G = window.Glimpse;
  const D = G.deck, {make} = D;
  const TOLD_MS = 6000, IDLE_MS = 3000, LINES = 3, LEAST = 0.26; // of the window's height
  const UNREAD = 'The data of this briefing could not be read; the file may be cut short.';
  const preferred = window.matchMedia('(prefers-color-scheme: dark)');

  /** Return the frame of the page: all elements that stay, empty. */
  function frame() {
    const parts = {
      words: make('section', 'deck-words'), stage: make('section', 'deck-stage'), strip: make('div', 'deck-strip'), land: make('div', 'deck-land'),
      time: make('div', 'deck-time'), foot: make('footer', 'deck-foot'), black: make('div', 'deck-black'), live: make('p', 'deck-unseen'),
      note: make('p', 'deck-note'), bar: make('div', 'deck-progress'), facts: make('p', 'deck-facts'), place: make('p', 'deck-place'),
      tools: make('div', 'deck-tools'),
    };
    parts.main = make('main', 'deck', parts.words, parts.stage);
    parts.stage.append(parts.strip, parts.land, parts.time);
    parts.foot.append(parts.bar, parts.facts, parts.place, parts.tools);
    parts.live.setAttribute('aria-live', 'polite');
    parts.note.setAttribute('role', 'status');
    parts.black.hidden = parts.note.hidden = parts.time.hidden = true;
    parts.words.tabIndex = 0;
    return parts;
  }

  /** Present a briefing; `basemap` is the base map's address or bytes. Returns its handle. */
  D.present = async (sent, basemap, {theme = null} = {}) => {
    const told = await D.prepare(sent), lang = told.language, {screens} = told;
    const number = (n) => n.toLocaleString(lang);
    const word = (key, values = {}) => Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, () => value), told.words[key] ?? '');
    const parts = frame(), {words, stage, strip, foot, note, live, black} = parts;
    let at = -1, bits = null, chosenTheme = theme, took = 0, limited = null, idle = 0, telling = 0;

    const deck = {
      told, at: () => at, screen: () => screens[at], bits: () => bits, go: (by) => to(at + by), changed: () => press(), key: null,
      place: () => word('step', {n: number(at + 1), all: number(screens.length)}),
      called: (symbol) => (symbol ? G.named(symbol) : ''), said: (symbol) => (symbol ? G.counted(symbol) : ''),
    };

    // ---- What stands there ------------------------------------------------------------

    document.documentElement.lang = lang;
    document.body.classList.add('deck-page');
    words.setAttribute('aria-label', word('text'));
    parts.tools.setAttribute('role', 'group');
    parts.tools.setAttribute('aria-label', word('controls'));
    document.body.append(parts.main, foot, black, note, live);
    const panel = D.panel(document.body, deck, {word, number}), presenter = D.presenter(deck, {word, lang});
    const tools = Object.fromEntries(Object.entries({
      places: () => panel.toggle('places'), notes: () => panel.toggle('notes'), presenter: openPresenter, full, help: () => panel.toggle('help'),
      back: () => to(at - 1), next: () => to(at + 1),
    }).map(([key, act]) => [key, D.button(key, word(key), act)]));
    parts.tools.append(...Object.values(tools));
    parts.facts.append(make('span', '', word(told.frozen ? 'frozen' : 'as_of', {date: told.asOf})), make('span', '', told.profile));
    dark();
    const map = D.stage(parts.land, basemap, (symbol) => panel.open('entries', symbol));
    const time = D.time(parts.time, {word, number, lang}, limit);

    // ---- One step ---------------------------------------------------------------------

    /** Show a step by its number; beyond the ends it is the first or the last one. */
    function to(next, animate = true) {
      const start = performance.now(), last = at;
      blackOut(false);
      at = Math.max(0, Math.min(screens.length - 1, next));
      if (at === last) return;
      if (last >= 0 && at > last) presenter.advance();
      const screen = screens[at];
      document.body.dataset.kind = screen.kind;
      document.body.dataset.beside = screen.bits ? screen.beside : '';
      document.body.classList.toggle('deck-pictured', !!screen.picture);
      limited = null;
      write(screen);
      time.show(screen.bits ? screen.timeline : null);
      stage.inert = !screen.bits;
      if (screen.bits) draw(true, animate && !!screens[last]?.bits);
      map.prepare(screens[at + 1], told.points, deck.bits);
      panel.kind === 'entries' ? panel.close() : panel.fill();
      tell(screen);
      took = performance.now() - start;
    }

    /** Put a step's entries on the map; the time that is chosen limits them. */
    function draw(anew, animate = false) {
      const screen = deck.screen(), data = told.points;
      bits = limited ? G.play.within(data, screen.bits, limited) : screen.bits;
      const counted = screen.beside === 'regions' && !limited && !!G.base();
      map.show({
        lang, theme: document.documentElement.dataset.theme, hash: told.mark, fit: false, selected: screen.marked, counted,
        regions: counted ? screen.tint : null,
        words: {...told.engine, map_keys: word('map', {headline: screen.headline}), regions_choose: '', regions_lift: ''},
      }, data, bits, anew ? screen : null, animate);
    }

    function write(screen) {
      const head = make('h1', '', screen.headline), cover = screen.kind === 'cover';
      words.replaceChildren(...[
        head, cover && make('p', 'deck-by', [told.author, told.date].filter(Boolean).join(' · ')), D.prose(screen.blocks),
        screen.picture && D.figure(screen.picture, word), screen.leftOut && make('p', 'deck-more', screen.leftOut),
        screen.beside === 'regions' && screen.regions.length && D.regions(screen.regions, word, number),
        screen.beside === 'table' && screen.rows.length && D.rows(screen.rows, screen.moreRows, word, number),
        cover && make('p', 'deck-begin', word('begin')), cover && make('p', 'deck-begin deck-swipe', word('key_swipe')), screen.kind === 'sources' && facts(),
        screen.bits && hiddenPlaces(screen),
      ].filter(Boolean));
      words.scrollTop = 0;
      words.classList.remove('deck-columns');
      words.querySelector('.deck-figure img')?.addEventListener('load', fit); // it has no size before
      fit();
      say();
    }

    /** Make the picture as low as the text above it needs, but never too low to be seen. */
    function fit() {
      const image = words.querySelector('.deck-figure img');
      if (image) image.style.maxHeight = '';
      const over = words.scrollHeight - words.clientHeight;
      if (image && over > 0) image.style.maxHeight = `${Math.max(LEAST * window.innerHeight, image.clientHeight - over)}px`;
      fade();
    }

    /** Let the text fade at its foot where it goes on. */
    function fade() {
      const long = () => words.scrollHeight - words.clientHeight > 8;
      if (!deck.screen().bits && !words.classList.contains('deck-columns') && long()) words.classList.add('deck-columns');
      words.classList.toggle('deck-more-below', words.scrollHeight - words.clientHeight - words.scrollTop > 8);
    }

    /** Say over the map what it shows, in words and in numbers. */
    function say() {
      const screen = deck.screen();
      strip.replaceChildren(make('p', 'deck-sentence', screen.sentence), D.counts(screen.counts));
    }

    /** Limit the map to a time of the timeline, null to lift it, and say how many entries are of it. */
    function limit(days, said) {
      limited = days;
      draw(false);
      if (days) time.tell(live.textContent = said(number(D.count(bits))));
    }

    function hiddenPlaces(screen) {
      return make('section', 'deck-unseen', make('h2', '', word('places')), D.places(screen, word, number));
    }

    /** Return the mark of the data, and whether it is still the data's. */
    function facts() {
      const {same} = told, says = same === null ? '' : same ? ` (${word('sha_same')})` : '';
      return make('div', 'deck-source', told.credits.length ? make('p', '', told.credits.join(' · ')) : null,
        make('p', '', `${word('sha')}: `, make('code', '', told.sha256), says), same === false ? make('p', 'deck-wrong', word('sha_other')) : null);
    }

    /** Say where we are: to the eye, to a screen reader, to the address, to the presenter's window. */
    function tell(screen) {
      parts.place.textContent = `${number(at + 1)} / ${number(screens.length)}`;
      parts.place.setAttribute('aria-label', deck.place());
      parts.bar.style.width = `${100 * (at + 1) / screens.length}%`;
      live.textContent = [`${deck.place()}: ${screen.headline}`, ...screen.counts].join('. ');
      document.title = at ? `${screen.headline} – ${told.title}` : told.title;
      press();
      presenter.fill();
      const there = G.outer();
      try { there.history.replaceState(there.history.state, '', `${there.location.pathname}${there.location.search}#step=${encodeURIComponent(screen.key)}`); } catch { /* no address to write */ }
    }

    /** Return the number of the step that the address asks for, null when it asks for none. */
    function asked() {
      const [, key] = /(?:^#|&)step=([^&]*)/.exec(G.outer().location.hash) || [];
      if (key === undefined) return null;
      let name = key;
      try { name = decodeURIComponent(key); } catch { /* taken as it stands */ }
      return Math.max(0, screens.findIndex((screen) => screen.key === name));
    }

    /** Show on the buttons what there is to do, and what is open. */
    function press() {
      tools.back.disabled = at === 0;
      tools.next.disabled = at === screens.length - 1;
      tools.places.disabled = !deck.screen()?.bits;
      for (const key of ['places', 'notes', 'help']) tools[key].setAttribute('aria-expanded', String(panel.kind === key));
    }

    // ---- What the keys do -------------------------------------------------------------

    function blackOut(yes) {
      if (black.hidden !== yes) return;
      black.hidden = !yes;
      for (const node of [parts.main, foot, panel.box]) node.inert = yes;
      if (!yes && !deck.screen()?.bits) stage.inert = true;
      live.textContent = yes ? word('black') : '';
    }

    function tellNote(text) {
      clearTimeout(telling);
      note.textContent = text;
      note.hidden = !text;
      telling = setTimeout(() => { note.hidden = true; }, TOLD_MS);
    }

    function openPresenter() { if (!presenter.open()) tellNote(word('popups')); }

    async function full() {
      try {
        if (document.fullscreenElement) await document.exitFullscreen();
        else await document.documentElement.requestFullscreen();
      } catch { /* a browser that does not allow it stays as it is */ }
    }

    function dark(next = chosenTheme) {
      chosenTheme = next;
      const now = next || (preferred.matches ? 'dark' : 'light'), before = document.documentElement.dataset.theme;
      document.documentElement.dataset.theme = now;
      if (before && before !== now && deck.screen()?.bits) draw(false);
      presenter.fill();
    }

    function escape() {
      if (!black.hidden) { blackOut(false); return true; }
      return panel.close() || time.lift();
    }

    const key = deck.key = D.keys({
      go: (by) => to(at + by), to, black: () => blackOut(black.hidden), notes: () => { if (black.hidden) panel.toggle('notes'); }, help: () => panel.toggle('help'),
      full, presenter: openPresenter, theme: () => dark(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'), escape,
      scroll: (by) => { words.scrollTop += by * LINES * parseFloat(getComputedStyle(words).lineHeight); },
      typed: (text) => tellNote(text),
    });
    D.printing(deck, {word, number});
    window.addEventListener('keydown', key, true);
    for (const node of [words, foot, black]) D.swipes(node, (by) => to(at + by));
    G.outer().addEventListener('hashchange', () => { if (asked() !== null) to(asked()); });
    preferred.addEventListener('change', () => dark());
    words.addEventListener('scroll', fade, {passive: true});
    new ResizeObserver(fit).observe(words);
    new ResizeObserver(() => { time.resize(); }).observe(parts.time);
    window.addEventListener('pointermove', () => {
      document.body.classList.remove('deck-idle');
      clearTimeout(idle);
      idle = setTimeout(() => document.body.classList.add('deck-idle'), IDLE_MS);
    }, {passive: true});

    to(asked() ?? 0, false);
    if (told.same === false) tellNote(word('sha_other'));
    D.whenBased(() => { if (deck.screen().bits) draw(!map.moved); map.prepare(screens[at + 1], told.points, deck.bits); });
    D.state = () => ({
      step: screens[at].key, at, n: screens.length, shown: bits && screens[at].bits ? D.count(bits) : null, black: !black.hidden, panel: panel.kind,
      took, moved: map.moved, landed: map.landed(), centre: map.map.getCenter(), zoom: map.map.getZoom(), theme: document.documentElement.dataset.theme,
    });
    return {dark, to};
  };

  /** Call back once the base map stands. */
  D.whenBased = (then) => {
    if (G.base()) then(); else setTimeout(() => D.whenBased(then), 50);
  };

  /** Say that the data could not be read: in the file nothing else would be seen. */
  D.broken = (error, words) => {
    console.error('Glimpse: briefing not read;', error);
    document.body.append(make('p', 'deck-noscript', words?.unread || UNREAD));
  };

  /** Present the briefing that a file holds: its data as JSON, payload and base map in base64. */
  D.fromFile = async (payload, data, basemap) => {
    let told = null;
    try {
      told = {...await D.unpack(payload), data};
      // Names on the map are measured once: their letters must be there first.
      await Promise.all(['400', '700'].flatMap((weight) => ['Sans', 'Signs', 'Hangul'].map((name) => document.fonts.load(`${weight} 16px "Glimpse ${name}"`, 'A→가'))));
      await D.present(told, G.points.bytesOf(basemap));
    } catch (error) { D.broken(error, told?.words); }
  };
})();
