/*
 * The base map that a person chose: the built-in one, also in high contrast, an online map, or the
 * server's own file of tiles. The choice is kept in this browser and nowhere else; an online map
 * is asked for nothing before it was chosen here, and only while the server still offers it.
 *
 * Tiles lie over the built-in map, which shows wherever one is missing. When none comes at all
 * they are taken away, the map says so, and it tries again once the browser is back on line.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const KEPT = 'glimpse-basemap', BUILT_IN = 'built-in', CONTRAST = 'contrast', FILE = 'file', OTHER = 'other';
  const SOME = 4, MANY = 12; // failures in a row after which nobody waits: before the first tile, and later
  const FILLED = new Set(['z', 'x', 'y', '-y', 's', 'r']);

  Object.assign(G.colours, {
    contrast: {
      panel: '#ffffff', ink: '#000000', muted: '#262626', quiet: '#262626', line: '#000000',
      sea: '#d9dee2', land: '#ffffff', interest: '#ffffff', halo: '#ffffff',
      water: '#0b3558', river: '#8996a0', coast: '#000000', border: '#000000',
      province: '#000000', faint: '#767676', onTone: '#ffffff',
      certain: '#00386b', possible: '#7a3300', certainInk: '#00386b', possibleInk: '#7a3300',
      refuted: '#404040', bold: 1.5,
    },
    contrastDark: {
      panel: '#000000', ink: '#ffffff', muted: '#e6e6e6', quiet: '#e6e6e6', line: '#ffffff',
      sea: '#2a3138', land: '#000000', interest: '#000000', halo: '#000000',
      water: '#cfe6fb', river: '#5b6a76', coast: '#ffffff', border: '#ffffff',
      province: '#ffffff', faint: '#8c8c8c', onTone: '#000000',
      certain: '#8fd1ff', possible: '#ffc470', certainInk: '#8fd1ff', possibleInk: '#ffc470',
      refuted: '#d0d0d0', bold: 1.5,
    },
  });
  // Over somebody else's tiles all that is ours stands on a ground of its own, in the strongest ink.
  for (const [name, c] of Object.entries(G.colours)) {
    const halo = c.halo.replace('.88', '.96');
    G.colours[`${name}Over`] = {...c, muted: c.ink, quiet: c.ink, water: c.ink, halo, over: true};
  }

  let offer = null; // what the server lets a person choose: {sources, other, file, note}, or null
  let chosen = read(); // {map: its name, and for an address of one's own: url, layers, credit; key}
  let ui = null; // the map that is mounted, with its menu
  let shown = null; // {is, layer, got, failures} of the tiles over the built-in map
  let failed = null; // the map that did not answer, until it is tried again

  // ---- The choice ---------------------------------------------------------------------

  function read() {
    try {
      const kept = JSON.parse(window.localStorage.getItem(KEPT));
      return typeof kept?.map === 'string' ? kept : {};
    } catch { return {}; } // no storage, or somebody else's words in it
  }

  function keep() {
    try { window.localStorage.setItem(KEPT, JSON.stringify(chosen)); } catch { /* kept till the page is left */ }
  }

  const preferred = ['(prefers-contrast: more)', '(forced-colors: active)'].map((query) => window.matchMedia(query));
  const contrast = () => chosen.map === CONTRAST || (chosen.map !== BUILT_IN && preferred.some(({matches}) => matches));

  /** Return 'xyz' or 'wms' for an address that is none of that kind; '' when nothing is wrong. */
  function fault({url, layers, wms}) {
    let address = null;
    try { address = new URL(url); } catch { /* no address */ }
    if (!address || !/^https?:$/.test(address.protocol)) return wms ? 'wms' : 'xyz';
    if (wms) return layers ? '' : 'wms';
    const holes = [...url.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
    const whole = holes.includes('z') && holes.includes('x') && (holes.includes('y') || holes.includes('-y'));
    return whole && holes.every((name) => FILLED.has(name)) ? '' : 'xyz';
  }

  /** Return the tiles that were chosen, as far as they are offered; null for the built-in map. */
  function wanted() {
    if (!offer || [undefined, BUILT_IN, CONTRAST].includes(chosen.map)) return null;
    if (chosen.map === FILE) return offer.file ? {...offer.file, id: FILE} : null;
    if (chosen.map === OTHER) {
      const {url, layers, wms, credit} = chosen;
      if (!offer.other || typeof url !== 'string' || fault(chosen)) return null;
      const {host} = new URL(url);
      return {id: OTHER, name: host, host, url, layers, wms, credit: credit || host, max_zoom: 19};
    }
    const source = offer.sources.find(({name}) => name === chosen.map);
    return source && (!source.needs_key || chosen.key) ? {...source, id: source.name, key: chosen.key} : null;
  }

  // ---- The tiles ----------------------------------------------------------------------

  /** The tiles of a PMTiles file, read by ranges. */
  const FileTiles = L.GridLayer.extend({
    initialize(file, options) {
      L.setOptions(this, options);
      this.archive = new G.PMTiles(file.url);
      this.type = file.media_type;
    },
    createTile({z, x, y}, done) {
      const tile = document.createElement('img');
      tile.alt = '';
      this.archive.tile(z, x, y).then((found) => {
        if (!found) { done(null, tile); return; }
        tile.onload = () => { URL.revokeObjectURL(tile.src); done(null, tile); };
        tile.onerror = () => done(new Error('no picture'), tile);
        tile.src = URL.createObjectURL(new Blob([found], {type: this.type}));
      }).catch((error) => done(error, tile));
      return tile;
    },
  });

  function layerOf(is) {
    const options = {
      className: is.picture ? 'glimpse-online glimpse-picture' : 'glimpse-online', zIndex: 2, keepBuffer: 1,
      maxZoom: 22, maxNativeZoom: is.max_zoom, updateWhenZooming: false,
      // The host learns the page's own host and nothing of its filters; a known one gets no cookies.
      referrerPolicy: 'strict-origin', crossOrigin: is.readable ? 'anonymous' : false,
    };
    if (is.id === FILE) {
      const [west, south, east, north] = is.box;
      return new FileTiles(is, {...options, minNativeZoom: is.min_zoom, bounds: [[south, west], [north, east]]});
    }
    if (is.wms) return L.tileLayer.wms(is.url, {...options, layers: is.layers, format: 'image/png', transparent: true});
    return L.tileLayer(is.url, {...options, subdomains: is.subdomains || 'abc', apikey: encodeURIComponent(is.key || '')});
  }

  /** Put what is wanted on the map, and take away what is not. */
  function use() {
    if (!ui) return;
    const is = wanted(), now = shown ? shown.is : failed;
    if (JSON.stringify(is) === JSON.stringify(now)) return;
    shown?.layer.remove();
    shown = failed = null;
    if (is) {
      const one = shown = {is, layer: layerOf(is), got: 0, failures: 0};
      one.layer.on('tileload', () => { one.got++; one.failures = 0; });
      one.layer.on('tileerror', () => {
        if (one === shown && ++one.failures >= (one.got ? MANY : SOME)) giveUp();
      });
      one.layer.addTo(ui.map);
    }
    ui.changed();
  }

  function giveUp() {
    failed = shown.is;
    shown.layer.remove();
    shown = null;
    ui.changed();
  }

  function again() {
    if (!failed) return;
    failed = null;
    use();
  }

  function choose(next) {
    chosen = next;
    failed = null;
    keep();
    use();
    ui.changed();
  }

  // ---- The front door -----------------------------------------------------------------

  const palette = (dark, over = '') => G.colours[(contrast() ? (dark ? 'contrastDark' : 'contrast') : dark ? 'dark' : 'light') + over];

  G.tiles = {
    /** Take what the server offers; null where nobody may choose, on a reader's page say. */
    offer(next) {
      offer = next || null;
      use();
    },
    /** Put the menu on the map, after the other buttons; `changed` must dress and redraw it. */
    mount(map, word, changed) {
      const note = G.element('div', 'glimpse-notice glimpse-lost'), said = G.element('span', ''), retry = G.element('button', '');
      note.setAttribute('role', 'status');
      note.hidden = true;
      note.append(said, retry);
      retry.type = 'button';
      retry.addEventListener('click', again);
      L.DomEvent.disableClickPropagation(note);
      map.getContainer().append(note);
      ui = {map, word, changed, note, said, retry, menu: G.tileMenu(map, word, {choose, fault})};
      use();
    },
    /** Write the words again and mark what is chosen. */
    dress(box) {
      box.classList.toggle('glimpse-contrast', contrast());
      ui.menu.label(offer, wanted()?.id || (chosen.map === CONTRAST ? CONTRAST : BUILT_IN), chosen);
      ui.note.hidden = !failed;
      ui.said.textContent = failed ? ui.word('base_failed').replace('{map}', failed.name) : '';
      ui.retry.textContent = ui.word('base_again');
    },
    /** Return the colours of the picture, which must be read over the tiles that are there. */
    picture: (theme) => (shown ? palette(shown.is.dark === true, 'Over') : palette(theme === 'dark')),
    /** Return the colours of what stands beside the picture. */
    panel: (theme) => palette(theme === 'dark'),
    /** Return whom to credit for the tiles, '' for the built-in map. */
    credit: () => (shown ? shown.is.credit || shown.is.name : ''),
    /** Return whether the built-in map writes its names of this kind: other maps bear their own. */
    names: (kind) => !shown || shown.is.picture === true || kind === 'country',
    /** For tests: what is chosen, what is shown, what failed. */
    state: () => ({chosen: chosen.map || '', shown: shown?.is.name || '', got: shown?.got || 0, failed: failed?.name || '', contrast: contrast()}),
  };

  window.addEventListener('online', again);
  for (const query of preferred) query.addEventListener('change', () => ui?.changed());
})();
