/*
 * While a briefing is presented, every key is the deck's: the frame has the focus, and what is
 * pressed outside of it (after a click on "Leave", say, or before the frame stands) goes there too.
 */
const frame = () => document.querySelector('.st-key-present iframe');
const GIVEN = ['key', 'code', 'shiftKey', 'ctrlKey', 'altKey', 'metaKey', 'repeat', 'isComposing'];

function forward(event) {
  const inner = frame()?.contentWindow;
  if (!inner || event.key === 'Tab') return;
  if (event.target.closest?.('button') && (event.key === 'Enter' || event.key === ' ')) return;
  const given = Object.fromEntries(GIVEN.map((name) => [name, event[name]]));
  const passed = new inner.KeyboardEvent('keydown', {...given, bubbles: true, cancelable: true});
  event.stopImmediatePropagation();
  if (!inner.document.body?.dispatchEvent(passed)) event.preventDefault();
}

function take(tries = 100) {
  const deck = frame();
  if (deck && deck.contentDocument?.readyState === 'complete') deck.focus();
  if (tries && document.activeElement !== deck) setTimeout(take, 100, tries - 1);
}

export default function () {
  if (!window.glimpsePresent) window.addEventListener('keydown', forward, true);
  window.glimpsePresent = true;
  take();
}
