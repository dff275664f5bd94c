/*
 * What opens over the briefing and closes with Escape: notes, places, entries at a symbol, keys.
 * One at a time; going on to another step fills it anew or takes it away.
 */
(() => {
  'use strict';
  const G = window.Glimpse;
  const D = G.deck, {make} = D;
  const LISTED = 60;

  /** Return {open(kind, …), close(), toggle(kind), fill(), kind}: the panel of a deck in `root`. */
  D.panel = (root, deck, {word, number}) => {
    const head = make('h2'), body = make('div', 'deck-panel-body'), box = make('aside', 'deck-panel');
    const self = {kind: '', box, open, close, toggle, fill};
    let came = null, symbol = null; // what had the focus before; what was clicked
    head.id = 'deck-panel-head';
    box.setAttribute('role', 'dialog');
    box.setAttribute('aria-labelledby', head.id);
    box.tabIndex = -1;
    body.tabIndex = 0; // whoever uses keys alone scrolls it
    box.hidden = true;
    box.append(make('div', 'deck-panel-head', head, D.button('close', word('close'), () => close())), body);
    root.append(box);

    const fillers = {
      notes: () => [word('notes'), notes(deck.screen().notes)],
      places: () => [word('places'), places()],
      entries: () => [deck.called(symbol) || word('entries_here'), entries()],
      help: () => [word('help'), keys()],
    };

    function notes(text) {
      const lines = text.split('\n').filter((line) => line.trim());
      return lines.length ? make('div', 'deck-notes', ...lines.map((line) => make('p', '', line))) : make('p', '', word('no_notes'));
    }

    function places() {
      const screen = deck.screen();
      return make('div', '', make('p', 'deck-strong', screen.sentence), D.counts(screen.counts), D.places(screen, word, number),
        screen.query ? make('p', 'deck-query', `${word('filters')}: `, make('code', '', screen.query)) : null);
    }

    function entries() {
      const {told} = deck, found = symbol ? D.entriesAt(told.points, deck.bits(), symbol) : [];
      if (!found.length || !told.listed.length) return make('p', '', symbol?.kind === 'region' || !found.length ? deck.said(symbol) : word('not_told'));
      const list = make('ul', 'deck-list', ...found.slice(0, LISTED).map(([entry, certain]) => {
        const [title, where, certainty, sure, level, recorded, link] = told.listed[entry];
        return make('li', '', make('b', '', title), make('span', `is-${certain ? certainty : 'possible'}`, `${sure} · ${where}`),
          make('small', '', `${level} · ${recorded}`), link ? make('small', '', D.link(link, word('link'))) : null);
      }));
      const more = found.length - LISTED;
      return make('div', '', list, more > 0 ? make('p', 'deck-more', word('more_entries', {n: number(more)})) : null);
    }

    function keys() {
      const rows = [
        [['→', word('key_space'), 'Page Down'], 'key_next'], [['←', 'Page Up'], 'key_back'], [['Home', 'End'], 'key_ends'],
        [[word('key_digits')], 'key_number'], [['B', '.'], 'key_black'], [['N'], 'notes'], [['P'], 'presenter'], [['F'], 'full'],
        [['T'], 'key_theme'], [['↑', '↓'], 'key_scroll'], [['Shift ←→↑↓'], 'key_map'], [['?'], 'help'], [['Esc'], 'key_escape'],
      ];
      return make('div', '', make('dl', 'deck-keys', ...rows.flatMap(([names, says]) => [
        make('dt', '', ...names.map((name) => make('kbd', '', name))), make('dd', '', word(says))])), make('p', '', word('key_swipe')));
    }

    function fill() {
      if (!self.kind) return;
      const [title, content] = fillers[self.kind]();
      head.textContent = title;
      body.replaceChildren(content);
      body.scrollTop = 0;
    }

    function open(kind, of = null) {
      if (!self.kind) came = document.activeElement;
      self.kind = kind;
      symbol = of;
      box.dataset.kind = kind;
      box.hidden = false;
      fill();
      box.focus({preventScroll: true});
      deck.changed();
    }

    /** Close it. Returns whether it was open. */
    function close() {
      if (!self.kind) return false;
      self.kind = '';
      box.hidden = true;
      if (came?.isConnected) came.focus({preventScroll: true});
      deck.changed();
      return true;
    }

    function toggle(kind) { if (self.kind === kind) close(); else open(kind); }

    return self;
  };
})();
