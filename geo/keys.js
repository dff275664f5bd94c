/*
 * The map by keyboard: N and P go from symbol to symbol, the largest first; Enter opens one.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};

  const same = (a, b) => a.kind === b.kind && a.places[0] === b.places[0] && a.cell === b.cell;

  /** Return {ring(), key(event), leave()}: the symbol that the keys have reached, or null. */
  G.keys = (ui, {spoken}) => {
    const {map} = ui, box = map.getContainer();
    let at = null;

    /** Return the symbols that a person sees whole, the largest first, then from west to east. */
    function order() {
      const {left, top} = ui.view, size = map.getSize();
      return (ui.picture?.symbols || []).filter(({x, y}) => x + left > 0 && y + top > 0 && x + left < size.x && y + top < size.y)
        .sort((a, b) => b.n - a.n || a.x - b.x || a.y - b.y);
    }

    /** Return the symbol reached, as it is drawn now; null when the map was moved away from it. */
    const ring = () => (at && order().find((symbol) => same(symbol, at))) || null;

    function go(step) {
      const all = order();
      if (!all.length) { ui.speak(spoken(null)); return; }
      const before = at ? all.findIndex((symbol) => same(symbol, at)) : -1;
      const next = before < 0 ? (step > 0 ? 0 : all.length - 1) : (before + step + all.length) % all.length;
      at = all[next];
      ui.tasks.draw();
      ui.pointing.tell(at);
      ui.speak(`${spoken(at)} (${next + 1}/${all.length})`);
    }

    function leave() {
      if (!at) return false;
      at = null;
      ui.tasks.draw();
      ui.pointing.tell(null);
      return true;
    }

    /** Take a key of the map. Returns true when it was for the symbols. */
    function key({key: pressed}) {
      if (pressed === 'n' || pressed === 'N') go(1);
      else if (pressed === 'p' || pressed === 'P') go(-1);
      else if (pressed === 'Escape') return leave();
      else if (pressed === 'Enter' && ring()) ui.pointing.open(ring());
      else return false;
      return true;
    }

    box.addEventListener('blur', leave);
    box.addEventListener('pointerdown', leave);
    return {ring, key, leave};
  };
})();
