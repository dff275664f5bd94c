/*
 * Geodesy: lengths and areas on the WGS 84 ellipsoid. Points are [lat, lon] in degrees; longitudes
 * may run on past 180. It touches no page.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const A = 6378137, F = 1 / 298.257223563, B = A * (1 - F), E = Math.sqrt(F * (2 - F));
  const MEAN = 6371008.8; // metres: the sphere on which circles are drawn
  const RAD = Math.PI / 180, SWEEPS = 100;

  /**
   * Return the length in metres of the shortest way between two points.
   * Method: T. Vincenty, "Direct and Inverse Solutions of Geodesics on the Ellipsoid" (Survey
   * Review 23, 1975), exact to a millimetre. Between points on nearly opposite sides of the world
   * it finds no answer; there it is the great circle on a sphere, right to 0.6 %.
   */
  function distance([lat1, lon1], [lat2, lon2]) {
    const u1 = Math.atan((1 - F) * Math.tan(lat1 * RAD)), u2 = Math.atan((1 - F) * Math.tan(lat2 * RAD));
    const s1 = Math.sin(u1), c1 = Math.cos(u1), s2 = Math.sin(u2), c2 = Math.cos(u2);
    const turn = wrapped(lon2 - lon1) * RAD;
    let lambda = turn;
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      const sl = Math.sin(lambda), cl = Math.cos(lambda);
      const sin = Math.hypot(c2 * sl, c1 * s2 - s1 * c2 * cl), cos = s1 * s2 + c1 * c2 * cl;
      if (sin === 0) return cos > 0 ? 0 : Math.PI * MEAN;
      const sigma = Math.atan2(sin, cos), alpha = c1 * c2 * sl / sin, square = 1 - alpha * alpha;
      const mid = square ? cos - 2 * s1 * s2 / square : 0; // on the equator there is no middle
      const c = F / 16 * square * (4 + F * (4 - 3 * square)), before = lambda;
      lambda = turn + (1 - c) * F * alpha * (sigma + c * sin * (mid + c * cos * (2 * mid * mid - 1)));
      if (Math.abs(lambda) > Math.PI) break;
      if (Math.abs(lambda - before) < 1e-12) return along(square, sigma, sin, cos, mid);
    }
    return MEAN * sphere([lat1, lon1], [lat2, lon2]);
  }

  /** Return the last step of Vincenty's method: the length for an arc of sigma. */
  function along(square, sigma, sin, cos, mid) {
    const u = square * (A * A - B * B) / (B * B);
    const a = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)));
    const b = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)));
    const more = b * sin * (mid + b / 4 * (cos * (2 * mid * mid - 1)
      - b / 6 * mid * (4 * sin * sin - 3) * (4 * mid * mid - 3)));
    return B * a * (sigma - more);
  }

  const wrapped = (lon) => lon - 360 * Math.round(lon / 360);

  /** Return the angle between two points as seen from the centre of a sphere. */
  function sphere([lat1, lon1], [lat2, lon2]) {
    const up = Math.sin((lat2 - lat1) * RAD / 2), across = Math.sin((lon2 - lon1) * RAD / 2);
    return 2 * Math.asin(Math.min(1, Math.sqrt(up * up + Math.cos(lat1 * RAD) * Math.cos(lat2 * RAD) * across * across)));
  }

  /**
   * Return the area in square metres inside of a ring that does not cross itself.
   * Method: latitudes become authalic (J. P. Snyder, "Map Projections: A Working Manual", 1987,
   * equations 3-11 to 3-13), which keeps areas true, and the spherical excess of each side is
   * summed (I. Todhunter, "Spherical Trigonometry", 1886, article 103).
   */
  function area(ring) {
    let excess = 0;
    ring.forEach((from, i) => {
      const to = ring[(i + 1) % ring.length];
      const t1 = Math.tan(authalic(from[0]) / 2), t2 = Math.tan(authalic(to[0]) / 2);
      excess += 2 * Math.atan2(Math.tan(wrapped(to[1] - from[1]) * RAD / 2) * (t1 + t2), 1 + t1 * t2);
    });
    return Math.abs(excess) * A * A * POLE / 2;
  }

  const q = (sine) => (1 - E * E) * (sine / (1 - E * E * sine * sine) + Math.atanh(E * sine) / E);
  const POLE = q(1);
  const authalic = (lat) => Math.asin(Math.max(-1, Math.min(1, q(Math.sin(lat * RAD)) / POLE)));

  /**
   * Return the corners of a circle of so many metres on a sphere, longitudes running on.
   * Source: Snyder, equations 5-5 and 5-6, as in geo/circle.py.
   */
  function ring([lat, lon], metres, corners = 96) {
    const far = Math.min(metres / MEAN, Math.PI), sin = Math.sin(lat * RAD), cos = Math.cos(lat * RAD);
    return Array.from({length: corners}, (_, i) => {
      const turn = 2 * Math.PI * i / corners;
      const sine = sin * Math.cos(far) + cos * Math.sin(far) * Math.cos(turn);
      const east = Math.atan2(Math.sin(turn) * Math.sin(far) * cos, Math.cos(far) - sin * sine);
      return [Math.asin(Math.max(-1, Math.min(1, sine))) / RAD, lon + east / RAD];
    });
  }

  /** Return true when two sides of a ring cross, as drawn on the map. */
  function crosses(ring) {
    const n = ring.length, at = ring.map(([lat, lon]) => [lon, Math.asinh(Math.tan(lat * RAD)) / RAD]);
    const side = (a, b, c) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
    for (let i = 0; i < n; i++) {
      for (let j = i + 2; j < n; j++) {
        if (i === 0 && j === n - 1) continue; // neighbours share a corner
        const [a, b, c, d] = [at[i], at[i + 1], at[j], at[(j + 1) % n]];
        if (side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)) return true;
      }
    }
    return false;
  }

  G.geodesy = {distance, area, ring, crosses};
})();
