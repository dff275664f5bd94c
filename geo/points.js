/*
 * The points: decodes what geo/points.py wrote, keeps how many entries pass at each place, counts
 * and groups what is in view. It touches no page. An entry counts once in every number here.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const {WORLD, symbols} = G;
  const SINGLE = 1500; // places in view up to which each is drawn by itself
  const BLOCK = 1024; // places that share one box, so that far ones are skipped together
  const WIDE = 40; // pixels from which a radius is an area round a badge
  const LINKS = 300;
  const KINDS = ['site', 'district', 'city', 'county', 'province', 'country'];
  const TONE = G.RANK.reduce((back, rank, level) => { back[rank] = level; return back; }, []);

  // ---- The points ---------------------------------------------------------------------

  /** Return the bytes of a base64 text; throws when it is none. */
  function bytesOf(b64) {
    const text = atob(b64), bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  }

  const jsonOf = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

  /** Undo the delta coding in place. Throws when a value leaves 0..limit. */
  function sum(array, limit) {
    let value = 0;
    for (let i = 0; i < array.length; i++) {
      value += array[i];
      if (value < 0 || value >= limit) throw new Error('points: value out of range');
      array[i] = value;
    }
    return array;
  }

  /** Return the points of a file's bytes. Throws when it is cut short or makes no sense. */
  function decode(bytes) {
    const size = new DataView(bytes.buffer).getUint32(0, true);
    const head = jsonOf(bytes.subarray(4, 4 + size)), {places: P, rows: R, entries: E} = head;
    if (head.v !== 2) throw new Error('points: unknown version');
    let at = 4 + size;
    const take = (Kind, n) => {
      const array = new Kind(bytes.buffer, at, n);
      at += Math.ceil(n * Kind.BYTES_PER_ELEMENT / 4) * 4;
      return array;
    };
    const d = {P, R, E, names: head.names || [], natives: head.natives || [], areas: head.areas || {}};
    d.x = sum(take(Int32Array, P), WORLD + 1);
    d.y = sum(take(Int32Array, P), WORLD + 1);
    d.radius = take(Uint8Array, P);
    d.precision = take(Uint8Array, P);
    d.place = sum(take(Int32Array, R), P);
    d.entry = sum(take(Int32Array, R), E);
    d.kind = take(Uint8Array, R);
    d.level = take(Uint8Array, E);
    if (head.dated) [d.earliest, d.latest] = [take(Int32Array, E), take(Int32Array, E)];
    return index(d);
  }

  /** Add what is derived once: rows by place, rows of entries with several, reach, boxes. */
  function index(d) {
    const {P, R} = d;
    d.start = new Int32Array(P + 1);
    for (let r = 0; r < R; r++) {
      if (r && d.place[r] < d.place[r - 1]) throw new Error('points: rows are not sorted by place');
      d.start[d.place[r] + 1]++;
    }
    for (let p = 0; p < P; p++) d.start[p + 1] += d.start[p];
    // Metres to units: Mercator stretches by cosh of its own y.
    d.reach = new Float32Array(P);
    for (let p = 0; p < P; p++) {
      d.reach[p] = d.precision[p] && 2 ** (d.radius[p] / 12)
        * Math.cosh(Math.PI * (1 - 2 * d.y[p] / WORLD)) * WORLD / 40075016.686;
    }
    d.boxes = boxes(d);
    for (const name of ['stated', 'inferred', 'possible', 'total', 'soloCertain', 'soloPossible', 'slot']) d[name] = new Int32Array(P);
    d.best = new Uint8Array(P);
    d.rank = d.entry.reduce((ranks, e, r) => { ranks[r] = G.RANK[d.level[e]] + 1; return ranks; }, new Uint8Array(R));
    return several(d);
  }

  /**
   * Add the entries that have several rows, numbered as they first appear along the curve, so
   * that neighbours in memory are neighbours on the map: only they need care to count once.
   */
  function several(d) {
    const {R, E, entry} = d, rows = new Int32Array(E);
    for (let r = 0; r < R; r++) rows[entry[r]]++;
    const ordinal = new Int32Array(E).fill(-1);
    const first = [0], many = [];
    for (let r = 0; r < R; r++) {
      const e = entry[r];
      if (rows[e] < 2 || ordinal[e] >= 0) continue;
      ordinal[e] = many.push(e) - 1;
      first.push(first[many.length - 1] + rows[e]);
    }
    d.many = Int32Array.from(many);
    d.first = Int32Array.from(first);
    d.placeOf = new Int32Array(first[many.length]);
    d.kindOf = new Uint8Array(first[many.length]);
    d.own = entry.map((e) => ordinal[e]);
    const next = d.first.slice();
    for (let r = 0; r < R; r++) {
      const m = d.own[r];
      if (m < 0) continue;
      d.placeOf[next[m]] = d.place[r];
      d.kindOf[next[m]++] = d.kind[r];
    }
    d.live = new Int32Array(0);
    return d;
  }

  function boxes({P, x, y, reach}) {
    const out = [];
    for (let p = 0; p < P; p++) {
      const b = out[Math.floor(p / BLOCK)] ||= [Infinity, Infinity, -Infinity, -Infinity];
      b[0] = Math.min(b[0], x[p] - reach[p]); b[2] = Math.max(b[2], x[p] + reach[p]);
      b[1] = Math.min(b[1], y[p] - reach[p]); b[3] = Math.max(b[3], y[p] + reach[p]);
    }
    return out;
  }

  const passes = (mask, e) => mask[e >> 3] & (128 >> (e & 7));

  /** Count what passes at each place; an entry named twice at one place counts by its surest row. */
  function filter(d, mask) {
    const counts = [d.stated, d.inferred, d.possible], {soloCertain, soloPossible, best, total} = d;
    const {R, entry, place, kind, rank, own} = d;
    for (const array of [...counts, soloCertain, soloPossible, best]) array.fill(0);
    const seen = new Int32Array(d.many.length), surest = new Uint8Array(d.many.length);
    for (let r = 0; r < R; r++) {
      const e = entry[r];
      if (!(mask[e >> 3] & (128 >> (e & 7)))) continue;
      const p = place[r], k = kind[r] > 2 ? 2 : kind[r], m = own[r];
      if (rank[r] > best[p]) best[p] = rank[r];
      if (m < 0) (k < 2 ? soloCertain : soloPossible)[p]++;
      else {
        if (seen[m] === p + 1) {
          if (k >= surest[m]) continue;
          counts[surest[m]][p]--;
        }
        seen[m] = p + 1;
        surest[m] = k;
      }
      counts[k][p]++;
    }
    for (let p = 0; p < d.P; p++) total[p] = counts[0][p] + counts[1][p] + counts[2][p];
    d.live = d.many.map((e, m) => (passes(mask, e) ? m : -1)).filter((m) => m >= 0);
    d.shown = 0;
    for (let e = 0; e < d.E; e++) if (passes(mask, e)) d.shown++;
  }

  // ---- Counting what is in view -------------------------------------------------------

  /** Return the copies of the world that the view shows, as boxes with the shift to each. */
  function copies(view) {
    const middle = (view.x0 + view.x1) / 2, out = [];
    const from = Math.max(view.x0, middle - WORLD / 2), to = Math.min(view.x1, middle + WORLD / 2);
    for (let k = Math.floor(from / WORLD); k * WORLD < to; k++) {
      out.push({shift: k * WORLD, x0: Math.max(from - k * WORLD, 0), x1: Math.min(to - k * WORLD, WORLD)});
    }
    return out;
  }

  /** Return the places in view, one by one as far as they are few, and their cells. */
  function survey(d, view) {
    const bits = Math.max(0, 22 - Math.round(view.z)), left = Math.floor(view.x0) >> bits;
    const top = Math.floor(view.y0) >> bits, columns = (Math.floor(view.x1) >> bits) - left + 1;
    const size = columns * ((Math.floor(view.y1) >> bits) - top + 1);
    const found = {
      bits, left, top, columns, size, places: 0, list: [], edge: [], inView: 0,
      certain: new Int32Array(size), possible: new Int32Array(size),
    };
    d.slot.fill(-1);
    const [sx0, sy0, sx1, sy1] = view.seen;
    const seen = [(sx0 + view.ox) / view.s, (sy0 + view.oy) / view.s, (sx1 + view.ox) / view.s, (sy1 + view.oy) / view.s];
    for (const copy of copies(view)) {
      d.boxes.forEach((b, block) => {
        if (b[0] > copy.x1 || b[2] < copy.x0 || b[1] > view.y1 || b[3] < view.y0) return;
        scan(d, block * BLOCK, Math.min(d.P, (block + 1) * BLOCK), copy, view, found, seen);
      });
    }
    return found;
  }

  /** Add the places from..to to the cells: the inner loop, so everything in it is local. */
  function scan(d, from, to, copy, view, found, seen) {
    const {x, y, reach, total, soloCertain, soloPossible, slot} = d, {certain, possible, list, edge} = found;
    const {shift, x0, x1} = copy, {y0, y1} = view, {bits, columns} = found;
    const left = -found.left - found.top * columns, [ex0, ey0, ex1, ey1] = seen;
    let places = found.places, inView = 0;
    for (let p = from; p < to; p++) {
      if (total[p] === 0) continue;
      const px = x[p], py = y[p], at = px + shift;
      if (px < x0 || px >= x1 || py < y0 || py >= y1) {
        const far = reach[p];
        if (far && edge.length < SINGLE && px + far > x0 && px - far < x1
          && py + far > y0 && py - far < y1) edge.push([p, shift]);
        continue;
      }
      const cell = (py >> bits) * columns + (at >> bits) + left;
      certain[cell] += soloCertain[p];
      possible[cell] += soloPossible[p];
      if (places++ < SINGLE) list.push([p, shift]);
      // The high bit: inside of what the eye sees, not only of the margin round it.
      if (at < ex0 || at >= ex1 || py < ey0 || py >= ey1) { slot[p] = cell; continue; }
      slot[p] = cell | (1 << 30);
      inView += soloCertain[p] + soloPossible[p];
    }
    found.places = places;
    found.inView += inView;
  }

  /** Return the entries with several places that have one of the places listed. */
  function among(d, mask, list) {
    const found = new Set();
    for (const [p] of list) {
      for (let r = d.start[p]; r < d.start[p + 1]; r++) {
        const m = d.own[r];
        if (m >= 0 && passes(mask, d.entry[r])) found.add(m);
      }
    }
    return [...found].sort((a, b) => a - b);
  }

  /** Add entries with several places to their groups, each once a group; return how many are seen. */
  function share(d, entries, certain, possible) {
    const {first, placeOf, kindOf, slot} = d, low = (1 << 30) - 1;
    const asCertain = new Int32Array(certain.length), asPossible = new Int32Array(certain.length);
    let inView = 0;
    for (let n = 0; n < entries.length; n++) {
      const m = entries[n];
      let eye = 0;
      for (let i = first[m]; i < first[m + 1]; i++) {
        const held = slot[placeOf[i]];
        if (held < 0) continue;
        const group = held & low;
        eye |= held >> 30;
        if (asCertain[group] === m + 1) continue;
        if (kindOf[i] < 2) {
          asCertain[group] = m + 1;
          certain[group]++;
          if (asPossible[group] === m + 1) possible[group]--;
        } else if (asPossible[group] !== m + 1) { asPossible[group] = m + 1; possible[group]++; }
      }
      inView += eye;
    }
    return inView;
  }

  // ---- From counts to symbols ---------------------------------------------------------

  const short = (n, lang) => (n < 10000 ? String(n)
    : new Intl.NumberFormat(lang, {notation: 'compact', maximumFractionDigits: n < 1e5 ? 1 : 0}).format(n));

  /** Return the symbol of one place. */
  function single(d, [p, shift], view, ctx, lang) {
    const certain = d.stated[p] + d.inferred[p], n = certain + d.possible[p];
    const site = d.precision[p] === 0, text = site && n === 1 ? '' : short(n, lang);
    const real = d.reach[p] * view.s, wide = d.precision[p] > 2 || real > WIDE;
    const shape = site ? 'site' : wide ? 'badge' : 'circle', need = symbols.radius(ctx, shape, text);
    const r = wide || site ? need : Math.max(9, need, real);
    const x = (d.x[p] + shift) * view.s - view.ox, foot = d.y[p] * view.s - view.oy;
    return {
      shape, x, y: site ? foot - r - 8 : foot, r, n, certain, possible: d.possible[p], text, p, shift,
      inferred: d.inferred[p], foot, extent: wide ? Math.max(real, need) : 0, places: [p],
      line: d.stated[p] ? 'solid' : certain ? 'dotted' : 'dashed', tone: TONE[d.best[p] - 1] ?? 0,
      kind: KINDS[d.precision[p]] || 'country', name: d.names[p] || '', native: d.natives[p] || '',
    };
  }

  /** A province or country is an area: put together with a town it would seem to be that town. */
  const wide = ({kind}) => kind === 'province' || kind === 'country';

  /** Merge symbols that overlap, the largest count first; the same input gives the same groups. */
  function merge(ones, ctx) {
    ones.sort((a, b) => b.n - a.n || a.p - b.p);
    const free = new Uint8Array(ones.length).fill(1), groups = [];
    ones.forEach((seed, i) => {
      if (!free[i]) return;
      free[i] = 0;
      const members = [seed];
      let r = seed.r, grown = true;
      while (grown) {
        grown = false;
        for (let j = i + 1; j < ones.length; j++) {
          const dx = ones[j].x - seed.x, dy = ones[j].y - seed.y, near = r + ones[j].r + 1;
          if (!free[j] || wide(seed) || wide(ones[j]) || dx * dx + dy * dy > near * near) continue;
          free[j] = 0;
          members.push(ones[j]);
          if (members.length === 2) r = Math.max(r, symbols.radius(ctx, 'cluster', seed.text));
          grown = true;
        }
      }
      groups.push(members);
    });
    return groups;
  }

  /** Return one symbol a group, counted so that an entry counts once. */
  function grouped(d, entries, groups, ctx, lang, found) {
    const certain = new Int32Array(groups.length), possible = new Int32Array(groups.length);
    groups.forEach((members, g) => members.forEach(({p}) => {
      d.slot[p] = g | (d.slot[p] & (1 << 30));
      certain[g] += d.soloCertain[p];
      possible[g] += d.soloPossible[p];
    }));
    found.inView += share(d, entries, certain, possible);
    return groups.map((members, g) => {
      if (members.length === 1) return members[0];
      const n = certain[g] + possible[g], text = short(n, lang);
      return {
        ...members[0], shape: 'cluster', kind: 'cluster', y: members[0].foot, n, text, extent: 0,
        certain: certain[g], possible: possible[g], r: symbols.radius(ctx, 'cluster', text),
        places: members.map(({p}) => p), line: certain[g] ? 'solid' : 'dashed', tone: 0,
      };
    });
  }

  /** Return one symbol a cell that is not empty, at the cell's centre. */
  function celled(d, found, view, ctx, lang) {
    found.inView += share(d, d.live, found.certain, found.possible);
    const out = [], side = 2 ** found.bits;
    for (let cell = 0; cell < found.size; cell++) {
      const certain = found.certain[cell], possible = found.possible[cell], n = certain + possible;
      if (!n) continue;
      const x0 = (found.left + cell % found.columns) * side;
      const y0 = (found.top + Math.floor(cell / found.columns)) * side, text = short(n, lang);
      const grow = Math.min(25, 12 + 3 * Math.log10(n));
      out.push({
        shape: 'cluster', kind: 'cell', n, certain, possible, text, name: '', native: '', places: [], tone: 0,
        x: (x0 + side / 2) * view.s - view.ox, y: (y0 + side / 2) * view.s - view.oy, cell, extent: 0,
        r: Math.max(grow, symbols.radius(ctx, 'cluster', text)), line: certain ? 'solid' : 'dashed',
        box: [x0 - Math.floor(x0 / WORLD) * WORLD, y0, x0 - Math.floor(x0 / WORLD) * WORLD + side, y0 + side],
      });
    }
    return out;
  }

  /** Return pairs of places that are candidates of one entry, the most shared first. */
  function pairs(d, entries, selected) {
    const tally = new Map();
    for (const m of entries) {
      const hot = selected.has(d.many[m]);
      if (tally.size > 4 * LINKS && !hot) continue;
      const at = [];
      for (let i = d.first[m]; i < d.first[m + 1] && at.length < 50; i++) {
        if (d.kindOf[i] === 2 && at.at(-1) !== d.placeOf[i]) at.push(d.placeOf[i]);
      }
      for (let i = 1; i < at.length; i++) {
        const key = at[i - 1] * d.P + at[i], pair = tally.get(key) || {a: at[i - 1], b: at[i], n: 0, hot: false};
        pair.n++;
        pair.hot = pair.hot || hot;
        tally.set(key, pair);
      }
    }
    return [...tally.values()].sort((a, b) => b.hot - a.hot || b.n - a.n).slice(0, LINKS);
  }

  /** Return the places of some entries, a set of their numbers. */
  function placesOf(d, entries) {
    const found = new Set();
    for (let r = 0; entries.size && r < d.R; r++) if (entries.has(d.entry[r])) found.add(d.place[r]);
    return found;
  }

  /** Return what is to be drawn in the view: symbols, areas, links, and what was counted. */
  function compose(d, mask, selected, view, ctx, lang) {
    const found = survey(d, view), picture = {found, areas: [], links: []};
    const chosen = placesOf(d, selected);
    if (found.places > SINGLE) {
      picture.symbols = celled(d, found, view, ctx, lang);
      const low = (1 << 30) - 1, cells = new Set([...chosen].filter((p) => d.slot[p] >= 0).map((p) => d.slot[p] & low));
      for (const s of picture.symbols) s.hot = cells.has(s.cell);
    } else {
      const ones = found.list.map((place) => single(d, place, view, ctx, lang));
      const edge = found.edge.map((place) => single(d, place, view, ctx, lang));
      picture.areas = [...ones, ...edge].filter((s) => s.extent).sort((a, b) => b.extent - a.extent);
      const entries = among(d, mask, found.list);
      picture.symbols = grouped(d, entries, merge(ones, ctx), ctx, lang, found);
      for (const s of picture.symbols) s.hot = s.places.some((p) => chosen.has(p));
      const by = (p) => picture.symbols[d.slot[p] & ((1 << 30) - 1)];
      picture.links = pairs(d, entries, selected).map(({a, b, hot}) => {
        const [from, to] = [a, b].map((p) => (d.slot[p] < 0 ? single(d, [p, copies(view)[0].shift], view, ctx, lang) : by(p)));
        return {from, to, hot};
      }).filter(({from, to}) => from !== to);
    }
    picture.marked = chosen;
    picture.chosen = chosen.size > 0;
    return picture;
  }

  G.points = {bytesOf, jsonOf, decode, filter, compose, placesOf};
})();
