/*
 * The timeline under the map: choosing a time with the pointer, a finger or keys, the bar of
 * unknown dates, the buttons of playback, and a table that says the same.
 * Streamlit calls the exported function with new data; only what changed is drawn anew. What is
 * chosen goes to the server as EDTF. Text is only ever written as text.
 */
const DRAG = 4, GRIP = 8, TOUCH_GRIP = 18; // pixels: when it is no click, and round a handle
const TWICE_MS = 400, LATE_MS = 1000; // of a double click; until the map must have answered
const ICONS = {
  play: 'M6 4l10 6-10 6z', pause: 'M6 4h3v12H6zM11 4h3v12h-3z', stop: 'M5 5h10v10H5z',
  back: 'M14 4v12l-8-6zM4 4h2v12H4z', forth: 'M6 4v12l8-6zM14 4h2v12h-2z',
};

const node = (tag, name = '', text = '') => Object.assign(document.createElement(tag), {className: name, textContent: text});

function icon(key) {
  const svg = shape('svg', {viewBox: '0 0 20 20', 'aria-hidden': 'true'});
  svg.append(shape('path', {d: ICONS[key]}));
  return svg;
}

class Timeline {
  constructor(root) {
    Object.assign(this, {data: null, draft: null, over: null, held: null, turn: 0});
    this.build();
    this.bars = new Bars(this.plot);
    this.player = new Player(this);
    this.listen();
    root.append(this.box);
  }

  // ---- What stands there --------------------------------------------------------------

  build() {
    const box = this.box = node('section', 'timeline'), head = node('div', 'head'), undated = node('div', 'undated');
    for (const [name, tag] of Object.entries({title: 'h2', said: 'p', clear: 'button', deck: 'div', modes: 'select', paces: 'select',
      plot: 'div', empty: 'p', unknownName: 'span', unknown: 'button', unknownCount: 'b', table: 'table', status: 'p'})) {
      this[name] = node(tag, name);
    }
    this.buttons = Object.fromEntries(['back', 'play', 'forth', 'stop'].map((key) => [key, node('button')]));
    for (const [key, button] of Object.entries(this.buttons)) button.append(icon(key));
    this.deck.setAttribute('role', 'group');
    this.status.setAttribute('role', 'status');
    this.plot.setAttribute('role', 'slider');
    this.plot.tabIndex = 0;
    for (const hidden of [this.table, this.status]) hidden.classList.add('unseen');
    this.deck.append(...Object.values(this.buttons), this.modes, this.paces);
    head.append(this.title, this.said, this.clear, this.deck);
    this.unknown.append(this.unknownCount);
    undated.append(this.unknownName, this.unknown);
    box.append(head, this.plot, this.empty, undated, this.table, this.status);
    for (const button of box.querySelectorAll('button')) button.type = 'button';
  }

  listen() {
    const {plot, box, buttons, player} = this;
    plot.addEventListener('pointerdown', (event) => this.press(event));
    plot.addEventListener('pointermove', (event) => this.move(event));
    plot.addEventListener('pointerup', (event) => this.release(event));
    plot.addEventListener('pointercancel', () => { this.held = this.draft = null; this.mark(); });
    plot.addEventListener('pointerleave', () => { this.over = null; this.say(); });
    plot.addEventListener('keydown', (event) => this.key(event));
    for (const kind of ['focus', 'blur']) plot.addEventListener(kind, () => this.say());
    box.addEventListener('keydown', (event) => {
      if (event.target.tagName === 'SELECT' || !this.data.bars.length || (event.key !== ',' && event.key !== '.')) return;
      event.preventDefault();
      player.step(event.key === ',' ? -1 : 1);
    });
    buttons.back.addEventListener('click', () => player.step(-1));
    buttons.forth.addEventListener('click', () => player.step(1));
    buttons.play.addEventListener('click', () => (player.running ? player.pause() : player.start()));
    buttons.stop.addEventListener('click', () => player.stop());
    this.clear.addEventListener('click', () => this.choose(null));
    this.unknown.addEventListener('click', () => this.keep(null, this.data.recorded === 'unknown' ? '' : 'unknown'));
    this.modes.addEventListener('change', () => {
      player.window = Number(this.modes.value);
      if (player.running) player.show(); else if (player.on) player.step(0);
    });
    this.paces.addEventListener('change', () => { player.pace = Number(this.paces.value); });
    this.watch = new ResizeObserver(() => { if (this.data && this.bars.stale) this.draw(); });
    this.watch.observe(plot);
  }

  /**
   * Take what the server sends. It repeats the turn of the last choice that it knows: what was
   * chosen since stands. A step that is shown stays as long as its bars do.
   */
  update(args) {
    const {data} = this.args = args, {player} = this, times = String(data.bars.map(({start, end}) => [start, end]));
    const moved = times !== this.times, before = this.data, late = !moved && data.turn < this.turn, playing = player.running || player.settling;
    const other = !late && data.recorded !== before?.recorded;
    Object.assign(this, {data, times, answered: data.recorded, names: new Names(data), turn: Math.max(data.turn, this.turn)});
    if (late) Object.assign(data, {chosen: before.chosen, recorded: before.recorded});
    if (moved) this.draft = this.over = null;
    if (player.on && (moved || (other && !playing))) { player.end(); player.tell('rest'); }
    clearTimeout(this.resting);
    if (!late && !playing) this.resting = setTimeout(() => player.tell('rest'), LATE_MS);
    this.label();
    this.draw();
  }

