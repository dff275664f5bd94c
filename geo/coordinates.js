/*
 * Coordinates as text: decimal degrees, degrees with minutes and seconds, MGRS. What is written is
 * never finer than the step asked for. The app reads each form back (geo/coordinates.py).
 * It touches no page.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};
  const A = 6378137, N = 1 / (2 * 298.257223563 - 1), RAD = Math.PI / 180, DEGREE_M = 111320;

  /** Return the fewest decimals, 0 to 6, so that a step of the last one is no finer than `degrees`. */
  const decimals = (degrees) => Math.max(0, Math.min(6, Math.floor(-Math.log10(degrees) + 1e-9)));

  function decimal(lat, lon, metres) {
    const digits = decimals(fine(lat, metres));
    return `${plain(lat, digits)}, ${plain(lon, digits)}`;
  }

  /** Return a number with so many decimals and no "-0". */
  const plain = (value, digits) => value.toFixed(digits).replace(/^-(?=[0.]*$)/, '');

  /** Return what so many metres are in degrees, of longitude, where they are more. */
  const fine = (lat, metres) => metres / DEGREE_M / Math.max(0.01, Math.cos(lat * RAD));

  function sexagesimal(lat, lon, metres) {
    const seconds = fine(lat, metres) * 3600;
    const [parts, digits] = seconds > 60 ? [1, 0] : seconds > 1 ? [60, 0] : [3600, Math.min(2, decimals(seconds))];
    return `${angle(lat, 'NS', parts, digits)} ${angle(lon, 'EW', parts, digits)}`;
  }

  /** Return an angle in so many parts of a degree: 1, 60 or 3600, the last with decimals. */
  function angle(degrees, [plus, minus], parts, digits) {
    const scale = 10 ** digits, whole = Math.round(Math.abs(degrees) * parts * scale);
    const rest = whole / scale % 60, two = (n, d = 0) => n.toFixed(d).padStart(d ? 3 + d : 2, '0');
    const d = Math.floor(whole / scale / parts), side = degrees < 0 && whole ? minus : plus;
    if (parts === 1) return `${d}°${side}`;
    const m = Math.floor(whole / scale / (parts / 60)) % 60;
    return parts === 60 ? `${d}°${two(m)}'${side}` : `${d}°${two(m)}'${two(rest, digits)}"${side}`;
  }

  // ---- MGRS ---------------------------------------------------------------------------

  const BANDS = 'CDEFGHJKLMNPQRSTUVWX', ROWS = 'ABCDEFGHJKLMNPQRSTUV';
  const COLUMNS = ['STUVWXYZ', 'ABCDEFGH', 'JKLMNPQR']; // zones divisible by three come first

  /** Return the zone: six degrees wide, but for south-west Norway and Svalbard. */
  function zoneOf(lat, lon) {
    if (lat >= 56 && lat < 64 && lon >= 3 && lon < 12) return 32;
    if (lat >= 72 && lon >= 0 && lon < 42) return lon < 9 ? 31 : lon < 21 ? 33 : lon < 33 ? 35 : 37;
    return Math.floor((lon + 180) / 6) % 60 + 1;
  }

  const SERIES = [ // Krüger's alpha, to the fourth power of the third flattening
    N / 2 - 2 / 3 * N ** 2 + 5 / 16 * N ** 3 + 41 / 180 * N ** 4,
    13 / 48 * N ** 2 - 3 / 5 * N ** 3 + 557 / 1440 * N ** 4,
    61 / 240 * N ** 3 - 103 / 140 * N ** 4,
    49561 / 161280 * N ** 4,
  ];
  const RADIUS = A / (1 + N) * (1 + N ** 2 / 4 + N ** 4 / 64);

  /**
   * Return easting and northing in metres (UTM). Method: L. Krüger's series as given by
   * C. F. F. Karney, "Transverse Mercator with an accuracy of a few nanometers" (2011).
   */
  function utm(lat, lon, zone) {
    const turn = (lon - (zone * 6 - 183)) * RAD, sine = Math.sin(lat * RAD), e = 2 * Math.sqrt(N) / (1 + N);
    const t = Math.sinh(Math.atanh(sine) - e * Math.atanh(e * sine));
    const xi = Math.atan2(t, Math.cos(turn)), eta = Math.asinh(Math.sin(turn) / Math.hypot(t, Math.cos(turn)));
    let north = xi, east = eta;
    SERIES.forEach((alpha, j) => {
      const k = 2 * (j + 1);
      north += alpha * Math.sin(k * xi) * Math.cosh(k * eta);
      east += alpha * Math.cos(k * xi) * Math.sinh(k * eta);
    });
    return [500000 + 0.9996 * RADIUS * east, (lat < 0 ? 1e7 : 0) + 0.9996 * RADIUS * north];
  }

  /** Return the MGRS reference of the square that the point lies in, "" beyond 84° N and 80° S. */
  function mgrs(lat, lon, metres) {
    if (!(lat >= -80 && lat < 84)) return '';
    const zone = zoneOf(lat, lon), [east, north] = utm(lat, lon, zone), number = String(zone).padStart(2, '0');
    const band = BANDS[Math.min(19, Math.floor((lat + 80) / 8))];
    const digits = Math.max(-1, Math.min(5, 5 - Math.ceil(Math.log10(metres) - 1e-9)));
    if (digits < 0) return `${number}${band}`;
    const column = COLUMNS[zone % 3][Math.floor(east / 1e5) - 1];
    const row = ROWS[(Math.floor(north / 1e5) + (zone % 2 ? 0 : 5)) % 20];
    const within = (value) => String(Math.floor(value % 1e5)).padStart(5, '0').slice(0, digits);
    return [`${number}${band}`, column + row, within(east), within(north)].filter(Boolean).join(' ');
  }

  const FORMS = {decimal, dms: sexagesimal, mgrs};

  G.coordinates = {
    forms: Object.keys(FORMS),
    /**
     * Return a point as text in a form; a step of its last digit is at least `metres`.
     * Longitudes may run on past 180. "" where the form says nothing.
     */
    write: (form, lat, lon, metres) => FORMS[form](lat, lon - 360 * Math.floor((lon + 180) / 360), metres),
  };
})();
