/*
 * The timeline of a step: a time that is chosen limits the map, once more lifts it. What is drawn
 * is the page's own picture (timeline_bars.js), as large as the rest of the screen.
 */
(() => {
  'use strict';
  const G = window.Glimpse;
  const D = G.deck, {make} = D;
  const DRAWN = 11; // pixels of the picture's own letters
  const UNKNOWN = {from: Infinity, to: -Infinity, undated: true};

  /**
   * Return {show(timeline), resize(), lift(), tell(text), chosen}: the bars in an element. `chose(days, said)`
   * hears of a time, null when it is lifted; `said(n)` is what to tell of it.
   */
  D.time = (home, {word, number, lang}, chose) => {
    const scaled = make('div', 'deck-plot'), status = make('p', 'deck-said'), empty = make('p', 'deck-empty', word('dateless'));
    const undated = make('button', 'deck-undated'), count = make('b'), head = make('h2', '', word('recorded')), list = make('div', 'deck-hits');
    const any = D.button('any', word('any_time'), () => lift(), 'deck-any'), bars = new Bars(scaled);
    const self = {chosen: null, show, resize, lift, tell};
    let drawn = null, names = null, size = 1, said = '';
    undated.type = 'button';
    undated.append(make('span', '', word('undated')), count);
    undated.addEventListener('click', () => choose('undated'));
    list.setAttribute('role', 'group');
    list.setAttribute('aria-label', word('choose'));
    home.append(make('div', 'deck-time-head', head, status, any), make('div', 'deck-plot-box', scaled, list), empty, undated);

    /** Show a step's timeline, no time chosen; null takes it away. */
    function show(next) {
      drawn = next;
      self.chosen = null;
      home.hidden = !next;
      if (!next) return;
      const none = !next.bars.length;
      names = new Names({lang, unit: next.unit, bars: next.bars, words: {quarter: word('quarter'), decade: word('decade')}});
      scaled.parentNode.hidden = none;
      empty.hidden = !none;
      count.textContent = number(next.unknown);
      undated.disabled = !next.unknown;
      list.replaceChildren(...next.bars.map((bar, i) => [bar, i]).filter(([bar]) => held(bar)).map(([bar, i]) => hit(bar, i)));
      mark();
      resize();
    }

    const held = ({exact, touching}) => sum(exact) + touching > 0;

    /** Return the button of a bar: what it holds in words, over its picture. */
    function hit(bar, i) {
      const {exact, touching} = bar, says = `${names.range(i)}: ${number(sum(exact))}`;
      const node = make('button', 'deck-hit');
      node.type = 'button';
      node.dataset.bar = i;
      node.title = touching ? `${says}, ${word('wider', {n: number(touching)})}` : says;
      node.setAttribute('aria-label', node.title);
      node.style.left = `${100 * i / drawn.bars.length}%`;
      node.style.width = `${100 / drawn.bars.length}%`;
      node.tabIndex = list.childElementCount ? -1 : 0;
      node.addEventListener('click', () => choose(i));
      node.addEventListener('mousedown', (event) => event.preventDefault());
      return node;
    }

    // Arrow keys go from bar to bar, as on any slider; Tab leaves them.
    list.addEventListener('keydown', (event) => {
      const all = [...list.children], at = all.indexOf(document.activeElement), by = {ArrowLeft: -1, ArrowRight: 1}[event.key];
      if (!by || at < 0) return;
      event.preventDefault();
      event.stopPropagation();
      const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
      for (const one of all) one.tabIndex = one === next ? 0 : -1;
      next.focus();
    });

    function choose(what) {
      self.chosen = self.chosen === what ? null : what;
      mark();
      if (self.chosen === null) chose(null, null);
      else if (what === 'undated') chose(UNKNOWN, (n) => word('within_undated', {n}));
      else {
        const [from, to] = drawn.bars[what].days;
        chose({from, to, undated: false}, (n) => word('within', {n, time: names.range(what)}));
      }
    }

    /** Lift the time that was chosen. Returns whether one was. */
    function lift() {
      if (self.chosen === null) return false;
      choose(self.chosen);
      return true;
    }

    /** Say how many entries are of the time that is chosen. */
    function tell(text) { said = status.textContent = text; }

    /** Mark what is chosen on the bars. */
    function mark() {
      const {chosen} = self, bar = typeof chosen === 'number' ? [chosen, chosen] : null;
      bars.mark(bar, {none: chosen === 'undated'});
      undated.setAttribute('aria-pressed', String(chosen === 'undated'));
      for (const node of list.children) node.setAttribute('aria-pressed', String(Number(node.dataset.bar) === chosen));
      any.hidden = chosen === null;
      status.textContent = chosen !== null ? said : drawn.bars.some(({touching}) => touching) ? word('hatched') : '';
      status.classList.toggle('deck-within', chosen !== null);
    }

    /** Draw anew for the element's size. */
    function resize() {
      if (!drawn?.bars.length || home.hidden) return;
      size = parseFloat(getComputedStyle(document.documentElement).fontSize) / DRAWN;
      const {clientWidth, clientHeight} = scaled.parentNode;
      Object.assign(scaled.style, {width: `${clientWidth / size}px`, height: `${clientHeight / size}px`, transform: `scale(${size})`});
      bars.draw(drawn.bars, names, (most) => number(Math.ceil(most - 1e-6)));
      mark();
    }

    return self;
  };
})();
