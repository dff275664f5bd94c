/*
 * How the map stood last in this tab: its view and whether it counts by region. The map writes
 * both into the address and the tab's storage (geo/kept.js), of which the server hears nothing.
 */
function stood() {
  try {
    const {views, regions} = JSON.parse(sessionStorage.getItem('glimpse-views')) || {};
    return {view: String(views?.at(-1) || ''), regions: Boolean(regions)};
  } catch { return {view: '', regions: false}; }
}

export default function ({data, setStateValue}) {
  const now = stood();
  if (now.view !== data.view || now.regions !== data.regions) setStateValue('map', now);
}
