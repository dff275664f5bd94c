/* A button that copies a text, or the address of this page; it says so when it has. */
export default function ({data, parentElement}) {
  const button = parentElement.querySelector('button');
  const said = parentElement.querySelector('[role="status"]');
  const field = parentElement.querySelector('textarea');
  button.textContent = data.label;
  field.setAttribute('aria-label', data.label);
  const text = () => {
    if (data.text) return data.text;
    return data.query ? `${location.origin}${location.pathname}${data.query}` : location.href;
  };
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(text());
      said.textContent = data.copied;
      field.hidden = true;
    } catch { // not allowed here: let the person copy what is selected
      said.textContent = data.by_hand;
      field.hidden = false;
      field.value = text();
      field.select();
    }
    setTimeout(() => { said.textContent = ''; }, 4000);
  };
}
