/*
 * The briefing on paper: every step on a page of its own, its map as the list of its places.
 */
(() => {
  'use strict';
  const G = window.Glimpse;
  const D = G.deck, {make} = D;

  /** Write all steps for the printer when it is asked for, and take them away after it. */
  D.printing = ({told}, {word, number}) => {
    let pages = null;

    function page(screen) {
      const {headline, blocks, picture, sentence, counts} = screen;
      return make('section', 'deck-sheet', make('h1', '', headline), D.prose(blocks), picture ? D.figure(picture, word) : null,
        ...(screen.bits ? [make('p', 'deck-strong', sentence), D.counts(counts), make('h2', '', word('places')), D.places(screen, word, number)] : []),
        screen.rows.length ? D.rows(screen.rows, screen.moreRows, word, number) : null);
    }

    function write() {
      if (pages) return;
      const facts = make('p', 'deck-more', [word('as_of', {date: told.asOf}), told.profile, `${word('sha')}: ${told.sha256}`].join(' · '));
      pages = make('div', 'deck-print', ...told.screens.map(page), facts);
      document.body.append(pages);
    }

    window.addEventListener('beforeprint', write);
    window.addEventListener('afterprint', () => { pages?.remove(); pages = null; });
  };
})();