  label() {
    const {data, buttons, player, plot} = this, {words} = data, none = !data.bars.length;
    const name = (one, text) => { one.title = one.ariaLabel = text; };
    this.box.lang = data.lang;
    this.title.textContent = words.heading;
    this.clear.textContent = `✕ ${words.clear}`;
    this.deck.ariaLabel = words.playback;
    this.deck.classList.toggle('off', none);
    for (const key of ['back', 'forth', 'stop']) name(buttons[key], words[key]);
    name(this.modes, words.mode);
    name(this.paces, words.pace);
    const options = (select, pairs, value) => {
      select.replaceChildren(...pairs.map(([key, text]) => Object.assign(node('option', '', text), {value: key})));
      select.value = value;
    };
    options(this.modes, WINDOWS.map((n) => [n, n ? this.count(n === 1 ? 'window_one' : 'window', n) : words.all]), player.window);
    options(this.paces, PACES.map((pace) => [pace, `${pace}×`]), player.pace);
    plot.hidden = none;
    plot.ariaLabel = `${words.choose}. ${words.keys}`;
    Object.assign(plot, {ariaValueMin: 1, ariaValueMax: data.bars.length});
    this.empty.hidden = !none;
    this.empty.textContent = data.unknown ? words.none : words.nothing;
    this.unknownName.textContent = words.unknown;
    this.unknownCount.textContent = this.number(data.unknown);
    name(this.unknown, `${words.unknown}: ${this.number(data.unknown)}. ${words.unknown_only}`);
    this.unknown.disabled = !data.unknown && data.recorded !== 'unknown';
    this.tabulate();
  }

  number(n) { return n.toLocaleString(this.data.lang, {maximumFractionDigits: 0}); }

  count(key, n) { return this.data.words[key].replace('{n}', this.number(n)); }

  /** Write the bars as a table: what the picture says, for whoever does not see it. */
  tabulate() {
    const {words, bars, dated, unknown, open_start: from, open_end: to} = this.data;
    const row = (tag, texts) => { const tr = node('tr'); tr.append(...texts.map((text) => node(tag, '', text))); return tr; };
    const notes = [this.dated(), from && this.count('open_start', from), to && this.count('open_end', to)].filter(Boolean);
    const full = bars.map((bar, i) => [bar, this.names.range(i)]).filter(([bar]) => sum(bar.exact) || bar.touching);
    this.table.replaceChildren(
      node('caption', '', dated ? notes.join('. ') : words.none), row('th', [words.time, words.inside, words.wider]),
      ...full.map(([bar, name]) => row('td', [name, this.number(sum(bar.exact)), this.number(bar.touching)])),
      row('td', [words.unknown, this.number(unknown), '']),
    );
  }

  dated() {
    const {words, dated, unit, bars} = this.data, rough = bars.some(({touching}) => touching);
    return words.dated.replace('{n}', this.number(dated)).replace('{unit}', words[`by_${unit}`]) + (rough ? ` · ${words.hatched}` : '');
  }

  /** Say in the line above the bars what the person looks at. */
  say() {
    const {data, said, over, names, player, plot} = this, marked = this.marked(), {words, bars, recorded} = data;
    const focused = plot.matches(':focus-visible') && !this.draft;
    const lines = [
      [!bars.length, () => ''],
      [player.on, () => names.range(...marked) + (player.seen === undefined ? '' : ` · ${this.count('shown', player.seen)}`)],
      [over !== null, () => names.range(over) + `: ${this.number(sum(bars[over].exact))}` + (bars[over].touching ? `, ${this.count('more', bars[over].touching)}` : '')],
      [focused, () => words.keys],
      [marked, () => names.range(...marked)],
      [recorded === 'unknown', () => words.unknown],
      [true, () => this.dated()],
    ];
    said.textContent = said.title = lines.find(([met]) => met)[1]();
    said.classList.toggle('strong', !!bars.length && !focused && (!!marked || recorded === 'unknown'));
    this.clear.hidden = !recorded || player.running;
    plot.ariaValueNow = (marked?.[0] ?? 0) + 1;
    plot.ariaValueText = marked ? names.range(...marked) : words.any;
  }

  draw() {
    this.bars.draw(this.data.bars, this.names, (most) => this.number(Math.ceil(most - 1e-6)));
    this.mark();
  }

  /** Return the bars that are marked: of a draft, of the step that is shown, or those chosen. */
  marked() { return this.draft || this.player.span || this.data.chosen; }

  /** Show what is marked, by the brush and on the buttons. */
  mark() {
    const {data: {recorded, words}, player, buttons: {play, stop}} = this, key = player.running ? 'pause' : 'play';
    const marked = this.marked();
    this.bars.mark(marked, {draft: !!this.draft, none: !marked && recorded === 'unknown'});
    play.replaceChildren(icon(key));
    play.title = play.ariaLabel = words[key];
    stop.disabled = !player.on;
    this.unknown.ariaPressed = String(recorded === 'unknown');
    this.say();
  }

