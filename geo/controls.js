/*
 * What stands on the map besides the picture: zoom, "show all", the legend's button, the credits.
 * The words come from outside, each by its key, and are only ever written as text.
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
  };

  function button(key, act) {
    const node = element('button', 'glimpse-button');
    const svg = document.createElementNS(SVG, 'svg'), path = document.createElementNS(SVG, 'path');
    node.type = 'button';
    node.dataset.act = key;
    svg.setAttribute('viewBox', '0 0 20 20');
    svg.setAttribute('aria-hidden', 'true');
    path.setAttribute('d', ICONS[key]);
    svg.append(path);
    node.append(svg);
    node.addEventListener('click', act);
    return node;
  }

  function place(map, position, node) {
    const control = new L.Control({position});
    control.onAdd = () => node;
    L.DomEvent.disableClickPropagation(node);
    L.DomEvent.disableScrollPropagation(node);
    control.addTo(map);
  }

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
    place(map, 'bottomleft', box);
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
    const buttons = Object.entries(acts).map(([key, act]) => [key, button(key, act)]);
    const bar = element('div', 'glimpse-bar');
    bar.append(...buttons.map(([, node]) => node));
    place(map, 'topright', bar);
    const {head, body, suggest} = legend(map), credit = credits(map, word);
    const label = (colours) => {
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
