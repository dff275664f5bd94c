/*
 * The offline base map: land, water and borders as canvas tiles, names on a sheet of their own.
 * Everything is drawn from one topology file; nothing is ever asked of a tile server.
 *
 * Units: the world is 2^24 by 2^24, Web Mercator, y down. A "view" says where that lies on a
 * canvas: {z, s: pixels per unit, ox, oy: pixels to take off, w, h, x0, y0, x1, y1: its box}.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const WORLD = G.WORLD = 2 ** 24;
  const CHUNK = 48; // vertices between two boxes: small enough to skip most of a coast
  const FONTS = G.FONTS = '"Glimpse Sans","Glimpse Signs","Glimpse Hangul","Inter","Source Sans 3","Source Sans Pro","Noto Sans KR",'
    + '"Noto Sans CJK KR",system-ui,sans-serif';

  /** Return how many pixels of a canvas make one on the screen; a picture asks for its own. */
  G.density = () => G.sharp || window.devicePixelRatio || 1;

  /** Return the unpacked bytes; bytes that are not gzip (a server unpacked them) as they are. */
  G.gunzip = async (bytes) => {
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

  /** Return the bytes of a file, or of what is at hand already; throws when no server gives it. */
  G.fetchBytes = async (url) => {
    if (url instanceof Uint8Array) return G.gunzip(url);
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    return G.gunzip(new Uint8Array(await answer.arrayBuffer()));
  };

  // ---- The topology -------------------------------------------------------------------

  /** Return the arcs as flat arrays, cut into chunks that each have a box for culling. */
  function flatten(arcs) {
    const size = arcs.reduce((sum, arc) => sum + arc.length, 0) / 2;
    const topo = {
      x: new Int32Array(size), y: new Int32Array(size),
      first: new Int32Array(arcs.length + 1), chunks: [], box: [],
    };
    let at = 0;
    arcs.forEach((arc, index) => {
      const start = at;
      let x = 0, y = 0;
      for (let i = 0; i + 1 < arc.length; i += 2, at++) {
        topo.x[at] = x += arc[i];
        topo.y[at] = y += arc[i + 1];
      }
      cut(topo, start, at - 1);
      topo.first[index + 1] = topo.chunks.length;
    });
    topo.box = Int32Array.from(topo.box);
    return topo;
  }

  /** Append the chunks of the arc whose vertices are from..to, both included. */
  function cut(topo, from, to) {
    for (let start = from; start < to; start += CHUNK) {
      const end = Math.min(start + CHUNK, to);
      let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity;
      for (let i = start; i <= end; i++) {
        x0 = Math.min(x0, topo.x[i]); x1 = Math.max(x1, topo.x[i]);
        y0 = Math.min(y0, topo.y[i]); y1 = Math.max(y1, topo.y[i]);
      }
      topo.chunks.push([start, end]);
      topo.box.push(x0, y0, x1, y1);
    }
  }

  /** Return a list of rings with the box round them. */
  function area(topo, rings) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const arc of rings.flat()) {
      const index = arc < 0 ? ~arc : arc;
      for (let c = topo.first[index] * 4; c < topo.first[index + 1] * 4; c += 4) {
        box[0] = Math.min(box[0], topo.box[c]); box[1] = Math.min(box[1], topo.box[c + 1]);
        box[2] = Math.max(box[2], topo.box[c + 2]); box[3] = Math.max(box[3], topo.box[c + 3]);
      }
    }
    return {rings, box};
  }

  /** Return the decoded base map. Throws on a file of another version or shape. */
  function decode(json) {
    if (json.version !== 1) throw new Error('base map: unknown version');
    const topo = flatten(json.arcs);
    topo.areas = new Map(Object.entries(json.areas).map(([key, rings]) => [key, area(topo, rings)]));
    topo.lakes = (json.lakes || []).map((arcs) => area(topo, [arcs]));
    // The provinces of the land of interest are drawn earlier and stronger than the others.
    const own = new Set();
    for (const [key, {rings}] of topo.areas) {
      if (key.startsWith('KP-')) rings.flat().forEach((arc) => own.add(arc < 0 ? ~arc : arc));
    }
    const provinces = json.borders.province || [];
    topo.lines = {
      coast: json.coast || [], rivers: json.rivers || [],
      country: json.borders.country || [], disputed: json.borders.disputed || [],
      own: provinces.filter((arc) => own.has(arc < 0 ? ~arc : arc)),
      other: provinces.filter((arc) => !own.has(arc < 0 ? ~arc : arc)),
    };
    topo.labels = (json.labels || []).slice().sort(byRank);
    topo.spots = new Map(topo.labels.map(({id, x, y}) => [id, [x, y]]));
    return topo;
  }

  const ORDER = {sea: 0, city: 1, country: 2, province: 3, water: 4, peak: 5};
  // Seas first: their few names lie where nothing else wants to be.
  const byRank = (a, b) => (ORDER[a.k] ?? 9) - (ORDER[b.k] ?? 9) || a.r - b.r
    || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

  // ---- Drawing ------------------------------------------------------------------------

  /**
   * Return a pencil that walks arcs on a canvas. A chunk outside of the view is one straight
   * line when it belongs to a ring (a chord inside of the chunk's box cannot change what is
   * filled elsewhere) and nothing at all when it belongs to a line.
   */
  function pencil(topo, ctx, view) {
    const {s, ox, oy} = view, near = 0.6 / (view.dpr || 1), slack = 4 / s;
    const {x: xs, y: ys, box, chunks, first} = topo;
    let px = NaN, py = NaN, down = false;
    const to = (i, must) => {
      const x = xs[i] * s - ox, y = ys[i] * s - oy;
      if (!down) { ctx.moveTo(x, y); down = true; }
      else if (!must && Math.abs(x - px) < near && Math.abs(y - py) < near) return;
      else ctx.lineTo(x, y);
      px = x; py = y;
    };
    const outside = (c) => box[c] > view.x1 + slack || box[c + 2] < view.x0 - slack
      || box[c + 1] > view.y1 + slack || box[c + 3] < view.y0 - slack;
    const chunk = (index, back, mode) => {
      const [start, end] = chunks[index], from = back ? end : start, last = back ? start : end;
      if (mode !== 'all' && outside(index * 4)) {
        if (mode === 'ring') { to(from); to(last); } else down = false;
        return;
      }
      for (let i = from; i !== last; i += back ? -1 : 1) to(i);
      to(last, mode !== 'ring');
    };
    const arc = (signed, mode) => {
      const back = signed < 0, index = back ? ~signed : signed;
      if (mode !== 'ring') down = false;
      const from = first[index], end = first[index + 1];
      for (let c = 0; c < end - from; c++) chunk(back ? end - 1 - c : from + c, back, mode);
    };
    return {
      // A fill closes what it fills, and closing many rings by hand takes longer than drawing them.
      area({rings}, close = false) {
        for (const ring of rings) { down = false; ring.forEach((a) => arc(a, 'ring')); if (close) ctx.closePath(); }
      },
      lines(arcs, mode = 'line') { arcs.forEach((a) => arc(a, mode)); },
    };
  }

  const meets = (box, view) =>
    !(box[0] > view.x1 || box[2] < view.x0 || box[1] > view.y1 || box[3] < view.y0);

  function fill(topo, ctx, view, areas, colour) {
    const pen = pencil(topo, ctx, view);
    ctx.beginPath();
    for (const one of areas) if (meets(one.box, view)) pen.area(one);
    ctx.fillStyle = colour;
    ctx.fill('evenodd');
  }

  function stroke(topo, ctx, view, arcs, colour, width, dash = []) {
    if (!arcs.length) return;
    ctx.beginPath();
    // A dash must run on from tile to tile, so a dashed line is always walked from its start.
    pencil(topo, ctx, view).lines(arcs, dash.length ? 'all' : 'line');
    ctx.setLineDash(dash);
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.stroke();
    ctx.setLineDash([]);
  }

  /** Draw land, water and lines into the view. */
  function paint(topo, ctx, view, colours) {
    const {z} = view, {lines, areas} = topo, c = colours, bold = c.bold || 1;
    ctx.lineJoin = ctx.lineCap = 'round';
    ctx.fillStyle = c.sea;
    ctx.fillRect(0, 0, view.w, view.h);
    const land = [];
    for (const [key, one] of areas) if (key.length === 2 && key !== 'KP') land.push(one);
    fill(topo, ctx, view, land, c.land);
    if (areas.has('KP')) fill(topo, ctx, view, [areas.get('KP')], c.interest);
    fill(topo, ctx, view, topo.lakes, c.sea);
    if (z >= 5) stroke(topo, ctx, view, lines.rivers, c.river, z >= 9 ? 1.4 : 0.8);
    if (z >= 6) stroke(topo, ctx, view, lines.other, c.faint, 0.8 * bold);
    if (z >= 5) stroke(topo, ctx, view, lines.own, c.province, (z >= 7 ? 1 : 0.7) * bold);
    stroke(topo, ctx, view, lines.coast, c.coast, (z >= 6 ? 0.9 : 0.6) * bold);
    stroke(topo, ctx, view, lines.country, c.border, (z >= 6 ? 1.2 : 0.8) * bold);
    stroke(topo, ctx, view, lines.disputed, c.border, (z >= 6 ? 1.2 : 0.8) * bold, [4, 4]);
  }

  /** The tiles. `topo` and `colours` are set by their owner; `times` keeps what each took. */
  const Tiles = L.GridLayer.extend({
    options: {tileSize: 256, keepBuffer: 2, updateWhenZooming: false, className: 'glimpse-tiles'},
    initialize(topo, colours) {
      L.setOptions(this, {});
      Object.assign(this, {topo, colours, times: []});
    },
    createTile(coords) {
      const tile = document.createElement('canvas');
      this._paint(tile, coords);
      return tile;
    },
    // One pixel wider than its place: neighbours overlap, so no scale shows a seam.
    _initTile(tile) {
      L.GridLayer.prototype._initTile.call(this, tile);
      const size = this.getTileSize();
      tile.style.width = `${size.x + 1}px`;
      tile.style.height = `${size.y + 1}px`;
    },
    _paint(tile, {x, y, z}) {
      const start = performance.now(), side = this.getTileSize().x, edge = side + 1;
      const dpr = G.density(), s = 256 * 2 ** z / WORLD;
      if (tile.width !== Math.ceil(edge * dpr)) tile.width = tile.height = Math.ceil(edge * dpr);
      const ctx = tile.getContext('2d', {alpha: false});
      ctx.setTransform(tile.width / edge, 0, 0, tile.width / edge, 0, 0);
      paint(this.topo, ctx, {
        z, s, dpr, ox: x * side, oy: y * side, w: edge, h: edge,
        x0: x * side / s, y0: y * side / s, x1: (x * side + edge) / s, y1: (y * side + edge) / s,
      }, this.colours);
      this.times.push(performance.now() - start);
      if (this.times.length > 500) this.times.shift();
    },
    /** Repaint the tiles that are there, so that a new theme comes without a flash. */
    recolour(colours) {
      this.colours = colours;
      for (const {el, coords} of Object.values(this._tiles || {})) {
        this._paint(el, this._wrapCoords(coords));
      }
    },
  });

  // ---- Names --------------------------------------------------------------------------

  const FACES = {
    country: {size: 12, caps: 4, ink: 'quiet', weight: 500},
    province: {size: 10, caps: 1.4, ink: 'quiet', weight: 500},
    city: {size: 11.5, caps: 0, ink: 'muted', weight: 400, dot: 2.4},
    sea: {size: 12, caps: 0.2, ink: 'water', weight: 400, italic: true},
    water: {size: 10.5, caps: 0, ink: 'water', weight: 400, italic: true},
    peak: {size: 10.5, caps: 0, ink: 'muted', weight: 400, dot: 2, mark: 'peak'},
  };

  /** Return true and keep the box when it meets none of the boxes kept before. */
  G.claim = (boxes, box) => {
    for (const b of boxes) if (box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1]) return false;
    boxes.push(box);
    return true;
  };

  /** Write text with a halo that lifts it off the lines below it. */
  G.write = (ctx, text, x, y, {font, ink, halo, caps = 0, width = 3}) => {
    ctx.font = font;
    ctx.textBaseline = 'middle';
    if ('letterSpacing' in ctx) ctx.letterSpacing = `${caps}px`;
    ctx.lineJoin = 'round';
    ctx.lineWidth = width;
    ctx.strokeStyle = halo;
    ctx.fillStyle = ink;
    ctx.strokeText(text, x, y);
    ctx.fillText(text, x, y);
    if ('letterSpacing' in ctx) ctx.letterSpacing = '0px';
  };

  const widths = new Map();
  /** Return the width of a text in pixels, remembered because measuring is what costs. */
  G.measure = (ctx, text, font, caps = 0) => {
    const key = `${caps}|${font}|${text}`;
    if (!widths.has(key)) {
      if (widths.size > 5000) widths.clear();
      ctx.font = font;
      widths.set(key, ctx.measureText(text).width + caps * text.length);
    }
    return widths.get(key);
  };

  /** Return what a label may say, the fullest first. */
  function wordings(label, lang) {
    const own = (lang === 'ko' ? label.ko : label.en) || label.en || label.ko || '';
    const other = lang === 'ko' ? label.en : label.ko;
    if (label.k === 'country' || label.k === 'province') return [own.toUpperCase()];
    return label.k === 'city' && other && other !== own ? [`${own} ${other}`, own] : [own];
  }

  /** Return [x, y, box] for each place a text may stand at, the best first. */
  function spots(face, x, y, width) {
    const tall = face.size * 0.62, gap = 6;
    const box = (left, mid) => [left, mid, [left - 3, mid - tall - 1, left + width + 3, mid + tall + 1]];
    if (!face.dot) return [0, -14, 14].map((dy) => box(x - width / 2, y + dy));
    return [box(x + gap, y), box(x - gap - width, y), box(x - width / 2, y - 11), box(x - width / 2, y + 11)];
  }

  function placeLabel(ctx, view, label, boxes, lang, c) {
    const face = FACES[label.k], z = view.z;
    if (!face || z < label.z || z > (label.zmax ?? 99) || (label.k === 'country' && z > 9) || (label.k === 'province' && z > 10)) return;
    const wrapped = label.x + WORLD * Math.round(((view.x0 + view.x1) / 2 - label.x) / WORLD);
    const x = wrapped * view.s - view.ox, y = label.y * view.s - view.oy;
    if (x < -80 || y < -20 || x > view.w + 80 || y > view.h + 20) return;
    const size = face.size + (label.k === 'country' && label.r > 2 ? -1 : 0) + (z >= 9 ? 1 : 0);
    const font = `${face.italic ? 'italic ' : ''}${face.weight} ${size}px ${FONTS}`;
    if (face.dot && !boxes.every((b) => x < b[0] || x > b[2] || y < b[1] || y > b[3])) return;
    for (const text of wordings(label, lang)) {
      const caps = face.caps && /[\u1100-\uffff]/.test(text) ? face.caps / 2 : face.caps;
      const width = G.measure(ctx, text, font, caps);
      for (const [left, mid, box] of spots(face, x, y, width)) {
        if (!G.claim(boxes, box)) continue;
        if (face.dot) mark(ctx, face, x, y, c);
        G.write(ctx, text, left, mid, {font, caps, ink: c[face.ink], halo: face.ink === 'water' ? c.sea : c.halo, width: 3 * (c.bold || 1)});
        return;
      }
    }
  }

  function mark(ctx, face, x, y, c) {
    ctx.beginPath();
    if (face.mark === 'peak') {
      ctx.moveTo(x, y - 3); ctx.lineTo(x + 3.2, y + 2.6); ctx.lineTo(x - 3.2, y + 2.6); ctx.closePath();
    } else ctx.arc(x, y, face.dot, 0, 7);
    ctx.fillStyle = c.muted;
    ctx.fill();
  }

  // ---- The front door -----------------------------------------------------------------

  /** A canvas that lies over the view and moves with it; `paint(ctx, view)` draws it. */
  G.Sheet = L.Renderer.extend({
    options: {padding: 0.12},
    _initContainer() {
      this._container = L.DomUtil.create('canvas', 'glimpse-sheet');
      this._container.setAttribute('aria-hidden', 'true');
    },
    _destroyContainer() { this._container.remove(); this._container = null; },
    _updatePaths() {},
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      this.draw();
    },
    draw() {
      if (!this._map || !this._bounds || G.waits) return; // `G.waits`: more is to come before the eye sees it
      const canvas = this._container, size = this._bounds.getSize(), dpr = G.density();
      const w = Math.round(size.x * dpr), h = Math.round(size.y * dpr);
      if (canvas.width !== w || canvas.height !== h) {
        canvas.width = w; canvas.height = h;
        canvas.style.width = `${size.x}px`; canvas.style.height = `${size.y}px`;
      }
      this._updateTransform(this._center, this._zoom);
      const ctx = canvas.getContext('2d');
      ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
      ctx.clearRect(0, 0, size.x, size.y);
      if (this.paint && size.x && size.y) this.paint(ctx, this.view());
    },
    /** Return where the world lies on this canvas; `left`, `top` lead to the map's corner. */
    view() {
      const map = this._map, z = this._zoom, s = 256 * 2 ** z / WORLD, size = this._bounds.getSize();
      const corner = this._bounds.min.add(map.getPixelOrigin());
      const from = map.layerPointToContainerPoint(this._bounds.min), seen = map.getSize();
      return {
        z, s, dpr: G.density(), ox: corner.x, oy: corner.y, w: size.x, h: size.y,
        x0: corner.x / s, y0: corner.y / s, x1: (corner.x + size.x) / s, y1: (corner.y + size.y) / s,
        left: from.x, top: from.y, seen: [-from.x, -from.y, seen.x - from.x, seen.y - from.y],
      };
    },
  });

  /** Load the base map, from its address or its bytes, and put its tiles on the map. Returns a promise of its handle. */
  G.basemap = async (map, url, colours) => {
    const topo = decode(JSON.parse(new TextDecoder().decode(await G.fetchBytes(url))));
    const tiles = new Tiles(topo, colours).addTo(map);
    return {
      tiles,
      recolour(next) { if (next !== tiles.colours) tiles.recolour(next); },
      repaint() { tiles.recolour(tiles.colours); },
      has: (key) => topo.areas.has(key),
      box: (key) => topo.areas.get(key)?.box,
      /** Return where an area's name is written, [x, y], or undefined. */
      spot: (key) => topo.spots.get(key),
      /** Add the outline of an area to the path of a canvas. */
      trace(ctx, view, key) { pencil(topo, ctx, view).area(topo.areas.get(key), true); },
      /** Write the names that fit beside the boxes that are taken. */
      names(ctx, view, boxes, lang) {
        for (const label of topo.labels) if (G.tiles.names(label.k)) placeLabel(ctx, view, label, boxes, lang, tiles.colours);
      },
    };
  };
})();
