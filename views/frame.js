/*
 * What Streamlit leaves to us: the language of the page and of its frames, the names of the
 * frames, and Streamlit's own few words. Every text comes from our translations.
 */
const OURS = '[data-testid="stMarkdownContainer"], .stHtml, table, textarea, dialog';
const SPOKEN = ['aria-label', 'title', 'placeholder', 'alt'];
const state = (window.glimpseFrame ||= {english: new Map(), words: {}, frames: {}, language: 'en'});

/** Return Streamlit's word in the page's language, null where it is no word of Streamlit's. */
function said(text) {
  const english = state.english.get(text.trim());
  return english === undefined ? null : state.words[english];
}

function speak(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const word = node.parentElement?.closest(OURS) ? null : said(node.data);
    if (word !== null && node.data !== word) node.data = word;
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  for (const name of SPOKEN) {
    const word = node.hasAttribute(name) ? said(node.getAttribute(name)) : null;
    if (word !== null && node.getAttribute(name) !== word) node.setAttribute(name, word);
  }
  if (node.tagName === 'IFRAME') frame(node);
}

/** Name a frame, and give its document the page's language. */
function frame(node) {
  node.dataset.of ||= node.title;
  const name = state.frames[node.dataset.of];
  if (name && node.title !== name) node.title = name;
  if (!node.dataset.heard) {
    node.dataset.heard = 'yes';
    node.addEventListener('load', () => frame(node));
  }
  const inner = node.contentDocument;
  if (!inner?.body) return;
  inner.documentElement.lang = state.language;
  if (name) inner.title = name;
}

function walk(root) {
  speak(root);
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  const nodes = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) speak(nodes.currentNode);
}

function watch() {
  state.watch?.disconnect();
  state.watch = new MutationObserver((changes) => {
    for (const {type, target, addedNodes} of changes) {
      if (type === 'childList') addedNodes.forEach(walk);
      else speak(target);
    }
  });
  const what = {subtree: true, childList: true, characterData: true, attributes: true};
  state.watch.observe(document.body, {...what, attributeFilter: SPOKEN});
}

export default function ({data: {language, words, frames}}) {
  const before = state.language;
  Object.assign(state, {language, words, frames});
  for (const [english, word] of Object.entries(words)) {
    state.english.set(english, english).set(word, english);
  }
  document.documentElement.lang = language;
  if (!state.watch || before !== language) {
    walk(document.body);
    watch();
  }
}
