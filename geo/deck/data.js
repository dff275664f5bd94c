/*
 * The data of a presented briefing: unpacked once, then only looked at. An entry is a number here;
 * a step is a bit for each of them.
 */
(() => {
  'use strict';
  const G = window.Glimpse;
  const {points} = G, D = G.deck = G.deck || {};

  const bytes = (b64) => G.gunzip(points.bytesOf(b64));

  /** Return the value of a message: gzipped JSON in base64. Throws when it is cut short. */
  D.unpack = async (b64) => points.jsonOf(await bytes(b64));

  /** Return a briefing with its points, entries and each screen's `bits` read from its data. Throws when it is none. */
  D.prepare = async (told) => {
    if (told?.v !== 1 || !told.screens?.length) throw new Error('briefing: unknown version');
    const held = JSON.parse(told.data), data = points.decode(await bytes(held.points)), least = Math.ceil(data.E / 8);
    const bits = await Promise.all(told.screens.map(({map, key}) => (map ? bytes(held.passing[key]) : null)));
    if (bits.some((one) => one && one.length < least)) throw new Error('briefing: a step is shorter than the entries');
    return {
      ...told, points: data, listed: held.entries.map((row) => row.slice(1)), same: await marked(told),
      screens: told.screens.map((screen, i) => ({...screen, bits: bits[i]})),
    };
  };

  /** Return whether the data bears its mark; null where the browser computes none. */
  async function marked({data, sha256}) {
    if (!window.crypto?.subtle) return null;
    const sum = new Uint8Array(await window.crypto.subtle.digest('SHA-256', new TextEncoder().encode(data)));
    return [...sum].map((byte) => byte.toString(16).padStart(2, '0')).join('') === sha256;
  }

  /** Return how many bits are set. */
  D.count = (bits) => bits.reduce((sum, byte) => { for (let b = byte; b; b &= b - 1) sum++; return sum; }, 0);

  /** Return the numbers of the places that a symbol stands for; of a region none are known. */
  function placesOf({x, y, P}, {places, box}) {
    if (!box) return places || [];
    const [x0, y0, x1, y1] = box, found = [];
    for (let p = 0; p < P; p++) if (x[p] >= x0 && x[p] < x1 && y[p] >= y0 && y[p] < y1) found.push(p);
    return found;
  }

  /** Return the entries at a symbol that pass, in their order: [number, whether it is certain]. */
  D.entriesAt = (data, bits, symbol) => {
    const sure = new Map();
    for (const p of placesOf(data, symbol)) {
      for (let r = data.start[p]; r < data.start[p + 1]; r++) {
        const e = data.entry[r];
        if (bits[e >> 3] & (128 >> (e & 7))) sure.set(e, sure.get(e) || data.kind[r] < 2);
      }
    }
    return [...sure].sort((a, b) => a[0] - b[0]);
  };
})();
