/*
 * The symbol language on canvas, and the legend that explains it with the same functions.
 * Three things are said by three channels that do not depend on each other:
 * size and shape = how precise, line = how certain, tone = how verified.
 *
 * A symbol is {shape: site|circle|badge|cluster, x, y, r, n, certain, possible, text,
 * line: solid|dotted|dashed, tone: 0..5}, in canvas pixels.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const TURN = 2 * Math.PI;

  G.colours = {
    light: {
      panel: '#ffffff', ink: '#1d2530', muted: '#59636f', quiet: '#646b74', line: '#e3e1da',
      sea: '#dbe7ee', land: '#f3f0e8', interest: '#fffdf7', halo: 'rgba(255,253,247,.88)',
      water: '#47687f', river: '#c9dae3', coast: '#b4bab7', border: '#958e80',
      province: '#a8a192', faint: '#ddd8cb', onTone: '#ffffff',
      certain: '#1f5f8b', possible: '#b4631a', certainInk: '#1f5f8b', possibleInk: '#9a5212',
      refuted: '#6b7480',
    },
    dark: {
      panel: '#1a2029', ink: '#e8ecf1', muted: '#a3aebc', quiet: '#97a3b3', line: '#2b3340',
      sea: '#16222c', land: '#222a33', interest: '#2a333d', halo: 'rgba(34,42,51,.88)',
      water: '#7f9db3', river: '#1c2e3b', coast: '#3a4653', border: '#75808d',
      province: '#525d6a', faint: '#303a45', onTone: '#12161c',
      certain: '#6bb3e3', possible: '#f0a860', certainInk: '#6bb3e3', possibleInk: '#f0a860',
      refuted: '#8d97a5',
    },
  };

  /** How strongly each verification is filled: not assessed, reported, …, contested, refuted. */
  const FILL = [0.10, 0.20, 0.45, 0.85, 0.85, 0.10];
  const CONTESTED = 4, REFUTED = 5, GEOLOCATED = 3;
  /** Which verification stands for a place: the best; refuted only when all are refuted. */
  G.RANK = [1, 3, 4, 5, 2, 0];

  const DASH = {solid: [], dotted: [0.1, 4.2], dashed: [5, 3.4]};

  const hue = (symbol, c) => (symbol.tone === REFUTED ? c.refuted
    : symbol.line === 'dashed' ? c.possible : c.certain);
  const numberInk = (symbol, c) => (symbol.tone === REFUTED ? c.muted
    : symbol.tone === 2 ? c.ink : symbol.line === 'dashed' ? c.possibleInk
      : symbol.tone === GEOLOCATED ? c.onTone : c.certainInk);
  const font = (size) => `700 ${size}px ${G.FONTS}`;

  function disc(ctx, x, y, r) {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, TURN);
  }

  function outline(ctx, line, colour, width) {
    ctx.setLineDash(DASH[line]);
    ctx.lineCap = line === 'dotted' ? 'round' : 'butt';
    ctx.lineWidth = line === 'dotted' ? width + 0.6 : width;
    ctx.strokeStyle = colour;
    ctx.stroke();
    ctx.setLineDash([]);
  }

  /**
   * Fill the current path with the tone; `box` is what a contested half is cut from.
   * What is only possible stays hollow until somebody has verified more than a report.
   */
  function tone(ctx, symbol, c, box, strength = 1) {
    const hollow = symbol.line === 'dashed' && symbol.tone < 2;
    const alpha = FILL[symbol.tone] * strength * (hollow ? 0.35 : 1);
    ctx.fillStyle = hue(symbol, c);
    ctx.save();
    ctx.globalAlpha *= alpha;
    if (symbol.tone === CONTESTED) {
      ctx.clip('evenodd');
      ctx.fillRect(box[0], box[1], (box[2] - box[0]) / 2, box[3] - box[1]);
    } else ctx.fill('evenodd');
    ctx.restore();
  }

  function ground(ctx, c, alpha) {
    ctx.save();
    ctx.globalAlpha *= alpha;
    ctx.fillStyle = c.panel;
    ctx.fill();
    ctx.restore();
  }

  function strike(ctx, x, y, r, colour) {
    ctx.beginPath();
    ctx.moveTo(x - r * 0.95, y + r * 0.95);
    ctx.lineTo(x + r * 0.95, y - r * 0.95);
    ctx.lineWidth = 1.8;
    ctx.strokeStyle = colour;
    ctx.stroke();
  }

  function number(ctx, symbol, c, size) {
    if (!symbol.text) return;
    ctx.font = font(size);
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    if (symbol.tone >= CONTESTED || (symbol.tone === GEOLOCATED && symbol.line === 'dashed')) {
      // Over a half, a stroke or a strong orange the number needs a ground of its own.
      disc(ctx, symbol.x, symbol.y, G.measure(ctx, symbol.text, font(size)) / 2 + 3.5);
      ground(ctx, c, 0.94);
    }
    ctx.fillStyle = numberInk(symbol, c);
    ctx.fillText(symbol.text, symbol.x, symbol.y + 0.8);
    ctx.textAlign = 'left';
  }

  // ---- Size and shape -----------------------------------------------------------------

  /** A site: a small solid dot on a short stem whose foot is the place. */
  function site(ctx, symbol, c) {
    const {x, y, r} = symbol, colour = hue(symbol, c), foot = y + r + 8;
    ctx.beginPath();
    ctx.moveTo(x, y + r); ctx.lineTo(x, foot);
    ctx.lineCap = 'round';
    ctx.lineWidth = 2;
    ctx.strokeStyle = colour;
    ctx.stroke();
    disc(ctx, x, foot, 1.8);
    ctx.fillStyle = colour;
    ctx.fill();
    round(ctx, symbol, c, 2.4);
    if (symbol.text) return;
    disc(ctx, x, y, 2.2);
    ctx.fillStyle = symbol.tone === GEOLOCATED ? c.onTone : colour;
    ctx.fill();
  }

  /** A round symbol with its tone, its line and its count. */
  function round(ctx, symbol, c, width = 2) {
    const {x, y, r} = symbol;
    disc(ctx, x, y, c.over ? r + 2.5 : r);
    ground(ctx, c, c.over || symbol.line === 'dashed' || symbol.shape !== 'circle' ? 0.92 : 0.6);
    // A strong tone keeps clear of a broken line, or nobody could see that it is broken.
    const inner = symbol.line !== 'solid' && symbol.tone > 1 ? r - 3 : r;
    disc(ctx, x, y, inner);
    tone(ctx, symbol, c, [x - inner, y - inner, x + inner, y + inner]);
    if (symbol.tone === REFUTED) strike(ctx, x, y, r * 0.75, hue(symbol, c));
    disc(ctx, x, y, r);
    outline(ctx, symbol.line, hue(symbol, c), width);
    number(ctx, symbol, c, r > 19 ? 15 : r < 11 ? 11 : 13);
  }

  /** Several places together: the count, in a ring split into certain and possible. */
  function cluster(ctx, symbol, c) {
    const {x, y, r, certain, possible} = symbol, all = certain + possible;
    disc(ctx, x, y, r + 2.5);
    ground(ctx, c, 0.94);
    // Each part is at least visible, however small its share.
    const part = certain / all, share = part > 0 && part < 1 ? Math.min(0.92, Math.max(0.08, part)) : part;
    const gap = share > 0 && share < 1 ? 0.09 : 0;
    const arc = (from, to, line, colour) => {
      if (to - from < 0.02) return;
      ctx.beginPath();
      ctx.arc(x, y, r, -TURN / 4 + from, -TURN / 4 + to);
      outline(ctx, line, colour, 3.4);
    };
    arc(gap, share * TURN - gap, 'solid', c.certain);
    arc(share * TURN + gap, TURN - gap, 'dashed', c.possible);
    ctx.font = font(13);
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillStyle = c.ink;
    ctx.fillText(symbol.text, x, y + 0.8);
    ctx.textAlign = 'left';
  }

  const DRAW = {site, circle: round, badge: (ctx, s, c) => round(ctx, s, c, 1.6), cluster};

  G.symbols = {
    /** Return the radius in pixels that a symbol needs to hold its text; never under 9. */
    radius(ctx, shape, text) {
      if (shape === 'site') return text ? Math.max(8, G.measure(ctx, text, font(11)) / 2 + 4) : 6;
      const room = G.measure(ctx, text, font(13)) / 2;
      return shape === 'cluster' ? Math.max(15, room + 8) : Math.max(13, room + 7);
    },
    draw(ctx, symbol, c) { DRAW[symbol.shape](ctx, symbol, c); },
    /** Draw an extent: the path that `trace` adds, lightly tinted, with the symbol's line. */
    extent(ctx, symbol, c, trace, box) {
      ctx.beginPath();
      trace(ctx);
      tone(ctx, symbol, c, box, 0.6);
      if (c.over) outline(ctx, 'solid', c.halo, 4);
      outline(ctx, symbol.line, hue(symbol, c), 1.6);
    },
    /** Join two candidates of one entry, from edge to edge. */
    link(ctx, a, b, c, strong) {
      const dx = b.x - a.x, dy = b.y - a.y, far = Math.hypot(dx, dy);
      if (far < a.r + b.r + 2) return;
      ctx.beginPath();
      ctx.moveTo(a.x + dx * a.r / far, a.y + dy * a.r / far);
      ctx.lineTo(b.x - dx * b.r / far, b.y - dy * b.r / far);
      if (c.over) outline(ctx, 'solid', c.halo, 4.4);
      outline(ctx, 'dashed', c.possible, strong ? 2.4 : c.over ? 1.8 : 1.3);
    },
    /** Ring the symbol that the keyboard has reached. */
    focus(ctx, {x, y, r}, c) {
      for (const [colour, width] of [[c.panel, 7], [c.ink, 3]]) {
        disc(ctx, x, y, r + 6);
        outline(ctx, 'solid', colour, width);
      }
    },
    /** Ring a symbol of the selected entry. */
    halo(ctx, symbol, c) {
      for (const [grow, width, alpha] of [[7, 9, 0.22], [5, 1.6, 1]]) {
        ctx.save();
        ctx.globalAlpha *= alpha;
        disc(ctx, symbol.x, symbol.y, symbol.r + grow);
        outline(ctx, 'solid', symbol.line === 'dashed' ? c.possible : c.certain, width);
        ctx.restore();
      }
    },
  };

  // ---- The legend ---------------------------------------------------------------------

  const AREA = [[3, 8], [8, 2], [17, 4], [21, 9], [17, 16], [8, 15]];
  const SWATCHES = {
    site: {shape: 'site', y: 7, r: 5, tone: 0},
    city: {shape: 'circle', r: 8, tone: 0},
    line_here: {line: 'solid'}, line_inferred: {line: 'dotted'}, line_possible: {line: 'dashed'},
    not_assessed: {tone: 0}, reported: {tone: 1}, corroborated: {tone: 2},
    geolocated: {tone: 3}, contested: {tone: 4}, refuted: {tone: 5},
    cluster: {shape: 'cluster', r: 7.5, certain: 2, possible: 1},
  };

  /** Return a small canvas that shows one word of the symbol language. */
  function swatch(key, c) {
    const canvas = document.createElement('canvas'), dpr = G.density();
    const wide = key.startsWith('line_') ? 26 : key === 'province' ? 24 : 20;
    canvas.width = wide * dpr; canvas.height = 20 * dpr;
    canvas.style.width = `${wide}px`; canvas.style.height = '20px';
    canvas.setAttribute('aria-hidden', 'true');
    const ctx = canvas.getContext('2d');
    ctx.scale(dpr, dpr);
    const symbol = {
      shape: 'circle', x: wide / 2, y: 10, r: 6.5, line: 'solid', tone: 0, text: '', ...SWATCHES[key],
    };
    if (key === 'province') {
      const trace = () => { AREA.forEach(([x, y]) => ctx.lineTo(x, y)); ctx.closePath(); };
      G.symbols.extent(ctx, {...symbol, tone: 1}, c, trace, [0, 0, wide, 20]);
    } else if (key.startsWith('line_')) {
      ctx.beginPath();
      ctx.moveTo(1, 10); ctx.lineTo(wide - 1, 10);
      outline(ctx, symbol.line, hue(symbol, c), 2);
    } else DRAW[symbol.shape](ctx, symbol, c);
    return canvas;
  }

  const ROWS = [
    ['size', ['site', 'city', 'province']],
    ['line', ['line_here', 'line_inferred', 'line_possible']],
    ['tone', ['not_assessed', 'reported', 'corroborated', 'geolocated', 'contested', 'refuted']],
    ['count', ['cluster']],
  ];

  /** Return a text with the signs that would turn the direction of others shown by their codes. */
  G.visible = (text) => (typeof text !== 'string' ? text
    : text.replace(/[\u202a-\u202e\u2066-\u2069]/g, (sign) => `⟨U+${sign.codePointAt().toString(16).toUpperCase()}⟩`));

  /** Return an element with a class and a text, which is never read as HTML. */
  G.element = (tag, name, text = '') => {
    const node = document.createElement(tag);
    if (name) node.className = name;
    if (text) node.textContent = G.visible(text);
    return node;
  };

  /** Fill the element with the legend, in the words and colours given. */
  G.legend = (body, word, c) => {
    body.replaceChildren(...ROWS.map(([head, keys]) => {
      const row = G.element('p', 'glimpse-legend-row');
      row.append(G.element('b', '', word(`legend_${head}`)), ' ', word(`legend_${head}_says`), ' ');
      for (const key of keys) {
        const one = G.element('span', 'glimpse-key');
        one.append(swatch(key, c), G.element('span', '', word(`key_${key}`)));
        row.append(one, ' ');
      }
      return row;
    }));
  };
})();
