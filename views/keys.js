/*
 * Keys for everything: `/` searches, `m` goes to the map, `?` lists the keys, Escape closes.
 * They rest while a person types, and can be turned off. Texts come from our translations.
 */
const OFF = 'glimpse.keys';
const SEARCHES = ['.st-key-text input', '[class*="st-key-search-"] input'];
const TYPED = 'textarea, select, [contenteditable], [role="textbox"],'
  + ' input:not([type="range"], [type="checkbox"], [type="radio"], [type="button"])';
const state = (window.glimpseKeys ||= {});

const off = () => localStorage.getItem(OFF) === 'off';
const shown = (selector) => [...document.querySelectorAll(selector)].find((one) => one.checkVisibility());

/** Focus the field for words; on a small page it may have to be unfolded first. */
function search() {
  const there = () => SEARCHES.map(shown).find((one) => one?.getBoundingClientRect().right > 0);
  const focus = () => { const field = there(); field?.focus(); field?.select(); return !!field; };
  if (focus()) return;
  shown('[data-testid="stExpandSidebarButton"]')?.click();
  let tries = 40;
  const again = setInterval(() => { if (focus() || !--tries) clearInterval(again); }, 50);
}

function toMap() {
  const frame = shown('.st-key-map iframe, .st-key-candidates iframe');
  frame?.scrollIntoView({block: 'nearest'});
  frame?.contentDocument?.querySelector('.leaflet-container')?.focus();
}

const ACTS = {'/': search, '?': () => open(), m: toMap};

function pressed(event) {
  const single = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!single || event.defaultPrevented || event.target.closest?.(TYPED)) return;
  if (off()) {
    if (state.keys.includes(event.key)) event.stopImmediatePropagation();
    return;
  }
  if (!ACTS[event.key] || document.querySelector('dialog[open]')) return;
  event.preventDefault();
  ACTS[event.key]();
}

/** Hear the keys inside of the map's frame too. */
function hear(frame) {
  const inner = frame.contentDocument;
  if (!inner || inner.glimpseHeard) return;
  inner.glimpseHeard = true;
  inner.addEventListener('keydown', pressed, true);
}

function frames() {
  for (const frame of document.querySelectorAll('iframe')) {
    if (frame.dataset.keys) continue;
    frame.dataset.keys = 'heard';
    frame.addEventListener('load', () => hear(frame));
    hear(frame);
  }
}

function element(name, text = '', kind = '') {
  const node = document.createElement(name);
  node.textContent = text;
  node.className = kind;
  return node;
}

/** Return the switch that turns single keys off: some people speak to their computer. */
function toggle(said) {
  const label = element('label'), box = element('input');
  box.type = 'checkbox';
  box.checked = !off();
  box.addEventListener('change', () => localStorage.setItem(OFF, box.checked ? 'on' : 'off'));
  label.append(box, element('span', said));
  return label;
}

function open() {
  const from = document.activeElement;
  const box = element('dialog', '', 'glimpse-keys'), close = element('button', state.words.close);
  const head = element('h2', state.words.title);
  head.id = 'glimpse-keys-title';
  box.setAttribute('aria-labelledby', head.id);
  close.addEventListener('click', () => box.close());
  box.addEventListener('click', (event) => { if (event.target === box) box.close(); });
  box.addEventListener('close', () => {
    box.remove();
    (from?.tagName === 'IFRAME' ? toMap : () => from?.focus())();
  });
  const parts = state.list.flatMap(([heading, rows]) => {
    const list = element('dl');
    for (const [keys, text] of rows) {
      const term = element('dt');
      term.append(...keys.map((key) => element('kbd', key)));
      list.append(term, element('dd', text));
    }
    return [element('h3', heading), list];
  });
  box.append(head, ...parts, toggle(state.words.toggle), close);
  document.querySelector('.stApp').append(box);
  box.showModal();
}

export default function ({data: {words, list, keys}}) {
  Object.assign(state, {words, list, keys});
  if (state.on) return;
  state.on = true;
  document.documentElement.dataset.keys = 'on';
  document.addEventListener('keydown', pressed, true);
  document.addEventListener('click', ({target}) => {
    if (target.closest?.('[data-glimpse="keys"]')) open();
  });
  new MutationObserver(frames).observe(document.body, {subtree: true, childList: true});
  frames();
}
