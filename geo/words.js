/*
 * What is said of the picture, in the interface's language: words, names in both scripts, counts.
 */
(() => {
  'use strict';
  const G = window.Glimpse = window.Glimpse || {};

  /** Return how to say things in the language and words that are held. */
  G.wording = (held) => {
    /** Return an interface text; {n} becomes the number, and a word `key_one` serves for one. */
    function word(key, n = null) {
      const text = (n === 1 && held.words[`${key}_one`]) || held.words[key] || '';
      return n === null ? text : text.replace('{n}', n.toLocaleString(held.lang));
    }

    const listed = (parts) => parts.filter(Boolean).join(', ');
    /** Return a place's names, the one in the language of the interface first. */
    function both({name, native}) {
      if (!native || native === name) return name;
      return held.lang === 'ko' && /[\uac00-\ud7a3]/.test(native) ? `${native} ${name}` : `${name} ${native}`;
    }

    /** Return what a symbol counts, in words: "7 here, 3 inferred". */
    function counted({kind, certain, possible, inferred}) {
      const group = kind === 'cluster' || kind === 'cell';
      return listed([certain && (group ? word('certain', certain) : word('here', certain)), !group && inferred && word('inferred', inferred),
        possible && word('possible', possible)]);
    }

    /** Return a symbol in words for who cannot see it: name, counts, how precise. */
    function spoken(symbol) {
      if (!symbol) return word('no_symbol');
      const {kind} = symbol;
      return listed([named(symbol), counted(symbol), word(`precision_${kind}`)]);
    }

    /** Return what a symbol is called: its place, or the first of its places. */
    function named(symbol) {
      const {places, kind, n} = symbol, {names} = held.data;
      const some = listed(places.slice(0, 3).map((p) => names[p]));
      const more = places.length > 3 ? word('more_places', places.length - 3) : '';
      return kind === 'cluster' ? listed([some, more]) : kind === 'cell' ? word('entries', n) : both(symbol);
    }

    return {word, listed, both, counted, named, spoken};
  };
})();
