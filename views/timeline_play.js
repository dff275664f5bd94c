/*
 * Playback: steps through the bars and tells each to the map's frame, which shows it at once.
 * The server hears of a pause or a stop alone. Both frames are of this page; what comes from
 * anywhere else is not listened to.
 */
const PACES = [1, 2, 5]; // steps a second, as far as the map keeps up
const WINDOWS = [0, 1, 3, 6, 12]; // bars that a step shows; 0: all up to it
const REPLY_MS = 2000; // how long a step waits for the map
const SETTLE_MS = 350; // after a single step, until it is the filter

class Player {
  /** `chart` is the timeline: its `data`, `names`, `filled()`, `mark()`, `say()` and `keep(range, text)`. */
  constructor(chart) {
    Object.assign(this, {chart, on: false, running: false, window: 0, pace: 2});
    this.heard = (event) => this.hear(event);
    window.addEventListener('message', this.heard);
  }

  /** The bars of the step, or null. */
  get span() { return this.on ? [this.window ? Math.max(this.low, this.at - this.window + 1) : this.low, this.at] : null; }

  /** Begin within the chosen range, from a single chosen bar on, or with the first that holds anything. */
  ready() {
    if (this.on) return false;
    const {chosen, recorded} = this.chart.data, wide = chosen && chosen[0] < chosen[1];
    const [low, high] = wide ? chosen : this.chart.filled();
    this.before = {chosen, recorded};
    Object.assign(this, {on: true, low, high, at: chosen && !wide ? clamp(chosen[0], low, high) : low});
    return true;
  }

  start() {
    if (!this.ready() && this.at >= this.high) this.at = this.low;
    clearTimeout(this.settling);
    this.settling = null;
    this.running = true;
    this.show();
    this.next(1000 / this.pace);
  }

  /** Go on once the time is over and the map has drawn the last step. */
  next(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (!this.running) return;
      if (this.asked && performance.now() - this.asked < REPLY_MS) { this.next(40); return; }
      if (this.at >= this.high) { this.pause(); return; }
      this.at++;
      this.show();
      this.next(1000 / this.pace);
    }, wait);
  }

  step(by) {
    const first = this.ready();
    clearTimeout(this.timer);
    this.running = false;
    if (!first) this.at = clamp(this.at + by, this.low, this.high);
    this.show();
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.pause(), SETTLE_MS);
  }

  /** Keep what is seen as the filter. */
  pause() {
    this.quiet();
    this.chart.keep(this.span);
  }

  /** End playback and put back what was chosen before it. */
  stop() {
    const {chosen, recorded} = this.before;
    this.end();
    this.chart.keep(chosen, recorded);
  }

  /** End playback; the map still shows the step until it is told to `rest` or the server answers. */
  end() {
    this.quiet();
    this.on = false;
    this.seen = undefined;
  }

  quiet() {
    clearTimeout(this.timer);
    clearTimeout(this.settling);
    this.settling = null;
    this.running = false;
  }

  /** Show the step: here by the brush, on the map by its days. */
  show() {
    const {data: {bars, undated}, names} = this.chart, [i, j] = this.span;
    clearTimeout(this.chart.resting);
    this.asked = performance.now();
    this.tell('step', {from: bars[i].days[0], to: bars[j].days[1], undated, text: names.range(i, j)});
    this.chart.mark();
  }

  frame() { return document.querySelector('.st-key-map iframe')?.contentWindow; }

  tell(word, values = {}) { this.frame()?.postMessage({glimpse: word, ...values}, window.location.origin); }

  hear({source, origin, data}) {
    if (data?.glimpse !== 'shown' || origin !== window.location.origin || source !== this.frame()) return;
    this.asked = null;
    if (this.on) this.seen = Number(data.shown);
    this.chart.say();
  }

  leave() {
    this.quiet();
    window.removeEventListener('message', this.heard);
  }
}
