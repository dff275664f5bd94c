/*
 * What a person draws on the map: a line that is measured, a shape or a circle to filter by.
 * One task at a time; a bar says what to do, what was drawn so far, and holds the same acts as the
 * keys. Nothing that is drawn here leaves the browser but a shape or circle that is finished.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const {element, sketch} = G;
  const CORNERS = 100, NEAR_PX = 12, DRAGGED_PX = 6;

  const total = (points) => points.slice(1).reduce((sum, point, i) => sum + G.geodesy.distance(points[i], point), 0);
  const four = (value) => Number(value.toFixed(4));

  /** Return the points with longitudes from -180 to 180, null when they cross that meridian. */
  function onOneSide(points) {
    const middle = points.reduce((sum, [, lon]) => sum + lon, 0) / points.length, turn = 360 * Math.round(middle / 360);
    const moved = points.map(([lat, lon]) => [four(lat), four(lon - turn)]);
    return moved.every(([, lon]) => Math.abs(lon) <= 180) ? moved : null;
  }

  // ---- The tasks ----------------------------------------------------------------------

  /** A line of points; `shape` is closed to filter by, else it is measured. */
  function line(key, tools) {
    const task = {key, points: [], closed: false, done: false};
    const full = () => key === 'shape' && task.points.length >= CORNERS;
    task.click = (point) => {
      if (task.done) Object.assign(task, {points: [], closed: false, done: false});
      if (task.points.length > 2 && tools.near(point, task.points[0])) task.finish(true);
      else if (!full()) task.points.push(point);
    };
    task.back = () => {
      if (task.done) Object.assign(task, {closed: false, done: false});
      else task.points.pop();
    };
    task.finish = (close) => {
      if (key === 'shape') { if (task.points.length > 2) tools.filter({shape: task.points}); return; }
      task.closed = close && task.points.length > 2;
      task.done = task.points.length > 1;
    };
    task.acts = () => [task.points.length > 0 && 'take_back', task.points.length > 2 && !task.done && (key === 'shape' ? 'use_drawn' : 'close_ring')];
    return task;
  }

  /** A circle: pressed and dragged, or two clicks, or a click and a radius that is typed. */
  function circle(tools) {
    const task = {key: 'circle', points: [], km: 0};
    const set = (point) => { task.km = rounded(G.geodesy.distance(task.points[0], point) / 1000); };
    task.click = (point) => {
      if (task.points.length) { set(point); task.finish(); } else task.points.push(point);
    };
    task.drag = (from, to) => { task.points = [from]; set(to); };
    task.back = () => { task.points = []; task.km = 0; };
    task.radius = (km) => {
      if (!task.points.length) task.points = [tools.centre()];
      task.km = rounded(km);
    };
    task.finish = () => { if (task.points.length && task.km > 0) tools.filter({near: [...task.points[0], task.km]}); };
    task.acts = () => [task.points.length > 0 && 'take_back', task.km > 0 && 'use_drawn'];
    return task;
  }

  /** Return kilometres to ten metres, from 10 km to a hundred, from 100 km to one. */
  const rounded = (km) => Number(km.toFixed(km < 10 ? 2 : km < 100 ? 1 : 0));

  // ---- The bar and the pointer --------------------------------------------------------

  G.tasks = (ui, held, {word}, report) => {
    const {map} = ui, box = map.getContainer(), sheet = new G.Sheet({pane: 'glimpse-sketch'});
    const self = {task: null, pointer: null, keyed: false};
    const say = (metres) => sketch.length(metres, G.metresPerPixel(map.getCenter().lat, map.getZoom()), held.lang);
    const latlon = ({lat, lng}) => [lat, lng], pixel = ([lat, lon]) => map.latLngToContainerPoint([lat, lon]);
    const tools = {
      near: (a, b) => pixel(a).distanceTo(pixel(b)) < NEAR_PX,
      centre: () => latlon(map.getCenter()),
      filter,
    };
    map.createPane('glimpse-sketch').style.zIndex = 430;
    sheet.paint = (ctx, view) => {
      const c = G.tiles.picture(held.theme), {spot} = ui.readout;
      if (spot) sketch.cross(ctx, G.onSheet(view, latlon(spot)), c);
      const ring = ui.keys.ring();
      if (ring) G.symbols.focus(ctx, ring, c);
      if (self.task) sketch.task(ctx, view, self, say, c);
    };
    sheet.addTo(map);
    const bar = taskBar(box, word, {act, radius: (km) => { self.task.radius(km); self.task.finish(); changed(); }});

    /** Report a shape or a circle; until the server answers it is shown as if it had. */
    function filter({shape, near}) {
      const ring = onOneSide(shape || [near.slice(0, 2)]);
      if (!ring) { ui.warn(word('over_180')); return; }
      const drawn = shape ? {shape: ring} : {near: [...ring[0], near[2]]};
      stop();
      held.outline = drawn;
      ui.repaint();
      report(L.latLng(ring[0]), drawn);
    }

    function start(key) {
      stop();
      self.task = key === 'circle' ? circle(tools) : line(key, tools);
      ui.busy = true;
      if (key === 'circle') map.dragging.disable();
      map.doubleClickZoom.disable();
      box.classList.add('glimpse-draws');
      changed();
      box.focus({preventScroll: true});
    }

    function stop() {
      if (!self.task) return;
      Object.assign(self, {task: null, pointer: null, keyed: false});
      ui.busy = false;
      map.dragging.enable();
      map.doubleClickZoom.enable();
      box.classList.remove('glimpse-draws');
      changed();
    }

    function act(key) {
      if (key === 'end') stop();
      else if (key === 'take_back') self.task.back();
      else self.task.finish(true);
      if (self.task) changed();
      box.focus({preventScroll: true});
    }

    function changed() {
      sheet.draw();
      bar.show(self.task, self.task ? drawn() : '');
      ui.chosen?.();
    }

    /** Return what was drawn so far, in words. */
    function drawn() {
      const {key, points, closed, km} = self.task;
      if (key === 'circle') return km ? say(km * 1000) : '';
      if (key === 'shape') return points.length ? word('corners', points.length) : '';
      if (points.length < 2) return '';
      if (!closed) return say(total(points));
      const area = G.geodesy.crosses(points) ? word('crosses_itself') : sketch.extent(G.geodesy.area(points), held.lang);
      return `${say(total([...points, points[0]]))} · ${area}`;
    }

    /** Take a key of the map. Returns true when it was for the task. */
    function key({key: pressed}) {
      const {task} = self;
      if (!task) return false;
      if (pressed === 'Escape') { stop(); return true; }
      if (pressed === 'Enter') task.finish(true);
      else if (pressed === 'Backspace' || pressed === 'Delete') task.back();
      else if (pressed === ' ') { self.keyed = true; self.pointer = null; task.click(tools.centre()); }
      else { if (pressed.startsWith('Arrow')) self.keyed = true; sheet.draw(); return false; }
      if (self.task) changed();
      return true;
    }

    const onMap = (event) => !event.target.closest('.leaflet-control, .glimpse-task');
    const ground = (event) => latlon(map.mouseEventToLatLng(event));
    map.on('click', ({latlng, originalEvent}) => {
      if (self.task || self.dragged) self.used = originalEvent;
      if (!self.task || self.dragged || originalEvent.detail > 1) return;
      self.task.click(latlon(latlng));
      if (self.task) changed();
    });
    map.on('dblclick', () => { self.task?.finish(false); if (self.task) changed(); });
    box.addEventListener('pointerdown', (event) => {
      self.dragged = false;
      if (self.task?.drag && event.isPrimary && onMap(event)) self.from = event;
    }, true);
    box.addEventListener('pointermove', (event) => {
      if (!self.task) return;
      Object.assign(self, {keyed: false, pointer: event.pointerType !== 'touch' && onMap(event) ? ground(event) : null});
      if (self.from && Math.hypot(event.clientX - self.from.clientX, event.clientY - self.from.clientY) > DRAGGED_PX) {
        self.dragged = true;
        self.task.drag(ground(self.from), ground(event));
      }
      if (self.dragged) changed(); else sheet.draw();
    });
    window.addEventListener('pointerup', () => {
      if (self.from && self.dragged) self.task?.finish();
      self.from = null;
    });
    map.on('zoomend', () => { if (self.task) changed(); });
    return {
      start, stop, key, filter, draw: () => sheet.draw(),
      /** Return true when a click was part of a task, were it the one that ended it. */
      took: (event) => self.used === event,
      get active() { return self.task?.key ?? null; },
      label: () => { bar.label(); if (self.task) changed(); },
      state: () => self.task && {key: self.task.key, points: self.task.points, said: drawn()},
    };
  };

  /** Return the bar of a task: what to do, what was drawn, and its acts as buttons. */
  function taskBar(box, word, {act, radius}) {
    const bar = element('div', 'glimpse-task'), hint = element('span', 'glimpse-soft'), said = element('b');
    const field = element('input'), unit = element('label', 'glimpse-radius'), buttons = {};
    said.setAttribute('role', 'status');
    Object.assign(field, {type: 'number', min: '0.05', max: '5000', step: 'any'});
    field.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Enter' && field.value && field.checkValidity()) radius(Number(field.value));
      if (event.key === 'Escape') act('end');
    });
    const words = element('span');
    unit.append(words, field, ' km');
    bar.append(hint, said, unit);
    for (const key of ['take_back', 'close_ring', 'use_drawn', 'end']) {
      buttons[key] = element('button');
      buttons[key].type = 'button';
      buttons[key].addEventListener('click', () => act(key));
      bar.append(buttons[key]);
    }
    bar.hidden = true;
    L.DomEvent.disableClickPropagation(bar);
    L.DomEvent.disableScrollPropagation(bar);
    box.append(bar);
    const hints = {measure: () => word('measure_hint'), shape: () => word('shape_hint'), circle: () => word('circle_hint')};
    const texts = {
      take_back: () => word('take_back'), close_ring: () => word('close_ring'), use_drawn: () => word('use_drawn'),
      end: () => word('end'),
    };
    let shown = null;
    return {
      show(task, text) {
        if (task !== shown) field.value = '';
        shown = task;
        bar.hidden = !task;
        if (!task) return;
        hint.textContent = hints[task.key]();
        hint.hidden = !!text;
        if (said.textContent !== text) said.textContent = text;
        unit.hidden = task.key !== 'circle';
        const acts = [...task.acts(), 'end'];
        for (const [key, button] of Object.entries(buttons)) button.hidden = !acts.includes(key);
      },
      label() {
        words.textContent = `${word('radius')} `;
        for (const [key, button] of Object.entries(buttons)) button.textContent = texts[key]();
      },
    };
  }

})();
