// Elements are made here and only from text: nothing a chat says is ever parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element; `text` becomes its text, `on` its listeners, the rest attributes. */
export function el(tag, { text, on = {}, ...attributes } = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, String(value));
  }
  if (text != null) node.textContent = text;
  for (const [name, listener] of Object.entries(on)) node.addEventListener(name, listener);
  node.append(...children.filter((child) => child != null));
  return node;
}

/** An icon of the sprite in index.html, silent to screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** The address if it is http or https, else null: `javascript:` never becomes a link. */
export function webAddress(url) {
  if (!url) return null;
  try {
    const address = new URL(url, document.baseURI);
    return ["http:", "https:"].includes(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

/** A round picture with the first character of a name; neighbours differ in colour. */
export function paintAvatar(node, name, index = 0) {
  node.style.setProperty("--hue", String((205 + index * 137) % 360));
  node.textContent = [...String(name).trim()][0] ?? "?";
  return node;
}

export const byId = (id) => document.getElementById(id);

/** True where a mouse or trackpad is at hand, so that focusing the input opens no keyboard. */
export const hasPointer = () => window.matchMedia("(hover: hover) and (pointer: fine)").matches;
