/*
 * The choropleth: provinces, or countries from afar, tinted by the entries that are certainly
 * there and hatched where they are only possible, with the numbers beside the name.
 * geo/regions.py counts and makes the classes; here they are drawn, pointed at and explained.
 *
 * An area is {code, certain, possible, passes, drawn, name, native, x, y: where it is written}.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const {WORLD, element} = G;
  const PROVINCES = 5; // zoom from which provinces are told apart, as the base map draws them
  const FAINT = 0.16, STRONG = 0.7, ALONE = 0.45; // tint of the lowest and the highest class
  const BOX = 20, TAP = 12;
  const FEW = 8; // areas in view up to which a number stands beside one that it would cover
  const HATCH = {only: {side: 7, width: 1.5}, also: {side: 14, width: 1.2}};
  const LEVELS = ['province', 'country'];

  // ---- What the server counted --------------------------------------------------------

  /** Return the areas of each level, most entries first, from what geo/regions.py sends. */
  function read(sent) {
    const levels = {};
    for (const level of LEVELS) {
      const {classes = [], areas = []} = sent?.levels?.[level] || {};
      levels[level] = {classes, areas: areas.map(([code, certain, possible, passes, drawn]) => {
        const [name, native, x, y] = sent.places[code];
        return {kind: 'region', code, certain, possible, passes, drawn, name, native, x, y};
      })};
    }
    return levels;
  }

  /** Return how strongly an area is tinted, 0 where nothing is certain. */
  function strength(classes, {certain, passes, drawn}) {
    const number = passes && drawn ? classes.findIndex(([low, high]) => certain >= low && certain <= high) : -1;
    if (number < 0) return 0;
    return classes.length === 1 ? ALONE : FAINT + (STRONG - FAINT) * number / (classes.length - 1);
  }

  // ---- Drawing ------------------------------------------------------------------------

  /** Return diagonal lines as a fill; they are fixed to the ground, so they do not swim. */
  function hatching(ctx, colour, {side: across, width}, {dpr, ox = 0, oy = 0}) {
    const tile = document.createElement('canvas'), side = tile.width = tile.height = Math.round(across * dpr);
    const pen = tile.getContext('2d');
    pen.strokeStyle = colour;
    pen.lineWidth = width * dpr;
    for (const shift of [-side, 0, side]) {
      pen.moveTo(shift - 1, side + 1);
      pen.lineTo(shift + side + 1, -1);
    }
    pen.stroke();
    const pattern = ctx.createPattern(tile, 'repeat');
    pattern.setTransform(new DOMMatrix().translate(-ox % across, -oy % across).scale(across / side));
    return pattern;
  }

  /** Return both hatchings: wide apart over a tint, so that its strength can still be seen. */
  const hatchings = (ctx, c, view) => ({only: hatching(ctx, c.possible, HATCH.only, view), also: hatching(ctx, c.possible, HATCH.also, view)});

  /** Fill a path as the legend explains it: a tint, a hatching, or both. */
  function fill(ctx, path, tint, possible, c, {only, also}) {
    ctx.save();
    if (tint) {
      ctx.globalAlpha = tint;
      ctx.fillStyle = c.certain;
      ctx.fill(path, 'evenodd');
    }
    ctx.globalAlpha = 0.9;
    ctx.fillStyle = tint ? also : only;
    if (possible) ctx.fill(path, 'evenodd');
    ctx.restore();
  }

  function outline(ctx, path, colour, width, dash = []) {
    ctx.setLineDash(dash);
    ctx.lineWidth = width;
    ctx.lineJoin = 'round';
    ctx.strokeStyle = colour;
    ctx.stroke(path);
    ctx.setLineDash([]);
  }

  /** Return the parts of a number's box, each {text, line, ink}: what is certain, what possible. */
  function parts({certain, possible, passes}, number, c) {
    const shown = [];
    const add = (n, line, ink) => shown.push({text: number(n), line, ink: passes ? ink : c.muted, edge: passes ? ink : c.quiet});
    if (certain) add(certain, [], c.certainInk);
    if (possible) add(possible, [3.5, 2.5], c.possibleInk);
    return shown;
  }

  /** Draw boxes side by side from `left`; `plain` is a name that is put before the numbers. */
  function boxes(ctx, list, left, mid, c) {
    for (const {text, line, ink, edge, font, w} of list) {
      const path = new Path2D();
      path.roundRect(left, mid - BOX / 2 + 1, w, BOX - 2, 5);
      ctx.fillStyle = c.panel;
      ctx.fill(path);
      outline(ctx, path, edge, 1.4, line);
      ctx.font = font;
      ctx.textBaseline = 'middle';
      ctx.fillStyle = ink;
      ctx.fillText(text, left + 6, mid + 0.8);
      left += w + 2;
    }
  }

  // ---- On the map ---------------------------------------------------------------------

  /**
   * Return what counts by region on a map: `tint` and `write` draw, `hit` finds what is pointed
   * at, `told` says it, `dress` writes button and legend. `on` says whether it is switched on.
   */
  G.regions = (ui, held, {word, both}) => {
    const own = {on: asked(), level: 'country', seen: [], over: null};
    let explained = ''; // the level that the legend tells of, '' while it tells of the symbols
    let sent = null, levels = read(null);

    /** Whether the address asks for it; a map that keeps no address has no switch either. */
    function asked() {
      const address = new URLSearchParams(G.outer().location.search);
      return ui.address && G.kept.regions(address.get('view') || '', address.get('map') === 'regions');
    }

    /** Whether regions are drawn: a step that is played is shown by symbols, which are counted here. */
    own.drawn = () => own.on && !!held.regions && !G.play.stepping();

    /** Return a number in full, as legend, tip and lists have it. */
    const number = (n) => n.toLocaleString(held.lang);
    /** Return a number that fits on the map. */
    const short = (n) => (n < 10000 && (own.level === 'province' || n < 1000) ? number(n)
      : new Intl.NumberFormat(held.lang, {notation: 'compact', maximumFractionDigits: 1}).format(n));

    function areas() {
      if (sent !== held.regions) levels = read(sent = held.regions);
      return levels;
    }

    /** Return the copies of the world that meet a box in view, as shifts to be added to x. */
    function shifts([x0, y0, x1, y1], view) {
      const out = [];
      if (y1 < view.y0 || y0 > view.y1) return out;
      for (let k = Math.ceil((view.x0 - x1) / WORLD); k * WORLD + x0 <= view.x1; k++) out.push(k * WORLD);
      return out;
    }

    const outlined = (code) => ui.base?.has(code) && ui.base.box(code);

    /** Return the level that the view shows: provinces only where some that are drawn are seen. */
    function levelOf(view) {
      const [left, top, right, bottom] = view.seen, {ox, oy, s} = view;
      const near = {x0: (left + ox) / s, y0: (top + oy) / s, x1: (right + ox) / s, y1: (bottom + oy) / s};
      const province = view.z >= PROVINCES && areas().province.areas.some(({code, drawn}) =>
        drawn && outlined(code) && shifts(outlined(code), near).length);
      return province ? 'province' : 'country';
    }

    /** Note what is in view, each with its path where the base map knows it. */
    function survey(view) {
      own.level = levelOf(view);
      own.seen = [];
      for (const area of areas()[own.level].areas) {
        const box = area.drawn && outlined(area.code);
        const [px, py] = (box && ui.base.spot?.(area.code)) || [area.x, area.y];
        for (const shift of shifts(box || [px, py, px, py], view)) {
          const moved = {...view, ox: view.ox - shift * view.s, x0: view.x0 - shift, x1: view.x1 - shift};
          const path = box ? new Path2D() : null;
          if (path) ui.base.trace(path, moved, area.code);
          own.seen.push({
            area, path, at: [px * view.s - moved.ox, py * view.s - moved.oy], spot: null,
            box: box ? [box[0] * view.s - moved.ox, box[1] * view.s - moved.oy, box[2] * view.s - moved.ox, box[3] * view.s - moved.oy] : null,
          });
        }
      }
    }

    /** Draw the tints, under the names and the symbols. */
    own.tint = (ctx, view) => {
      own.seen = [];
      const c = G.tiles.picture(held.theme), drawn = own.drawn();
      if (drawn) survey(view);
      if (explained !== (drawn ? own.level : '')) own.dress();
      if (!drawn) return;
      const {classes} = areas()[own.level], lines = hatchings(ctx, c, view);
      for (const {area, path} of own.seen) {
        if (!path) continue;
        const tint = strength(classes, area);
        fill(ctx, path, tint, area.passes && area.possible, c, lines);
        if (!area.passes) continue;
        outline(ctx, path, tint ? c.certain : c.possible, held.regions.filtered ? 2.4 : 1.3, tint ? [] : [5, 3.4]);
      }
      const hot = own.seen.find(({area, path}) => path && area.code === own.over);
      if (hot) outline(ctx, hot.path, c.ink, 2);
    };

    /** Return the boxes of an area: its numbers, after its name where no tint says whose they are. */
    function boxed(ctx, {area, path}, c) {
      const bold = `700 12px ${G.FONTS}`, plain = `500 12px ${G.FONTS}`;
      const list = parts(area, short, c).map((part) => ({...part, font: bold}));
      if (!path) list.unshift({text: named(area), line: [], ink: c.ink, edge: c.line, font: plain});
      for (const part of list) part.w = Math.max(BOX, G.measure(ctx, part.text, part.font) + 12);
      return {list, wide: list.reduce((sum, {w}) => sum + w + 2, -2)};
    }

    /** Return where a number may stand: in its area, or beside one that it would cover. */
    function spots({at: [x, y], box, path}, wide) {
      const inside = [x - wide / 2, y - (path ? 8 : 0)], across = box && box[2] - box[0], down = box && box[3] - box[1];
      if (!box || (across > 1.5 * wide && down > 2.5 * BOX)) return [inside];
      // Among many it would seem to be its neighbour's; among countries it waits until there is room.
      if (own.seen.length > FEW) return own.level === 'province' || (across > 0.75 * wide && down > BOX) ? [inside] : [];
      return [[box[2] + 4, y], [box[0] - 4 - wide, y], [x - wide / 2, box[3] + BOX], [x - wide / 2, box[1] - BOX], inside];
    }

    /** Write the numbers and names, those with the most entries first, beside what is taken. */
    own.write = (ctx, taken) => {
      const c = G.tiles.picture(held.theme);
      const order = [...own.seen].sort((a, b) => b.area.passes - a.area.passes);
      for (const one of order) {
        const {list, wide} = boxed(ctx, one, c);
        for (const [left, mid] of spots(one, wide)) {
          if (!G.claim(taken, [left - 2, mid - BOX / 2 - 1, left + wide + 2, mid + BOX / 2 + 1])) continue;
          boxes(ctx, list, left, mid, c);
          one.spot = [left, mid - TAP, left + wide, mid + TAP];
          break;
        }
      }
      for (const one of order) if (one.spot && one.path) name(ctx, one, taken, c);
    };

    /** Write an area's name under its number, and keep the base map from writing it again. */
    function name(ctx, {area, spot, at}, taken, c) {
      const font = `600 12px ${G.FONTS}`, x = (spot[0] + spot[2]) / 2, mid = spot[3] + 8;
      for (const text of [both(area), named(area)]) {
        const w = G.measure(ctx, text, font);
        if (!G.claim(taken, [x - w / 2 - 3, mid - 8, x + w / 2 + 3, mid + 8])) continue;
        G.write(ctx, text, x - w / 2, mid, {font, ink: area.passes ? c.ink : c.muted, halo: c.halo, width: 3.5});
        break;
      }
      taken.push([at[0] - 12, at[1] - 22, at[0] + 12, at[1] + 22]);
    }

    const named = (area) => (held.lang === 'ko' && area.native) || area.name;

    // ---- Pointing ---------------------------------------------------------------------

    const within = (b, x, y) => b && x >= b[0] && x <= b[2] && y >= b[1] && y <= b[3];
    const paper = document.createElement('canvas').getContext('2d');

    /** Return the area at a point of the canvas, its number's box before outlines; or null. */
    own.hit = (x, y) => {
      const found = own.seen.find(({spot}) => within(spot, x, y))
        || own.seen.find(({path, box}) => path && within(box, x, y) && paper.isPointInPath(path, x, y, 'evenodd'));
      return found ? {...found.area, at: [found.at[0], found.at[1]], x, y, r: 4} : null;
    };

    /** Draw the outline of what is pointed at; `code` is null when it is nothing. */
    own.point = (code) => {
      if (own.over === code) return;
      own.over = code;
      ui.tints.draw();
    };

    /** Return the lines of the tip: both names, both numbers, what a click does. */
    own.told = (area) => {
      const numbers = `${word('certain', area.certain)}, ${word('possible', area.possible)}`;
      const country = own.level === 'province' && !area.code.includes('-');
      const act = area.passes && held.regions.filtered ? word('regions_lift') : word('regions_choose');
      const note = area.drawn ? '' : country ? word('regions_no_finer') : word('regions_no_outline');
      return [element('b', '', both(area)), element('span', '', numbers), element('span', 'glimpse-soft', note),
        element('span', 'glimpse-soft', act)].filter((line) => line.textContent);
    };

    // ---- Button and legend ------------------------------------------------------------

    /** Switch it on or off, and keep that in the address. */
    own.toggle = () => {
      own.on = !own.on;
      own.dress();
      for (const sheet of [ui.tints, ui.sheet, ui.names]) sheet.draw();
      ui.framing.writeView();
    };

    /** Leave of the picture only what belongs to the entry that is open. */
    own.thin = (picture) => {
      picture.symbols = picture.symbols.filter(({hot}) => hot);
      picture.links = picture.links.filter(({hot}) => hot);
      picture.areas = picture.areas.filter(({places}) => places.some((p) => picture.marked.has(p)));
    };

    /** Show on the button whether it is on, and while it is, explain it in the legend. */
    own.dress = () => {
      const box = ui.map.getContainer();
      box.querySelector('[data-act="regions"]')?.setAttribute('aria-pressed', String(own.on));
      if (!own.drawn() && explained) ui.label(G.tiles.panel(held.theme));
      explained = own.drawn() ? own.level : '';
      if (explained) own.legend(box.querySelector('.glimpse-legend-body'), G.tiles.panel(held.theme));
    };

    /** For tests: what is switched on and where it is drawn, in pixels of the map. */
    own.state = () => ({
      on: own.on, level: own.level,
      areas: own.seen.map(({area, path, at}) => (
        {...area, tint: path ? strength(areas()[own.level].classes, area) : 0, x: at[0] + ui.view.left, y: at[1] + ui.view.top})),
    });

    function swatch(tint, possible, c) {
      const canvas = document.createElement('canvas'), dpr = G.density(), path = new Path2D();
      canvas.width = 22 * dpr; canvas.height = 20 * dpr;
      canvas.style.width = '22px'; canvas.style.height = '20px';
      canvas.setAttribute('aria-hidden', 'true');
      const ctx = canvas.getContext('2d');
      ctx.scale(dpr, dpr);
      path.rect(1, 3, 20, 14);
      fill(ctx, path, tint, possible, c, hatchings(ctx, c, {dpr}));
      outline(ctx, path, tint ? c.certain : c.possible, 1.3, tint ? [] : [4, 3]);
      return canvas;
    }

    function row(head, says, keys) {
      const line = element('p', 'glimpse-legend-row');
      line.append(element('b', '', head), ' ', says, ' ');
      for (const [picture, text] of keys) {
        const one = element('span', 'glimpse-key');
        one.append(picture, element('span', '', text));
        line.append(one, ' ');
      }
      return line;
    }

    /** Fill the legend's body: the classes of the level in view, and what the signs mean. */
    own.legend = (body, c) => {
      const {level} = own, {classes} = areas()[level];
      const range = ([low, high]) => (low === high ? number(low) : `${number(low)}–${number(high)}`);
      const tints = classes.map((one) => [swatch(strength(classes, {certain: one[0], passes: true, drawn: true}), 0, c), range(one)]);
      const hatched = [[swatch(0, 1, c), word('key_regions_only')], [swatch(STRONG / 2, 1, c), word('key_regions_also')]];
      const says = word(`legend_tint_${level}`), none = tints.length ? '' : `: ${word('legend_tint_none')}`;
      const rows = [row(word('legend_tint'), says + none, tints), row(word('legend_hatch'), word('legend_hatch_says'), hatched)];
      if (areas()[level].areas.some(({drawn}) => !drawn)) rows.push(row(word('legend_box'), word('legend_box_says'), []));
      body.replaceChildren(...rows);
    };

    return own;
  };
})();
