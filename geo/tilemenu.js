/*
 * The menu of base maps: a button, and a panel that says who would see what before anybody is
 * asked. Choosing takes a press on a button of its own, never a mere arrow key.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const SVG = 'http://www.w3.org/2000/svg';
  const LAYERS = 'M10 3 17.5 7 10 11 2.5 7zM2.5 10.2 10 14.2l7.5-4M2.5 13.4 10 17.4l7.5-4';

  function opener() {
    const node = G.element('button', 'glimpse-button glimpse-base'), svg = document.createElementNS(SVG, 'svg');
    const path = document.createElementNS(SVG, 'path');
    svg.setAttribute('viewBox', '0 0 20 20');
    svg.setAttribute('aria-hidden', 'true');
    path.setAttribute('d', LAYERS);
    svg.append(path);
    node.append(svg);
    node.type = 'button';
    return node;
  }

  /** Return a button with a title and a line below it. */
  function item(title, says, pressed, act) {
    const node = G.element('button', 'glimpse-base-item');
    node.type = 'button';
    node.setAttribute('aria-pressed', String(pressed));
    node.append(G.element('b', '', title), G.element('span', 'glimpse-soft', says));
    node.addEventListener('click', act);
    return node;
  }

  /** Return a field with its label. */
  function field(name, label, value, hint) {
    const box = G.element('label', 'glimpse-base-field', label), input = G.element('input', '');
    Object.assign(input, {name, value: value || '', placeholder: hint || '', autocomplete: 'off', spellcheck: false});
    box.append(input);
    return box;
  }

  /** Return a form that hands its values to `send`, which answers what is wrong, or ''. */
  function form(word, fields, send) {
    const node = G.element('form', 'glimpse-base-form'), wrong = G.element('p', 'glimpse-base-wrong');
    const done = G.element('button', 'glimpse-base-use', word('base_use'));
    wrong.setAttribute('role', 'alert');
    done.type = 'submit';
    node.noValidate = true;
    node.append(...fields, wrong, done);
    node.addEventListener('submit', (event) => {
      event.preventDefault();
      const values = Object.fromEntries([...new FormData(node)].map(([name, text]) => [name, String(text).trim()]));
      wrong.textContent = send(values);
      if (wrong.textContent) done.scrollIntoView({block: 'nearest'});
    });
    return node;
  }

  /** Return the choice between the two kinds of address; `change` hears whether it is WMS. */
  function kinds(word, wms, change) {
    const box = G.element('label', 'glimpse-base-field', word('base_kind')), select = G.element('select', '');
    select.name = 'kind';
    for (const [value, text] of [['xyz', 'XYZ'], ['wms', 'WMS']]) {
      const option = G.element('option', '', text);
      option.value = value;
      option.selected = (value === 'wms') === wms;
      select.append(option);
    }
    select.addEventListener('change', () => change(select.value === 'wms'));
    box.append(select);
    return box;
  }

  function otherForm(word, chosen, act) {
    const own = chosen.map === 'other' ? chosen : {};
    const url = field('url', word('base_url'), own.url, ''), layers = field('layers', word('base_layers'), own.layers, '');
    const kind = (wms) => {
      layers.hidden = !wms;
      url.querySelector('input').placeholder = wms ? 'https://…/wms' : 'https://…/{z}/{x}/{y}.png';
    };
    kind(own.wms === true);
    const fields = [kinds(word, own.wms === true, kind), url, layers, field('credit', word('base_credit'), own.credit, '')];
    return form(word, fields, (values) => {
      const next = {map: 'other', url: values.url, layers: values.layers, wms: values.kind === 'wms', credit: values.credit};
      const wrong = act.fault(next);
      if (wrong) return wrong === 'wms' ? word('base_bad_wms') : word('base_bad_xyz');
      act.choose(next);
      return '';
    });
  }

  /** Return the form that asks for a source's key. */
  function keyForm(word, source, chosen, act) {
    const key = field('key', word('base_key'), chosen.map === source.name ? chosen.key : '', '');
    return form(word, [key], (values) => {
      if (!values.key) return word('base_no_key');
      act.choose({map: source.name, key: values.key});
      return '';
    });
  }

  function fill(panel, word, offer, now, chosen, act) {
    const open = panel.dataset.form || '';
    const unfold = (name) => { panel.dataset.form = panel.dataset.form === name ? '' : name; fill(panel, word, offer, now, chosen, act); };
    const plain = (name, title, says) => item(title, says, now === name, () => act.choose({map: name}));
    const parts = [G.element('h2', '', word('base_map')), plain('built-in', word('base_built_in'), word('base_built_in_says')),
      plain('contrast', word('base_contrast'), word('base_contrast_says'))];
    if (offer.file) parts.push(plain('file', offer.file.name, word('base_file_says')));
    if (offer.note) parts.push(G.element('p', 'glimpse-base-note', offer.note));
    if (offer.sources.length || offer.other) parts.push(G.element('h2', '', word('base_online')), G.element('p', 'glimpse-base-note', word('base_online_says')));
    for (const source of offer.sources) {
      const says = source.needs_key ? `${source.host} · ${word('base_needs_key')}` : source.host;
      if (!source.needs_key) { parts.push(plain(source.name, source.name, says)); continue; }
      parts.push(item(source.name, says, now === source.name, () => unfold(source.name)));
      if (open === source.name) parts.push(keyForm(word, source, chosen, act));
    }
    if (offer.other) {
      const host = now === 'other' ? new URL(chosen.url).host : word('base_other_says');
      parts.push(item(word('base_other'), host, now === 'other', () => unfold('other')));
      if (open === 'other') parts.push(otherForm(word, chosen, act));
    }
    const at = [...panel.querySelectorAll('button')].indexOf(document.activeElement);
    panel.replaceChildren(...parts);
    if (at >= 0) panel.querySelectorAll('button')[at]?.focus();
    panel.querySelector('form input')?.focus();
    panel.querySelector('form')?.scrollIntoView({block: 'nearest'});
  }

  /**
   * Put the button under the others, its panel beside it. `act` is {choose(choice), fault(choice)}.
   * Returns {label(offer, now, chosen): write it again; nothing is there while offer is null}.
   */
  G.tileMenu = (map, word, act) => {
    const box = map.getContainer(), bar = box.querySelector('.glimpse-bar');
    const button = opener(), panel = G.element('div', 'glimpse-base-panel');
    panel.id = `glimpse-base-${L.stamp(map)}`;
    panel.setAttribute('role', 'group');
    panel.hidden = true;
    button.setAttribute('aria-controls', panel.id);
    bar.append(button, panel);
    let last = '';
    const acts = {...act, choose: (next) => { panel.dataset.form = ''; open(false, true); act.choose(next); }};
    const open = (yes, back = false) => {
      panel.hidden = !yes;
      button.setAttribute('aria-expanded', String(yes));
      if (yes) panel.querySelector('[aria-pressed="true"]')?.focus();
      else if (back) button.focus();
    };
    open(false);
    button.addEventListener('click', () => open(panel.hidden));
    // Typing in a field is nobody's shortcut; Escape closes wherever one is.
    for (const node of [panel, button]) {
      node.addEventListener('keydown', (event) => {
        if (event.key === 'Escape' && !panel.hidden) open(false, true);
        else if (node === button) return;
        event.stopPropagation();
      });
    }
    document.addEventListener('pointerdown', (event) => { if (!event.composedPath().some((one) => one === panel || one === button)) open(false); });
    return {
      label(offer, now, chosen) {
        button.hidden = !offer;
        if (!offer) open(false);
        for (const [node, name] of [[button, 'aria-label'], [button, 'title'], [panel, 'aria-label']]) node.setAttribute(name, word('base_map'));
        const next = JSON.stringify([offer, now, chosen, word('base_map')]);
        if (offer && next !== last) fill(panel, word, offer, now, chosen, acts);
        last = next;
      },
    };
  };
})();
