/*
 * What stands on the map besides the picture: zoom, "show all", the menu of the tools, the legend's
 * button, the credits. The words come from outside, each by its key, and are only ever written as
 * text.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const {element} = G;
  const SVG = 'http://www.w3.org/2000/svg';
  const ICONS = {
    zoom_in: 'M10 4v12M4 10h12', zoom_out: 'M4 10h12',
    show_all: 'M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4',
    regions: 'M3 5l5-2 4 2 5-2v12l-5 2-4-2-5 2zM8 3v12M12 5v12',
    base_map: 'M10 3 17.5 7 10 11 2.5 7zM2.5 10.2 10 14.2l7.5-4M2.5 13.4 10 17.4l7.5-4',
    tools: 'M4 5.5h12M4 10h12M4 14.5h12',
    measure: 'M2.5 13 13 2.5 17.5 7 7 17.5zM5.5 10l1.8 1.8M8.3 7.2l2.4 2.4M11 4.5l1.8 1.8',
    shape: 'M3.5 8 11 3.5l5.5 5-3 7.5-8-1z', circle: 'M10 3.5a6.5 6.5 0 1 0 .01 0zM10 10h6',
    view_shape: 'M3.5 5h13v10h-13zM7 8.5h6v3H7z', unshape: 'M5 5l10 10M15 5 5 15',
    graticule: 'M3 7h14M3 13h14M7 3v14M13 3v14', coordinates: 'M10 3v5M10 12v5M3 10h5M12 10h5',
    full_screen: 'M12 4h4v4M16 4l-5 5M8 16H4v-4M4 16l5-5',
    picture: 'M3 6.5h3L7.5 4.5h5L14 6.5h3v9H3zM10 8.3a2.6 2.6 0 1 0 .01 0z',
    print: 'M6 8V3.5h8V8M6 14H3.5V8h13v6H14M6 12h8v4.5H6z', copy: 'M7.5 7.5h8v8h-8zM12 7.5V4.5H4.5V12h3',
  };

  /** Return a button with the icon of the key; its name is written later. */
  G.button = (key, act, name = 'glimpse-button') => {
    const node = element('button', name), svg = document.createElementNS(SVG, 'svg'), path = document.createElementNS(SVG, 'path');
    node.type = 'button';
    node.dataset.act = key;
    svg.setAttribute('viewBox', '0 0 20 20');
    svg.setAttribute('aria-hidden', 'true');
    path.setAttribute('d', ICONS[key]);
    svg.append(path);
    node.append(svg);
    node.addEventListener('click', act);
    return node;
  };

  /** Put an element on the map, in a corner; what happens on it does not reach the map. */
  G.place = (map, position, node) => {
    const control = new L.Control({position});
    control.onAdd = () => node;
    L.DomEvent.disableClickPropagation(node);
    L.DomEvent.disableScrollPropagation(node);
    control.addTo(map);
  };

  /**
   * Put the menu of the tools below the zoom buttons: `choose(key)` does what was chosen and says
   * whether the menu stays open. Returns {label(word), press(key, on), hide(key, yes), open(yes)}.
   */
  G.menu = (map, names, groups, choose) => {
    const box = map.getContainer(), more = G.button('tools', () => open(panel.hidden), 'glimpse-button glimpse-more');
    const panel = element('div', 'glimpse-menu'), items = {};
    panel.id = `glimpse-menu-${L.stamp(map)}`;
    panel.hidden = true;
    panel.setAttribute('role', 'group');
    more.setAttribute('aria-controls', panel.id);
    more.setAttribute('aria-expanded', 'false');
    for (const keys of groups) {
      const zoom = keys.includes('zoom_in'), group = element('div', zoom ? 'glimpse-narrow' : '');
      for (const key of keys) {
        const said = element('span', zoom ? 'glimpse-unseen' : ''), item = items[key] = G.button(key, () => { if (!choose(key)) open(false); }, 'glimpse-item');
        item.append(said);
        item.said = said;
        group.append(item);
      }
      if (keys.length) panel.append(group);
    }
    const bar = box.querySelector('.glimpse-bar');
    bar.append(more, panel);

    function open(yes, back = false) {
      panel.hidden = !yes;
      more.setAttribute('aria-expanded', String(yes));
      if (back) more.focus();
    }

    bar.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !panel.hidden) { open(false, true); event.stopPropagation(); }
      if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || panel.hidden) return;
      const all = [more, ...panel.querySelectorAll('button')].filter((node) => node.offsetParent);
      const next = all.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
      all[(next + all.length) % all.length].focus();
      event.preventDefault();
    });
    box.addEventListener('pointerdown', (event) => { if (!bar.contains(event.target)) open(false); }, true);
    return {
      open,
      label(word) {
        const said = names(word);
        for (const [key, item] of Object.entries(items)) item.said.textContent = said[key];
        for (const node of [more, panel]) node.setAttribute('aria-label', word('tools'));
        more.title = word('tools');
      },
      press: (key, on) => items[key]?.setAttribute('aria-pressed', String(on)),
      hide: (key, yes) => { if (items[key]) items[key].hidden = yes; },
    };
  };

  /** Return the legend's box; a person's choice of open or closed outlives a change of size. */
  function legend(map) {
    const box = element('div', 'glimpse-legend'), body = element('div', 'glimpse-legend-body');
    const head = element('button', 'glimpse-legend-head');
    let chosen = false;
    head.type = 'button';
    body.id = `glimpse-legend-${L.stamp(map)}`;
    head.setAttribute('aria-controls', body.id);
    const open = (yes) => {
      head.setAttribute('aria-expanded', String(yes));
      body.hidden = !yes;
    };
    head.addEventListener('click', () => { chosen = true; open(body.hidden); });
    box.append(head, body);
    G.place(map, 'bottomleft', box);
    return {head, body, suggest: (yes) => { if (!chosen) open(yes); }};
  }

  /** Leaflet writes its credits as HTML, with a link; ours are one text. Returns its writer. */
  function credits(map, word) {
    map.attributionControl ||= L.control.attribution({prefix: false}).addTo(map);
    const control = map.attributionControl;
    control._update = () => {
      const box = control.getContainer();
      box.textContent = box.title = [G.tiles.credit(), word('credits')].filter(Boolean).join(' · ');
      box.tabIndex = 0; // long credits are cut, and unfold under a pointer or the keyboard
    };
    return control._update;
  }

  /**
   * Put the controls on the map: one button for each act, named by its word.
   * Returns {label(colours): write all words again, suggest(open): unless a person chose}.
   */
  G.controls = (map, word, acts) => {
    map.zoomControl?.remove();
    const buttons = Object.entries(acts).map(([key, act]) => [key, G.button(key, act)]);
    const bar = element('div', 'glimpse-bar');
    bar.append(...buttons.map(([, node]) => node));
    G.place(map, 'topright', bar);
    const {head, body, suggest} = legend(map), credit = credits(map, word);
    const label = (colours) => {
      bar.style.visibility = word('zoom_in') ? '' : 'hidden'; // a button has no name before the words are there
      for (const [key, node] of buttons) {
        node.setAttribute('aria-label', word(key));
        node.title = word(key);
      }
      head.textContent = word('legend');
      G.legend(body, word, colours);
      credit();
    };
    return {label, suggest};
  };
})();