  // ---- Choosing -----------------------------------------------------------------------

  place(event) {
    const x = event.clientX - this.plot.getBoundingClientRect().left;
    return {x, i: this.bars.at(x)};
  }

  press(event) {
    if (event.button) return;
    const {x, i} = this.place(event), marked = this.marked(), near = event.pointerType === 'touch' ? TOUCH_GRIP : GRIP;
    const far = marked ? [marked[0], marked[1] + 1].map((bar) => Math.abs(x - this.bars.x(bar))) : [Infinity, Infinity];
    const grip = Math.min(...far) > near ? null : Number(far[1] <= far[0]);
    const whole = grip === null && marked && i >= marked[0] && i <= marked[1];
    this.held = {x, i, grip, whole, from: marked, moved: false};
    this.plot.setPointerCapture(event.pointerId);
  }

  move(event) {
    const {held} = this, {x, i} = this.place(event), last = this.data.bars.length - 1;
    if (!held) {
      if (event.pointerType !== 'touch' && this.over !== i) { this.over = i; this.say(); }
      return;
    }
    if (!held.moved && Math.abs(x - held.x) < DRAG) return;
    held.moved = true;
    this.over = null;
    if (held.whole) {
      const by = clamp(i - held.i, -held.from[0], last - held.from[1]);
      this.draft = held.from.map((bar) => bar + by);
    } else {
      const other = held.grip === null ? held.i : held.from[1 - held.grip];
      this.draft = [Math.min(i, other), Math.max(i, other)];
    }
    this.mark();
  }

  release(event) {
    const {held, last} = this;
    this.held = null;
    if (!held) return;
    // The bars are drawn anew in between, so no browser counts two clicks on one of them.
    const twice = !held.moved && last?.i === held.i && event.timeStamp - last.time < TWICE_MS;
    this.last = held.moved || twice ? null : {i: held.i, time: event.timeStamp};
    this.choose(twice ? null : held.moved ? this.draft : [held.i, held.i]);
  }

  key(event) {
    const {data, player} = this, last = data.bars.length - 1, marked = this.marked(), [from, to] = marked || [0, 0];
    const moves = {
      ArrowLeft: () => (event.shiftKey ? [Math.max(0, from - 1), to] : [from - Math.min(1, from), to - Math.min(1, from)]),
      ArrowRight: () => (event.shiftKey ? [from, Math.min(last, to + 1)] : [from, to].map((bar) => bar + (to < last ? 1 : 0))),
      Home: () => (event.shiftKey ? [0, to] : [0, to - from]),
      End: () => (event.shiftKey ? [from, last] : [last - to + from, last]),
    };
    if (moves[event.key]) {
      if (player.on) { player.end(); player.tell('rest'); }
      this.draft = marked ? moves[event.key]() : [this.filled()[0], this.filled()[0]];
      this.over = null;
      this.mark();
    } else if (event.key === 'Enter' && this.draft) this.choose(this.draft);
    else if (event.key === 'Escape' && this.draft) { this.draft = null; this.mark(); }
    else if (event.key === 'Escape' && player.on) player.stop();
    else if (event.key === 'Escape' && data.recorded) this.choose(null);
    else if (event.key === ' ') this.buttons.play.click();
    else return;
    event.preventDefault();
  }

  /** Return the first and last bar that holds anything. */
  filled() {
    const full = this.data.bars.map((bar, i) => (sum(bar.exact) || bar.touching ? i : -1)).filter((i) => i >= 0);
    return [full[0] ?? 0, full.at(-1) ?? 0];
  }

  /** Choose a range of bars, or with null any time. */
  choose(range) {
    this.player.end();
    this.draft = null;
    this.keep(range);
  }

  /**
   * Make a range the filter: shown here at once, told to the server as EDTF. A step stays on the
   * map until the server has answered, unless the answer is what it said last.
   */
  keep(range, text = range ? this.edtf(range) : '') {
    if (!range) this.player.end();
    this.player.tell(text === this.answered ? 'rest' : 'hold', {recorded: text});
    clearTimeout(this.resting);
    Object.assign(this.data, {chosen: range, recorded: text});
    this.mark();
    this.status.textContent = range ? this.said.textContent : '';
    this.args.setTriggerValue('recorded', {text, turn: ++this.turn});
  }

  edtf([i, j]) {
    const {start} = this.data.bars[i], {end} = this.data.bars[j];
    return start === end ? start : `${start}/${end}`;
  }

  leave() {
    clearTimeout(this.resting);
    this.player.leave();
    this.watch.disconnect();
  }
}

const standing = new WeakMap();

export default function (args) {
  const root = args.parentElement;
  if (!standing.has(root)) standing.set(root, new Timeline(root));
  standing.get(root).update(args);
  // Streamlit also cleans up after a call that another one overtook: only a page that is left counts.
  return () => setTimeout(() => {
    if (root.host.isConnected) return;
    standing.get(root)?.leave();
    standing.delete(root);
  });
}
