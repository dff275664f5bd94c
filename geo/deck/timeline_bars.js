/*
 * The timeline's picture: bars by verification, hatched where dates are wider than a bar, the
 * times under them and the brush over them. It knows nothing of choosing or playing.
 */
const SVG = 'http://www.w3.org/2000/svg';
const STACK = [3, 2, 1, 0, 4, 5]; // geolocated at the foot … contested, refuted on top
const FILL = [0.10, 0.20, 0.45, 0.85, 0.85, 0.10]; // as on the map (geo/symbols.js)
const CONTESTED = 4, REFUTED = 5;
const AXIS = 17; // pixels for the times under the bars
const ROOM = 13; // and for the greatest number above them
const EVERY = { // bars from one time to the next that is written
  day: [1, 2, 7, 14, 28], week: [1, 2, 4, 8, 13, 26], month: [1, 2, 3, 6, 12, 24, 60, 120], quarter: [1, 2, 4, 8, 20, 40],
  year: [1, 2, 5, 10, 20, 50], decade: [1, 2, 5, 10, 20, 50], century: [1, 2, 5, 10, 50],
};

const sum = (array) => array.reduce((a, b) => a + b, 0);
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
const day = (text) => new Date(`${text}T00:00:00Z`);

/** Return an SVG element with these attributes and, if given, a text. */
function shape(tag, values, text = '') {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(values)) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
}

/** What bars and ranges of bars are called, in the language of the interface. */
class Names {
  constructor({lang, unit, bars, words}) {
    const date = {month: 'short', year: 'numeric', ...(unit === 'month' ? {} : {day: 'numeric'})};
    const parts = {day: date, week: date, month: date}[unit] || {year: 'numeric'};
    const format = (fields) => new Intl.DateTimeFormat(lang, {...fields, timeZone: 'UTC'});
    Object.assign(this, {unit, bars, words, format: format(parts), short: format({day: 'numeric', month: 'short'})});
  }

  /** Return the name of bar i, or of all from i to j. */
  range(i, j = i) {
    const {unit, bars, format, words} = this, first = day(bars[i].first), last = day(bars[j].last), year = first.getUTCFullYear();
    const own = {
      quarter: () => words.quarter.replace('{q}', 1 + Math.floor(first.getUTCMonth() / 3)).replace('{y}', year),
      decade: () => words.decade.replace('{n}', Math.floor(year / 10) * 10),
    }[unit];
    if (own) return i === j ? own() : `${own()} – ${this.range(j)}`;
    return i === j && unit !== 'week' && unit !== 'century' ? format.format(first) : format.formatRange(first, last);
  }

  /** Return what stands under a bar: as short as its unit allows. */
  tick(i) {
    const first = day(this.bars[i].first);
    if (this.unit === 'century') return String(Math.floor(first.getUTCFullYear() / 100) * 100);
    return this.unit === 'day' || this.unit === 'week' ? this.short.format(first) : this.range(i);
  }

  /** Return the calendar's own number of a bar, so that times are written where they are round. */
  rank(i) {
    const first = day(this.bars[i].first), year = first.getUTCFullYear(), month = first.getUTCMonth();
    return {month: year * 12 + month, quarter: year * 4 + Math.floor(month / 3), year,
      decade: Math.floor(year / 10), century: Math.floor(year / 100)}[this.unit] ?? i;
  }
}

/** The drawn bars in an element; `draw` makes them anew, `mark` only shows a range of them. */
class Bars {
  constructor(box) {
    this.box = box;
    this.svg = shape('svg', {'aria-hidden': 'true'});
    this.bars = this.columns = [];
    box.append(this.svg);
  }

  /** Whether the element has another size than what is drawn. */
  get stale() { return this.box.clientWidth !== this.width || this.box.clientHeight !== this.height; }

  draw(bars, names, greatest) {
    const {box, svg} = this, width = this.width = box.clientWidth, height = this.height = box.clientHeight;
    this.bars = bars;
    if (!bars.length || !width) { this.columns = []; return; }
    const high = this.high = height - AXIS, most = Math.max(...bars.map(({exact, partial}) => sum(exact) + sum(partial)));
    this.columns = bars.map((bar, i) => this.column(bar, this.x(i), this.x(i + 1), (high - ROOM) / most));
    this.brush = shape('g', {class: 'brush'});
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    svg.replaceChildren(this.hatches(), ...this.columns, shape('line', {class: 'base', x1: 0, x2: width, y1: high + 0.5, y2: high + 0.5}),
      ...this.times(names), shape('text', {x: 0, y: 9}, greatest(most)), this.brush);
  }

