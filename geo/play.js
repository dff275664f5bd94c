/*
 * Playback: the entries of one step of the timeline, sifted here so that no step asks the server.
 * The page's timeline tells each step by its days; an entry is shown when it passes the other
 * filters and may be of these days. After a pause the step stands until the server has answered
 * for the time that was chosen, and whose bits are the same by then: nothing flickers in between.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  let step = null, held = null, show = () => 0;

  const tag = G.element('div', 'glimpse-step');
  tag.hidden = true;

  /** Return the bits of `mask` whose entry may be of the days from..to; undated ones by choice. */
  function within({E, earliest, latest}, mask, {from, to, undated}) {
    const bits = new Uint8Array(mask.length);
    for (let e = 0; e < E; e++) {
      const first = earliest[e], last = latest[e];
      if (first > last ? undated : first <= to && last >= from) bits[e >> 3] |= mask[e >> 3] & (128 >> (e & 7));
    }
    return bits;
  }

  function leave() {
    step = held = null;
    tag.hidden = true;
  }

  G.play = {
    within,
    /** Whether a step is shown. */
    get on() { return step !== null; },
    /** Return the bits to show: of `wide` (all filters but the date) the step's, else `mask`. */
    sift: (data, mask, wide) => (step && data.earliest ? within(data, wide, step) : mask),
    /** The server has answered for a time: a step that was held until then is over. */
    answered(recorded) { if (step && held === recorded) leave(); },
    /** Put the step's time on a map; `redraw` shows what `sift` gives and returns how many pass. */
    mount(box, redraw) {
      box.append(tag);
      show = redraw;
    },
  };

  window.addEventListener('message', ({source, origin, data}) => {
    if (!data?.glimpse || source !== window.parent || origin !== window.location.origin) return;
    if (data.glimpse === 'hold') { held = String(data.recorded); return; }
    if (data.glimpse === 'rest') {
      if (!step) return;
      leave();
    }
    if (data.glimpse === 'step') {
      step = {from: Number(data.from), to: Number(data.to), undated: data.undated === true};
      held = null;
      tag.textContent = String(data.text);
      tag.hidden = false;
    }
    source.postMessage({glimpse: 'shown', shown: show()}, origin);
  });
})();
