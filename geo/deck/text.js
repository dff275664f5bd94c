/*
 * Texts of a presented briefing as elements. Every one is written as text: what looks like markup
 * in a title or a note stays letters.
 */
(() => {
  'use strict';
  const G = window.Glimpse;
  const D = G.deck;
  const SVG = 'http://www.w3.org/2000/svg';
  const ICONS = {
    back: 'M12.5 4 6.5 10l6 6', next: 'M7.5 4l6 6-6 6', close: 'M5 5l10 10M15 5 5 15',
    places: 'M10 17.5s5.5-5 5.5-9a5.5 5.5 0 0 0-11 0c0 4 5.5 9 5.5 9zM10 6.6a1.9 1.9 0 1 0 .01 0z',
    notes: 'M4 3.5h12v9l-4 4H4zM12 16.5v-4h4M7 7h6M7 10h4', presenter: 'M2.5 4h15v9.5h-15zM10 13.5V17M6.5 17h7M6 7.5h4M6 10h6',
    full: 'M12 4h4v4M8 4H4v4M12 16h4v-4M8 16H4v-4', help: 'M7 7.4a3 3 0 1 1 4.2 2.8c-.8.4-1.2.9-1.2 2M10 15.4v.2',
  };

  /** Return an element with a class and children; a text among them stays a text. */
  const make = D.make = (tag, name = '', ...children) => {
    const node = document.createElement(tag);
    if (name) node.className = name;
    node.append(...children.filter((child) => child !== null && child !== undefined && child !== '').map(G.visible));
    return node;
  };

  /** Return a button that is named by a text, with an icon or the text on it. */
  D.button = (key, text, act, name = 'deck-tool') => {
    const node = make('button', name);
    node.type = 'button';
    node.dataset.act = key;
    node.title = text;
    node.setAttribute('aria-label', text);
    if (ICONS[key]) node.append(icon(key)); else node.textContent = text;
    node.addEventListener('click', act);
    // A click leaves the focus where it was, so that the space bar goes on to the next step.
    node.addEventListener('mousedown', (event) => event.preventDefault());
    return node;
  };

  function icon(key) {
    const svg = document.createElementNS(SVG, 'svg'), path = document.createElementNS(SVG, 'path');
    svg.setAttribute('viewBox', '0 0 20 20');
    svg.setAttribute('aria-hidden', 'true');
    path.setAttribute('d', ICONS[key]);
    svg.append(path);
    return svg;
  }

  /** Return a link that tells nobody where it was followed from; a text if it is no web address. */
  D.link = (address, ...children) => {
    if (!/^https?:\/\//i.test(address)) return make('span', '', ...children);
    const node = make('a', '', ...children);
    node.href = address;
    node.target = '_blank';
    node.rel = 'noopener noreferrer';
    return node;
  };

  // ---- Prose --------------------------------------------------------------------------

  function run([text, style, link]) {
    const lines = text.split('\n').flatMap((line, i) => (i ? [make('br'), line] : [line]));
    let nodes = lines;
    if (link) nodes = [D.link(link, ...nodes)];
    for (const [letter, tag] of [['c', 'code'], ['i', 'em'], ['b', 'strong']]) if (style.includes(letter)) nodes = [make(tag, '', ...nodes)];
    return nodes;
  }

  const TAGS = {p: 'p', h: 'h2', quote: 'blockquote'};

  /** Return the blocks of a text as elements, its lists in lists. */
  D.prose = (blocks) => {
    const out = make('div', 'deck-prose'), lists = []; // the lists that are open, the outermost first
    for (const [kind, level, number, runs] of blocks) {
      const children = runs.flatMap(run);
      if (TAGS[kind]) {
        lists.length = 0;
        out.append(make(TAGS[kind], '', ...children));
        continue;
      }
      const tag = kind === 'ol' ? 'OL' : 'UL', depth = Math.min(level, lists.length);
      lists.length = Math.min(lists.length, depth + 1);
      if (lists[depth] && lists[depth].tagName !== tag) lists.length = depth;
      if (!lists[depth]) {
        lists[depth] = make(tag.toLowerCase());
        if (tag === 'OL' && number > 1) lists[depth].start = number;
        (depth ? lists[depth - 1].lastChild : out).append(lists[depth]);
      }
      lists[depth].append(make('li', '', ...children));
    }
    return out;
  };

  /** Return a text whose numbers stand out. */
  const counted = (text) => text.split(/(\d[\d.,]*\d|\d)/).map((part, i) => (i % 2 ? make('b', '', part) : part));

  /** Return the counts of a step as a list in one line. */
  D.counts = (phrases) => make('ul', 'deck-counts', ...phrases.map((phrase) => make('li', '', ...counted(phrase))));

  // ---- Beside the map -----------------------------------------------------------------

  /** Return certain and possible as a bar that needs no colour, the widest as wide as there is room. */
  function bar(certain, possible, most) {
    const box = make('span', 'deck-bar'), sure = make('i', 'sure'), maybe = make('i', 'maybe');
    sure.style.width = `${100 * certain / most}%`;
    maybe.style.width = `${100 * possible / most}%`;
    box.append(sure, maybe);
    box.setAttribute('aria-hidden', 'true');
    return box;
  }

  function table(heads, lines) {
    const row = (tag, cells) => make('tr', '', ...cells.map((cell) => make(tag, '', ...[cell].flat())));
    const node = make('table', 'deck-table', make('thead', '', row('th', heads)), make('tbody', '', ...lines.map((cells) => row('td', cells))));
    node.querySelectorAll('th').forEach((th) => { th.scope = 'col'; });
    return node;
  }

  const MOST = 12;

  /** Return the regions with their counts, those with the most entries first. */
  D.regions = (regions, word, number) => {
    const most = Math.max(1, ...regions.map(([,, certain, possible]) => certain + possible)), rest = regions.length - MOST;
    return make('div', 'deck-beside', table([word('region'), '', word('certainly'), word('possibly')],
      regions.slice(0, MOST).map(([, name, certain, possible]) => [name, bar(certain, possible, most), number(certain), number(possible)])),
    rest > 0 ? make('p', 'deck-more', word('more_places', {n: number(rest)})) : null);
  };

  /** Return entries as a table; each says how sure its place is, its verification and its date. */
  D.rows = (rows, more, word, number) => make('div', 'deck-beside', table([word('entry'), word('where')],
    rows.map(([title, where, certainty, sure, level, recorded, link]) => [
      [D.link(link, title), make('small', '', `${level} · ${recorded}`)], [where, make('small', `is-${certainty}`, sure)]])),
  more > 0 ? make('p', 'deck-more', word('more_entries', {n: number(more)})) : null);

  /** Return a picture with what is said of it. */
  D.figure = ({src, width, height, alt, caption, credit}, word) => {
    const image = make('img');
    Object.assign(image, {src, alt, width, height});
    const said = [caption, credit && word('credit', {credit})].filter(Boolean);
    return make('figure', 'deck-figure', image, said.length ? make('figcaption', '', said.join(' · ')) : null);
  };

  /** Return the places of a map in words: the same that it draws, for whoever does not see it. */
  D.places = ({spots, moreSpots}, word, number) => {
    if (!spots.length) return make('p', '', word('no_places'));
    const list = make('ul', 'deck-list', ...spots.map(([name, precision, certain, possible]) => {
      const counts = [certain && word('certain', {n: number(certain)}), possible && word('possible', {n: number(possible)})].filter(Boolean);
      return make('li', '', make('b', '', name), make('span', '', counts.join(', ')), make('small', '', precision));
    }));
    return make('div', '', list, moreSpots ? make('p', 'deck-more', word('more_places', {n: number(moreSpots)})) : null);
  };
})();