  /** Return where bar i begins. */
  x(i) { return i * this.width / this.bars.length; }

  /** Return the bar at a place. */
  at(x) { return clamp(Math.floor(x / this.width * this.bars.length), 0, this.bars.length - 1); }

  /** Lines that say "only roughly" without any colour. */
  hatches() {
    const defs = shape('defs', {});
    for (const kind of ['plain', 'grey']) {
      const pattern = shape('pattern', {id: `hatch-${kind}`, width: 4.5, height: 4.5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)'});
      pattern.append(shape('line', {class: `hatch ${kind}`, x1: 0, x2: 0, y1: 0, y2: 4.5}));
      defs.append(pattern);
    }
    return defs;
  }

  /** Draw one bar: what is exact in it at the foot, what is only partly so hatched above. */
  column({exact, partial}, from, to, scale) {
    const group = shape('g', {class: 'bar'}), gap = to - from > 6 ? 1.5 : 0.5, x = from + gap, width = Math.max(1, to - from - 2 * gap);
    const total = sum(exact) + sum(partial), grow = total ? Math.max(1, 2 / (total * scale)) : 1; // what is there is seen
    let foot = this.high;
    for (const [parts, rough] of [[exact, false], [partial, true]]) {
      const begin = foot;
      for (const level of STACK.filter((one) => parts[one])) {
        const height = parts[level] * scale * grow, y = foot - height;
        this.segment(group, {x, y, width, height}, level, rough);
        foot = y;
      }
      const tall = begin - foot;
      if (tall > 1) group.append(shape('rect', {class: 'edge', x: x + 0.5, y: foot + 0.5, width: Math.max(0.5, width - 1), height: Math.max(0.5, tall - 1)}));
    }
    return group;
  }

  segment(group, box, level, rough) {
    const {x, y, width, height} = box, kind = level === REFUTED ? 'grey' : 'plain';
    group.append(shape('rect', {...box, class: `tone ${kind}`, width: level === CONTESTED ? width / 2 : width, 'fill-opacity': FILL[level] * (rough ? 0.5 : 1)}));
    if (rough) { group.append(shape('rect', {...box, fill: `url(#hatch-${kind})`})); return; }
    if (level === REFUTED && height > 4) group.append(shape('line', {class: 'strike', x1: x, x2: x + width, y1: y + height, y2: y}));
    group.append(shape('line', {class: 'part', x1: x, x2: x + width, y1: y + 0.5, y2: y + 0.5}));
  }

  /** Write a time under as many bars as there is room for. */
  times(names) {
    const ctx = document.createElement('canvas').getContext('2d'), {bars, width} = this;
    ctx.font = '11px sans-serif';
    const said = bars.map((_, i) => names.tick(i)), wide = said.map((text) => ctx.measureText(text).width + 2);
    const every = EVERY[names.unit].find((n) => n * width / bars.length >= Math.max(...wide) + 12) || bars.length;
    return said.map((text, i) => names.rank(i) % every === 0 && shape('text', {
      x: clamp((this.x(i) + this.x(i + 1)) / 2, wide[i] / 2, width - wide[i] / 2), y: this.high + AXIS - 4, 'text-anchor': 'middle',
    }, text)).filter(Boolean);
  }

  /** Lay the brush over the range, [first, last] or null, and draw all other bars paler. */
  mark(range, {draft = false, none = false} = {}) {
    const {brush, high} = this;
    this.columns.forEach((column, i) => column.classList.toggle('off', none || (!!range && (i < range[0] || i > range[1]))));
    if (!this.columns.length) return;
    brush.replaceChildren();
    if (!range) return;
    const from = this.x(range[0]), to = this.x(range[1] + 1);
    brush.append(shape('rect', {class: draft ? 'range draft' : 'range', x: from + 0.5, y: 0.5, width: Math.max(2, to - from - 1), height: high}));
    for (const at of [from, to]) brush.append(shape('rect', {class: 'grip', x: clamp(at - 2, 0, this.width - 4), y: high / 2 - 9, width: 4, height: 18, rx: 2}));
  }
}
