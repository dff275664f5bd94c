/*
 * The tools of the map behind one button: measuring, drawing to filter, graticule, coordinates, full
 * screen, picture, print. On a small map the zoom buttons are in here as well.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const {element} = G;
  const WARNED_MS = 8000;

  /** Return {on, possible, set(yes)}: the map over the whole screen or, where that is not allowed, the whole page. */
  G.fullScreen = (changed) => {
    const frame = (() => { try { return window.frameElement; } catch { return null; } })();
    const large = () => !!frame?.classList.contains('glimpse-large');
    const on = () => !!document.fullscreenElement || large();
    function spread(yes) {
      frame?.classList.toggle('glimpse-large', yes);
      changed();
    }
    async function set(yes) {
      if (!yes) {
        if (document.fullscreenElement) await document.exitFullscreen();
        spread(false);
        return;
      }
      try { await document.documentElement.requestFullscreen(); } catch { spread(true); }
    }
    document.addEventListener('fullscreenchange', changed);
    const leave = (event) => { if (event.key === 'Escape' && large()) spread(false); };
    if (frame) {
      const page = frame.ownerDocument;
      page.addEventListener('keydown', leave);
      window.addEventListener('pagehide', () => { page.removeEventListener('keydown', leave); frame.classList.remove('glimpse-large'); });
    }
    return {on, set, possible: !!(document.fullscreenEnabled || frame)};
  };

  /** Return the words of the menu, each by its key. */
  const names = (word) => ({
    zoom_in: word('zoom_in'), zoom_out: word('zoom_out'), show_all: word('show_all'), regions: word('regions'), base_map: word('base_map'),
    measure: word('measure'), shape: word('shape'), circle: word('circle'), view_shape: word('view_shape'),
    unshape: word('unshape'), graticule: word('graticule'), coordinates: word('coordinates'),
    full_screen: word('full_screen'), picture: word('picture'), print: word('print'),
  });
  const GROUPS = [
    ['zoom_in', 'zoom_out', 'show_all', 'regions', 'base_map'], ['measure'], ['shape', 'circle', 'view_shape', 'unshape'],
    ['graticule', 'coordinates', 'full_screen'], ['picture', 'print'],
  ];
  const FILTERS = ['shape', 'circle', 'view_shape', 'unshape', 'picture', 'print'];

  /**
   * Put the tools on the map; `acts` are those of the zoom buttons. Returns {label(), sync(), key(event)}.
   * `ui` gets `readout`, `tasks`, `lines` and `speak`.
   */
  G.tools = (ui, held, say, acts) => {
    const {map} = ui, {word} = say, box = map.getContainer();
    const live = element('div', 'glimpse-unseen'), foot = element('div', 'glimpse-foot');
    live.setAttribute('aria-live', 'polite');
    box.append(live);
    Object.assign(ui, {
      speak: (text) => { live.textContent = text; },
      warn: (text) => { ui.say(text); setTimeout(() => ui.say('', text), WARNED_MS); },
    });
    G.place(map, 'bottomright', foot);
    const offered = (key) => (key === 'regions' ? !!acts.regions : (ui.address && !ui.picks) || !FILTERS.includes(key));
    const readout = ui.readout = G.readout(ui, say, foot);
    const lines = ui.lines = G.graticule(ui, held);
    const scale = G.scale(map, foot, (metres) => G.sketch.length(metres, metres, held.lang));
    const tasks = ui.tasks = G.tasks(ui, held, say, ui.pointing.report), snapshot = G.snapshot(ui, held, say);
    const full = ui.full = G.fullScreen(() => sync());
    const menu = G.menu(map, names, GROUPS.map((group) => group.filter(offered)), choose);
    ui.chosen = () => sync();

    const remembered = (key, narrow) => G.remembered(key, narrow ? 'no' : 'yes') === 'yes';
    lines.show(remembered('graticule', true));
    readout.show(remembered('coordinates', map.getSize().x < G.NARROW || !(ui.address || ui.picks)));
    map.on('click', ({latlng, originalEvent}) => {
      if (readout.on && !tasks.took(originalEvent) && !ui.picks && originalEvent.detail < 2) { readout.hold(latlng); tasks.draw(); }
    });
    box.addEventListener('keydown', (event) => {
      if (event.target !== box || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!tasks.key(event) && !ui.keys.key(event) && !readout.key(event) && !leave(event)) return;
      event.preventDefault();
      event.stopPropagation();
      tasks.draw();
    }, true);

    function leave({key}) {
      if (key !== 'Escape' || !full.on()) return false;
      full.set(false);
      return true;
    }

    const flip = (key, part) => { part.show(!part.on); G.remember(key, part.on ? 'yes' : 'no'); tasks.draw(); };

    /** Do what was chosen. Returns true when the menu stays open. */
    function choose(key) {
      if (acts[key]) { acts[key](); sync(); return true; }
      if (key === 'graticule') flip(key, lines);
      if (key === 'coordinates') flip(key, readout);
      if (key === 'graticule' || key === 'coordinates') { sync(); return true; }
      if (key === 'full_screen') full.set(!full.on());
      else if (key === 'picture') snapshot.save();
      else if (key === 'print') snapshot.print();
      else if (key === 'view_shape') tasks.filter({shape: seen()});
      else if (key === 'unshape') unshape();
      else if (key === 'base_map') box.querySelector('.glimpse-base').click();
      else if (tasks.active === key) tasks.stop();
      else tasks.start(key);
      return false;
    }

    /** Return the corners of what is seen, clockwise from the north-west. */
    function seen() {
      const b = map.getBounds(), north = Math.min(85, b.getNorth()), south = Math.max(-85, b.getSouth());
      return [[north, b.getWest()], [north, b.getEast()], [south, b.getEast()], [south, b.getWest()]];
    }

    function unshape() {
      held.outline = null;
      ui.repaint();
      ui.pointing.report(map.getCenter(), {shape: []});
      sync();
    }

    /** Show in the menu what is on, and what there is to choose. */
    function sync() {
      for (const key of ['measure', 'shape', 'circle']) menu.press(key, tasks.active === key);
      menu.press('graticule', lines.on);
      menu.press('coordinates', readout.on);
      menu.press('full_screen', full.on());
      menu.press('regions', ui.regions.on);
      menu.hide('base_map', box.querySelector('.glimpse-base').hidden);
      menu.hide('full_screen', !full.possible);
      menu.hide('unshape', !held.outline);
    }

    return {
      sync, snapshot, menu,
      label() {
        menu.label(word);
        readout.label();
        tasks.label();
        scale();
        box.setAttribute('aria-label', word('map_keys'));
        sync();
      },
      draw() { lines.draw(); tasks.draw(); },
    };
  };
})();
