/*
 * The ordered list of steps. A row is moved with the pointer, a finger, Alt with the arrow keys, or
 * its buttons; the new order is shown at once and told to the server. Text is only ever written as
 * text.
 */
const LATE_MS = 3000; // until the server must have answered
const DRAG = 4, EDGE = 60, PACE = 14; // pixels: when it is no click; near the window's edge; a scroll
const ICONS = {
  handle: 'M7 5h2v2H7zM11 5h2v2h-2zM7 9h2v2H7zM11 9h2v2h-2zM7 13h2v2H7zM11 13h2v2h-2z',
  up: 'M10 5l6 6-1.4 1.4L11 8.8V16H9V8.8l-3.6 3.6L4 11z', down: 'M10 15l-6-6 1.4-1.4L9 11.2V4h2v7.2l3.6-3.6L16 9z',
  copy: 'M7 3h9v11h-2V5H7zM4 6h8v11H4zM6 8v7h4V8z', drop: 'M8 3h4l1 1h3v2H4V4h3zM5 7h10l-1 10H6z',
};

const node = (tag, name = '', text = '') => Object.assign(document.createElement(tag), {className: name, textContent: text});

function icon(key) {
  const ns = 'http://www.w3.org/2000/svg', svg = document.createElementNS(ns, 'svg'), path = document.createElementNS(ns, 'path');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', ICONS[key]);
  svg.append(path);
  return svg;
}

class Steps {
  constructor(root) {
    Object.assign(this, {data: null, told: '', held: null, turn: 0, asked: 0});
    this.list = node('ol', 'steps');
    this.status = node('p', 'unseen');
    this.status.setAttribute('role', 'status');
    root.append(this.list, this.status);
    this.list.addEventListener('pointerdown', (event) => this.press(event));
    this.list.addEventListener('pointermove', (event) => this.move(event));
    this.list.addEventListener('pointerup', () => this.release(true));
    this.list.addEventListener('pointercancel', () => this.release(false));
    this.list.addEventListener('keydown', (event) => this.key(event));
    this.list.addEventListener('click', (event) => this.click(event));
  }

  update(args) {
    this.args = args;
    if (!this.data) this.turn = args.data.turn;
    clearTimeout(this.late);
    const said = JSON.stringify(args.data), wait = this.asked + LATE_MS - Date.now();
    if (said === this.told || this.held) return;
    if (args.data.turn < this.turn && wait > 0) { // an answer to what was asked before
      this.late = setTimeout(() => this.update(args), wait);
      return;
    }
    this.told = said;
    this.data = args.data;
    this.draw();
  }

  words(key, values) {
    return this.data.words[key].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  }

  draw() {
    const focused = this.focused();
    this.list.setAttribute('aria-label', this.data.words.list);
    this.list.replaceChildren(...this.data.rows.map((row) => this.row(row)));
    this.number();
    this.focus(focused);
  }

  row(row) {
    const item = node('li', 'step'), text = node('div', 'text'), edit = node('button', 'headline', row.headline), acts = node('div', 'acts');
    item.dataset.id = row.id;
    item.dataset.headline = row.headline;
    edit.dataset.act = 'edit';
    const facts = node('p', 'facts'), {counts} = row;
    facts.append(node('span', 'certain', `${counts.certain} ${this.data.words.certain}`), node('span', 'possible', `${counts.possible} ${this.data.words.possible}`));
    if (counts.unplaced !== '0') facts.append(node('span', '', `${counts.unplaced} ${this.data.words.unplaced}`));
    for (const mark of row.marks) facts.append(node('span', 'mark', mark));
    text.append(edit);
    if (row.question !== row.headline) text.append(node('p', 'question', row.question));
    text.append(facts);
    if (row.warning) text.append(node('p', 'warning', row.warning));
    const handle = this.button('handle');
    for (const act of ['up', 'down', 'copy', 'drop']) acts.append(this.button(act));
    item.append(handle, node('span', 'number'), text, acts);
    for (const button of item.querySelectorAll('button')) button.type = 'button';
    return item;
  }

  button(act) {
    const button = node('button', act);
    button.dataset.act = act;
    button.append(icon(act));
    return button;
  }

