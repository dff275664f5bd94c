/*
 * Looking ahead: tiles of the base map that were painted once are kept, and those of the next step
 * are painted while the presenter speaks, so that a step costs no more than its own symbols. Under
 * them lies a coarse ground, wider than the view, which is all that a flight passes over.
 */
(() => {
  'use strict';
  const G = window.Glimpse;
  const D = G.deck;
  const KEPT_BYTES = 96e6;
  const COARSE = [[7, 5], [5, 4], [3, 2], [0, 0]]; // from which zoom which one is drawn below it
  const idle = window.requestIdleCallback ?? ((act) => setTimeout(act, 30));

  /** Return a layer of coarse tiles, one to three zooms out, for three times the view. */
  function ground(tiles) {
    const Ground = tiles.constructor.extend({
      options: {zIndex: 0, updateInterval: 60, keepBuffer: 4},
      _clampZoom: (zoom) => COARSE.find(([from]) => Math.round(zoom) >= from)[1],
      _update(center) {
        const zoom = this._map.getZoom();
        if (this._clampZoom(zoom) === this._tileZoom) tiles.constructor.prototype._update.call(this, center);
        else this._setView(center ?? this._map.getCenter(), zoom);
      },
      _getTiledPixelBounds(center) {
        const box = tiles.constructor.prototype._getTiledPixelBounds.call(this, center), size = box.getSize();
        return L.bounds(box.min.subtract(size), box.max.add(size));
      },
      _paint(tile, coords) {
        const {sharp} = G;
        G.sharp = 1;
        tiles.constructor.prototype._paint.call(this, tile, coords);
        G.sharp = sharp;
      },
    });
    return new Ground(tiles.topo, tiles.colours);
  }

  /**
   * Keep what the tiles of a base map have painted; none are painted in the midst of a flight.
   * Returns {paint(centre, zoom): paint a view ahead}.
   */
  D.ahead = (tiles, map, flying) => {
    const kept = new Map(), {createTile, recolour} = tiles, wide = ground(tiles).addTo(map);
    let turn = 0;
    const named = ({x, y, z}) => `${z}/${x}/${y}/${G.density()}`;

    tiles.createTile = function keeping(coords) {
      const name = named(coords), found = kept.get(name), tile = found && !found.parentNode ? found : createTile.call(this, coords);
      kept.delete(name);
      kept.set(name, tile);
      const most = KEPT_BYTES / (4 * tile.width * tile.height);
      for (const oldest of kept.keys()) if (kept.size > most) kept.delete(oldest); else break;
      return tile;
    };
    tiles.recolour = function anew(colours) {
      kept.clear();
      recolour.call(this, colours);
      wide.recolour(colours);
    };

    // On a touch screen Leaflet waits for the end of a move by itself, and has no such listener.
    if (tiles._onMove) map.off('move', tiles._onMove, tiles).on('move', () => { if (!flying()) tiles._onMove(); });

    /** Return the tiles of a view, as Leaflet will ask for them. */
    function of(centre, zoom) {
      const z = Math.round(zoom), side = tiles.getTileSize().x, half = map.getSize().multiplyBy(map.getZoomScale(z, zoom) / 2);
      const middle = map.project(centre, z), from = middle.subtract(half).divideBy(side).floor(), to = middle.add(half).divideBy(side).floor();
      const out = [], round = 2 ** z;
      for (let y = Math.max(0, from.y); y <= Math.min(round - 1, to.y); y++) {
        for (let x = from.x; x <= to.x; x++) out.push({x: ((x % round) + round) % round, y, z});
      }
      return out;
    }

    /** Paint the tiles of a view one by one, whenever there is nothing else to do. */
    function paint(centre, zoom) {
      const now = ++turn, missing = of(centre, zoom).filter((coords) => !kept.has(named(coords)));
      const next = () => {
        const coords = now === turn && missing.shift();
        if (!coords) return;
        tiles.createTile(coords).getContext('2d').getImageData(0, 0, 1, 1); // what is only noted down is painted by being read
        idle(next);
      };
      idle(next);
    }

    return {paint};
  };
})();
