/*
 * The readout: where the pointer is, in the form that a person has chosen, no finer than a pixel
 * shows it. A click on the ground holds a spot, so that it can be copied.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const {element} = G;
  const SAME_PX = 9, TOLD_MS = 1500;

  /** Return a value that outlives the page, `fallback` where the browser keeps none. */
  G.remembered = (key, fallback) => {
    try { return window.localStorage.getItem(`glimpse-${key}`) ?? fallback; } catch { return fallback; }
  };

  /** Keep a value beyond the page, where the browser lets us. */
  G.remember = (key, value) => {
    try { window.localStorage.setItem(`glimpse-${key}`, value); } catch { /* then it is forgotten */ }
  };

  /** Put a text on the clipboard. Rejects when the browser does not allow it. */
  async function copyText(text, box) {
    try { await navigator.clipboard.writeText(text); return; } catch { /* not over plain http */ }
    const field = element('textarea', 'glimpse-unseen');
    field.value = text;
    box.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    if (!done) throw new Error('the clipboard is closed');
  }

  /** Return the readout in the element: {on, spot, show(yes), hold(latlng), label(), key(event)}. */
  G.readout = (ui, {word}, home) => {
    const {map} = ui, {forms, write} = G.coordinates, box = map.getContainer();
    const line = element('div', 'glimpse-readout'), text = element('button', 'glimpse-spot');
    const of = element('span', 'glimpse-soft'), read = element('span');
    const copy = G.button('copy', () => take());
    const self = {on: false, spot: null, show, hold, label, key};
    let form = forms.includes(G.remembered('form')) ? G.remembered('form') : forms[0];
    let pointer = null, told = '', telling = 0; // `pointer` in pixels of the map

    text.type = 'button';
    text.addEventListener('click', cycle);
    text.append(of, ' ', read);
    line.append(text, copy);
    line.hidden = true;
    home.append(line);

    /** Return what is read: the spot held, what is under the pointer, or the middle of the map. */
    function where() {
      if (self.spot) return [self.spot, word('at_mark')];
      return pointer ? [map.containerPointToLatLng(pointer), ''] : [map.getCenter(), word('at_centre')];
    }

    function written() {
      const [{lat, lng}] = where();
      return write(form, lat, lng, G.metresPerPixel(lat, map.getZoom()));
    }

    function draw() {
      if (!self.on || !map.getSize().x) return;
      of.textContent = told ? '' : where()[1];
      read.textContent = told || written() || word('no_mgrs');
    }

    function cycle() {
      form = forms[(forms.indexOf(form) + 1) % forms.length];
      G.remember('form', form);
      draw();
    }

    function take() {
      if (!written()) return;
      copyText(written(), box).then(() => tell(word('copied')), () => tell(word('not_copied')));
    }

    function tell(words) {
      clearTimeout(telling);
      told = words;
      ui.speak(words);
      draw();
      telling = setTimeout(() => { told = ''; draw(); }, TOLD_MS);
    }

    function show(yes) {
      self.on = yes;
      line.hidden = !yes;
      if (!yes) self.spot = null;
      draw();
    }

    /** Hold a spot, or let go of it when it is clicked once more. */
    function hold(latlng) {
      const near = self.spot && map.latLngToContainerPoint(self.spot).distanceTo(map.latLngToContainerPoint(latlng)) < SAME_PX;
      self.spot = near ? null : latlng;
      draw();
    }

    /** Take a key of the map: C copies, Escape lets go. Returns true when it was for the readout. */
    function key({key: pressed}) {
      if (!self.on) return false;
      if (pressed === 'c' || pressed === 'C') { take(); return true; }
      if (pressed !== 'Escape' || !self.spot) return false;
      self.spot = null;
      draw();
      return true;
    }

    function label() {
      text.title = word('change_form');
      copy.title = word('copy');
      copy.setAttribute('aria-label', word('copy'));
      draw();
    }

    box.addEventListener('pointermove', (event) => {
      const over = event.pointerType !== 'touch' && !event.target.closest('.leaflet-control, .glimpse-task');
      pointer = over ? map.mouseEventToContainerPoint(event) : null;
      draw();
    });
    box.addEventListener('pointerleave', () => { pointer = null; draw(); });
    map.on('move resize zoomend', draw);
    return self;
  };
})();
