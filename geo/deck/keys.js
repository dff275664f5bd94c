/*
 * Keys, clickers and fingers. The deck's keys win over the map's, whatever has the focus: the map
 * gets arrows and letters with Shift. A key with Ctrl, Alt or the command key is nobody's here.
 */
(() => {
  'use strict';
  const G = window.Glimpse;
  const D = G.deck;
  const SWIPE_PX = 50, STEEP = 1.5, TYPED_MS = 3000;

  /** Return what a key means, the letter where a Korean keyboard gives another. */
  const named = ({key, code}) => (key.length === 1 && key > '~' && /^Key[A-Z]$/.test(code) ? code[3].toLowerCase() : key.length === 1 ? key.toLowerCase() : key);

  const onControl = ({target}) => !!target?.closest?.('a[href], button, select, [role="slider"]');
  const onField = ({target}) => !!target?.closest?.('input, textarea, select');
  const onMap = ({target}) => !!target?.closest?.('.leaflet-container');

  /** Return the listener for keys: `acts` are {go, end, black, notes, …}, each for its keys. */
  D.keys = (acts) => {
    const of = {
      ArrowRight: () => acts.go(1), PageDown: () => acts.go(1), ' ': () => acts.go(1),
      ArrowLeft: () => acts.go(-1), PageUp: () => acts.go(-1), Home: () => acts.to(0), End: () => acts.to(Infinity),
      b: acts.black, '.': acts.black, n: acts.notes, f: acts.full, p: acts.presenter, t: acts.theme, '?': acts.help,
      ArrowDown: () => acts.scroll(1), ArrowUp: () => acts.scroll(-1),
    };
    let typed = '', clearing = 0;

    function digit(key) {
      typed = (typed + key).slice(-3);
      acts.typed(typed);
      clearTimeout(clearing);
      clearing = setTimeout(() => { typed = ''; acts.typed(''); }, TYPED_MS);
    }

    /** Take the number that was typed. Returns whether there was one. */
    function enter() {
      if (!typed) return false;
      acts.to(Number(typed) - 1);
      typed = '';
      acts.typed('');
      return true;
    }

    function take(event) {
      const key = named(event);
      if (/^[0-9]$/.test(key)) { digit(key); return true; }
      if (key === 'Enter') return enter();
      if (key === 'Escape') return acts.escape();
      if (key === ' ' && onControl(event)) return false;
      if (event.shiftKey && key !== '?' && onMap(event)) return false;
      if (key.startsWith('Arrow') && event.target?.closest?.('.deck-hits')) return false;
      if (!Object.hasOwn(of, key)) return false;
      of[key]();
      return true;
    }

    return (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || onField(event)) return;
      if (!take(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
  };

  /** Hear swipes to the left and right over an element, but for what starts on the map. */
  D.swipes = (node, go) => {
    let from = null;
    node.addEventListener('touchstart', (event) => {
      from = event.touches.length === 1 && !onMap(event) && !event.target.closest('.deck-hits') ? event.touches[0] : null;
    }, {passive: true});
    node.addEventListener('touchend', (event) => {
      const to = event.changedTouches[0];
      if (!from || !to) return;
      const x = to.clientX - from.clientX, y = to.clientY - from.clientY;
      from = null;
      if (Math.abs(x) > SWIPE_PX && Math.abs(x) > STEEP * Math.abs(y)) go(x < 0 ? 1 : -1);
    }, {passive: true});
    node.addEventListener('touchcancel', () => { from = null; }, {passive: true});
  };
})();
