/*
 * A player of another machine in a frame. It is put in only after a person has asked for it, and
 * only an address that begins as one of ours does. The frame may run its own scripts, open a
 * window and go full screen; it may not leave its place or send forms.
 */
export default function ({data, parentElement}) {
  const {address, title, frames, upright} = data;
  const old = parentElement.querySelector('iframe');
  if (!frames.some((start) => address.startsWith(start)) || old?.src === address) return;
  old?.remove();
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-popups allow-presentation');
  frame.setAttribute('allow', 'fullscreen; encrypted-media; picture-in-picture');
  // YouTube plays for nobody who hides where it is played; the address of the page is not told.
  frame.referrerPolicy = address.startsWith('https://www.youtube') ? 'strict-origin' : 'no-referrer';
  frame.title = title;
  frame.className = upright ? 'upright' : 'wide';
  frame.src = address;
  parentElement.append(frame);
}
