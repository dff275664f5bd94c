/*
 * Tiles of a PMTiles file, read by ranges of bytes: the file's directories say where each tile lies.
 * Source: the PMTiles specification, version 3.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const HEADER = 127, MAGIC = 'PMTiles', VERSION = 3, PLAIN = 1, GZIP = 2;
  const DEEPEST = 4; // directories below each other; the format's makers need two
  const KEPT = 64; // leaf directories that are remembered

  async function ranged(url, from, length) {
    const answer = await fetch(url, {headers: {Range: `bytes=${from}-${from + length - 1}`}});
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    // A server that knows no ranges sends the file as a whole.
    return answer.status === 206 ? bytes : bytes.subarray(from, from + length);
  }

  function unpacked(bytes, compression) {
    if (compression <= PLAIN) return bytes;
    if (compression !== GZIP) throw new Error('packed in a way that this browser does not know');
    return G.gunzip(bytes);
  }

  /** Return the number of a tile: row upon row of squares along the Hilbert curve, zoom after zoom. */
  function numbered(z, x, y) {
    let id = 0;
    for (let below = 0; below < z; below++) id += 4 ** below;
    for (let s = 2 ** (z - 1); s >= 1; s /= 2) {
      const right = Math.floor(x / s) % 2, down = Math.floor(y / s) % 2;
      id += s * s * ((3 * right) ^ down);
      x %= s;
      y %= s;
      if (down) continue;
      if (right) { x = s - 1 - x; y = s - 1 - y; }
      [x, y] = [y, x];
    }
    return id;
  }

  /** Return a directory: numbers of the tiles, how many each stands for, lengths and offsets. */
  function directory(bytes) {
    let at = 0;
    const next = () => {
      let value = 0, scale = 1, byte;
      do {
        if (at >= bytes.length) throw new Error('a directory is cut short');
        byte = bytes[at++];
        value += (byte & 127) * scale;
        scale *= 128;
      } while (byte & 128);
      return value;
    };
    const n = next();
    if (n > bytes.length) throw new Error('a directory is cut short');
    const column = () => Array.from({length: n}, next);
    const ids = column(), runs = column(), lengths = column(), offsets = column();
    for (let i = 0; i < n; i++) {
      if (i) ids[i] += ids[i - 1];
      offsets[i] = offsets[i] ? offsets[i] - 1 : offsets[i - 1] + lengths[i - 1];
    }
    return {ids, runs, lengths, offsets};
  }

  /** Return the place in a directory of the last tile whose number is not above this one, or -1. */
  function lastUpTo(ids, id) {
    let low = 0, high = ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ids[middle] <= id) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  /** A PMTiles file at an address of this server. */
  G.PMTiles = class {
    constructor(url) {
      this.url = url;
      this.leaves = new Map();
    }

    /** Return the bytes of a tile, or null where the file has none. */
    async tile(z, x, y) {
      const {root, leaves, tiles, within} = await (this.head ||= this.open());
      const id = numbered(z, x, y);
      let found = root;
      for (let deep = 0; deep < DEEPEST; deep++) {
        const i = lastUpTo(found.ids, id);
        if (i < 0) return null;
        const from = found.offsets[i], length = found.lengths[i];
        if (found.runs[i]) {
          if (id >= found.ids[i] + found.runs[i]) return null;
          return unpacked(await ranged(this.url, tiles + from, length), within);
        }
        found = await this.leaf(leaves + from, length);
      }
      throw new Error('directories lie too deep');
    }

    async open() {
      const head = new DataView((await ranged(this.url, 0, HEADER)).slice().buffer);
      const name = String.fromCharCode(...new Uint8Array(head.buffer, 0, MAGIC.length));
      if (name !== MAGIC || head.getUint8(7) !== VERSION) throw new Error('no PMTiles file');
      const long = (at) => Number(head.getBigUint64(at, true));
      this.packed = head.getUint8(97);
      const root = directory(await unpacked(await ranged(this.url, long(8), long(16)), this.packed));
      return {root, leaves: long(40), tiles: long(56), within: head.getUint8(98)};
    }

    /** Return a leaf directory; the ones last read are kept. */
    leaf(from, length) {
      const known = this.leaves.get(from) || ranged(this.url, from, length)
        .then((bytes) => unpacked(bytes, this.packed)).then(directory);
      known.catch(() => this.leaves.delete(from));
      this.leaves.delete(from);
      this.leaves.set(from, known);
      if (this.leaves.size > KEPT) this.leaves.delete(this.leaves.keys().next().value);
      return known;
    }
  };
})();