  /** Number the rows as they stand, and name their buttons after it. */
  number() {
    const items = this.items();
    items.forEach((item, at) => {
      item.querySelector('.number').textContent = at + 1;
      for (const button of item.querySelectorAll('[data-act]')) {
        const said = this.words(button.dataset.act, {n: at + 1, headline: item.dataset.headline});
        if (button.dataset.act !== 'edit') button.title = said;
        button.setAttribute('aria-label', said);
      }
      item.querySelector('.up').disabled = at === 0;
      item.querySelector('.down').disabled = at === items.length - 1;
    });
  }

  items() { return [...this.list.children]; }

  order() { return this.items().map((item) => item.dataset.id); }

  focused() {
    const has = this.list.getRootNode().activeElement;
    return has?.dataset?.act ? [has.closest('.step').dataset.id, has.dataset.act] : null;
  }

  focus(where) {
    const item = where && this.items().find((one) => one.dataset.id === where[0]);
    if (!item) return;
    const button = item.querySelector(`.${where[1]}`) || item.querySelector('.headline');
    (button.disabled ? item.querySelector('.handle') : button).focus();
  }

  ask(what) {
    this.asked = Date.now();
    this.args.setTriggerValue('asked', {...what, seq: this.data.seq, turn: ++this.turn});
  }

  click(event) {
    const button = event.target.closest?.('[data-act]');
    if (!button || this.dragged) return;
    const item = button.closest('.step'), {act} = button.dataset;
    if (act === 'up' || act === 'down') this.shift(item, act === 'up' ? -1 : 1, act);
    else if (act !== 'handle') this.ask({act, id: item.dataset.id});
  }

  key(event) {
    const item = event.target.closest?.('.step'), by = {ArrowUp: -1, ArrowDown: 1}[event.key];
    if (!item || !by || !(event.altKey || event.target.closest('.handle'))) return;
    event.preventDefault();
    event.stopPropagation();
    this.shift(item, by, this.focused()?.[1] || 'handle');
  }

  /** Move a row by one place, and keep the focus where it was in it. */
  shift(item, by, act) {
    const items = this.items(), to = items.indexOf(item) + by;
    if (to < 0 || to >= items.length) return;
    if (by < 0) items[to].before(item);
    else items[to].after(item);
    this.moved(item);
    this.focus([item.dataset.id, act]);
  }

  moved(item) {
    const order = this.order();
    this.number();
    this.status.textContent = this.words('moved', {n: order.indexOf(item.dataset.id) + 1, all: order.length});
    this.ask({act: 'move', order});
  }

  press(event) {
    const handle = event.target.closest?.('.handle');
    this.dragged = false;
    if (!handle || event.button) return;
    const item = handle.closest('.step');
    this.held = {item, y: event.clientY, before: this.order().join(), id: event.pointerId};
    this.list.setPointerCapture(event.pointerId);
  }

  move(event) {
    const {held} = this;
    if (!held || event.pointerId !== held.id) return;
    if (!this.dragged && Math.abs(event.clientY - held.y) < DRAG) return;
    this.dragged = true;
    held.item.classList.add('held');
    const others = this.items().filter((item) => item !== held.item);
    const after = others.find((item) => event.clientY < middle(item));
    if (after) { if (after.previousElementSibling !== held.item) after.before(held.item); }
    else if (this.list.lastElementChild !== held.item) this.list.append(held.item);
    this.number();
    if (event.clientY < EDGE || event.clientY > window.innerHeight - EDGE) scroll(this.list, event.clientY < EDGE ? -PACE : PACE);
  }

  release(kept) {
    const {held} = this;
    if (!held) return;
    this.held = null;
    held.item.classList.remove('held');
    if (!kept) this.draw();
    else if (this.order().join() !== held.before) this.moved(held.item);
    setTimeout(() => { this.dragged = false; });
  }
}

const middle = (item) => { const {top, height} = item.getBoundingClientRect(); return top + height / 2; };

/** Scroll what the list stands in. */
function scroll(list, by) {
  let box = list.getRootNode().host || list;
  while (box && !(box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY))) box = box.parentElement;
  (box || document.scrollingElement).scrollTop += by;
}

const standing = new WeakMap();

export default function (args) {
  const root = args.parentElement;
  if (!standing.has(root)) standing.set(root, new Steps(root));
  standing.get(root).update(args);
}
