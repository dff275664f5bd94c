/*
 * "Share this view": the device's own sheet where there is one, else the clipboard, else the
 * address in a field to copy by hand. Text is only ever written as text.
 */
const SAID_MS = 2500;

/** Return the address of this page as it is outside of a frame. */
function address() {
  const url = new URL(window.location.href);
  url.searchParams.delete('embed');
  url.searchParams.delete('embed_options');
  return url.href;
}

async function share({title, text}, url) {
  if (!navigator.share || !window.matchMedia('(pointer: coarse)').matches) return 'unknown';
  try {
    await navigator.share({title, text, url});
    return 'done';
  } catch (error) {
    return error.name === 'AbortError' ? 'done' : 'unknown';
  }
}

async function copy(url) {
  try {
    await navigator.clipboard.writeText(url);
    return true;
  } catch {
    return false;
  }
}

export default function mount({parentElement, data}) {
  const [button, status, field] = ['button', '[role="status"]', 'input'].map((one) => parentElement.querySelector(one));
  const say = (text) => {
    status.textContent = text;
    button.textContent = text || data.words.share;
  };
  let timer = null;
  button.textContent = data.words.share;
  field.setAttribute('aria-label', data.words.address);
  field.hidden = true;
  button.onclick = async () => {
    const url = address();
    if (await share(data, url) === 'done') return;
    if (await copy(url)) {
      say(data.words.copied);
      clearTimeout(timer);
      timer = setTimeout(() => say(''), SAID_MS);
      return;
    }
    field.value = url;
    field.hidden = false;
    field.focus();
    field.select();
    status.textContent = data.words.address;
  };
  return () => clearTimeout(timer);
}
