/*
 * The tour: a small box beside what it speaks of, which takes nothing away from the page.
 * Whether somebody has seen it is known to their browser only. Texts come from our translations.
 */
const SEEN = 'glimpse.tour', NARROW = 640, GAP = 12, TRIES = 200;
const state = (window.glimpseTour ||= {started: 0});

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
const onPage = (node) => node?.checkVisibility() && node.getBoundingClientRect().right > 0;

/** Return whether this is a first visit that asks for nothing: no link, no frame, no test. */
function first() {
  const [asked] = performance.getEntriesByType('navigation');
  const {searchParams, pathname} = new URL(asked?.name || location.href);
  const plain = [...searchParams.keys()].every((name) => name === 'lang');
  const home = /\/(map)?$/.test(pathname) || pathname === location.pathname;
  return plain && home && window.parent === window && !localStorage.getItem(SEEN);
}

function seen() {
  localStorage.setItem(SEEN, 'yes');
  delete document.documentElement.dataset.tour;
}

const target = (where) => where.flatMap((one) => [...document.querySelectorAll(one)]).find(onPage);
const present = () => state.steps.filter(([where]) => target(where));

function element(name, kind, text = '') {
  const node = document.createElement(name);
  node.className = kind;
  node.textContent = text;
  return node;
}

function button(text, act, kind = '') {
  const node = element('button', kind, text);
  node.type = 'button';
  node.addEventListener('click', act);
  return node;
}

function build() {
  const box = element('section', 'glimpse-tour'), head = element('h2', ''), text = element('p', '');
  const said = element('div', ''), bar = element('div', 'glimpse-tour-bar'), count = element('span', 'muted');
  const {words} = state;
  head.id = 'glimpse-tour-head';
  box.setAttribute('role', 'dialog');
  box.setAttribute('aria-labelledby', head.id);
  said.setAttribute('aria-live', 'polite');
  said.append(head, text);
  const back = button(words.back, () => go(-1)), next = button(words.next, () => go(1), 'glimpse-next');
  bar.append(count, button(words.skip, end), back, next);
  box.append(said, bar);
  return Object.assign(box, {parts: {head, text, count, back, next}});
}

/** Put the box beside what it speaks of, or at the page's foot where there is no room. */
function place() {
  const {box, lit} = state;
  if (!box || !lit) return;
  const {left, right, top, bottom} = lit.getBoundingClientRect(), w = box.offsetWidth, h = box.offsetHeight;
  const wide = innerWidth - w - GAP, high = innerHeight - h - GAP;
  const beside = Math.max(GAP + 56, Math.min(top, high)), under = Math.max(GAP, Math.min(left, wide));
  const [x, y] = [
    [right + GAP, beside], [under, bottom + GAP], [left - w - GAP, beside], [under, top - h - GAP],
  ].find(([a, b]) => a >= 0 && b >= 56 && a <= wide && b <= high) || [wide, high];
  box.style.translate = innerWidth < NARROW ? '' : `${x}px ${y}px`;
}

function show() {
  const steps = present();
  state.lit?.classList.remove('glimpse-lit');
  if (!steps.length) { end(); return; }
  state.at = Math.max(0, Math.min(state.at, steps.length - 1));
  const [where, heading, text] = steps[state.at], {head, text: said, count, back, next} = state.box.parts;
  state.lit = target(where);
  state.lit.classList.add('glimpse-lit');
  head.textContent = heading;
  said.textContent = text;
  count.textContent = state.words.of.replace('{n}', state.at + 1).replace('{all}', steps.length);
  back.disabled = state.at === 0;
  next.textContent = state.at === steps.length - 1 ? state.words.done : state.words.next;
  const tall = state.lit.offsetHeight > innerHeight * 0.7 || innerWidth < NARROW;
  state.lit.scrollIntoView({block: tall ? 'start' : 'nearest', behavior: still() ? 'auto' : 'smooth'});
  place();
  next.focus({preventScroll: true});
}

function go(step) {
  state.at += step;
  if (state.at >= present().length) end();
  else show();
}

function pressed(event) {
  if (event.key === 'Escape' && !document.querySelector('dialog[open]')) { event.stopPropagation(); end(); }
  if (!state.box?.contains(event.target)) return;
  if (event.key === 'ArrowRight') go(1);
  if (event.key === 'ArrowLeft' && state.at) go(-1);
}

function begin() {
  if (state.box) return;
  seen();
  Object.assign(state, {at: 0, from: document.activeElement, box: build()});
  document.querySelector('.stApp').append(state.box);
  document.addEventListener('keydown', pressed, true);
  addEventListener('resize', place);
  document.addEventListener('scroll', place, true);
  show();
}

function end() {
  if (!state.box) return;
  state.lit?.classList.remove('glimpse-lit');
  state.box.remove();
  document.removeEventListener('keydown', pressed, true);
  removeEventListener('resize', place);
  document.removeEventListener('scroll', place, true);
  const back = state.from !== document.body && state.from?.checkVisibility() ? state.from : document.querySelector('main');
  Object.assign(state, {box: null, lit: null});
  back?.focus({preventScroll: true});
}

/** Begin as soon as the map page stands. */
function arrive() {
  let tries = TRIES;
  const again = setInterval(() => {
    const there = target(['.st-key-map iframe']);
    if (there) begin();
    if (there || !--tries) clearInterval(again);
  }, 100);
}

export default function ({data: {steps, words, start}}) {
  Object.assign(state, {steps, words});
  if (!state.on) {
    state.on = true;
    if (first()) document.documentElement.dataset.tour = 'invite';
    document.addEventListener('click', ({target: {dataset}}) => {
      if (dataset.glimpse === 'tour') begin();
      if (dataset.glimpse === 'no-tour') seen();
    });
  }
  if (start > state.started) {
    state.started = start;
    arrive();
  }
}
