/*
 * The picture of what is seen: base map, symbols and names at twice the screen's pixels, with a foot
 * that says the filter, the counts, the legend, the credits and the date. The same picture is what
 * the page prints in the map's place.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const SHARP = 2, EDGE = 14, GAP = 8;

  /** Return everything that is painted on the map, the lowest first. */
  function layersOf(box, foreign) {
    const level = (node) => Number(getComputedStyle(node.closest('.leaflet-pane') || node).zIndex) || 900;
    const kinds = `.leaflet-map-pane canvas, canvas.glimpse-edge${foreign ? ', .leaflet-map-pane img.leaflet-tile-loaded' : ''}`;
    return [...box.querySelectorAll(kinds)].filter((node) => node.width && node.height)
      .map((node) => [level(node), node]).sort((a, b) => a[0] - b[0]).map(([, node]) => node);
  }

  /** Draw the map as it stands, at the scale of the pencil. */
  function map(ctx, box, size, colours, foreign) {
    const frame = box.getBoundingClientRect();
    ctx.save();
    ctx.beginPath();
    ctx.rect(0, 0, size.x, size.y);
    ctx.clip();
    ctx.fillStyle = colours.sea;
    ctx.fillRect(0, 0, size.x, size.y);
    for (const node of layersOf(box, foreign)) {
      const {left, top, width, height} = node.getBoundingClientRect();
      ctx.filter = getComputedStyle(node.closest('.leaflet-layer') || node).filter;
      ctx.globalAlpha = Number(getComputedStyle(node.closest('.leaflet-layer') || node).opacity);
      ctx.drawImage(node, left - frame.left, top - frame.top, width, height);
    }
    ctx.restore();
  }

  /** Draw the scale bar at the lower right of the map. */
  function scale(ctx, leaflet, colours, lang) {
    const {x, y} = leaflet.getSize(), {metres, pixels} = G.scaleOf(leaflet, 100), c = colours;
    const left = x - EDGE - pixels, font = `600 11px ${G.FONTS}`, text = G.sketch.length(metres, metres, lang);
    ctx.lineJoin = 'round';
    for (const [colour, width] of [[c.halo, 5], [c.ink, 1.6]]) {
      ctx.beginPath();
      ctx.moveTo(left, y - 18); ctx.lineTo(left, y - 12); ctx.lineTo(left + pixels, y - 12); ctx.lineTo(left + pixels, y - 18);
      ctx.strokeStyle = colour;
      ctx.lineWidth = width;
      ctx.stroke();
    }
    G.write(ctx, text, left + (pixels - G.measure(ctx, text, font)) / 2, y - 20, {font, ink: c.ink, halo: c.halo, width: 4});
  }

  /** Return a writer of flowing text in a column: {pieces(list, style), next(), y}. */
  function column(ctx, wide, top) {
    const self = {x: EDGE, y: top, piece, words, next};

    function next(space = 0) { self.x = EDGE; self.y += space; }

    /** Put a thing of a width at the pencil, on a new line when it does not fit. */
    function piece(width, high, draw) {
      if (self.x > EDGE && self.x + width > wide - EDGE) next(high);
      draw?.(self.x, self.y);
      self.x += width;
    }

    /** Write a text word by word; a script without spaces breaks where it must. */
    function words(text, size, weight, ink, high) {
      const font = `${weight} ${size}px ${G.FONTS}`, space = G.measure(ctx, ' ', font);
      for (const part of text.split(/\s+/).filter(Boolean).flatMap((one) => pieces(ctx, one, font, wide - 2 * EDGE))) {
        const width = G.measure(ctx, part, font);
        piece(width, high, (x, y) => {
          ctx.font = font;
          ctx.textBaseline = 'middle';
          ctx.fillStyle = ink;
          ctx.fillText(part, x, y + high / 2);
        });
        self.x += space;
      }
    }

    return self;
  }

  /** Return a word cut into parts that are no wider than the column. */
  function pieces(ctx, text, font, most) {
    const out = [];
    for (const sign of text) {
      if (out.length && G.measure(ctx, out.at(-1) + sign, font) <= most) out[out.length - 1] += sign;
      else out.push(sign);
    }
    return out;
  }

  /** Draw the legend, row by row, from the legend's own elements. */
  function legend(flow, ctx, explain, c) {
    const body = document.createElement('div');
    explain(body, c);
    for (const row of body.children) {
      for (const node of row.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) flow.words(node.textContent, 11, 400, c.muted, 20);
        else if (node.tagName === 'B') flow.words(node.textContent, 11, 700, c.ink, 20);
        else {
          const [swatch, said] = node.children, width = parseFloat(swatch.style.width), high = parseFloat(swatch.style.height);
          const whole = width + 4 + G.measure(ctx, said.textContent, `400 11px ${G.FONTS}`);
          if (flow.x + whole > ctx.canvas.width / SHARP - EDGE) flow.next(20);
          flow.piece(width + 4, 20, (x, y) => ctx.drawImage(swatch, x, y + (20 - high) / 2, width, high));
          flow.words(said.textContent, 11, 400, c.muted, 20);
          flow.x += 6;
        }
      }
      flow.next(20);
    }
  }

  /** Write the foot below the map; returns where it ends. */
  function foot(ctx, wide, top, held, word, explain, c, titled) {
    const flow = column(ctx, wide, top + 10);
    if (titled && held.title) { flow.words(held.title, 15, 700, c.ink, 21); flow.next(22); }
    if (titled && held.counts) { flow.words(held.counts, 12, 400, c.muted, 18); flow.next(18 + GAP); }
    legend(flow, ctx, explain, c);
    const day = new Intl.DateTimeFormat(held.lang === 'en' ? 'en-GB' : held.lang, {dateStyle: 'long'}).format(new Date());
    flow.next(GAP / 2);
    flow.words(['Glimpse', day, G.tiles.credit(), word('credits')].filter(Boolean).join(' · '), 11, 400, c.muted, 18);
    return flow.y + 18 + EDGE;
  }

  /** Return the tools that make a picture: {canvas(titled, theme), save(), print()}. */
  G.snapshot = (ui, held, {word}) => {
    const box = ui.map.getContainer();
    const explain = (body, c) => (ui.regions.drawn() ? ui.regions.legend(body, c) : G.legend(body, word, c));

    /** Return the picture as a canvas; `foreign` says whether tiles from elsewhere are in it. */
    function compose(titled, foreign) {
      const c = G.tiles.panel(held.theme), {x: wide, y: high} = ui.map.getSize(), canvas = document.createElement('canvas');
      const ctx = canvas.getContext('2d');
      canvas.width = wide * SHARP;
      const end = foot(ctx, wide, high, held, word, explain, c, titled); // once to know how high it is
      canvas.height = Math.ceil(end * SHARP);
      ctx.scale(SHARP, SHARP);
      ctx.fillStyle = c.panel;
      ctx.fillRect(0, 0, wide, end);
      map(ctx, box, ui.map.getSize(), c, foreign);
      scale(ctx, ui.map, G.tiles.picture(held.theme), held.lang);
      foot(ctx, wide, high, held, word, explain, c, titled);
      return canvas;
    }

    /** Return the picture, sharp; without tiles that their server does not let us copy. */
    function canvas(titled, theme = held.theme) {
      const before = held.theme;
      G.sharp = SHARP;
      held.theme = theme;
      try {
        ui.repaint();
        const whole = compose(titled, true);
        try { whole.getContext('2d').getImageData(0, 0, 1, 1); return whole; } catch { /* not ours to copy */ }
        ui.warn(word('picture_without'));
        return compose(titled, false);
      } finally {
        G.sharp = null;
        held.theme = before;
        ui.repaint();
      }
    }

    function save() {
      canvas(true).toBlob((blob) => {
        const link = document.createElement('a'), now = new Date();
        link.href = URL.createObjectURL(blob);
        link.download = `glimpse-${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}.png`;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      });
    }

    // Whoever prints the page, by our button or by the browser's: the map is there as a picture.
    const there = G.outer(), home = there === window ? box : window.frameElement;
    let laid = null;
    function lay() {
      lift();
      if (!ui.address || !home?.isConnected || !ui.map.getSize().x) return;
      const picture = canvas(false, 'light'); // paper is white
      laid = there.document.createElement('canvas');
      laid.className = 'glimpse-print';
      laid.width = picture.width; laid.height = picture.height;
      laid.getContext('2d').drawImage(picture, 0, 0);
      home.after(laid);
    }
    function lift() { laid?.remove(); laid = null; }
    there.addEventListener('beforeprint', lay);
    there.addEventListener('afterprint', lift);
    window.addEventListener('pagehide', () => {
      there.removeEventListener('beforeprint', lay);
      there.removeEventListener('afterprint', lift);
    });

    return {canvas, save, print: () => there.print()};
  };
})();
